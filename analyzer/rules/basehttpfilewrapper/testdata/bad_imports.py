# shop/views.py
# Guarded, the imports of an old Django tell nothing.
try:
    from django.conf.urls.defaults import url
except ImportError:
    from django.urls import re_path as url

from django.core.servers.basehttp import FileWrapper  # want "raises ImportError"
from django.http import HttpResponse


def download(request, path):
    return HttpResponse(FileWrapper(open(path, "rb")))


urlpatterns = [url(r"^download/(.+)$", download)]
