# shop/permissions.py
from shop.models import Customer, Order


def may_see(user, order, shop):
    if Order.objects.filter(public=True).contains(order):  # want "`in` fetches every row"
        return True
    if not shop.customer_set.filter(blocked=False).contains(user.customer):  # want "`in` fetches every row"
        return False
    late = Order.objects.filter(late=True)
    if late.contains(order):  # want "`in` fetches every row"
        return False
    if Customer.objects.filter(email=user.email).exists():  # want "`in` fetches every row"
        return True
    for other in shop.others:
        if not Order.objects.filter(open=True).filter(pk=other.pk).exists():  # want "`in` fetches every row"
            return False
    if (user.pk, user.name) in Customer.objects.values_list("user", "name"):  # want "`in` fetches every row"
        return True
    return Order.objects.filter(paid=True).contains(order) or user in shop.members.all()  # want "`in` fetches every row" "`in` fetches every row"


def is_known(user, order):
    # What is combined takes no more filters: there is no fix.
    if order in Order.objects.filter(public=True).union(Order.objects.filter(late=True)):  # want "`in` fetches every row"
        return True
    # One more filter would ask another line of the order: there is no fix.
    if user.pk in Order.objects.filter(lines__open=True).values_list("lines__author", flat=True):  # want "`in` fetches every row"
        return True
    return Customer.objects.filter(active=True).contains(user)  # want "`in` fetches every row"
