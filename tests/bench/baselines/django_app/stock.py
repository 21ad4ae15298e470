"""`python -m tests.bench.baselines.django_app.stock SECRET SKU…`: make the tables, a key and products."""

import hashlib
import os
import sys

import django
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.baselines.django_app.settings")
    django.setup()
    from tests.bench.baselines.django_app.models import ApiKey, Product

    secret, *skus = sys.argv[1:]
    call_command("migrate", run_syncdb=True, verbosity=0)
    digest = hashlib.sha256(secret.encode()).hexdigest()
    ApiKey.objects.create(name="bench", secret_hash=digest, scopes=["integrations.*"])
    Product.objects.bulk_create(Product(sku=sku) for sku in skus)


if __name__ == "__main__":
    main()
