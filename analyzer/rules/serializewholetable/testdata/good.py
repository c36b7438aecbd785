# shop/views.py
from django.core import serializers
from django.http import JsonResponse
from rest_framework.response import Response
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import GenericViewSet

from shop.models import Note, Order, OrderType


class OrderSerializer(ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"


class ShopExportSerializer(ModelSerializer):
    def get_notes(self, instance):
        return OrderSerializer(Note.objects.filter(order=instance), many=True).data


def dump(path):
    with open(path, "w") as out:
        serializers.serialize("json", Order.objects.iterator(), stream=out)


def latest(request):
    return JsonResponse(list(Order.objects.order_by("-created").values("number")[:100]), safe=False)


def mine(request):
    rows = [{"number": order.number} for order in Order.objects.filter(customer=request.user)]
    return JsonResponse({"orders": rows, "types": list(OrderType.objects.values("name"))})


class OrderViewSet(GenericViewSet):
    def list(self, request):
        queryset = self.filter_queryset(Order.objects.all())
        page = self.paginate_queryset(queryset)
        if page is not None:
            return self.get_paginated_response(self.get_serializer(page, many=True).data)
        return Response(self.get_serializer(queryset, many=True).data)

    def create(self, request):
        serializer = OrderSerializer(data=request.data, many=True)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.data)

    def of_order(self, request, order):
        return Response(OrderSerializer(order.copies.all(), many=True).data)

    def given(self, request, orders):
        return Response(OrderSerializer(orders, many=True).data)


def shown(request, queryset, serializer):
    return Response(serializer(queryset.all()[:100], many=True).data)


def of_orders(orders, serializer):
    return serializer(orders, many=True).data


def by_total(queryset, serializer):
    return serializer(sorted(queryset.all(), key=total), many=True).data
