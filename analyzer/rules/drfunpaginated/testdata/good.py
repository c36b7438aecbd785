# shop/api_settings.py
from rest_framework import generics, viewsets
from rest_framework.decorators import action
from rest_framework.pagination import PageNumberPagination

from shop.models import Country, Order, OrderType

REST_FRAMEWORK = {
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
}


class Pages(PageNumberPagination):
    page_size = 100


class OrderViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.all()
    pagination_class = Pages

    @action(detail=False, pagination_class=None)
    def kinds(self, request):
        return self.list(request)


# One object.
class OrderDetail(generics.RetrieveAPIView):
    queryset = Order.objects.all()
    pagination_class = None


# What one user has.
class MyOrders(generics.ListAPIView):
    pagination_class = None

    def get_queryset(self):
        return Order.objects.filter(customer=self.request.user)


# Small tables, and a bound.
class Countries(generics.ListAPIView):
    queryset = Country.objects.all()
    pagination_class = None


class OrderTypes(generics.ListAPIView):
    queryset = OrderType.objects.all()
    pagination_class = None


class LatestOrders(generics.ListAPIView):
    pagination_class = None

    def get_queryset(self):
        return Order.objects.order_by("-created")[:20]


# It pages in its own way.
class Window(generics.ListAPIView):
    queryset = Order.objects.all()
    pagination_class = None

    def list(self, request):
        return self.window(request)


# No view of REST framework's.
class Report:
    queryset = Order.objects.all()
    pagination_class = None
