# shop/views.py
# requirements.txt: Django==1.6.11
# HttpResponse sends an iterator in pieces.
from wsgiref.util import FileWrapper

from django.http import HttpResponse

from shop.models import Document


def wrapped(request, path):
    return HttpResponse(FileWrapper(open(path, "rb")), content_type="application/pdf")


def opened(request, path):
    return HttpResponse(open(path, "rb"))


def stored(request, pk):
    document = Document.objects.get(pk=pk)
    return HttpResponse(document.scan_file.chunks())
