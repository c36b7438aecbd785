# shop/views.py
from wsgiref.util import FileWrapper

from django.core.servers.basehttp import WSGIServer
from django.http import FileResponse, StreamingHttpResponse

try:
    from django.core.servers.basehttp import FileWrapper as OldWrapper
except ImportError:
    OldWrapper = FileWrapper


def download(request, path):
    return StreamingHttpResponse(FileWrapper(open(path, "rb")))


def better(request, path):
    return FileResponse(open(path, "rb"))


def server():
    return WSGIServer, OldWrapper
