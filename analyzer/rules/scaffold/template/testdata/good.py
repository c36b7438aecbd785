def remember(value):
    return value


def order(request, pk):
    remember(request.user)
