# shop/views.py
# requirements.txt: Django==1.6.11
from django.http import HttpResponse


def download(request, path):
    return HttpResponse(open(path, "rb").read())  # want "`read()` comes before the first byte is sent"
