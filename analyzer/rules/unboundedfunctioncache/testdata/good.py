# shop/pricing.py
import enum
from functools import cache, lru_cache

from async_lru import alru_cache


class Plan(enum.Enum):
    FREE = 1


@cache
def settings_of_shop():
    return load()


@lru_cache
def discount(user_id):
    return load(user_id)


@lru_cache(maxsize=4096)
def owner(token):
    return load(token)


@alru_cache(maxsize=None, ttl=60)
async def rate(token):
    return await load(token)


@cache
def limits(plan: Plan, user: bool, model: type):
    return load(plan, user, model)


@cache
def columns(model, language_code, using="default"):
    return load(model)


@cache
def flags(user_id):
    return load(user_id)


def reload():
    flags.cache_clear()


def report(users):
    @cache
    def weight(user_id):
        return load(user_id)

    return [weight(user.pk) for user in users]
