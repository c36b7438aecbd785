# shop/views.py
import threading
import time
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(max_workers=4)
stop = threading.Event()
started = None


def watch():
    while not stop.is_set():
        stop.wait(60)


def once():
    time.sleep(1)


def forever():
    while True:
        time.sleep(60)


def start(request):
    threading.Thread(target=watch).start()
    threading.Thread(target=once).start()
    pool.submit(once)
    with ThreadPoolExecutor() as executor:
        executor.submit(once)
    local = ThreadPoolExecutor()
    local.submit(once)
    executors = []
    executors.append(ThreadPoolExecutor())


def ensure(request):
    global started
    if started is None:
        started = threading.Thread(target=forever, daemon=True)
        started.start()


threading.Thread(target=forever, daemon=True).start()
