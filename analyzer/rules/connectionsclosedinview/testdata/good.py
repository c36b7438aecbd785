# shop/views.py
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections, transaction
from django.http import HttpResponse


def start(request):
    def work():
        try:
            report()
        finally:
            connections.close_all()

    threading.Thread(target=work).start()
    return HttpResponse("started")


def report():
    with transaction.atomic():
        print("reported")
    close_old_connections()


class Command(BaseCommand):
    def handle(self, *args, **options):
        while True:
            close_old_connections()
            report()


class CleanupMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        close_old_connections()
        return response


def other(request, connection):
    connection.close()
    return HttpResponse("closed")


def warm_up(request, **kwargs):
    close_old_connections()
    load(request.user)
    connections.close_all()


def warm_up_later(request, **kwargs):
    threading.Thread(target=warm_up, args=(request,), kwargs=kwargs, daemon=True).start()


def import_orders(request, rows):
    for row in rows:
        load(row)
    connections.close_all()
