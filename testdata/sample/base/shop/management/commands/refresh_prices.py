from django.core.management.base import BaseCommand

from shop.models import Product


class Command(BaseCommand):
    def handle(self, *args, **options):
        for product in Product.objects.filter(active=True).iterator(chunk_size=2000):
            product.refresh_price()
