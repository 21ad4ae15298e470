"""A partner: an outside system with a language of its own."""

import re
from datetime import datetime

import attrs

from core.errors import BadSetting

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@attrs.frozen
class Partner:
    """A partner, named by its slug; switched off, its keys are refused."""

    id: str
    slug: str
    name: str
    template: str
    created_at: datetime
    default_identifier_field: str | None = None
    is_active: bool = True


def check_slug(text: str) -> str:
    """Return the slug; BadSetting if it is none."""
    if not _SLUG.fullmatch(text) or len(text) > 63:
        raise BadSetting(
            f'"{text}" is no slug: write lower-case letters, digits and single hyphens, at most 63, '
            "for example acme-web"
        )
    return text
