# shop/middleware.py
import time
import weakref
from collections import Counter, defaultdict, deque

from django.conf import settings


class BoundedMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.recent = deque(maxlen=1000)
        self.alive = weakref.WeakSet()

    def __call__(self, request):
        self.recent.append(request.path)
        self.alive.add(request)
        return self.get_response(request)


class PrunedMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.request_data = deque()
        self.by_path = {}
        self.batch = []
        self.counted = []

    def __call__(self, request):
        self.request_data.append({"path": request.path, "time": time.time()})
        while self.request_data and self.request_data[0]["time"] < time.time() - 300:
            self.request_data.popleft()
        self.by_path[request.path] = time.time()
        if len(self.by_path) > 1000:
            self.by_path.clear()
        self.batch.append(request.path)
        if time.time() % 60 < 1:
            self.flush()
        if len(self.counted) < 100:
            self.counted.append(request.path)
        return self.get_response(request)

    def flush(self):
        write(self.batch)
        self.batch = []


class FiniteMiddleware:
    counts = Counter()
    timings = defaultdict(float)
    flags = {}

    def __init__(self, get_response):
        self.get_response = get_response
        self.hosts = set()
        for host in settings.ALLOWED_HOSTS:
            self.hosts.add(host)
        self.exempt = []
        self.load()

    def load(self):
        for pattern in settings.EXEMPT:
            self.exempt.append(pattern)

    @classmethod
    def register(cls, name, flag):
        cls.flags[name] = flag

    def __call__(self, request):
        response = self.get_response(request)
        self.counts[response.status_code] += 1
        self.timings[request.method] += 1.0
        self.timings["total"] += 1.0
        self.flags.update({"last": request.path})
        return response


class LocalMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        lines = []
        lines.append(request.path)
        request.lines = lines
        self.errors = []
        self.errors.append(request.path)
        return self.get_response(request)


def factory(get_response):
    seen = {}

    def middleware(request):
        seen[request.path] = True
        while len(seen) > 100:
            seen.popitem()
        return get_response(request)

    return middleware


class Basket:
    """No middleware: an instance lives as long as its owner."""

    def __init__(self):
        self.lines = []

    def __call__(self, line):
        self.lines.append(line)


def write(lines):
    print(lines)
