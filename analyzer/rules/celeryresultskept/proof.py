"""20 tasks whose results go to a Redis server; those that never expire."""

from celery import Celery
from proof import redis_server
from redis import Redis

TASKS = 20


def measure(page):
    with redis_server() as url:
        run(url, size=1, result_expires=page.CELERY_RESULT_EXPIRES)
        server = Redis.from_url(url)
        keys = server.keys("celery-task-meta-*")
        assert len(keys) == TASKS
        return {"results_that_never_expire": sum(server.ttl(key) == -1 for key in keys)}


def run(url, size, **settings):
    app = Celery("shop", broker="memory://", backend=url)
    app.conf.update(task_always_eager=True, task_store_eager_result=True, **settings)

    @app.task
    def rows():
        return [{"number": f"2026-{n:06}", "total": n} for n in range(size)]

    for _ in range(TASKS):
        rows.delay()
    app.backend.client.close()


def check(bad, fixed):
    assert bad["results_that_never_expire"] == TASKS
    assert fixed["results_that_never_expire"] == 0


def remarks():
    with redis_server() as url:
        server = Redis.from_url(url)
        before = server.info("memory")["used_memory"]
        run(url, size=10_000)
        held = round((server.info("memory")["used_memory"] - before) / 1e6, 1)
    assert held > 5
    return {"server_held_mb": held}
