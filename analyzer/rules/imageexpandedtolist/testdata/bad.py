# shop/images.py
from PIL import Image


def without_exif(upload):
    original = Image.open(upload)
    pixels = list(original.getdata())  # want "tuple of every pixel of `original`"
    clean = Image.new(original.mode, original.size)
    clean.putdata(pixels)
    return clean


def darkened(image):
    data = image.getdata()
    pixels = tuple(data)  # want "tuple of every pixel of `image`"
    image.putdata([(r // 2, g // 2, b // 2) for r, g, b in image.getdata()])  # want "tuple of every pixel"
    return image, pixels, [*image.convert("RGB").getdata()]  # want "tuple of every pixel of"
