from django.http import JsonResponse

from .catalogue import Importer


def import_catalogue(request):
    importer = Importer()
    importer.feed(request.FILES["catalogue"].read())
    return JsonResponse({"rows": importer.close()})
