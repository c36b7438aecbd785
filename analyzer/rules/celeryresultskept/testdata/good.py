# shop/celeryconfig.py
import os
from datetime import timedelta

broker_url = os.environ["BROKER_URL"]
result_backend = os.environ["RESULT_BACKEND"]

# A day is the default.
result_expires = timedelta(hours=4)
result_extended = None

CELERY_RESULT_EXPIRES = int(os.environ.get("RESULT_EXPIRES", 3600))
RESULT_EXPIRES = None
