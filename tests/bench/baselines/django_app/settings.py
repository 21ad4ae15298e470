"""Settings for production: no debugging, no middleware that an API does not need, connections that last."""

import os
from urllib.parse import urlsplit

DATABASE_URL = "BENCH_DATABASE_URL"


def database(url: str) -> dict[str, object]:
    """Django's words for a database URL; as durable as the database is by default or more."""
    parts = urlsplit(url)
    if parts.scheme == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": parts.hostname,
            "PORT": parts.port,
            "USER": parts.username,
            "PASSWORD": parts.password,
            "NAME": parts.path[1:],
            "CONN_MAX_AGE": None,
        }
    pragmas = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": parts.path[1:],
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "; ".join(f"PRAGMA {pragma}" for pragma in pragmas),
        },
    }


DEBUG = False
SECRET_KEY = "signs nothing here"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
INSTALLED_APPS = ["rest_framework", "tests.bench.baselines.django_app"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.bench.baselines.django_app.urls"
DATABASES = {"default": database(os.environ[DATABASE_URL])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tests.bench.baselines.django_app.authentication.ApiKeyAuthentication"
    ],
    "DEFAULT_PERMISSION_CLASSES": ["tests.bench.baselines.django_app.authentication.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "tests.bench.baselines.django_app.failures.failure",
    "UNAUTHENTICATED_USER": None,
}
