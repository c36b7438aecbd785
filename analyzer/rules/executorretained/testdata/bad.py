# shop/views.py
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task

executors = []


def watch():
    while True:
        time.sleep(60)


def start(request):
    threading.Thread(target=watch, daemon=True).start()  # want "Each call of start starts a thread that never ends: the loop of watch has no exit"

    def beat():
        while True:
            request.session.save()
            time.sleep(5)

    thread = threading.Thread(target=beat)  # want "Each call of start starts a thread that never ends: the loop of start.beat"
    thread.start()


@shared_task
def work():
    executors.append(ThreadPoolExecutor(max_workers=4))  # want "`executors` keeps an executor of every call"


class Jobs:
    pools = {}

    def pool(self, user):
        pool = ThreadPoolExecutor()
        self.pools[user] = pool  # want "`pools` keeps an executor of every call"
        return pool
