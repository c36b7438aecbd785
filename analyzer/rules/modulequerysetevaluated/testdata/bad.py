# shop/views.py
from django.shortcuts import render
from django.views.generic import TemplateView

from shop.models import Category, Country

CATEGORIES = Category.objects.order_by("name")
COUNTRIES = Country.objects.all()


def categories(request):
    names = [category.name for category in CATEGORIES]  # want "`CATEGORIES` of the module keeps the rows of its first evaluation for the life of the process"
    for country in COUNTRIES:  # want "`COUNTRIES` of the module"
        names.append(country.name)
    if request.category in CATEGORIES:  # want "`CATEGORIES` of the module"
        names.append(len(COUNTRIES))  # want "`COUNTRIES` of the module"
    if not COUNTRIES:  # want "`COUNTRIES` of the module"
        names.extend([*CATEGORIES])  # want "`CATEGORIES` of the module"
    return render(request, "names.html", {"names": names, "countries": COUNTRIES})  # want "`COUNTRIES` of the module"


class CountryView(TemplateView):
    queryset = Country.objects.filter(active=True)

    def names(self):
        return ", ".join(country.name for country in self.queryset)  # want "`queryset` of the class CountryView"
