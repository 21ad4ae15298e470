"""`python -m tests.bench.baselines.fastapi_app.stock SECRET SKU…`: make the tables, a key and products."""

import hashlib
import sys

from tests.bench.baselines.fastapi_app.tables import ApiKey, Base, Product, Sessions, engine


def main() -> None:
    secret, *skus = sys.argv[1:]
    Base.metadata.create_all(engine)
    with Sessions.begin() as session:
        digest = hashlib.sha256(secret.encode()).hexdigest()
        session.add(ApiKey(name="bench", secret_hash=digest, scopes=["integrations.*"]))
        session.add_all(Product(sku=sku) for sku in skus)


if __name__ == "__main__":
    main()
