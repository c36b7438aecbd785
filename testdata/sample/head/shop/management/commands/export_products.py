import csv

from django.core.management.base import BaseCommand

from shop.models import Product


class Command(BaseCommand):
    def handle(self, *args, **options):
        writer = csv.writer(self.stdout)
        for product in Product.objects.prefetch_related("prices").iterator():
            writer.writerow(product.export_row())
