"""From the stored document to the flat set of rules: groups unfolded, paths parsed, codecs made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import attrs

from core.mapping.alternatives import (
    BARE,
    PartnerSide,
    is_one_way,
    parse_text,
    parse_where,
    parse_wraps,
)
from core.mapping.codecs import BadOption, codec_for, find_zone
from core.mapping.emptiness import Emptiness
from core.mapping.model import ABSENT, Finding, Json, MappingRefused
from core.mapping.options import Options, blaming
from core.mapping.paths import EACH, BadPath, Steps, parse
from core.mapping.rule_options import (
    codec_members,
    parse_direction,
    parse_lookup,
    parse_merge,
    parse_name_and_value,
    parse_nulls,
    parse_record,
    parse_unmapped,
    read_itself,
)
from core.mapping.rules import (
    Alternative,
    ArrayPair,
    ElementFilter,
    Joined,
    RowMerge,
    Rule,
    RuleSet,
)
from core.mapping.scope import EachMismatch, Scope

DEEPEST_NESTING: Final = 8


def expand(document: Mapping[str, Json]) -> RuleSet:
    """The rules that a document in list form stands for; MappingRefused names all that cannot be read."""
    findings: list[Finding] = []
    options = Options(document)
    settings: RuleSet | None = None
    with _collecting(findings, ""):
        settings = _settings(options)
    if settings is None:
        raise MappingRefused(tuple(findings))
    expansion = _Expansion(settings, _zone(options, findings), findings)
    expansion.unfold(options, Scope(records=settings.record), "r")
    if findings:
        raise MappingRefused(tuple(findings))
    return attrs.evolve(
        settings,
        rules=tuple(expansion.rules),
        filters=tuple(expansion.filters),
        merges=tuple(expansion.merges),
    )


class _Expansion:
    def __init__(self, settings: RuleSet, zone: str | None, findings: list[Finding]) -> None:
        self.settings = settings
        self.zone = zone
        self.findings = findings
        self.rules: list[Rule] = []
        self.filters: list[ElementFilter] = []
        self.merges: list[RowMerge] = []

    def unfold(self, parent: Options, scope: Scope, prefix: str) -> None:
        """Add the rules inside a mapping or group, in order."""
        entries: list[Json] = []
        with _collecting(self.findings, prefix.rstrip(".")):
            entries = parent.items("rules")
        for number, entry in enumerate(entries, 1):
            name = f"{prefix}{number}"
            with _collecting(self.findings, name):
                options = Options.of("rules", entry)
                if "rules" in options:
                    self._group(options, scope, name)
                else:
                    self.rules.append(self._rule(options, scope, options.text("id") or name))

    def _group(self, options: Options, scope: Scope, name: str) -> None:
        if scope.depth == DEEPEST_NESTING:
            raise BadOption("rules", f"groups nest at most {DEEPEST_NESTING} deep")
        inner = self._inner_scope(options, scope)
        self._note_helpers(options, inner, options.text("id") or name)
        self.unfold(options, inner, f"{name}.")

    def _inner_scope(self, options: Options, scope: Scope) -> Scope:
        partner = _steps(options, "partner", scope.partner)
        internal = _steps(options, "internal", scope.internal)
        flatten = options.flag("flatten", default=False)
        arrays = internal.count(EACH) - scope.internal.count(EACH)
        extra = partner.count(EACH) - scope.partner.count(EACH) - arrays
        spans = (1 + extra, *(1,) * (arrays - 1)) if flatten and arrays and extra > 0 else (1,) * arrays
        return Scope(
            records=scope.records,
            partner=partner,
            internal=internal,
            spans=scope.spans + spans,
            one_way=scope.one_way or flatten or "merge" in options,
            depth=scope.depth + 1,
        )

    def _note_helpers(self, options: Options, scope: Scope, name: str) -> None:
        where = parse_where(options, self.settings.empty, stand=scope.partner)
        merge = parse_merge(options)
        if where is None and merge is None:
            return
        pairs = scope.pairs(scope.partner, scope.internal)
        if not pairs or scope.internal[-1] is not EACH or scope.partner[-1] is not EACH:
            member = "merge" if where is None else "where"
            raise BadOption(member, "this group is no group of elements ([])", "end both paths in []")
        if where is not None:
            self.filters.append(ElementFilter(pairs[-1], where, name))
        if merge is not None:
            self.merges.append(RowMerge(pairs[-1], merge))

    def _rule(self, options: Options, scope: Scope, name: str) -> Rule:
        alternatives, closing = self._alternatives(options, scope)
        internal = _steps(options, "internal", scope.internal) if "internal" in options else None
        const = options.document.get("const", ABSENT)
        total, gather = "total" in options, options.flag("gather", default=False)
        test = parse_where(options, self.settings.empty, "test", scope.partner)
        required = options.flag("required", default=False)
        separator = options.text("join")
        helped = scope.one_way or total or gather or test is not None or separator is not None
        return Rule(
            id=name,
            direction=parse_direction(options, one_way=helped or any(map(is_one_way, alternatives[:1]))),
            alternatives=alternatives,
            internal=internal,
            pairs=self._pairs(scope, alternatives, internal, test=test is not None, more=total or gather),
            stand=scope.partner,
            codec=codec_for(codec_members(options), self.zone),
            required=required,
            default=options.document.get("default", ABSENT),
            nulls=parse_nulls(options, required=required),
            const=const,
            always=options.flag("always", default=True),
            expect=options.flag("expect", default=False),
            secret=options.flag("secret", default=False),
            empty=self._empty(options),
            other_shape_is_absent=closing,
            total=total,
            gather=gather,
            separator=separator,
            where=parse_where(options, self.settings.empty),
            minimum=options.number("min"),
            name_and_value=parse_name_and_value(options),
            test=test,
            lookup=parse_lookup(options),
        )

    def _alternatives(self, options: Options, scope: Scope) -> tuple[tuple[Alternative | Joined, ...], bool]:
        if "partner" not in options:
            return (), False
        wraps = parse_wraps(options, self.settings.wraps)
        side = PartnerSide(wraps, parse_text(options), self.settings.empty, scope.partner)
        return side.read(options.get("partner"))

    @staticmethod
    def _pairs(
        scope: Scope,
        alternatives: tuple[Alternative | Joined, ...],
        internal: Steps | None,
        *,
        test: bool,
        more: bool,
    ) -> tuple[ArrayPair, ...]:
        if internal is None or not (alternatives or test):
            return ()
        path = _first_path(alternatives) if alternatives else scope.partner
        return scope.pairs(path, internal, 1 if more else 0)

    def _empty(self, options: Options) -> Emptiness:
        """What is empty for one rule: not what it reads itself."""
        own = options.items("empty")
        if not own and options.get("type") != "boolean" and "values" not in options:
            return self.settings.empty
        return self.settings.empty.changed(own, read_itself(options))


@contextmanager
def _collecting(findings: list[Finding], rule: str) -> Iterator[None]:
    try:
        yield
    except BadPath as bad:
        findings.append(Finding("error", bad.code, rule, bad.member, bad.message, bad.column))
    except BadOption as bad:
        code = "each_mismatch" if isinstance(bad, EachMismatch) else "bad_option"
        findings.append(Finding("error", code, rule, bad.member, bad.message, fix=bad.fix))


def _settings(options: Options) -> RuleSet:
    empty = Emptiness(options.items("empty"))
    return RuleSet(
        resource=options.text("resource") or "",
        identifier_field=options.text("identifier_field"),
        on_duplicate="update" if options.word("on_duplicate", "refuse", "update") == "update" else "refuse",
        unmapped_in=parse_unmapped(options, "in"),
        unmapped_out=parse_unmapped(options, "out"),
        wraps=parse_wraps(options, BARE),
        empty=empty,
        record=parse_record(options),
        where=parse_where(options, empty),
        accept=parse_where(options, empty, "accept"),
        merge=parse_merge(options),
        rules=(),
        filters=(),
        merges=(),
    )


def _zone(options: Options, findings: list[Finding]) -> str | None:
    """The mapping's zone; where there is none of that name, another one for the rest of the checks."""
    zone = options.text("zone")
    if zone is None:
        return None
    try:
        find_zone(zone)
    except BadOption as bad:
        findings.append(Finding("error", "bad_option", "", bad.member, bad.message))
        return "UTC"
    return zone


def _steps(options: Options, member: str, around: Steps) -> Steps:
    """The path in this member, behind the groups around it."""
    text = options.text(member)
    with blaming(member):
        return parse(text, around).steps if text is not None else around


def _first_path(alternatives: tuple[Alternative | Joined, ...]) -> Steps:
    first = alternatives[0]
    return first.parts[0].path if isinstance(first, Joined) else first.path
