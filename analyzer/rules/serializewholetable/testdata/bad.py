# shop/views.py
import json

from django.core import serializers
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from rest_framework.response import Response
from rest_framework.serializers import ModelSerializer
from rest_framework.views import APIView

from shop import services
from shop.models import Order


class OrderSerializer(ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"


def dump(path):
    text = serializers.serialize("json", Order.objects.all())  # want "`serialize()` holds the text of every row"
    with open(path, "w") as out:
        out.write(text)


def dicts():
    return serializers.serialize("python", Order.objects.all())  # want "`serialize()` holds a dict of every row in memory"


def found(request):
    orders = Order.objects.filter(number__icontains=request.GET.get("term", ""))
    return HttpResponse(serializers.serialize("json", orders))  # want "`serialize()` holds the text of every row in memory: nothing pages the rows"


def orders(request):
    return JsonResponse(list(Order.objects.values("number", "total")), safe=False)  # want "This list holds every row"


def numbers(request):
    rows = [{"number": order.number} for order in Order.objects.filter(open=True)]  # want "This list holds every row"
    return JsonResponse({"orders": rows})


class OrderList(APIView):
    def get(self, request):
        return Response(OrderSerializer(Order.objects.filter(open=True), many=True).data)  # want "`OrderSerializer` makes a dict of every row"

    def post(self, request):
        late = Order.objects.filter(late=True)
        serializer = OrderSerializer(late, many=True)  # want "`OrderSerializer` makes a dict of every row"
        return Response(json.dumps(serializer.data))


class ShopExportSerializer(ModelSerializer):
    def get_history(self, obj):
        history_qs = services.history_of(obj)
        return OrderSerializer(history_qs, many=True).data  # want "`OrderSerializer` makes a dict of every row"


class OrderExport(APIView):
    serializer_class = OrderSerializer

    def get(self, request):
        return Response(self.serializer_class(Order.objects.filter(open=True), many=True).data)  # want "`serializer_class` makes a dict"


class NumberExport(APIView):
    def get_serializer_class(self):
        return OrderSerializer

    def get(self, request):
        return Response(self.get_serializer_class()(Order.objects.all(), many=True).data)  # want "`get_serializer_class()` makes a dict"


def warm(key, queryset, serializer):
    rows = queryset.all()
    if key == "latest":
        rows = sorted(rows, key=lambda row: row.pk)
    cache.set(key, serializer(rows, many=True).data)  # want "`serializer` makes a dict of every row"
