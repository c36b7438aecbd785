# shop/logs.py
import logging

from celery import shared_task

handler = logging.StreamHandler()
logger = logging.getLogger(__name__)
logger.addHandler(handler)


@shared_task
def import_orders(path):
    if not logger.handlers:
        logger.addHandler(logging.StreamHandler())
    logger.info("importing %s", path)


@shared_task
def export_orders(path):
    logger.addHandler(handler)
    own = logging.Logger("export")
    own.addHandler(logging.StreamHandler())
    own.info("exporting %s", path)


def setup_logging():
    logging.getLogger().addHandler(logging.StreamHandler())


def main():
    logging.getLogger().addHandler(logging.FileHandler("shop.log"))
