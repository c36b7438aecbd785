# shop/views.py
from functools import partial

from django.core.signals import request_finished
from django.db.models import signals
from django.db.models.signals import post_save, pre_save
from django.dispatch import Signal, receiver
from django.utils.deprecation import MiddlewareMixin
from django.views import View

from shop.models import Order

paid = Signal()


def log(sender, **kwargs):
    print(sender)


def checkout(request):
    def notify(sender, instance, **kwargs):
        instance.notify(request.user)

    post_save.connect(notify, sender=Order, weak=False)  # want "Each call of checkout connects to `post_save` once more: the signal keeps another receiver"
    paid.connect(lambda **kwargs: notify(Order, kwargs["order"]), weak=False)  # want "connects to `paid` once more"
    request_finished.connect(log, dispatch_uid="log")  # want "weakref keeps another finalizer for `log`"

    @receiver(signals.post_delete, sender=Order, weak=False)  # want "Each call of checkout connects to `signals.post_delete` once more"
    def forget(sender, **kwargs):
        request.session.flush()


class OrderView(View):
    def get(self, request):
        post_save.connect(self.saved, weak=False)  # want "the signal keeps another object alive for its method `self.saved`"

    def saved(self, **kwargs):
        self.done = True


class ActorMiddleware(MiddlewareMixin):
    def process_request(self, request):
        request.actor_id = id(request)
        pre_save.connect(partial(log, request), sender=Order, dispatch_uid=request.actor_id, weak=False)  # want "and disconnect() names another sender"

    def process_response(self, request, response):
        pre_save.disconnect(dispatch_uid=request.actor_id)
        return response
