# shop/views.py
from celery.signals import task_prerun
from django.apps import AppConfig
from django.core.signals import request_finished
from django.db.models.signals import class_prepared, post_migrate, post_save, pre_save
from django.dispatch import receiver

from shop.models import Order

_connected = False


def log(sender, **kwargs):
    print(sender)


@receiver(post_save, sender=Order)
def saved(sender, **kwargs):
    print(sender)


request_finished.connect(log)


class ShopConfig(AppConfig):
    def ready(self):
        post_save.connect(log, sender="shop.Order", dispatch_uid="shop.log")
        self.connect_all()

    def connect_all(self):
        post_migrate.connect(log, sender=self)


def checkout(request):
    def notify(sender, **kwargs):
        print(request.user)

    # Weak: the receiver goes with the call.
    post_save.connect(notify, sender=Order)

    # The same receiver each time, strong: connected once, and nothing to watch.
    pre_save.connect(log, weak=False)

    # One receiver for the id.
    pre_save.connect(lambda **kwargs: None, weak=False, dispatch_uid="nothing")

    request.socket.connect(log)
    task_prerun.connect(log, weak=False)


def audited(request):
    def audit(sender, **kwargs):
        print(request.user)

    request_finished.connect(audit, weak=False)
    try:
        return render(request)
    finally:
        request_finished.disconnect(audit)


@receiver(class_prepared)
def prepare(sender, **kwargs):
    post_save.connect(log, sender=sender)


class History:
    def contribute_to_class(self, cls, name):
        class_prepared.connect(self.finalize, weak=False)

    def finalize(self, sender, **kwargs):
        print(sender)


def once(request):
    global _connected
    if not _connected:
        post_save.connect(log)
        _connected = True
