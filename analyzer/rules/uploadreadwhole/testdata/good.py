# shop/views.py
import io
import zipfile

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.views.generic import FormView


class ImportForm(forms.Form):
    file = forms.CharField()

    def text(self):
        return self.cleaned_data["file"].read()


def in_chunks(request, out):
    for chunk in request.FILES["file"].chunks():
        out.write(chunk)


def in_pieces(request, out):
    file = request.FILES["file"]
    while piece := file.read(65536):
        out.write(piece)


def first_line(request):
    return request.FILES["file"].readline()


def lines(request):
    for line in io.TextIOWrapper(request.FILES["file"], encoding="utf-8"):
        print(line)


def checked(request):
    upload = request.FILES["file"]
    if upload.size > 1024 * 1024:
        raise ValidationError("too large")
    return upload.read()


def not_an_upload(path, response, request):
    with open(path) as file:
        text = file.read()
    return text + response.read() + request.POST["file"].read()


def limited(request):
    content = b""
    for chunk in request.FILES["file"].chunks():
        content += chunk
        if len(content) > 1024 * 1024:
            raise ValidationError("too large")
    return content


def checked_elsewhere(request):
    upload = request.FILES["file"]
    validate_size(upload)
    return upload.read()


def checked_by_chunks(request):
    upload = request.FILES["file"]
    if upload.multiple_chunks():
        raise ValidationError("too large")
    return upload.read()


def checked_together(request):
    diff, parent = request.FILES["diff"], request.FILES["parent"]
    check_sizes(diff, parent)
    return parent.read()


def body(request, out):
    while piece := request.read(65536):
        out.write(piece)
    return request.body, request.data["name"].read()


def validate_size(upload):
    print(upload)


def check_sizes(*uploads):
    print(uploads)


def in_memory_already(request, storage):
    upload = request.FILES["file"]
    storage.save("a", ContentFile(upload.read()) if isinstance(upload, InMemoryUploadedFile) else upload)
    if isinstance(upload, InMemoryUploadedFile):
        storage.keep(upload.read())


def on_disk_already(request, storage):
    upload = request.FILES["file"]
    if hasattr(upload, "temporary_file_path"):
        storage.move(upload.temporary_file_path())
    else:
        storage.keep(upload.read())


def at_most_five_megabytes(file):
    if file.size > 5 * 1024 * 1024:
        raise ValidationError("too large")


class ScanForm(forms.Form):
    scan = forms.FileField(validators=[at_most_five_megabytes])


def scanned(request, storage):
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        storage.keep(request.FILES["scan"].read())


class LetterForm(forms.Form):
    letter = forms.FileField()

    def clean_letter(self):
        letter = self.cleaned_data["letter"]
        if letter.size > 5 * 1024 * 1024:
            raise ValidationError("too large")
        return letter

    def save(self, storage):
        storage.keep(self.cleaned_data["letter"].read())


def packed(request):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        upload = request.FILES["letter"]
        archive.writestr(upload.name, upload.read())
    return buffer.getvalue()


def keep_logo(logo: InMemoryUploadedFile, storage):
    return storage.save("logo.png", ContentFile(logo.read()))


async def handle(request):
    # A request of another framework.
    return await request.read()


class PlanForm(forms.Form):
    plan = forms.FileField()

    def clean_plan(self):
        plan = self.cleaned_data["plan"]
        if plan.size / 1024 > 300:
            raise ValidationError("at most 300 KB")
        return plan


class PlanView(FormView):
    form_class = PlanForm

    def form_valid(self, form):
        self.storage.save("plan.pdf", ContentFile(form.cleaned_data["plan"].read()))
        return super().form_valid(form)


def checked_by_a_validator(request, out):
    at_most_five_megabytes(request.FILES["file"])
    out.write(request.FILES["file"].read())


def in_pieces(request, environ, out):
    while chunk := request.META["wsgi.input"].read(65536):
        out.write(chunk)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    with open(request.FILES["file"].temporary_file_path(), "rb") as handle:
        while chunk := handle.read(65536):
            out.write(chunk)
    return body


class Event(models.Model):
    payload = models.FileField()

    def text(self):
        with self.payload.open() as handle:
            return handle.read()
