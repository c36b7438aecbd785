# shop/app_settings.py
from django.core.cache import cache, caches

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://redis:6379/1",
        "TIMEOUT": 86_400,  # want "Entries of the cache `default` never expire"
    },
    "pages": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": "redis://redis:6379/2",
        "TIMEOUT": 86_400,  # want "Entries of the cache `pages` never expire"
    },
}


def permissions(user):
    key = f"permissions:{user.pk}"
    found = cache.get(key)
    if found is None:
        found = sorted(user.get_all_permissions())
        cache.set(key, found, 60 * 60 * 24)  # want "with a timeout of None keeps an entry for every `f"
    return found


def seen(request):
    store = caches["pages"]
    store.add("seen:%s" % request.user.pk, True, timeout=60 * 60 * 24)  # want "keeps an entry for every"
    return cache.get_or_set("cart:" + str(request.user.pk), list, timeout=60 * 60 * 24)  # want "`get_or_set()` with a timeout"
