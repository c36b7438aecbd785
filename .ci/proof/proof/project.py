"""A bare Django project: the shop, SQLite in a file, nothing else installed."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def project():
    """Sets Django up, once a process, on a folder that is removed in the end."""
    # Not before here: the parent of the measuring processes does not need them.
    import django
    from django.apps import apps
    from django.conf import settings
    from django.db import connection, connections

    with TemporaryDirectory() as folder:
        settings.configure(
            BASE_DIR=Path(folder),
            SECRET_KEY="only for proofs",
            ALLOWED_HOSTS=["*"],
            INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "shop"],
            ROOT_URLCONF="shop.urls",
            MEDIA_ROOT=Path(folder, "media"),
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(folder, "db.sqlite3")}},
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
            USE_TZ=True,
        )
        django.setup()
        with connection.schema_editor() as editor:
            for model in apps.get_models():
                editor.create_model(model)
        yield
        connections.close_all()
