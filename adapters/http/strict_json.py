"""Strict JSON, the fast way: taken where cheap counts prove a document clean, examined otherwise."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Final

import msgspec

from adapters.http.json_faults import MAX_DEPTH, examine
from core.entities.json import Json, JsonObject

_LARGE = 64 * 1024
_ZEROS_FOR_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_NINETEEN_DIGITS = b"0" * 19
_encode = msgspec.json.Encoder().encode


class Doubt:
    """Nothing is proven of the document."""


DOUBT: Final = Doubt()


async def read_strictly(raw: bytes) -> Json:
    """The document; ValidationFailed with every reason why it is none."""
    is_large = len(raw) >= _LARGE
    with _without_garbage_collection() if is_large else nullcontext():
        document = read_quickly(raw)
        if not isinstance(document, Doubt):
            return document
        return await asyncio.to_thread(examine, raw) if is_large else examine(raw)


def read_quickly(raw: bytes) -> Json | Doubt:
    """The document if it is proven clean.

    msgspec checks UTF-8, surrogates, the grammar and that numbers are finite. Left are U+0000, integers (no
    19 digits in a row), depth (few brackets) and repeated keys: written again, the document has as many
    colons only if no member was dropped, as long as none of its texts escapes a colon (`\\u003a`).
    """
    if b"\\u0000" in raw or b"\\u003" in raw or _NINETEEN_DIGITS in raw.translate(_ZEROS_FOR_DIGITS):
        return DOUBT
    try:
        document: Json = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return DOUBT
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and not _is_shallow(document):
        return DOUBT
    return document if raw.count(b":") == _encode(document).count(b":") else DOUBT


def _is_shallow(document: Json) -> bool:
    """Whether nothing is nested too deeply, looked at level by level."""
    level: list[list[Json] | JsonObject] = [[document]]
    for _ in range(MAX_DEPTH + 1):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return True
    return False


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Millions of new containers, all in use, would be looked through again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
