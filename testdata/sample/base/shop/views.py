from django.http import JsonResponse

from .catalogue import Importer


def import_catalogue(request):
    importer = Importer()
    for chunk in request.FILES["catalogue"].chunks():
        importer.feed(chunk)
    return JsonResponse({"rows": importer.close()})
