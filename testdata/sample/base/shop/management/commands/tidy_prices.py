from django.core.management.base import BaseCommand

from shop.models import Product


class Command(BaseCommand):
    def handle(self, *args, **options):
        for product in Product.objects.filter(prices__stale=True):
            product.refresh_price()
            self.stdout.write(f"{product.name}: refreshed")
        for product in Product.objects.filter(active=False):
            product.prices.all().delete()
            self.stdout.write(f"{product.name}: no prices")
