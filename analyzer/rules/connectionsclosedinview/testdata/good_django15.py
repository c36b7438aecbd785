# shop/views.py
# requirements.txt: Django==1.5.12
# No connection outlives its request, and there is no ATOMIC_REQUESTS.
from django.db import connection
from django.http import HttpResponse


def view(request):
    connection.close()
    return HttpResponse("done")
