# shop/text.py
import bleach
from bleach import ALLOWED_TAGS as TAGS
from django.conf import settings


def to_html(text):
    tags = [*TAGS]
    tags += ["img", "table"]  # want "Each call of to_html makes `bleach.ALLOWED_TAGS` longer: `tags` is that list, no copy"
    attributes = bleach.ALLOWED_ATTRIBUTES
    attributes["a"] += ["style"]  # want "Each call of to_html makes a list in `bleach.ALLOWED_ATTRIBUTES` longer: `attributes` is that dict, no copy"
    return bleach.clean(text, tags=tags, attributes=attributes)


def view(request):
    attributes = [*bleach.ALLOWED_ATTRIBUTES]
    if request.user.is_staff:
        attributes.append("style")  # want "Each call of view makes `bleach.ALLOWED_ATTRIBUTES` longer"
    settings.ALLOWED_HOSTS.append(request.get_host())  # want "Each call of view makes `django.conf.settings.ALLOWED_HOSTS` longer: it is one list for all who import it"
    bleach.PROTOCOLS.extend([request.scheme])  # want "Each call of view makes `bleach.PROTOCOLS` longer"
    return attributes
