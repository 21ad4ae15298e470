"""Request ids: a well-formed one of the client's is kept, else one is made."""

import re
from collections.abc import Mapping

from core.ports.id_source import IdSource

_WELL_FORMED = re.compile(rb"[A-Za-z0-9._:-]{1,128}")


def choose_request_id(headers: Mapping[bytes, bytes], ids: IdSource) -> str:
    """The id this request goes by in the answer and in every log."""
    sent = headers.get(b"x-request-id")
    if sent is not None and _WELL_FORMED.fullmatch(sent):
        return sent.decode("ascii")
    return ids.new_id()
