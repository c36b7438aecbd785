# shop/reports.py
from django.db.models import Manager

from shop.models import Customer, Line, Log, Order


def subqueries():
    orders = Order.objects.filter(open=True)
    return Line.objects.filter(order__in=orders), Line.objects.filter(order__in=orders.values("pk"))


def needed(render):
    orders = Order.objects.filter(open=True)
    lines = Line.objects.filter(order__in=[order.pk for order in orders])
    return render({"orders": orders, "lines": lines})


def bounded():
    # MySQL takes no slice in a subquery.
    return Line.objects.filter(order__in=list(Order.objects.order_by("pk")[:100]))


def kept_before_deletion(customer):
    keys = list(Line.objects.filter(open=True).values_list("order", flat=True))
    customer.delete()
    Order.objects.filter(pk__in=keys).update(open=False)


def written():
    Order.objects.filter(pk__in=list(Order.objects.filter(late=True).values_list("pk", flat=True))).delete()


def of_another_database():
    return Customer.objects.filter(pk__in=list(Order.objects.using("old").values_list("customer", flat=True)))


def of_another_type():
    keys = [str(order.pk) for order in Order.objects.filter(open=True)]
    return Log.objects.filter(object_id__in=keys), Log.objects.filter(
        object_id__in=list(Order.objects.filter(open=True).values_list("pk", flat=True))
    )


def used_twice(keys):
    found = list(Order.objects.filter(open=True).values_list("pk", flat=True))
    return Line.objects.filter(order__in=found), found, Line.objects.filter(order__in=keys)


class CategorySearch:
    def results(self):
        found = super().results()
        keys = list(Order.objects.filter(open=True).values_list("pk", flat=True))
        return found.filter(order__in=keys)


def as_text(user):
    # The text of a generic foreign key is no number inside the database.
    keys = Permission.objects.filter(user=user).values_list("object_pk", flat=True)
    return Order.objects.filter(pk__in=list(keys))


def by_hand():
    # Inside another query the table that the SQL names has another name.
    late = Order.objects.extra(where=["shop_order.due < now()"])
    return Line.objects.filter(order__in=list(late))


def clean(day):
    lines = Line.objects.filter(created__lt=day)
    orders = list(Order.objects.filter(line__in=lines).values_list("pk", flat=True))
    empty = Order.objects.filter(pk__in=orders)
    lines.delete()
    # By now no line leads to them.
    empty.delete()


class OrderManager(Manager):
    def late(self):
        return self.raw("SELECT * FROM shop_order WHERE due < now()")

    def lines(self):
        # A RawQuerySet is no subquery.
        return Line.objects.filter(order__in=[order.pk for order in self.late()])


def doubles():
    orders = Order.objects.raw("SELECT * FROM shop_order GROUP BY number HAVING COUNT(*) > 1")
    return Line.objects.filter(order__in=[order.pk for order in orders])
