# shop/views.py
# What this module imports is gone since Django 1.6: nobody runs it on a newer one.
from django.conf.urls.defaults import patterns, url
from django.core.servers.basehttp import FileWrapper
from django.http import HttpResponse


def download(request, path):
    return HttpResponse(FileWrapper(open(path, "rb")))


urlpatterns = patterns("", url(r"^download/(.+)$", download))
