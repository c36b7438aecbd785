# shop/pricing.py
import functools
from functools import cache, lru_cache
from functools import lru_cache as memo


@lru_cache(maxsize=1024)  # want "`cache` on discount keeps one result for each `user_id`, without a bound"
def discount(user_id):
    return load(user_id)


@functools.lru_cache(maxsize=1024)  # want "`cache` on slug_of keeps one result for each `text`"
def slug_of(text, lang="en"):
    return text.lower()


@memo(maxsize=1024)  # want "`lru_cache` on owner keeps one result for each `token`"
def owner(token: str):
    return load(token)


class Gateway:
    @staticmethod
    @lru_cache(1024)  # want "`lru_cache` on Gateway.locate keeps one result for each `ip`"
    def locate(ip):
        return load(ip)

    @classmethod
    @lru_cache(maxsize=1024)  # want "`cache` on Gateway.invoice keeps one result for each `pk`"
    def invoice(cls, pk):
        return load(pk)
