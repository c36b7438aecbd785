# shop/exports.py
from openpyxl import Workbook, load_workbook

from shop.models import Order


def export(path):
    workbook = Workbook()  # want "keeps every cell as a Python object until it is saved"
    sheet = workbook.active
    for order in Order.objects.filter(open=True).iterator():
        sheet.append([order.number, order.total])
    workbook.save(path)


def export_cells(path):
    workbook = Workbook()  # want "keeps every cell"
    for row, order in enumerate(Order.objects.iterator(), 2):
        workbook.active.cell(row, 1, order.number)
    workbook.save(path)


class TableExporter:
    def __init__(self):
        self.workbook = Workbook()  # want "keeps every cell"
        self.sheet = self.workbook.active

    def write_row(self, values):
        self.sheet.append(values)


def import_orders(request):
    workbook = load_workbook(request.FILES["file"], read_only=True)  # want "makes a Python object of every cell"
    for row in workbook.active.iter_rows(values_only=True):
        Order.objects.create(number=row[0])


def import_file(path):
    return load_workbook(path, read_only=True).active  # want "makes a Python object of every cell"
