# shop/management/commands/load.py
import hashlib
import json
import os
import shutil

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args, **options):
        with open(options["path"]) as handle:
            for line in handle:
                self.stdout.write(line)
        with open(options["path"]) as handle:
            settings_of_import = json.load(handle)
        self.stdout.write(settings_of_import["name"])

    def copy(self, source, target):
        with open(source, "rb") as handle, open(target, "wb") as out:
            shutil.copyfileobj(handle, out)
        digest = hashlib.sha256()
        with open(target, "rb") as handle:
            while chunk := handle.read(65536):
                digest.update(chunk)
        return digest.hexdigest()

    def parsed(self, path):
        # The parser needs it as a whole.
        with open(path) as handle:
            return self.parse(handle.read())

    def parse(self, text):
        return text

    def fixed(self, out):
        # Files of the project are as large as their authors made them.
        with open(os.path.join(settings.BASE_DIR, "words.txt")) as handle:
            for line in handle.readlines():
                out.write(line)
        with open(os.path.join(os.path.dirname(__file__), "header.txt")) as handle:
            out.write(handle.read())

    def first_lines(self, path):
        with open(path) as handle:
            return handle.readlines()[:3] + handle.readlines(1024)


def other(stream, out, request, reader):
    out.write(stream.read())
    for line in reader.lines():
        out.write(line)
    out.write(request.FILES["file"].read())
