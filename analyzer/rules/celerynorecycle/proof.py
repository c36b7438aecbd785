"""600 tasks that leak 100 KB each in a worker of one process with the settings of the page; the largest it becomes."""

from django.conf import settings
from proof import installed, redis_server, running

TASKS = 600


def measure(page):
    (settings.BASE_DIR / "page_settings.py").write_text(page.__source__, "utf-8")
    with redis_server() as url:
        command = ["celery", "--app", "shop.worker", "--broker", url, "--result-backend", url, "worker"]
        options = ["--concurrency", "1", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        with running([installed(command[0]), *command[1:], *options], paths=[settings.BASE_DIR]):
            return run(url)


def run(url):
    from celery import Celery

    app = Celery("shop", broker=url, backend=url)
    results = [app.send_task("shop.worker.leak") for _ in range(TASKS)]
    processes = [result.get(timeout=120) for result in results]
    return {"resident_mb": max(mb for pid, mb in processes), "processes": len({pid for pid, mb in processes})}


def check(bad, fixed):
    assert bad["processes"] == 1 and bad["resident_mb"] > 90
    assert fixed["processes"] == 3 and fixed["resident_mb"] < bad["resident_mb"] - 30
