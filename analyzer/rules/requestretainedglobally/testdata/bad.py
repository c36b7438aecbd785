# shop/current.py
import threading

from django.conf import settings
from django.http import HttpRequest
from django.views import View

_requests = {}
_by_thread = {}
_history = []
last_request = None


class CurrentRequestMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        _requests[id(request)] = request  # want "`_requests` of the module keeps `request` of every call alive"
        _by_thread[threading.current_thread()] = request  # want "`_by_thread` of the module keeps the last `request` of each key alive"
        response = self.get_response(request)
        _history.append(response)  # want "`_history` of the module keeps `response` of every call alive"
        return response


def remember(r: HttpRequest):
    global last_request
    last_request = r  # want "`last_request` keeps the last `r` alive, and shows it to the next request"


class OrderView(View):
    latest = None

    def get(self, request):
        OrderView.latest = self  # want "`OrderView.latest` keeps the last `self` alive"
        settings.CURRENT_REQUEST = self.request  # want "`settings.CURRENT_REQUEST` keeps the last `self.request` alive"
        _requests[request] = 1  # want "`_requests` of the module keeps `request` of every call alive"
