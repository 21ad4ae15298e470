"""The elements of an array, as places where reading stands."""

from collections.abc import Iterator

from core.mapping.model import Json, Place
from core.mapping.standing import Located, Standing, Trouble, Troubled


def elements_of(array: Json, located: Located, standing: Standing, *, members: bool) -> Iterator[Standing]:
    """Where reading stands in each element; Troubled if this is no array, or one of no objects at all."""
    if not isinstance(array, list):
        raise Troubled(Trouble("wrong_shape", located, "an array", array))
    if members and array and not any(isinstance(element, dict) for element in array):
        raise Troubled(Trouble("wrong_shape", located, "an array of objects", array))
    place = place_in(located)
    for number, element in enumerate(array):
        yield Standing(element, (*place, number), standing.target, standing, located.base)


def check_element(element: Standing, *, members: bool) -> None:
    """An array of objects with a hole is broken data, not absence."""
    if members and not isinstance(element.value, dict):
        located = Located(element.base, element.place)
        raise Troubled(Trouble("wrong_shape", located, "an object", element.value))


def place_in(located: Located) -> Place:
    """The concrete steps of a place."""
    return tuple(step for step in located.steps if isinstance(step, str | int))
