# shop/views.py
from django.db import models
from django.db.models import Model


class Base(models.Model):
    class Meta:
        abstract = True


def report(request, table):
    return type(f"Report_{request.user.pk}", (models.Model,), {"__module__": __name__})  # want "Each call of report defines a model under another name, and Django's registry of apps keeps them all"


def survey(survey_id):
    name = "Survey%d" % survey_id
    bases = (Base,)
    return type(name, bases, {"__module__": __name__})  # want "Each call of survey defines a model"


def table(name):
    return type(name, (Model,), {"__module__": __name__})  # want "Each call of table defines a model"
