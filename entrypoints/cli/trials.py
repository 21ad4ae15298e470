"""What a trial of a mapping shows, for scripts and for people."""

import textwrap
from collections.abc import Iterator, Sequence

from core.entities.json import Json, JsonObject
from core.errors import Problem
from core.mapping.model import ABSENT, MappingError
from core.mapping.paths import show, with_each
from core.mapping.shown import shown
from core.mapping.standing import Located
from core.mapping.trace import Entry
from core.use_cases.trial import TracedRecord, Trial
from entrypoints.cli.documents import show_json
from entrypoints.cli.findings import describe_findings, finding_document
from entrypoints.cli.tables import Cell, table

_WIDTH = 110


def trial_document(trial: Trial) -> JsonObject:
    """Everything about a trial."""
    return {
        "document": trial.document,
        "errors": [error_document(error) for error in trial.errors],
        "invalid": [_problem_document(problem) for problem in trial.invalid],
        "failed_rows": [error_document(error) for error in trial.failed_rows],
        "findings": [finding_document(finding) for finding in trial.findings],
        "trace": [_entry_document(entry, record) for record in trial.records for entry in record.trace],
        "unused": [_place_document(place, number) for place, number in _unused(trial)],
        "blocked": [
            _place_document(place, record.number) for record in trial.records for place in record.blocked
        ],
        "removed": [
            _place_document(place, record.number) for record in trial.records for place in record.removed
        ],
        "mapping_version": trial.mapping_version,
    }


def describe_refusals(trial: Trial) -> list[str]:
    """A line for each thing that is wrong or doubtful."""
    refused = [f"refused: {error.message}" for error in trial.errors]
    failed = [f"fails by itself: {error.message}" for error in trial.failed_rows]
    invalid = [f"invalid: {_called(problem)}: {problem.message}" for problem in trial.invalid]
    return [*describe_findings(trial.findings), *refused, *failed, *invalid]


def describe_trial(trial: Trial) -> str:
    """The document, a table of where its values came from, and what came to nothing."""
    parts = [show_json(trial.document, for_scripts=False)]
    rows = [_row(entry, record) for record in trial.records for entry in record.trace]
    if rows:
        parts.append(table(("TARGET", "HOW", "FROM", "RULE", "VALUE"), rows))
    parts += _named("Unused, no rule takes it", [place for place, _ in _unused(trial)])
    parts += _named(
        "Blocked, a rule has the name", [one for record in trial.records for one in record.blocked]
    )
    parts += _named("Removed by a condition", [one for record in trial.records for one in record.removed])
    return "\n\n".join(parts)


def error_document(error: MappingError) -> JsonObject:
    """An error of the mapping."""
    return {
        "field": error.field,
        "code": error.code.upper(),
        "message": error.message,
        "pointer": error.pointer,
        "record": error.record,
        "rule": error.rule,
        "internal": list[Json](error.internal),
    }


def _problem_document(problem: Problem) -> JsonObject:
    return {
        "field": problem.sent_as or "",
        "code": problem.code,
        "message": problem.message,
        "pointer": problem.pointer,
        "internal": show(problem.place),
    }


def _called(problem: Problem) -> str:
    """By the partner's name; what the mapping itself fills by ours."""
    return problem.sent_as or show(problem.place) or "the record"


def _entry_document(entry: Entry, record: TracedRecord) -> JsonObject:
    source = entry.source
    return {
        "record": record.number,
        "target": show(entry.target),
        "rule": entry.rule,
        "how": entry.how,
        "source": None if source is None else {"field": source.field, "pointer": source.pointer},
        "raw": None if entry.raw is ABSENT else entry.raw,
        "value": entry.value,
    }


def _place_document(place: Located, number: int | None) -> JsonObject:
    return {"record": number, "field": place.field, "pointer": place.pointer}


def _unused(trial: Trial) -> Iterator[tuple[Located, int | None]]:
    yield from ((place, None) for place in trial.around)
    yield from ((place, record.number) for record in trial.records for place in record.unused)


def _row(entry: Entry, record: TracedRecord) -> Sequence[Cell]:
    source = "" if entry.source is None else entry.source.text
    where = "" if record.number is None else f"record {record.number}: "
    return f"{where}{show(entry.target)}", entry.how, source, entry.rule, shown(entry.value)


def _named(what: str, places: Sequence[Located]) -> list[str]:
    """A paragraph with each place once, whatever the element it is in."""
    names = dict.fromkeys(show(with_each((*place.base, *place.steps))) for place in places)
    return [textwrap.fill(f"{what}: {', '.join(names)}", _WIDTH, break_on_hyphens=False)] if names else []
