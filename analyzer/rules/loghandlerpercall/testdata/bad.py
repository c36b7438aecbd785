# shop/tasks.py
import logging
from logging import getLogger

from celery import shared_task

logger = logging.getLogger(__name__)


@shared_task
def import_orders(path):
    handler = logging.FileHandler("import.log")
    logger.addHandler(handler)  # want "Each call of import_orders adds another handler to `logger`: it stays"
    logger.info("importing %s", path)


def view(request):
    getLogger("shop").addHandler(logging.StreamHandler())  # want "Each call of view adds another handler to `getLogger("


def logger_for(job):
    log = logging.getLogger(f"job.{job.id}")
    log.addHandler(logging.FileHandler(f"{job.id}.log"))  # want "Each call of logger_for adds another handler to `log`"
    return log
