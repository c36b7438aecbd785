# shop/middleware.py
import time
from collections import deque

from django.utils.deprecation import MiddlewareMixin


class AuditMiddleware:
    request_data = deque(maxlen=1000)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        self.request_data.append({"path": request.path, "time": time.time()})  # want "`request_data` on AuditMiddleware keeps one dict of every request"
        return self.get_response(request)


class TimingMiddleware(MiddlewareMixin):
    def __init__(self, get_response=None):
        super().__init__(get_response)
        self.seen = set()
        self.timings = {}
        self.by_status = {}

    def process_request(self, request):
        request.started = time.time()
        self.seen.add(request.session.session_key)  # want "`seen` on TimingMiddleware"

    def process_response(self, request, response):
        self.record(request, response)
        return response

    def record(self, request, response):
        self.timings[request.path] = time.time() - request.started  # want "`timings` on TimingMiddleware keeps one entry for each `request.path`"
        self.by_status.setdefault(response.status_code, [])
        self.by_status[response.status_code].append(request)  # want "`by_status` on TimingMiddleware keeps `request` of every request"


def history_middleware(get_response):
    history = deque(maxlen=1000)

    def middleware(request):
        response = get_response(request)
        history.append((request.path, response.status_code))  # want "`history` on history_middleware keeps one tuple of every request"
        return response

    return middleware


class LastErrors:
    def __init__(self, get_response):
        self.get_response = get_response
        self.errors = list()

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        self.errors += [exception]  # want "`errors` on LastErrors keeps one list of every request"
        LastErrors.total = len(self.errors)


class CountingMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.users = {}

    def __call__(self, request):
        self.count(request)
        return self.get_response(request)

    def count(self, request):
        raise NotImplementedError


class UserCountingMiddleware(CountingMiddleware):
    def count(self, request):
        def add():
            self.users[request.user.pk] = True  # want "`users` on CountingMiddleware keeps one entry for each `request.user.pk`"

        add()
