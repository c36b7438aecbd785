# shop/pricing.py
import enum
from functools import cache, cached_property, lru_cache

from django import template
from django.contrib import admin
from django.db import models
from methodtools import lru_cache as lru_cache_per_object


class Order(models.Model):
    @cached_property
    def total(self):
        return sum(line.price for line in self.lines.all())

    @lru_cache_per_object(maxsize=10)
    def allows(self, action):
        return action in self.actions

    @classmethod
    @lru_cache
    def field_names(cls):
        return [field.name for field in cls._meta.fields]

    @staticmethod
    @lru_cache(maxsize=100)
    def rate(currency, day):
        return fetch(currency, day)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.weigh = lru_cache(maxsize=None)(self.weigh)

    def weigh(self, unit):
        return self.grams / unit


class Size(enum.Enum):
    SMALL = 1

    @cache
    def label(self):
        return self.name.title()


class Rates:
    @lru_cache(maxsize=500)
    def rate(self, currency):
        return fetch(currency)


rates = Rates()


class Tree:
    @lru_cache
    def node(self, path):
        return fetch(path)

    def reload(self):
        self.node.cache_clear()


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    @cache
    def columns(self):
        return [field.name for field in self.model._meta.fields]


@cache
def template_for(request: str):
    return request.upper()


@lru_cache(maxsize=100)
def fetch(*args):
    return load(*args)


def report(orders):
    @cache
    def weight(view):
        return view.weight

    return [weight(order) for order in orders]


class Pool:
    _default = None

    @classmethod
    def default(cls):
        if cls._default is None:
            cls._default = cls()
        return cls._default

    @lru_cache
    def client(self, kind):
        return kind


class Manifest:
    def __init__(self, app, channel):
        self.app, self.channel = app, channel

    @classmethod
    @cache
    def of(cls, app, channel):
        return cls(app, channel)

    @lru_cache
    def parsed(self, version):
        return fetch(self.app, self.channel, version)


class Branches:
    @lru_cache
    def leaves(self, path):
        return fetch(path)

    def forget(self):
        for member in dir(self):
            member = getattr(self, member)
            if hasattr(member, "cache_clear"):
                member.cache_clear()


class MenuNode(template.Node):
    @lru_cache(maxsize=128)
    def entries(self, depth):
        return self.menu.entries(depth)
