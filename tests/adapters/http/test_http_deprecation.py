"""What is going to be removed says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from adapters.http.address import API
from adapters.http.app import create_app
from adapters.http.deprecation import Deprecation
from adapters.http.exchange import Exchange
from core.entities.resource import Action, Resource
from tests.adapters.http.speaking import Site

SINCE = datetime(2026, 4, 17, 12, tzinfo=UTC)
SUNSET = datetime(2026, 8, 1, tzinfo=UTC)
ENDPOINT = Deprecation(Resource.ORDERS, "2026-04-17-bye", SINCE, SUNSET, action=Action.LIST)


def deprecating(site: Site, *deprecations: Deprecation) -> Site:
    """The same site, with deprecations."""
    app = create_app(
        exchange=Exchange(site.transactions, site.core, site.app.logger, deprecations),
        clock=site.app.clock,
        ids=site.app.ids,
        changelog=site.changelog,
        logger=site.app.logger,
    )
    return attrs.evolve(site, app=app)


def test_a_deprecated_endpoint_says_since_when_until_when_and_why(site: Site) -> None:
    response = deprecating(site, ENDPOINT).send("GET", f"{API}/orders/")

    assert response.headers["deprecation"] == "@1776427200"
    assert response.headers["sunset"] == "Sat, 01 Aug 2026 00:00:00 GMT"
    assert response.headers["link"] == '</changelog#2026-04-17-bye>; rel="deprecation"'
    assert response.status == 200


@pytest.mark.parametrize(
    ("narrowed", "method", "target", "body", "told"),
    [
        ({}, "GET", "/orders/", None, True),
        ({}, "GET", "/products/", None, False),
        ({"action": Action.CREATE}, "GET", "/orders/", None, False),
        ({"parameter": "old"}, "GET", "/orders/?old=1", None, True),
        ({"parameter": "old"}, "GET", "/orders/?new=1", None, False),
        ({"field": "old"}, "POST", "/orders/", b'{"old": 1}', True),
        ({"field": "old"}, "POST", "/orders/", b'{"new": 1}', False),
        ({"field": "old"}, "POST", "/orders/", b'["old"]', False),
        ({"field": "old"}, "GET", "/orders/", None, False),
    ],
)
def test_only_who_uses_it_is_told(
    site: Site, narrowed: dict[str, Any], method: str, target: str, body: bytes | None, told: bool
) -> None:
    deprecation = Deprecation(Resource.ORDERS, "entry", SINCE, SUNSET, **narrowed)

    response = deprecating(site, deprecation).send(method, f"{API}{target}", body)

    assert ("deprecation" in response.headers) is told


def test_nothing_is_removed_within_90_days() -> None:
    with pytest.raises(ValueError, match="90 days"):
        Deprecation(Resource.ORDERS, "entry", SINCE, SINCE + timedelta(days=89))


def test_without_deprecations_nothing_is_told(site: Site) -> None:
    assert "deprecation" not in site.send("GET", f"{API}/orders/").headers
