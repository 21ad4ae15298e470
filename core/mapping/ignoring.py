"""Which places of a source document came to nothing."""

from collections.abc import Iterator

from core.mapping.model import Json, Place
from core.mapping.passing import strangers
from core.mapping.plan import Context, Plan
from core.mapping.sources import Source
from core.mapping.standing import Standing, Troubled


def ignored_places(plan: Plan, document: Json) -> Iterator[Place]:
    """The topmost places that no rule names and that did not pass."""
    if plan.unmapped != "pass":
        return strangers(document, plan.claims, everywhere=True)
    return blocked_places(plan.root, document, ())


def blocked_places(context: Context, document: Json, place: Place) -> Iterator[Place]:
    """What could not pass, in an object and in the elements of its paired arrays."""
    if context.passing is not None and isinstance(document, dict):
        for leftover in context.passing.leftovers(document):
            if leftover.target is None:
                yield (*place, *leftover.source)
    for child in context.children:
        for at, element in _elements(child, document, place):
            yield from blocked_places(child, element, at)


def _elements(context: Context, document: Json, place: Place) -> list[tuple[Place, Json]]:
    found = [(place, document)]
    for source in context.arrays:
        found = [inner for at, holder in found for inner in _inside(source, holder, at)]
    return found


def _inside(source: Source, holder: Json, place: Place) -> list[tuple[Place, Json]]:
    standing = Standing(holder, place)
    try:
        array = source.read(standing)
    except Troubled:
        return []
    steps = source.located(standing).steps
    inner = tuple(step for step in steps if isinstance(step, str | int))
    return [((*inner, n), element) for n, element in enumerate(array)] if isinstance(array, list) else []
