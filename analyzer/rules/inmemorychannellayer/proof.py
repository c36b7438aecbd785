"""5,000 messages of 1 KB to channels that nobody reads; what the process holds, and whether another layer gets one."""

import asyncio

from django.utils.module_loading import import_string
from proof import held, redis_server

MESSAGES = 5_000


def measure(page):
    with redis_server() as url, asyncio.Runner() as runner:
        settings = page.CHANNEL_LAYERS["default"]
        options = settings.get("CONFIG", {})
        if options:
            options["hosts"] = [url]
        # Each process makes one of its own.
        ours, theirs = (import_string(settings["BACKEND"])(**options) for _ in range(2))

        def send(n):
            runner.run(ours.send(f"channel.{n}", {"type": "order", "note": f"{n:01000}"}))

        figures = held(send, times=MESSAGES, of="messages")
        # How they pile up tells nothing that the sum does not.
        del figures["growth"]
        return figures | {"arrives_elsewhere": runner.run(arrives(ours, theirs))}


async def arrives(ours, theirs):
    await ours.send("last", {"type": "order"})
    try:
        return bool(await asyncio.wait_for(theirs.receive("last"), 5))
    except TimeoutError:
        return False


def check(bad, fixed):
    assert bad["held_mb"] > 5 and not bad["arrives_elsewhere"]
    assert fixed["held_mb"] < 1 and fixed["arrives_elsewhere"]
