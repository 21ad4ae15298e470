"""What operators do with partners, many products and time."""

from datetime import timedelta

from pytest_bdd import given, when

from core.use_cases.partners import CreatePartner, create_partner, switch_partner
from core.use_cases.products import set_products_active
from tests.behaviour.callers import THE_PARTNER
from tests.behaviour.phrases import Phrase
from tests.behaviour.services import Services


@given(Phrase("{count:number} {span:span} have passed"))
def time_has_passed(services: Services, count: int, span: str) -> None:
    services.clock.advance(timedelta(**{span: count}))


@given(Phrase('the partner "{slug}"'))
def the_partner(services: Services, slug: str) -> None:
    services.callers.take_in(slug)


@given(Phrase('the partner "{slug}" on the template "{template}"'))
def partner_on_template(services: Services, slug: str, template: str) -> None:
    services.callers.take_in(slug, template=template)


@given(Phrase('the partner addresses records by "{field}"'))
def partner_addressing_by(services: Services, field: str) -> None:
    services.callers.take_in(THE_PARTNER, identified_by=field)


@when(Phrase('the operator takes in the partner "{slug}"'))
def take_in(services: Services, slug: str) -> None:
    services.operate(create_partner, services.templates, CreatePartner(slug))


@when(Phrase('the operator takes in the partner "{slug}" on the template "{template}"'))
def take_in_on_template(services: Services, slug: str, template: str) -> None:
    services.operate(create_partner, services.templates, CreatePartner(slug, template=template))


@when(Phrase('the operator takes in the partner "{slug}", which addresses records by "{field}"'))
def take_in_addressing_by(services: Services, slug: str, field: str) -> None:
    command = CreatePartner(slug, default_identifier_field=field)
    services.operate(create_partner, services.templates, command)


@when(Phrase('the operator switches off the partner "{slug}"'))
def switch_off(services: Services, slug: str) -> None:
    services.operate(switch_partner, slug, on=False)


@given(Phrase('the operator has switched off the partner "{slug}"'))
def have_switched_off(services: Services, slug: str) -> None:
    switch_off(services, slug)
    services.operated()


@given(Phrase('the operator has switched on the partner "{slug}"'))
def have_switched_on(services: Services, slug: str) -> None:
    services.operate(switch_partner, slug, on=True)
    services.operated()


@when(Phrase('the operator activates the products "{skus}"'))
def activate(services: Services, skus: str) -> None:
    services.operate(set_products_active, skus.split(", "), active=True)


@when(Phrase('the operator deactivates the products "{skus}"'))
def deactivate(services: Services, skus: str) -> None:
    services.operate(set_products_active, skus.split(", "), active=False)


@given(Phrase('the operator has deactivated the products "{skus}"'))
def have_deactivated(services: Services, skus: str) -> None:
    deactivate(services, skus)
    services.operated()
