# shop/images.py
from PIL import Image


def without_exif(upload):
    original = Image.open(upload)
    clean = Image.new(original.mode, original.size)
    clean.paste(original)
    return clean


def brightness(image):
    return sum(image.convert("L").getdata()), max(image.getdata(0)), list(image.getdata(0))


def dark(image):
    return [pixel for pixel in image.getdata() if pixel[0] < 10]


def thumbnail(upload):
    small = Image.open(upload).convert("RGB").resize((64, 64)).convert("L")
    icon = Image.new("RGB", (8, 8))
    return list(small.getdata()), list(icon.getdata())


def other(request, data):
    return list(data), request.getdata()
