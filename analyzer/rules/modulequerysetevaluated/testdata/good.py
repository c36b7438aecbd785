# shop/views.py
from django import forms
from django.apps import AppConfig
from django.views.generic import ListView, TemplateView
from rest_framework import viewsets

from shop.models import Category, Country

CATEGORIES = Category.objects.order_by("name")
NAMES = ["a", "b"]


def categories(request):
    first, some = CATEGORIES[0], CATEGORIES[:5]
    names = [category.name for category in CATEGORIES.all()]
    names += [category.name for category in CATEGORIES.filter(active=True)]
    names += NAMES
    if CATEGORIES.exists() and CATEGORIES.count() > 5:
        names.append(first)
    queryset = Country.objects.all()
    names += [country.name for country in queryset]
    return names, some, filter_by(CATEGORIES)


def filter_by(queryset):
    return queryset.filter(active=True)


class CategoryForm(forms.Form):
    category = forms.ModelChoiceField(queryset=CATEGORIES)


class CountryList(ListView):
    queryset = Country.objects.all()

    def get_queryset(self):
        return self.queryset.filter(active=True)


class CountryView(TemplateView):
    countries = Country.objects.none()

    def get_context_data(self, **kwargs):
        self.countries = Country.objects.all()
        return {"names": [country.name for country in self.countries]}


class CountryViewSet(viewsets.ModelViewSet):
    queryset = Country.objects.all()

    def names(self):
        return list(self.queryset)


class ShopConfig(AppConfig):
    def ready(self):
        self.names = [category.name for category in CATEGORIES]
