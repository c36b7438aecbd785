# shop/tasks.py
import io
import json
import sys

import requests
from django.db import models
from django.http import HttpResponse


def rates(url):
    return requests.get(url, timeout=30).json()


def parsed(url):
    response = requests.get(url, timeout=30)
    if response.text == "ok":
        return json.loads(response.text)
    return response.content[:100]


def streamed(url, path):
    with requests.get(url, stream=True, timeout=30) as response, open(path, "wb") as out:
        for chunk in response.iter_content(65536):
            out.write(chunk)


def bounded(url):
    with requests.get(url, stream=True, timeout=30) as response:
        size = 0
        for chunk in response.iter_content(65536):
            size += len(chunk)
            if size > 1_000_000:
                return None
        return io.BytesIO(response.content)


def status(command, url):
    response = requests.get(url, timeout=3)
    if response.status_code != 200:
        sys.stderr.write(response.text)


class Client:
    def get(self, url):
        self.text = requests.get(url, timeout=30).text
        return self


def other(page, out, message):
    out.write(page.content)
    message.text = page.text


def made(response):
    response.content = b"{}"
    response.text = "{}"


class Warehouse(models.Model):
    api_url = models.URLField()
    url = models.URLField()

    def stock(self, parse):
        return parse(requests.get(self.api_url, timeout=30).text)

    def prices(self):
        return json.loads(requests.get(self.url, timeout=30).text)


def page(repository, parse):
    return parse(requests.get(repository.url, timeout=30).text)


def shortened(url):
    return HttpResponse(requests.get(url, timeout=30).content[:1000])


def settings(client, key):
    return json.loads(client.get_object(Bucket="shop", Key=key)["Body"].read())


def head(client, key):
    found = client.get_object(Bucket="shop", Key=key, Range="bytes=0-1023")
    return HttpResponse(found["Body"].read())


def streamed_scan(request, swift, name):
    found = swift.get_object("scans", name, resp_chunk_size=65536)
    return HttpResponse(found.data)


class View:
    def retrieve(self, request, pk):
        return HttpResponse(self.get_object(request, pk).data)
