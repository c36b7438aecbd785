# shop/settings.py
ASGI_APPLICATION = "shop.asgi.application"

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels.layers.InMemoryChannelLayer",  # want "The channel layer `default` is in the memory of each process"
    },
}

CHANNEL_LAYERS["orders"] = dict(BACKEND="channels.layers.InMemoryChannelLayer")  # want "The channel layer `orders`"
