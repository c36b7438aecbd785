# shop/permissions.py
from django.contrib.auth.models import Group

from shop.models import Order


def may_see(user, order, names):
    if Order.objects.filter(public=True).contains(order):
        return True
    if Order.objects.filter(pk=order.pk).exists() or user.name in names:
        return False
    return order in Order.objects.order_by("-created")[:10]


def known(orders):
    # Searched again and again, the rows are in the result cache.
    paid = Order.objects.filter(paid=True)
    return [order for order in orders if order in paid]


def shown(order, render):
    late = Order.objects.filter(late=True)
    return render({"late": late, "is_late": order in late})


def keys(orders):
    paid = set(Order.objects.filter(paid=True).values_list("pk", flat=True))
    return [order for order in orders if order.pk in paid]


def lines():
    return Order.objects.filter(status__in=Order.objects.values("status"))


def locked(order):
    # The rows are fetched in order to lock them.
    return order in Order.objects.select_for_update().filter(open=True)


def hidden(user, orders):
    blocked = user.blocked.values_list("pk", flat=True)
    # Fetched once, for all of them.
    return list(filter(lambda order: order.pk not in blocked, orders))


def titled(order, title):
    return order in Order.objects.filter(title=title)


def may_approve(user, shop, name):
    # Somebody put the members of these groups there one by one.
    return user in shop.managers.user_set.all() or user in Group.objects.get(name=name).user_set.all()


class StaffGroup(Group):
    def has(self, user):
        return user in self.user_set.all()
