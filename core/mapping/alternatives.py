"""The partner side of a rule: one place, several to try, or several to join."""

import attrs

from core.mapping.codecs import BadOption
from core.mapping.conditions import Condition, parse_conditions
from core.mapping.emptiness import Emptiness
from core.mapping.model import Json
from core.mapping.options import Options, blaming
from core.mapping.paths import OUTWARD, Steps, check_size, parse
from core.mapping.rules import Alternative, Joined, Names
from core.mapping.texts import TextSteps, text_steps

BARE: tuple[Names, ...] = ((),)
"""The wrappers of a value that has none."""


@attrs.frozen
class PartnerSide:
    """What a rule says of the partner's places, before its paths are put behind those of its groups."""

    wraps: tuple[Names, ...]
    text: TextSteps | None
    empty: Emptiness
    prefix: Steps

    def read(self, value: Json) -> tuple[tuple[Alternative | Joined, ...], bool]:
        """The alternatives in order, and whether another shape is absence too."""
        listed = value if isinstance(value, list) else [value]
        if not listed or listed == [None]:
            raise BadOption("partner", "a path is due")
        closing = listed[-1] is None
        return tuple(map(self._alternative, listed[:-1] if closing else listed)), closing

    def _alternative(self, value: Json) -> Alternative | Joined:
        if isinstance(value, str):
            return self._place(value, self)
        options = Options.of("partner", value)
        own = attrs.evolve(
            self, wraps=parse_wraps(options, self.wraps), text=parse_text(options) or self.text
        )
        where = parse_where(options, self.empty, stand=self.prefix)
        separator = options.text("join")
        places = tuple(self._place(path, own, where) for path in options.texts("path"))
        if separator is not None and places:
            return Joined(places, separator)
        if len(places) != 1:
            raise BadOption("partner", "an alternative has one path; several need join")
        return places[0]

    def _place(self, text: str, own: "PartnerSide", where: Condition | None = None) -> Alternative:
        path = parse(text, self.prefix)
        return Alternative(path.steps, own.wraps, own.text, where)


def parse_wraps(options: Options, default: tuple[Names, ...]) -> tuple[Names, ...]:
    """The members a value may be wrapped in, as `wrap` says; `false` says none."""
    if options.get("wrap") is False:
        return BARE
    texts = options.texts("wrap")
    with blaming("wrap"):
        return tuple(parse_names(text) for text in texts) if texts else default


def parse_text(options: Options) -> TextSteps | None:
    """The steps on a text, if there are any."""
    return text_steps(options.get("text")) if "text" in options else None


def parse_where(
    options: Options, empty: Emptiness, member: str = "where", stand: Steps = ()
) -> Condition | None:
    """The conditions in this member, if there are any; their whole paths begin where they stand."""
    if member not in options:
        return None
    with blaming(member):
        condition = parse_conditions(options.get(member), lambda value: value is None or value in empty)
        for path in condition.paths():
            whole = stand + path.steps
            check_size(whole, [1] * len(whole))
    return condition


def is_one_way(alternative: Alternative | Joined) -> bool:
    """Whether what is read so cannot be written back."""
    if isinstance(alternative, Joined):
        return True
    text_is_lost = alternative.text is not None and not alternative.text.two_way
    return text_is_lost or alternative.where is not None or OUTWARD in alternative.path


def parse_names(text: str) -> Names:
    """A dotted path of members; the empty text is the value itself."""
    if text == "":
        return ()
    steps = parse(text).steps
    names = tuple(step for step in steps if isinstance(step, str))
    if len(names) < len(steps):
        raise BadOption("wrap", "this is made of member names only")
    return names
