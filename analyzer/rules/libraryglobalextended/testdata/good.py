# shop/text.py
import bleach
from bleach import ALLOWED_TAGS, FILTERS, VERSION
from django.apps import AppConfig
from django.conf import settings

OWN = []
HOSTS = settings.ALLOWED_HOSTS
HOSTS += ["shop.example"]


def to_html(text):
    tags = [*ALLOWED_TAGS]
    tags += ["img"]
    more = ALLOWED_TAGS
    more = more + ["table"]
    more.append("tr")
    name = VERSION
    name += "-shop"
    limit = settings.LIMIT
    limit += 1
    if "style" not in bleach.ALLOWED_ATTRIBUTES:
        bleach.ALLOWED_ATTRIBUTES.append("style")
    if not any(item[0] == "a" for item in bleach.PAIRS):
        bleach.PAIRS.append(("a", text))
    known = {tag for tag, _ in bleach.PAIRS}
    if text not in known:
        bleach.PAIRS.append((text, text))
    if text and text not in bleach.PROTOCOLS:
        bleach.PROTOCOLS.remove(OWN.pop())
        bleach.PROTOCOLS.append(text)
    return bleach.clean(text, tags=tags + more), name, limit


def add_host(host):
    if host in settings.ALLOWED_HOSTS:
        return
    settings.ALLOWED_HOSTS.append(host)


def add_tag(tag, nested):
    if tag not in ALLOWED_TAGS:
        if nested:
            ALLOWED_TAGS.append(tag)


def keep(text):
    FILTERS.append(to_html)
    OWN.append(text)


class ShopConfig(AppConfig):
    def ready(self):
        ALLOWED_TAGS.append("img")
