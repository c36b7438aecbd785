# shop/views.py
from collections import deque

from django import forms
from django.views import View


class ImportView(View):
    errors = []
    recent = deque(maxlen=100)
    fields = ["name", "price"]
    handlers = {}
    names = {}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.errors = []

    def post(self, request):
        self.errors.append(request.POST["line"])
        self.recent.append(request.path)
        self.names[request.method] = "import"
        return [request.POST[field] for field in self.fields]

    @classmethod
    def register(cls, name):
        def keep(handler):
            cls.handlers[name] = handler
            return handler

        return keep


class OrderForm(forms.Form):
    warnings = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.warnings = []

    def clean(self):
        self.warnings.append("no address")


class Gateway:
    tokens = {}
    columns = []

    def token(self, user):
        if len(self.tokens) > 1000:
            self.tokens.clear()
        self.tokens[user.pk] = fetch(user)

    def get_columns(self):
        if not self.columns:
            for column in fetch("columns"):
                self.columns.append(column)
        return self.columns


class Registry(type):
    classes = []

    def __new__(cls, name, bases, namespace):
        made = super().__new__(cls, name, bases, namespace)
        cls.classes.append(made)
        return made


class Base:
    subclasses = []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.subclasses.append(cls)


class Report:
    columns = []

    def __init__(self):
        self.columns = list(self.columns)


class SalesReport(Report):
    columns = ["day"]

    def add(self, name):
        self.columns.append(name)
