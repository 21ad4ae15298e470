"""The elements of an array, as places where reading stands."""

from collections.abc import Iterator

from core.mapping.budget import Budget
from core.mapping.model import Json, Place
from core.mapping.standing import Located, Standing, TooMany, Trouble, Troubled


def elements_of(
    array: Json, located: Located, standing: Standing, budget: Budget | None, *, members: bool
) -> Iterator[Standing]:
    """Where reading stands in each element, taken from the budget.

    Troubled if this is no array, or one of no objects at all, or if there are too many.
    """
    if not isinstance(array, list):
        raise Troubled(Trouble("wrong_shape", located, "an array", array))
    if budget is not None and not budget.take(len(array)):
        raise TooMany(located, array)
    if members and array and not any(isinstance(element, dict) for element in array):
        raise Troubled(Trouble("wrong_shape", located, "an array of objects", array))
    place = place_in(located)
    for number, element in enumerate(array):
        yield Standing(element, (*place, number), standing.target, standing, located.base, budget)


def check_element(element: Standing, *, members: bool) -> None:
    """An array of objects with a hole is broken data, not absence."""
    if members and not isinstance(element.value, dict):
        located = Located(element.base, element.place)
        raise Troubled(Trouble("wrong_shape", located, "an object", element.value))


def place_in(located: Located) -> Place:
    """The concrete steps of a place."""
    return tuple(step for step in located.steps if isinstance(step, str | int))
