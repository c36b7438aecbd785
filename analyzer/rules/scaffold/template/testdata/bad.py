from shop.registry import remember as keep


def order(request, pk):
    keep(request.user)  # want "`remember` keeps this object for the life of the process"
