# shop/permissions.py
from shop.models import Customer, Order


def may_see(user, order, shop):
    if order in Order.objects.filter(public=True):  # want "`in` fetches every row"
        return True
    if user.customer not in shop.customer_set.filter(blocked=False):  # want "`in` fetches every row"
        return False
    late = Order.objects.filter(late=True)
    if order in late:  # want "`in` fetches every row"
        return False
    if user.email in Customer.objects.values_list("email", flat=True):  # want "`in` fetches every row"
        return True
    for other in shop.others:
        if other.pk not in Order.objects.filter(open=True).values_list("pk", flat=True):  # want "`in` fetches every row"
            return False
    if (user.pk, user.name) in Customer.objects.values_list("user", "name"):  # want "`in` fetches every row"
        return True
    return order in list(Order.objects.filter(paid=True)) or user in shop.members.all()  # want "`in` fetches every row" "`in` fetches every row"


def is_known(user, order):
    # What is combined takes no more filters: there is no fix.
    if order in Order.objects.filter(public=True).union(Order.objects.filter(late=True)):  # want "`in` fetches every row"
        return True
    # One more filter would ask another line of the order: there is no fix.
    if user.pk in Order.objects.filter(lines__open=True).values_list("lines__author", flat=True):  # want "`in` fetches every row"
        return True
    return user in Customer.objects.filter(active=True)  # want "`in` fetches every row"
