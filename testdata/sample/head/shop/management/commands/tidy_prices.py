from django.core.management.base import BaseCommand

from shop.models import Product


class Command(BaseCommand):
    def handle(self, *args, **options):
        for product in Product.objects.all().iterator(chunk_size=2000):
            product.refresh_price()
            self.stdout.write(f"{product.name}: refreshed")
        for product in Product.objects.order_by("name").iterator(chunk_size=2000):
            product.prices.filter(amount=0).delete()
            self.stdout.write(f"{product.name}: tidied")
