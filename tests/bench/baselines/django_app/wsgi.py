"""The baseline in Django REST Framework, as gunicorn loads it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.baselines.django_app.settings")
application = get_wsgi_application()
