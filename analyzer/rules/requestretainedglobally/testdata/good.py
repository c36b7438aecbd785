# shop/current.py
import threading
from contextvars import ContextVar
from weakref import WeakKeyDictionary

current_request = ContextVar("current_request")
_requests = {}
_started = WeakKeyDictionary()
_users = {}
last_request = None
_local = threading.local()


class CurrentRequestMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_request.set(request)
        _requests[threading.get_ident()] = request
        _started[request] = 1
        try:
            return self.get_response(request)
        finally:
            current_request.reset(token)
            del _requests[threading.get_ident()]


def remember(request):
    global last_request
    last_request = request
    try:
        return render(request)
    finally:
        last_request = None


def parse(request: dict):
    parsed = {}
    parsed[request["id"]] = request
    return parsed


def note(request):
    request.started = 1
    _users["last"] = request.path
    context = {}
    context["request"] = request
    return context


class Robot:
    latest = None

    def ask(self, question):
        Robot.latest = self
