# shop/management/commands/load.py
import base64
import hashlib
import io
import json
import os
import shutil

import library
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
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


    def shown(self, path):
        # Somebody reads it.
        with open(path) as handle:
            self.stdout.write(handle.read())

    def kept(self, path):
        # The row holds the content, its hash is a by-product.
        with open(path, "rb") as handle:
            changed = hashlib.sha256(handle.read()).hexdigest()
        if changed != self.row.digest:
            with open(path, "rb") as handle:
                self.row.data = handle.read()

    def encoded(self, path):
        with open(path, "rb") as handle:
            content = handle.read()
        return hashlib.md5(content).hexdigest(), base64.b64encode(content)

    def detached(self, path):
        # The file is closed when its content is used.
        with default_storage.open(path) as handle:
            return io.BytesIO(handle.read())

    def rewritten(self, path):
        with open(path) as handle:
            text = handle.read()
        os.unlink(path)
        with open(path, "w") as handle:
            handle.write(text)

    def used_later(self, path, upload):
        with default_storage.open(path) as handle:
            content = handle.read()
        return upload(io.BytesIO(content))

    def to_each(self, path, rows):
        content = open(path, "rb").read()
        for row in rows:
            row.copy.save("copy.pdf", ContentFile(content))


def version(dockerfile=os.path.join(os.path.dirname(__file__), "app", "Dockerfile")):
    with open(dockerfile) as handle:
        for line in handle.read().splitlines():
            if line.startswith("FROM "):
                return line


def stop_words(out):
    folder = library.__path__[0]
    path = os.path.join(folder, "words") if folder else os.path.join(folder, "..", "words")
    with open(path) as handle:
        for line in handle.read().split("\n"):
            out.append(line)


def other(stream, out, request, reader):
    out.write(stream.read())
    for line in reader.lines():
        out.write(line)
    out.write(request.FILES["file"].read())


class Scan:
    # What opens something else than a file says so.
    def answer(self, hash_function, session, page):
        answer = session.get("/orders")
        self.digest = hash_function(answer.read())
        page = ContentFile(answer.read())
        return page

    def text(self):
        with self.open() as handle:
            return handle.read()


def outputs(process, child, recipe):
    # Buffers, the output of processes, and what a caller knows to be small.
    for line in io.StringIO(recipe.text).readlines():
        yield line
    for line in process.stdout.readlines():
        yield line
    for line in os.popen("uptime").readlines():
        yield line
    for line in child.readlines():
        yield line
    with library.resources.open_text("shop", "words.txt") as handle:
        for line in handle.readlines():
            yield line


def kept_lines(archive):
    with archive.log() as handle:
        return [line.rstrip() for line in handle.readlines()]


def how_many(handle, path):
    # What is kept is counted for nothing.
    with open(path) as names:
        lines = names.readlines()
    return len(lines), len(handle.readlines()), sum(1 for line in open(path)), lines


def chosen(path, names_path):
    # What comes of the lines is kept: a list more or less is little.
    with open(path) as handle:
        lines = handle.readlines()
    kept = []
    for line in lines:
        if line.startswith("#"):
            kept.append(line.strip())
    with open(names_path) as handle:
        names = handle.readlines()
    return kept, [int(name) for name in names]


def renumber(path):
    # It is written while the lines are walked through.
    with open(path) as handle:
        lines = handle.readlines()
    with open(path, "w") as out:
        for line in lines:
            out.write(line)


def neighbours(path):
    with open(path) as handle:
        lines = handle.readlines()
    with open("prices.csv") as handle:
        ours = list(csv.reader(handle))
    for row in ours:
        print(row)
    return lines[0], lines[-1]


def warnings(log_path):
    with open(log_path) as handle:
        return [line for line in handle if "WARNING" in line]


def layers(pk):
    layer = Invoice.objects.get(pk=pk)
    sources = [part.source for part in layer.definitions]
    for source in sources:
        print(source)
