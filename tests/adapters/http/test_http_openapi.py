"""The OpenAPI document says what is."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from adapters.http.api.operations import OPERATIONS
from adapters.http.errors import STATUS_OF
from adapters.http.openapi import openapi_document
from core.entities.resource import DESCRIPTIONS, Action, Resource
from tests.adapters.http.speaking import Site

DOCUMENT: Any = openapi_document()
SCHEMAS: Any = DOCUMENT["components"]["schemas"]
VERBS = ["get", "post", "put", "patch", "delete"]


def validator(schema: Any) -> Draft202012Validator:
    """A validator that knows the document's components."""
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


def described() -> Iterator[tuple[str, str, Any]]:
    """Every operation: method, path, description."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def references(value: Any) -> Iterator[str]:
    """Every reference in a part of the document."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


@pytest.mark.parametrize(
    ("method", "path", "operation"), list(described()), ids=lambda value: str(value)[:40]
)
def test_what_is_described_is_served(site: Site, method: str, path: str, operation: Any) -> None:
    body = b"{}" if "requestBody" in operation else None

    response = site.send(method.upper(), path.replace("{identifier}", "x"), body)

    assert str(response.status) in operation["responses"]


def test_what_is_served_is_described(site: Site) -> None:
    served = {
        (method, path)
        for path in DOCUMENT["paths"]
        for method in VERBS
        if site.send(method.upper(), path.replace("{identifier}", "x"), b"{}").status != 405
    }
    routes = {*site.app.endpoints, *(route.path for route in site.app.site.routes)}
    paths = {path.replace("{identifier}", "record").rstrip("/") for path in DOCUMENT["paths"]}

    assert served == {(method, path) for method, path, _ in described()}
    assert routes - paths == {"/"}


def test_every_operation_of_the_api_is_described_once() -> None:
    ids = [operation["operationId"] for _, _, operation in described()]
    expected = [one for one in OPERATIONS if one.action is not Action.OPTIONS]

    assert len(ids) == len(set(ids))
    assert len([one for one in ids if one.split("_")[1] in set(Resource)]) == len(expected)


def test_every_reference_leads_somewhere() -> None:
    for reference in references(DOCUMENT):
        _, first, second, name = reference.split("/")
        assert name in DOCUMENT[first][second]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_so_are_its_examples(name: str) -> None:
    schema = SCHEMAS[name]

    Draft202012Validator.check_schema(schema)
    for example in schema.get("examples", []):
        validator(schema).validate(example)


@pytest.mark.parametrize(
    ("method", "path", "operation"), list(described()), ids=lambda value: str(value)[:40]
)
def test_parameters_are_complete(method: str, path: str, operation: Any) -> None:
    parameters = operation.get("parameters", [])
    names = [parameter["name"] for parameter in parameters]

    assert ("identifier" in names) == ("{identifier}" in path)
    assert len(names) == len(set(names))
    for parameter in parameters:
        Draft202012Validator.check_schema(parameter["schema"])
        assert parameter["description"]


def test_a_failure_of_the_application_fits_the_failure_schema(site: Site) -> None:
    for path, key in (
        ("/nowhere", None),
        ("/api/integrations/v1/orders/?x=%FF", "sk_live_known"),
        ("/readyz/x", None),
    ):
        validator(SCHEMAS["Failure"]).validate(site.send("GET", path, key=key).json)


def test_every_code_is_told_with_its_status() -> None:
    told = {
        code: int(status)
        for status, response in DOCUMENT["components"]["responses"].items()
        for code in response["content"]["application/json"]["schema"]["allOf"][1]["properties"]["error"][
            "properties"
        ]["code"]["enum"]
    }

    assert told == STATUS_OF


@pytest.mark.parametrize("resource", [Resource.ORDERS, Resource.PRODUCTS, Resource.LOCATIONS])
def test_a_record_lists_every_field_and_a_new_one_what_may_be_sent(resource: Resource) -> None:
    name = resource.singular.capitalize()
    fields = DESCRIPTIONS[resource].fields

    assert SCHEMAS[name]["required"] == [field.name for field in fields]
    assert list(SCHEMAS[f"{name}Create"]["properties"]) == [
        field.name for field in fields if not field.response_only
    ]
    assert SCHEMAS[f"{name}Create"]["required"] == [field.name for field in fields if field.required]
    assert "required" not in SCHEMAS[f"{name}Update"]


def test_the_document_is_served(site: Site) -> None:
    assert site.send("GET", "/openapi.json", key=None).json == DOCUMENT


def linked() -> Iterator[tuple[str, Any, Any]]:
    """Every link: its operation's name, the description of that operation, and the link."""
    by_id = {operation["operationId"]: operation for _, _, operation in described()}
    for name, operation in by_id.items():
        for response in operation["responses"].values():
            for link in response.get("links", {}).values():
                yield name, by_id[link["operationId"]], link


def test_every_link_gives_an_operation_a_parameter_that_it_takes() -> None:
    found = list(linked())

    for _, target, link in found:
        assert link["parameters"].keys() <= {parameter["name"] for parameter in target["parameters"]}
    lists = {f"get_{resource}" for resource in Resource}
    assert {name for name, _, _ in found} == lists | {"post_orders", "post_products", "post_locations"}


@pytest.mark.parametrize(
    "value",
    [{"a": [1, 2.5, True, None, "é"]}, {"a": {"": {}}}, {"id": 2**63 - 1}, {"id": -(2**63)}],
)
@pytest.mark.parametrize("schema", ["OrderCreate", "OrderUpdate", "ProductUpdate", "LocationCreate"])
def test_what_no_field_takes_may_be_any_json(schema: str, value: Any) -> None:
    example = SCHEMAS[schema]["examples"][0]

    validator(SCHEMAS[schema]).validate({**example, "unknown": value, "metadata": value})


@pytest.mark.parametrize(
    "value", [{"a": 2**63}, {"a": [-(2**63) - 1]}, {"a": "\0"}, {"a\0": 1}, [{"b": "\0"}]]
)
@pytest.mark.parametrize("place", ["unknown", "metadata"])
def test_what_no_database_could_keep_is_described_as_wrong(place: str, value: Any) -> None:
    example = SCHEMAS["OrderCreate"]["examples"][0]

    assert not validator(SCHEMAS["OrderCreate"]).is_valid({**example, place: value})
