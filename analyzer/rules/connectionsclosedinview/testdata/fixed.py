# shop/views.py
from django.db import close_old_connections, connection, connections, transaction
from django.http import JsonResponse
from django.views import View


def orders(request):
    result = create_order(request)
    notify(
        result,
    )  # want "`close_old_connections()` in a view"
    return JsonResponse(result)


class OrderView(View):
    def post(self, request):
        result = create_order(request)
        return JsonResponse(result)


def import_orders(rows):
    with transaction.atomic():
        for row in rows:
            create_order(row)


def create_order(request):
    return {"order": request}


def notify(result):
    print(result)
