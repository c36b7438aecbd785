"""Up to 6,000 orders in SQLite as rows of two cells; the most that is held at once until the workbook is saved."""

import os

from django.conf import settings
from openpyxl import Workbook, load_workbook
from proof import fill, peak
from shop.models import Order


def measure(page):
    def prepare(rows):
        fill(rows)
        Order.objects.update(note="")

    path = os.path.join(settings.BASE_DIR, "orders.xlsx")
    return peak(lambda rows: page.export(path), (1_000, 3_000, 6_000), of="rows", prepare=prepare)


def check(bad, fixed):
    # Two thousand orders, which iterator() holds at a time, are in both.
    assert bad["peak_mb"] > 1.5 * fixed["peak_mb"]


def wide(workbook, sheet, rows):
    for row in range(rows):
        sheet.append([row] * 10)
    workbook.save(os.path.join(settings.BASE_DIR, f"{rows}.xlsx"))


def read(rows, **options):
    workbook = load_workbook(os.path.join(settings.BASE_DIR, f"{rows}.xlsx"), **options)
    return sum(len(row) for row in workbook.active.iter_rows())


def write_only(rows):
    workbook = Workbook(write_only=True)
    wide(workbook, workbook.create_sheet(), rows)


def write(rows):
    workbook = Workbook()
    wide(workbook, workbook.active, rows)


def remarks():
    def weigh(way):
        return peak(way, [2_000], of="rows")["peak_mb"]

    figures = {
        "ten_cells_peak_mb": weigh(write),
        "ten_cells_write_only_peak_mb": weigh(write_only),
        "read_peak_mb": weigh(read),
        "read_only_peak_mb": weigh(lambda rows: read(rows, read_only=True)),
    }
    assert figures["ten_cells_peak_mb"] > 10 * figures["ten_cells_write_only_peak_mb"]
    assert figures["read_peak_mb"] > 2 * figures["read_only_peak_mb"]
    return figures
