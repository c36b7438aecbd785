"""1,500 requests through the WSGI handler, each with one line that is wrong; what is held when all are answered."""

from proof import Site, held

REQUESTS = 1_500


def measure(page):
    site = Site(page.ImportView.as_view())
    sent = []
    figures = held(
        lambda n: sent.append(site.post_form(lines=f"umbrella\n{' ' * 200}\n")), times=REQUESTS, of="requests"
    )
    return figures | {"bytes_of_last_answer": sent[-1]}


def check(bad, fixed):
    assert bad["held_mb"] > 0.3 and bad["bytes_of_last_answer"] > 200 * REQUESTS
    assert fixed["held_mb"] < 0.1 and fixed["bytes_of_last_answer"] < 300


class Shared:
    numbers = []

    def extend(self):
        self.numbers += [1]


def remarks():
    for _ in range(50):
        Shared().extend()
    assert len(Shared.numbers) == 50
    return {"added_by_50_objects": len(Shared.numbers)}
