"""Empty: a proof that sends requests says which view answers them."""

urlpatterns = []
