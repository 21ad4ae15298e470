"""From a parsed document to a command: strict, nothing coerced, every wrong place told at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from cattrs import (
    AttributeValidationNote,
    ClassValidationError,
    Converter,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from core.entities.fields import Field, Kind
from core.entities.inventory import INVENTORY_FIELDS, ROW_FIELDS
from core.entities.json import Json
from core.entities.location import LOCATION_FIELDS
from core.entities.order import ORDER_FIELDS
from core.entities.product import PRODUCT_FIELDS
from core.errors import Place, Problem, ValidationFailed
from core.use_cases.commands import (
    Cancellation,
    Deactivation,
    InventoryLoad,
    InventoryRow,
    LocationChange,
    NewLocation,
    NewOrder,
    NewOrderItem,
    NewProduct,
    OrderChange,
    ProductChange,
)
from core.use_cases.field_readers import WrongValue, reader_of, wrong_type

T = TypeVar("T")
MAX_PROBLEMS = 100
CANCELLATION_FIELDS = (Field("reason", Kind.STRING, "Why the order is cancelled.", nullable=True),)

_converter = Converter(detailed_validation=True)
Hook = Callable[[Any, Any], Any]  # the shape cattrs asks for
_hooks: dict[type[object], Hook] = {}


def _hook(field: Field, *, change: bool, element: type[object] | None) -> Hook:
    """How a field's value is read: on create a null is the same as not sent, on change it clears."""
    read = reader_of(field)
    takes_null = not (field.required or (change and not field.clearable))

    def hook(value: Any, _: Any) -> Any:
        if value is not None:
            return read(value)
        if takes_null:
            return None
        raise WrongValue("NULL_NOT_ALLOWED", "must not be null")

    def hook_of_elements(value: Any, kind: Any) -> Any:
        values = hook(value, kind)
        return None if values is None or element is None else _structure_elements(values, element)

    return hook if element is None else hook_of_elements


def _structure_elements(values: list[Any], element: type[object]) -> list[object]:
    """Structure each element; give up at as many wrong ones as are told, whatever else is sent."""
    structured: list[object] = []
    wrong: list[Exception] = []
    for index, value in enumerate(values):
        try:
            structured.append(_hooks[element](value, element))
        except (ClassValidationError, WrongValue) as error:
            error.add_note(IterableValidationNote("an element", index, element))
            wrong.append(error)
            if len(wrong) == MAX_PROBLEMS:
                break
    if wrong:
        raise IterableValidationError("elements", wrong, element)
    return structured


def _register(
    command: type[object],
    fields: tuple[Field, ...],
    *,
    change: bool = False,
    elements: Mapping[str, type[object]] | None = None,
) -> None:
    names = {name for name in command.__annotations__ if not name.startswith("_")}
    hooks = {
        field.name: override(
            struct_hook=_hook(field, change=change, element=(elements or {}).get(field.name))
        )
        for field in fields
        if field.name in names
    }
    structure_members = make_dict_structure_fn(command, _converter, **hooks)  # type: ignore[arg-type]  # names are data

    def structure_object(value: Any, kind: Any) -> object:
        if type(value) is not dict:
            raise wrong_type("an object", value)
        return structure_members(value, kind)

    _hooks[command] = structure_object


_register(NewOrderItem, next(one for one in ORDER_FIELDS if one.name == "items").fields)
_register(NewOrder, ORDER_FIELDS, elements={"items": NewOrderItem})
_register(OrderChange, ORDER_FIELDS, change=True)
_register(Cancellation, CANCELLATION_FIELDS)
_register(Deactivation, ())
_register(NewProduct, PRODUCT_FIELDS)
_register(ProductChange, PRODUCT_FIELDS, change=True)
_register(NewLocation, LOCATION_FIELDS)
_register(LocationChange, LOCATION_FIELDS, change=True)
_register(InventoryRow, ROW_FIELDS)
_register(InventoryLoad, INVENTORY_FIELDS)


def structure(document: Json, command: type[T]) -> T:
    """The command the document asks for; ValidationFailed with every wrong place (at most 100)."""
    try:
        structured: T = _hooks[command](document, command)
    except (ClassValidationError, IterableValidationError, WrongValue) as error:
        problems: list[Problem] = []
        _collect(error, (), problems)
        raise ValidationFailed(problems=problems[:MAX_PROBLEMS]) from error
    return structured


def _collect(error: Exception, place: Place, problems: list[Problem]) -> None:
    """Walk the tree of what cattrs found, each branch noted with its attribute or index."""
    if isinstance(error, ClassValidationError | IterableValidationError):
        for inner, note in error.group_exceptions()[0]:
            step = note.name if isinstance(note, AttributeValidationNote) else note.index
            _collect(inner, (*place, step), problems)
    elif isinstance(error, KeyError):
        problems.append(Problem(place, "MISSING", "is required"))
    elif isinstance(error, WrongValue):
        problems.append(Problem(place, error.code, error.message, masked=error.masked))
    else:
        raise error


@cache
def _names_and_lists(fields: tuple[Field, ...]) -> tuple[frozenset[str], Sequence[Field]]:
    return frozenset(field.name for field in fields), [field for field in fields if field.kind is Kind.LIST]


def unknown_places(document: Json, fields: tuple[Field, ...], place: Place = ()) -> list[Place]:
    """Where the document holds members that are no fields; what stands in open objects is the sender's."""
    if type(document) is not dict:
        return []
    names, lists = _names_and_lists(fields)
    found: list[Place] = []
    if not names.issuperset(document):
        found = [(*place, name) for name in document if name not in names]
    for field in lists:
        elements = document.get(field.name)
        if type(elements) is list:
            for index, element in enumerate(elements):
                found += unknown_places(element, field.fields, (*place, field.name, index))
    return found
