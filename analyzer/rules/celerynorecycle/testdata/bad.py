# shop/settings.py
import os

CELERY_BROKER_URL = os.environ["BROKER_URL"]  # want "Celery's worker processes are never replaced"
CELERY_TASK_ACKS_LATE = True
