"""The application, found where this file is: a folder without `__init__.py` may have several places."""

from pathlib import Path

from django.apps import AppConfig


class BaselineConfig(AppConfig):
    name = "tests.bench.baselines.django_app"
    path = str(Path(__file__).parent)
