"""200 connections opened and closed; the channels that are in the group afterwards, and what 100 messages to it hold."""

import asyncio

from channels.layers import get_channel_layer
from django.conf import settings
from proof import held

CONNECTIONS, MESSAGES = 200, 100

settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}


def measure(page):
    return asyncio.run(connect(page.OrdersConsumer.as_asgi()))


async def connect(application):
    for _ in range(CONNECTIONS):
        messages = asyncio.Queue()
        messages.put_nowait({"type": "websocket.connect"})
        messages.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await application({"type": "websocket", "path": "/"}, messages.get, sent)
    layer = get_channel_layer()
    channels = len(layer.groups.get("orders", {}))
    loop = asyncio.new_event_loop()
    figures = await asyncio.to_thread(
        held,
        lambda n: loop.run_until_complete(layer.group_send("orders", {"type": "new", "n": n})),
        MESSAGES,
        "messages",
    )
    loop.close()
    return {"channels_left": channels} | figures


async def sent(message):
    """Takes what the consumer sends."""


def check(bad, fixed):
    assert bad["channels_left"] == CONNECTIONS and bad["held_mb"] > 3
    assert fixed["channels_left"] == 0 and fixed["held_mb"] < 0.1
