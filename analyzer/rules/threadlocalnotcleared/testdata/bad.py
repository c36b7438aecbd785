# shop/middleware.py
import threading
from threading import local

from asgiref.local import Local
from django.utils.deprecation import MiddlewareMixin

_local = threading.local()
_user = local()
_current = Local()


class CurrentRequestMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        _local.request = request  # want "`_local.request` keeps the request when the request is over"
        _current.request = request  # want "`_current.request` keeps the request"
        return self.get_response(request)


class CurrentUserMiddleware(MiddlewareMixin):
    def process_request(self, request):
        _user.value = request.user  # want "`_user.value` keeps the user when the request is over"
        setattr(_local, "again", request)  # want "`_local.again` keeps the request"
