# shop/api_settings.py
from rest_framework import generics, mixins, viewsets
from rest_framework.viewsets import ModelViewSet as Everything

from shop.models import Order

REST_FRAMEWORK = {
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",  # want "`LimitOffsetPagination` without a `PAGE_SIZE`"
}


class OrderViewSet(Everything):
    queryset = Order.objects.select_related("customer")
    pagination_class = None  # want "`OrderViewSet` lists a whole table without pages"


class PaidList(generics.ListAPIView):
    pagination_class = None  # want "`PaidList` lists a whole table"

    def get_queryset(self):
        if self.request.GET.get("late"):
            return Order.objects.filter(late=True)
        return Order.objects.filter(paid=True)


class Base(mixins.ListModelMixin, viewsets.GenericViewSet):
    pass


class OpenOrders(Base):
    queryset = Order.objects.filter(open=True)
    pagination_class = None  # want "`OpenOrders` lists a whole table"
