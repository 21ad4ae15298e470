"""Who calls, as scenarios name them; a caller is made when it is first named."""

import re

import attrs

from core.entities.api_key import make_secret
from core.ports.template_catalog import TemplateCatalog
from core.ports.unit_of_work import Transactions
from core.use_cases.keys import CreateKey, create_key
from core.use_cases.partners import CreatePartner, create_partner

THE_PARTNER = "acme"
PASS_THROUGH = "pass-through"
_QUOTED = re.compile(r'"([^"]*)"')
_NOBODY = "0" * 32


@attrs.define
class Callers:
    """The callers of a scenario and their secrets; a partner's own key is called as the partner is."""

    transactions: Transactions
    templates: TemplateCatalog
    secrets: dict[str, str] = attrs.field(factory=dict, init=False)
    former: dict[str, str] = attrs.field(factory=dict, init=False)
    partners: set[str] = attrs.field(factory=set, init=False)

    def secret_of(self, caller: str) -> str | None:
        """What the caller shows as its key."""
        name = _quoted(caller)
        match caller.removesuffix(f' "{name}"'):
            case "the partner":
                return self._key_of_partner(name or THE_PARTNER)
            case "the pass-through client":
                return self._key(PASS_THROUGH)
            case "the client with the key":
                return self._key(name or "")
            case "the client with the former secret of":
                return self.former[name or ""]
            case "a client without a key":
                return None
            case "a client with an empty key":
                return ""
            case "a client with an unknown key":
                return make_secret(_NOBODY, test=False)
            case _:
                return make_secret(_NOBODY, test=False) + "x"

    def partner_of(self, caller: str) -> str | None:
        """The slug of the partner that a caller is; None if it is a client without one."""
        return (_quoted(caller) or THE_PARTNER) if caller.startswith("the partner") else None

    def take_in(self, slug: str, *, template: str = "custom", identified_by: str | None = None) -> str:
        """Make the partner unless it is there."""
        if slug not in self.partners:
            command = CreatePartner(slug, template=template, default_identifier_field=identified_by)
            self.transactions.run(lambda work: create_partner(work, self.templates, command))
            self.partners.add(slug)
        return slug

    def issue(self, command: CreateKey) -> str:
        """Make a key and remember its secret."""
        issued = self.transactions.run(lambda work: create_key(work, command))
        return self.remember(command.name, issued.secret)

    def remember(self, name: str, secret: str) -> str:
        """Keep a key's secret, and the one it had before."""
        if name in self.secrets:
            self.former[name] = self.secrets[name]
        self.secrets[name] = secret
        return secret

    def _key_of_partner(self, slug: str) -> str:
        return self.secrets.get(slug) or self.issue(CreateKey(slug, partner=self.take_in(slug)))

    def _key(self, name: str) -> str:
        return self.secrets.get(name) or self.issue(CreateKey(name))


def _quoted(caller: str) -> str | None:
    found = _QUOTED.search(caller)
    return found[1] if found else None
