"""A request with a body of up to 30 MB through the WSGI handler; the most that is held at once."""

import os

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from proof import Site, file_of, peak

MEGABYTES = (12, 20, 30)


def measure(page):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = page.DATA_UPLOAD_MAX_MEMORY_SIZE
    return send({size: file_of(size) for size in MEGABYTES}, "application/json", lambda request: request.body)


def send(files, content_type, read):
    def view(request):
        try:
            return HttpResponse(str(len(read(request))))
        except RequestDataTooBig:
            return HttpResponse("too big")

    site = Site(view)

    def post(size):
        with open(files[size], "rb") as body:
            site.send_body(body, content_type, os.path.getsize(files[size]))

    return peak(post, tuple(files), of="MB sent")


def check(bad, fixed):
    assert bad["peak_mb"] >= 30
    assert fixed["peak_mb"] < 1


def remarks():
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None
    form = settings.BASE_DIR / "form"
    form.write_text("a=&" * 100_000, "ascii")
    fields = send({0.3: form}, "application/x-www-form-urlencoded", lambda request: request.POST)["peak_mb"]
    assert fields > 5
    return {"fields_peak_mb": fields}
