# shop/views.py
from collections import defaultdict

from django import forms
from django.views import View
from rest_framework import serializers


class ImportView(View):
    errors = []
    seen: set = set()

    def post(self, request):
        self.errors.append({"line": request.POST["line"]})  # want "`errors` belongs to the class ImportView and keeps one dict of every call: all objects share it"
        self.remember(request)

    def remember(self, request):
        self.seen.add(request.session.session_key)  # want "`seen` belongs to the class ImportView"


class OrderForm(forms.Form):
    warnings = list()

    def __init__(self, *args, **kwargs):
        """Takes what a form takes."""
        self.warnings = list()
        super().__init__(*args, **kwargs)

    def clean(self):
        self.warnings += ["no address"]  # want "`warnings` belongs to the class OrderForm and keeps one list of every call"
        return super().clean()


class OrderSerializer(serializers.ModelSerializer):
    totals = defaultdict(list)

    def to_representation(self, instance):
        self.totals[instance.customer_id].append(instance.total)  # want "`totals` belongs to the class OrderSerializer and keeps `instance.total` of every call"
        return super().to_representation(instance)


class Gateway:
    tokens = {}

    @classmethod
    def token(cls, user):
        if user.pk not in cls.tokens:
            cls.tokens[user.pk] = fetch(user)  # want "`tokens` belongs to the class Gateway and keeps one entry for each `user.pk`"
        return cls.tokens[user.pk]


class SearchView(View):
    # Shared on purpose, as latest() says: there is no fix.
    queries = []

    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def get(self, request):
        self.queries.append(request.GET["q"])  # want "`queries` belongs to the class SearchView"

    @classmethod
    def latest(cls):
        return cls.queries[-10:]


class Importer:
    # All importers may share it: there is no fix.
    seen = []

    def __init__(self, path):
        self.path = path

    def load(self, row):
        self.seen.append(row.pk)  # want "`seen` belongs to the class Importer"
