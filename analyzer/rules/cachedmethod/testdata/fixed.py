# shop/views.py
import functools
from functools import cache as remembered
from functools import lru_cache

from django import template
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.views import View
from funcy import memoize


class Order(models.Model):
    @cached_property  # want "`lru_cache` on Order.total keeps the last 128 Order objects it was called on alive"
    def total(self):
        return sum(line.price for line in self.lines.all())

    @remembered  # want "`cache` on Order.policy keeps every Order it was called on alive"
    def policy(self):
        return self.customer.policy

    @functools.lru_cache(maxsize=None)  # want "`lru_cache` on Order.allows keeps every Order"
    def allows(self, action):
        return action in self.policy().actions


class BasketView(View):
    @lru_cache(maxsize=1)  # want "keeps the last BasketView it was called on alive, with its request"
    def get_basket(self):
        return self.request.user.basket

    @staticmethod
    @lru_cache  # want "`lru_cache` on BasketView.conditions keeps the last 128 `view` objects it was called with alive"
    def conditions(view, action):
        return [c for c in view.permissions if action in c]


@remembered  # want "`cache` on shared_form keeps every `request` it was called with alive"
def shared_form(request):
    return request.GET.get("form")


@lru_cache(maxsize=SIZE)  # want "keeps `r` objects it was called with alive"
def country(r: HttpRequest):
    return r.META["COUNTRY"]


@memoize  # want "`memoize` on is_guest keeps every `request` it was called with alive"
def is_guest(request):
    return request.session.is_empty()


class MenuNode(template.Node):
    @remembered  # want "`cache` on MenuNode.entries keeps every MenuNode it was called on alive"
    def entries(self, depth):
        return self.menu.entries(depth)
