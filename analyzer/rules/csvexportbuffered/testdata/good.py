# shop/views.py
import csv
import io

from django.http import HttpResponse, StreamingHttpResponse

from shop.models import Order


class Echo:
    def write(self, value):
        return value


def export(request):
    writer = csv.writer(Echo())
    rows = Order.objects.values_list("number", "total").iterator(chunk_size=2000)
    return StreamingHttpResponse((writer.writerow(row) for row in rows), content_type="text/csv")


def to_file(path):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        for order in Order.objects.iterator():
            writer.writerow([order.number])


def latest(request):
    response = HttpResponse()
    writer = csv.writer(response)
    for order in Order.objects.order_by("-created")[:100]:
        writer.writerow([order.number])
    return response


def lines(rows):
    data = io.StringIO()
    writer = csv.writer(data)
    for row in rows:
        writer.writerow(row)
    return data.getvalue()


def stream(queryset):
    data = io.StringIO()
    writer = csv.writer(data)
    for order in queryset:
        writer.writerow([order.number])
        yield data.getvalue()
        data.seek(0)
        data.truncate(0)
