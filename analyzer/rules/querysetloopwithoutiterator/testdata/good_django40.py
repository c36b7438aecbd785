# shop/tasks.py
# requirements.txt: Django==4.0.10
# Not one of Django's QuerySets, which are asynchronous since 4.1.
from celery import shared_task

from shop.models import Order


@shared_task
async def remind():
    async for order in Order.objects.all():
        print(order.pk)
