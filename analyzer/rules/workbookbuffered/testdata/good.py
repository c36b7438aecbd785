# shop/exports.py
from openpyxl import Workbook, load_workbook

from shop.models import Order


def export(path):
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for order in Order.objects.iterator():
        sheet.append([order.number])
    workbook.save(path)


def template(path):
    workbook = Workbook()
    workbook.active.append(["number", "total"])
    for order in Order.objects.order_by("-created")[:10]:
        workbook.active.append([order.number])
    workbook.save(path)


def of_customer(path, customer):
    workbook = Workbook()
    for row, order in enumerate(Order.objects.filter(customer=customer), 2):
        workbook.active.cell(row, 1, order.number)
    workbook.save(path)


def import_orders(request):
    for row in load_workbook(request.FILES["file"], read_only=True).active.iter_rows(values_only=True):
        Order.objects.create(number=row[0])


def stamp(path):
    workbook = load_workbook(path)
    workbook.active["A1"] = "seen"
    workbook.save(path)


def of_the_project():
    return load_workbook("templates/invoice.xlsx")


def with_bold_heads(path):
    workbook = Workbook()
    sheet = workbook.active
    for order in Order.objects.iterator():
        sheet.append([order.number])
    sheet["A1"].font = BOLD
    workbook.save(path)


def as_wide_as_needed(path):
    workbook = Workbook()
    sheet = workbook.create_sheet("orders")
    for order in Order.objects.iterator():
        sheet.append([order.number])
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = max(len(cell.value) for cell in column)
    workbook.save(path)
