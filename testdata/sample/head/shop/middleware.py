class AuditMiddleware:
    """Remember who asked for what, for the support desk."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.request_data = []

    def __call__(self, request):
        self.request_data.append({"path": request.path, "user": request.user.pk})
        return self.get_response(request)
