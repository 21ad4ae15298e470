"""The operations of the API, one table for the routes and for what is told of them."""

from collections.abc import Iterable

import attrs
from litestar.types import Method

from adapters.http.address import API, RECORD
from core.entities.resource import Action, Resource


@attrs.frozen
class Operation:
    """What a resource can be asked for: by which methods, on the collection or on one record."""

    resource: Resource
    action: Action
    methods: tuple[Method, ...]
    on_record: bool = False
    has_body: bool = False
    replace: bool = False

    @property
    def is_change(self) -> bool:
        """Whether it changes a record that is there."""
        return self.action in (Action.UPDATE, Action.DELETE)

    @property
    def collection(self) -> str:
        """The path of the resource."""
        return f"{API}/{self.resource}"

    @property
    def path(self) -> str:
        """Where it is routed to."""
        return f"{self.collection}/{RECORD}" if self.on_record else self.collection


def _operations(resource: Resource) -> Iterable[Operation]:
    yield Operation(resource, Action.LIST, ("GET", "HEAD"))
    yield Operation(resource, Action.CREATE, ("POST",), has_body=True)
    yield Operation(resource, Action.OPTIONS, ("OPTIONS",))
    yield Operation(resource, Action.READ, ("GET", "HEAD"), on_record=True)
    if resource is not Resource.INVENTORY:
        yield Operation(resource, Action.UPDATE, ("PUT",), on_record=True, has_body=True, replace=True)
        yield Operation(resource, Action.UPDATE, ("PATCH",), on_record=True, has_body=True)
        yield Operation(resource, Action.DELETE, ("DELETE",), on_record=True, has_body=True)
    yield Operation(resource, Action.OPTIONS, ("OPTIONS",), on_record=True)


OPERATIONS = tuple(operation for resource in Resource for operation in _operations(resource))
