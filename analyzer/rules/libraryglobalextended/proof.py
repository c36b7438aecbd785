"""1,000 texts; what the library's own list has afterwards that it had not before."""

import markdown_shop
from proof import counted

TEXTS = 1_000


def measure(page):
    return counted(
        lambda n: page.to_html("text"),
        TEXTS,
        of="texts",
        what="tags added",
        count=lambda: len(markdown_shop.ALLOWED_TAGS),
    )


def check(bad, fixed):
    assert bad["tags_added"] == 2 * TEXTS
    assert fixed["tags_added"] == 0
