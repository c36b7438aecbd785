# shop/worker.py
import threading
import time

from shop.models import Order

stop = threading.Event()


def run():
    while True:  # want "The endless loop of run uses the database and never lets go of a connection that has died"
        remind()
        time.sleep(60)


def remind():
    for order in Order.objects.filter(paid=False)[:100]:
        order.remind()


def until_stopped():
    while not stop.is_set():  # want "The endless loop of until_stopped"
        Order.objects.filter(paid=False).update(reminded=True)
        stop.wait(60)


class Worker:
    def start(self, queue):
        self.running = True
        while self.running:  # want "The endless loop of Worker.start"
            task = queue.get()
            if task.name == "stop" and self.stopped:
                continue
            task.save(update_fields=["state"])

    def listen(self, pubsub):
        for message in pubsub.listen():  # want "The endless loop of Worker.listen"
            Order.objects.create(number=message["data"])

    def work(self, queue):
        for number in iter(queue.get, None):  # want "The endless loop of Worker.work"
            Order.objects.create(number=number)

    def poll(self, client):
        while 1:  # want "The endless loop of Worker.poll"
            try:
                message = client.recv()
            except KeyboardInterrupt:
                return
            if stop.is_set():
                break
            Order.objects.create(number=message)
