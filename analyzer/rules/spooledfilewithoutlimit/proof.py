"""Up to 30 MB written in rows of 1 KB; the most that is held at once."""

from proof import Upload, peak

MEGABYTES = (10, 20, 30)


def measure(page):
    return peak(
        lambda size: page.export(Upload.LINE * 20 for _ in range(1_000 * size)).close(), MEGABYTES, of="MB written"
    )


def check(bad, fixed):
    assert bad["peak_mb"] >= 30
    assert fixed["peak_mb"] < 5
