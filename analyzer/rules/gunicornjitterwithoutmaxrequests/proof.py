"""2,400 requests that leak 50 KB each to one worker of gunicorn with the configuration of the page; the largest it becomes, and how often it is replaced."""

from django.conf import settings
from proof import leak_by_requests

REQUESTS = 2_400


def measure(page):
    configuration = settings.BASE_DIR / "gunicorn.conf.py"
    configuration.write_text(page.__source__, "utf-8")
    command = ["gunicorn", "--config", str(configuration), "--workers", "1", "--bind", "127.0.0.1:{port}"]
    return leak_by_requests([*command, "shop.leaky:application"], REQUESTS)


def check(bad, fixed):
    assert bad["workers"] == 1 and bad["resident_mb"] > 130
    assert fixed["workers"] == 3 and fixed["resident_mb"] < bad["resident_mb"] - 40
