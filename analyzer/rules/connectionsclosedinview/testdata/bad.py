# shop/views.py
from django.db import close_old_connections, connection, connections, transaction
from django.http import JsonResponse
from django.views import View


def orders(request):
    try:
        result = create_order(request)
        notify(
            result,
        )
    finally:
        close_old_connections()  # want "`close_old_connections()` in a view"
    return JsonResponse(result)


class OrderView(View):
    def post(self, request):
        result = create_order(request)
        connection.close()  # want "`connection.close()` in a view"
        return JsonResponse(result)


def import_orders(rows):
    with transaction.atomic():
        for row in rows:
            create_order(row)
        connections.close_all()  # want "`connections.close_all()` inside atomic()"


def create_order(request):
    return {"order": request}


def notify(result):
    print(result)
