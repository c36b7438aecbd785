# shop/settings.py
import os
import sys

REDIS_URL = os.environ.get("REDIS_URL")

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    },
    # What the environment chooses.
    "orders": {"BACKEND": os.environ.get("ORDERS_LAYER", "channels.layers.InMemoryChannelLayer")},
    # A start that production's environment goes on from.
    "stock": {"BACKEND": "channels.layers.InMemoryChannelLayer"},
}

if REDIS_URL:
    CHANNEL_LAYERS["stock"] = {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }

if "test" in sys.argv:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

LAYERS = ["channels.layers.InMemoryChannelLayer"]
