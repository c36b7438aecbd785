"""Photos of up to a megapixel; the most that is held at once while they are copied without their EXIF data."""

import io

from PIL import Image
from proof import peak

PIXELS = (250_000, 500_000, 1_000_000)


def measure(page):
    uploads = {}
    for pixels in PIXELS:
        uploads[pixels] = io.BytesIO()
        Image.new("RGB", (1000, pixels // 1000), (90, 120, 30)).save(uploads[pixels], "png")
    return peak(lambda pixels: page.without_exif(uploads[pixels]), PIXELS, of="pixels")


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 1
