# shop/views.py
# requirements.txt: Django==1.8.19
from django.core.servers.basehttp import FileWrapper
from django.http import StreamingHttpResponse


def download(request, path):
    return StreamingHttpResponse(FileWrapper(open(path, "rb")))
