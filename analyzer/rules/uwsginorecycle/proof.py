"""2,400 requests that leak 50 KB each to one worker of uWSGI with the configuration of the page; the largest it becomes."""

from django.conf import settings
from proof import leak_by_requests

REQUESTS = 2_400


def measure(page):
    configuration = settings.BASE_DIR / "uwsgi.ini"
    configuration.write_text(page.__source__.replace("http = :8000\n", "").replace("shop.wsgi", "shop.leaky"), "utf-8")
    # By default uWSGI lets a worker live for a minute, whatever it has served.
    options = ["--http", "127.0.0.1:{port}", "--min-worker-lifetime", "0"]
    return leak_by_requests(["uwsgi", "--ini", str(configuration), *options], REQUESTS)


def check(bad, fixed):
    assert bad["workers"] == 1 and bad["resident_mb"] > 130
    assert fixed["workers"] == 3 and fixed["resident_mb"] < bad["resident_mb"] - 40
