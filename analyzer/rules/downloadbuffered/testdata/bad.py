# shop/tasks.py
import io
import zipfile
from urllib.request import urlopen

import boto3
import httpx
import requests
from celery import shared_task
from django.core.files.base import ContentFile
from django.db import models
from django.http import HttpResponse
from requests import Response

from shop.http import make_safe_client
from shop.models import Delivery, Photo


@shared_task
def fetch(url, path):
    response = requests.get(url, timeout=30)
    with open(path, "wb") as out:
        out.write(response.content)  # want "`content` holds the whole response in memory, as large as the server made it"
        out.write(response.content)


@shared_task
def fetch_photo(pk, url):
    photo = Photo.objects.get(pk=pk)
    photo.image.save("photo.jpg", ContentFile(requests.get(url, timeout=30).content))  # want "`content` holds the whole response"


def unpack(url):
    with requests.Session() as session:
        answer = session.get(url)
        archive = zipfile.ZipFile(io.BytesIO(answer.content))  # want "`content` holds the whole response"
    return archive


def streamed(url, handle):
    answer = requests.get(url, stream=True)
    data = answer.content  # want "in spite of `stream=True`"
    handle(data)
    for chunk in answer.iter_content(chunk_size=None):  # want "reads at once all that there is"
        handle(chunk)


def store(delivery: Delivery, response: Response = None):
    delivery.status = response.status_code
    delivery.body = response.text  # want "to store it, as large as the server made it"
    delivery.save()


async def later(url, out):
    async with httpx.AsyncClient() as client:
        answer = await client.get(url)
    out.write(answer.content)  # want "`content` holds the whole response"


def opened(url, out):
    out.write(urlopen(url).read())  # want "`read()` holds the whole response"


def proxied(request, url):
    answer = requests.get(url, timeout=30)
    return HttpResponse(answer.content, content_type="application/octet-stream")  # want "`content` holds the whole response in memory to send it on"


class Feed(models.Model):
    url = models.URLField()

    def entries(self, parse):
        return parse(requests.get(self.url, timeout=30).text)  # want "`text` holds the whole response in memory, as large as whoever chose the address wants it"


def preview(feed: "Feed", parse):
    with make_safe_client() as client:
        answer = client.get(feed.url)
    return parse(answer.content)  # want "as large as whoever chose the address"


def imported(form, parse):
    return parse(requests.get(form.cleaned_data["address"], timeout=30).content)  # want "as large as whoever chose the address"


def looked_up(request, parse):
    return parse(requests.get(request.GET.get("address"), timeout=30).content)  # want "as large as whoever chose the address"


def scan(request, key):
    found = boto3.client("s3").get_object(Bucket="scans", Key=key)
    return HttpResponse(found["Body"].read())  # want "`read()` holds the whole object of the store in memory to send it on"


def blob(blob, path):
    with open(path, "wb") as out:
        out.write(blob.download_as_bytes())  # want "`download_as_bytes()` holds the whole object of the store in memory to write it to a file"


def unpacked(container, name):
    return zipfile.ZipFile(io.BytesIO(container.download_blob(name).readall()))  # want "`readall()` holds the whole object of the store in memory to make a file of it"


def kept(request, key):
    response = HttpResponse()
    response.write(key.get_contents_as_string())  # want "`get_contents_as_string()` holds the whole object"
    return response


def swift(request, api, name):
    found = api.swift_get_object(request, name)
    body = found.data  # want "`data` holds the whole object of the store"
    return HttpResponse(body)


def minio_scan(request, minio, name):
    return HttpResponse(minio.get_object("scans", name).read())  # want "`read()` holds the whole object of the store"
