# shop/views.py
from functools import cache

from django.apps import apps
from django.db import models
from django.forms import Form, modelform_factory

_models = {}


def report(request):
    return type("Report", (models.Model,), {"__module__": __name__})


def survey(survey_id):
    name = f"Survey{survey_id}"
    try:
        return apps.get_model("shop", name)
    except LookupError:
        return type(name, (models.Model,), {"__module__": __name__})


def table(name):
    if name not in _models:
        _models[name] = type(name, (models.Model,), {"__module__": __name__})
    return _models[name]


@cache
def history(name):
    return type(name, (models.Model,), {"__module__": __name__})


def forms(request):
    return modelform_factory(request.model), type(f"F{request.user.pk}", (Form,), {})


def register_history(model):
    return type(f"{model.__name__}History", (models.Model,), {"__module__": __name__})
