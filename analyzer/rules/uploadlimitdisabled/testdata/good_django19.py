# shop/settings.py
# requirements.txt: Django==1.9.13
# Without any effect: the limits came with Django 1.10.
DATA_UPLOAD_MAX_MEMORY_SIZE = None
DATA_UPLOAD_MAX_NUMBER_FIELDS = None
