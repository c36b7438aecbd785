# shop/tasks.py
import gc
from gc import collect as free

from celery import shared_task


@shared_task
def reindex():
    for number in range(1000):
        index(number)
        if number % 100 == 0:
            gc.collect()  # want "frees cycles that nothing refers to"


def index(number):
    free()  # want "`gc.collect()` frees cycles"
    return number
