"""What operators do with the versions of a partner's mapping."""

from collections.abc import Sequence

from pytest_bdd import given, when

from core.entities.json import Json, JsonObject
from core.entities.resource import Resource
from core.mapping.diff import RulesDiff
from core.mapping.model import ABSENT
from core.mapping.paths import show
from core.mapping.sample_diff import SampleDiff, WrittenLeaf
from core.use_cases.mapping_differences import CompareMappings, MappingDifference, compare_mappings
from core.use_cases.mapping_trials import try_mapping
from core.use_cases.mapping_versions import RestoreMapping, mapping_history, restore_mapping
from core.use_cases.mappings import PublishMapping, SaveMapping, draft_mapping, publish_mapping
from core.use_cases.trial import Trial, TryMapping
from tests.behaviour.callers import THE_PARTNER
from tests.behaviour.mappings import mapping
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services
from tests.behaviour.tables import Table, document

_OPERATOR = "operator"


@when(Phrase("the operator drafts for the partner's {kind:records} the mapping"))
def draft(services: Services, kind: Resource, datatable: Table) -> None:
    drafted = mapping(kind, services.settings.get(kind, {}), datatable)
    services.operate(draft_mapping, SaveMapping(THE_PARTNER, kind, drafted, _OPERATOR))


@given(Phrase("the operator has drafted for the partner's {kind:records} the mapping"))
def has_drafted(services: Services, kind: Resource, datatable: Table) -> None:
    draft(services, kind, datatable)
    services.operated()


@when(Phrase("the operator publishes version {number:number} of the partner's mapping of {kind:records}"))
def publish(services: Services, number: int, kind: Resource) -> None:
    services.operate(publish_mapping, PublishMapping(THE_PARTNER, kind, number, _OPERATOR))


@given(
    Phrase("the operator has published version {number:number} of the partner's mapping of {kind:records}")
)
def has_published(services: Services, number: int, kind: Resource) -> None:
    publish(services, number, kind)
    services.operated()


@given(Phrase("the operator has restored version {number:number} of the partner's mapping of {kind:records}"))
def has_restored(services: Services, number: int, kind: Resource) -> None:
    services.operate(restore_mapping, RestoreMapping(THE_PARTNER, kind, number, _OPERATOR))
    services.operated()


@when(Phrase("the operator lists the versions of the partner's mapping of {kind:records}"))
def list_versions(services: Services, kind: Resource) -> None:
    history = services.look(lambda work: mapping_history(work, THE_PARTNER, kind))
    services.shown = [
        {
            "version": entry.version.version,
            "state": entry.state.value,
            "author": entry.version.author,
            "note": entry.version.note,
        }
        for entry in history
    ]


@when(
    Phrase(
        "the operator compares versions {old:number} and {new:number} "
        "of the partner's mapping of {kind:records}"
    )
)
def compare(services: Services, old: int, new: int, kind: Resource) -> None:
    services.shown = _rules(_compared(services, CompareMappings(THE_PARTNER, kind, (old, new))).rules)


@when(
    Phrase(
        "the operator compares versions {old:number} and {new:number} "
        "of the partner's mapping of {kind:records} on"
    )
)
def compare_on(services: Services, old: int, new: int, kind: Resource, datatable: Table) -> None:
    command = CompareMappings(THE_PARTNER, kind, (old, new), [document(datatable)])
    services.shown = _targets(_compared(services, command).samples)


@when(Phrase("the operator tries the partner's mapping of {kind:records} on"))
def attempt(services: Services, kind: Resource, datatable: Table) -> None:
    command = TryMapping(THE_PARTNER, kind, document(datatable))
    services.shown = _trace(services.look(lambda work: try_mapping(work, command)))


def _compared(services: Services, command: CompareMappings) -> MappingDifference:
    return services.look(lambda work: compare_mappings(work, command))


def _rules(diff: RulesDiff) -> list[Json]:
    changed: list[Json] = [
        {
            "place": change.place,
            "change": "changed",
            "member": one.member,
            "before": None if one.before is ABSENT else one.before,
            "after": None if one.after is ABSENT else one.after,
        }
        for change in diff.changed
        for one in change.members
    ]
    added: list[Json] = [{"place": rule.place, "change": "added"} for rule in diff.added]
    removed: list[Json] = [{"place": rule.place, "change": "removed"} for rule in diff.removed]
    return changed + added + removed


def _targets(samples: Sequence[SampleDiff]) -> list[Json]:
    return [
        {
            "target": show(change.target),
            "change": change.kind,
            "rule": None if leaf is None else leaf.rule,
            "before": _shown(change.before),
            "after": _shown(change.after),
        }
        for sample in samples
        for change in sample.targets
        for leaf in [change.after or change.before]
    ]


def _shown(leaf: WrittenLeaf | None) -> Json:
    return None if leaf is None else leaf.shown


def _trace(trial: Trial) -> list[Json]:
    entries: list[JsonObject] = [
        {
            "target": show(entry.target),
            "from": None if entry.source is None else entry.source.field,
            "how": entry.how,
            "value": entry.value,
        }
        for record in trial.records
        for entry in record.trace
    ]
    return list(entries)
