# shop/celery_settings.py
from celery import Celery

CELERY_RESULT_BACKEND = "redis://redis:6379/3"
CELERY_RESULT_EXPIRES = None  # want "`CELERY_RESULT_EXPIRES` keeps the result of every task"

app = Celery("shop", broker="redis://redis:6379/2")
app.conf.result_backend = "django-db"
app.conf.update(
    result_expires=0,  # want "`result_expires` keeps the result of every task"
    task_acks_late=True,
)
