# shop/middleware.py
import threading
from contextvars import ContextVar

from django.utils.deprecation import MiddlewareMixin

_local = threading.local()
_user = threading.local()
_all = threading.local()
_path = threading.local()
_set = threading.local()
_current = ContextVar("current")


class CurrentRequestMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        _local.request = request
        _all.request = request
        _path.value = request.path
        try:
            return self.get_response(request)
        finally:
            del _local.request
            _all.__dict__.clear()


class CurrentUserMiddleware(MiddlewareMixin):
    def process_request(self, request):
        _user.value = request.user

    def process_response(self, request, response):
        _user.value = None
        return response


def set_request(request):
    _set.request = request


def view(request):
    own = threading.local()
    own.request = request
    return own
