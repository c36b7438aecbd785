from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=200)
    active = models.BooleanField(default=True)

    def export_row(self):
        return [self.pk, self.name, *(price.amount for price in self.prices.all())]

    def refresh_price(self):
        self.prices.update(stale=False)


class Price(models.Model):
    product = models.ForeignKey(Product, related_name="prices", on_delete=models.CASCADE)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    stale = models.BooleanField(default=False)
