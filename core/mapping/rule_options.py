"""The options of mappings and rules, one by one."""

from typing import Final, Literal

from core.mapping.alternatives import parse_names
from core.mapping.codecs import BadOption
from core.mapping.model import Json
from core.mapping.options import Options, blaming
from core.mapping.paths import Steps, check_name, parse
from core.mapping.rules import LookupBy, Merge, NameAndValue, Nulls, Unmapped

_CODEC_MEMBERS: Final = ("type", "as", "scale", "values")


def parse_direction(options: Options, *, one_way: bool) -> Literal["both", "in", "out"]:
    """The direction of a rule; a helper that cannot be undone makes it one-way."""
    match options.word("direction", "in" if one_way else "both", "both", "in", "out"):
        case "in":
            return "in"
        case "out":
            return "out"
        case _:
            return "both"


def parse_nulls(options: Options, *, required: bool) -> Nulls:
    """What a null at the end of the path is; an error where a value is required."""
    if "nulls" not in options:
        return "reject" if required else "keep"
    match options.word("nulls", "keep", "absent", "reject"):
        case "absent":
            return "absent"
        case "reject":
            return "reject"
        case _:
            return "keep"


def parse_merge(options: Options) -> Merge | None:
    """How rows become fewer, if they do."""
    members = options.object("merge")
    if members is None:
        return None
    by, added = members.texts("by"), members.texts("sum")
    if not by or "" in (*by, *added):
        raise BadOption("merge", "merge needs the names of the key in by, and perhaps of figures in sum")
    with blaming("merge"):
        merge = Merge(tuple(map(parse_names, by)), tuple(map(parse_names, added)))
    names = (*merge.by, *merge.sum)
    if len(set(names)) < len(names):
        raise BadOption("merge", "each field is named once: in by, or in sum")
    return merge


def parse_name_and_value(options: Options) -> NameAndValue | None:
    """The members of an array of pairs, if it is one."""
    if "pairs" not in options:
        return None
    members = options.texts("pairs")
    if len(members) != 2:
        raise BadOption("pairs", 'two member names are due, such as ["name", "value"]')
    if members[0] == members[1]:
        raise BadOption("pairs", f'name and value are two members, not "{members[0]}" twice')
    with blaming("pairs"):
        for name in members:
            check_name(name)
    return NameAndValue(members[0], members[1])


def parse_lookup(options: Options) -> LookupBy | None:
    """What the value is looked up by, if it is."""
    members = options.object("lookup")
    if members is None:
        return None
    resource, by = members.text("resource"), members.text("by")
    if not resource or not by:
        raise BadOption("lookup", "lookup needs a resource and a field in by")
    with blaming("lookup"):
        parse_names(by)
    return LookupBy(resource, by)


def read_itself(options: Options) -> list[Json]:
    """The values that a rule reads as themselves, whatever the mapping calls empty."""
    if options.get("type") == "boolean":
        return [True, False]
    pairs = options.get("values")
    if isinstance(pairs, dict):
        return list(pairs)
    return [pair[0] for pair in pairs if isinstance(pair, list) and pair] if isinstance(pairs, list) else []


def parse_unmapped(options: Options, direction: str) -> Unmapped:
    """What happens to fields without a rule."""
    value = options.get("unmapped")
    chosen = Options(value) if isinstance(value, dict) else Options({direction: value or "pass"})
    match chosen.word(direction, "pass", "drop", "reject"):
        case "drop":
            return "drop"
        case "reject":
            return "reject"
        case _:
            return "pass"


def parse_record(options: Options) -> tuple[Steps, ...]:
    """Where the records of a payload are, in the order to try."""
    with blaming("record"):
        return tuple(parse(text).steps for text in options.texts("record"))


def codec_members(options: Options) -> dict[str, Json]:
    """What is said of the codec."""
    return {member: options.get(member) for member in _CODEC_MEMBERS if member in options}
