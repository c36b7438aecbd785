# shop/views.py
import os

from wsgiref.util import FileWrapper  # want "raises ImportError"
from wsgiref.util import FileWrapper as Wrapper  # want "`FileWrapper` is not in"
from django.http import StreamingHttpResponse


def download(request, path):
    response = StreamingHttpResponse(FileWrapper(open(path, "rb")))
    response["Content-Length"] = os.path.getsize(path)
    return response


def other(request, path):
    return StreamingHttpResponse(Wrapper(open(path, "rb")))
