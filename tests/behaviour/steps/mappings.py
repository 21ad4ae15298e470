"""What operators do with a partner's mappings."""

from pytest_bdd import given, then, when

from core.entities.resource import Resource
from core.mapping.model import MappingRefused
from core.use_cases.mappings import SaveMapping, current_mapping, save_mapping
from tests.behaviour.callers import THE_PARTNER
from tests.behaviour.mappings import mapping
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services
from tests.behaviour.tables import Table

NO_RULES: Table = ((),)


@given(Phrase("the settings of the partner's mapping of {kind:records}"))
def settings(services: Services, kind: Resource, datatable: Table) -> None:
    services.settings[kind] = dict(datatable)


@given(Phrase("the partner's mapping of {kind:records}"))
def the_mapping(services: Services, kind: Resource, datatable: Table) -> None:
    save(services, kind, datatable)
    services.operated()


@given(Phrase("the partner's mapping of {kind:records} has no rules"))
def mapping_without_rules(services: Services, kind: Resource) -> None:
    the_mapping(services, kind, NO_RULES)


@given(Phrase('the partner\'s {kind:records} are addressed by "{field}"'))
def addressed_by(services: Services, kind: Resource, field: str) -> None:
    set_identifier(services, kind, field)
    services.operated()


@when(Phrase('the operator sets the field that identifies the partner\'s {kind:records} to "{field}"'))
def set_identifier(services: Services, kind: Resource, field: str) -> None:
    services.settings[kind] = {"identifier_field": field}
    save(services, kind, NO_RULES)


@when(Phrase("the operator saves for the partner's {kind:records} the mapping"))
def save(services: Services, kind: Resource, datatable: Table) -> None:
    document = mapping(kind, services.settings.get(kind, {}), datatable)
    partner = services.callers.take_in(THE_PARTNER)
    services.operate(save_mapping, SaveMapping(partner, kind, document, author="operator"))


@then(Phrase('the mapping is refused with the finding "{code}"'))
def is_refused(services: Services, code: str) -> None:
    assert isinstance(services.refusal, MappingRefused), services.refusal
    assert code in [one.code for one in services.refusal.findings if one.severity == "error"]


@then(Phrase("the partner's mapping of {kind:records} is in version {number:number}"))
def is_in_version(services: Services, kind: Resource, number: int) -> None:
    current = services.look(lambda work: current_mapping(work, THE_PARTNER, kind))
    assert current.version == number
