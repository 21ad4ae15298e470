from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entities.cursor import CursorSigner, Position
from core.errors import ValidationFailed

POSITION = Position(
    datetime(2026, 4, 30, 22, 0, 0, 123456, tzinfo=UTC), "0190a1b2-0000-7000-8000-000000000001"
)
SIGNER = CursorSigner(b"k" * 32)


def test_a_cursor_leads_back_to_its_position() -> None:
    assert SIGNER.read(SIGNER.write(POSITION, "orders:"), "orders:") == POSITION


def test_a_cursor_of_another_listing_is_refused() -> None:
    with pytest.raises(ValidationFailed, match="Invalid cursor: '"):
        SIGNER.read(SIGNER.write(POSITION, "orders:"), "orders:pending")


def test_a_cursor_of_another_server_is_refused() -> None:
    with pytest.raises(ValidationFailed):
        CursorSigner(b"x" * 32).read(SIGNER.write(POSITION, "orders:"), "orders:")


@pytest.mark.parametrize("more", ["=", "==", "\n", " "])
def test_a_cursor_has_one_spelling(more: str) -> None:
    with pytest.raises(ValidationFailed):
        SIGNER.read(SIGNER.write(POSITION, "orders:") + more, "orders:")


@given(st.text())
def test_what_was_never_written_is_refused(text: str) -> None:
    with pytest.raises(ValidationFailed):
        SIGNER.read(text, "orders:")


@given(st.integers(0, 60), st.characters(codec="ascii"))
def test_a_changed_cursor_is_refused(position: int, letter: str) -> None:
    cursor = SIGNER.write(POSITION, "orders:")
    changed = cursor[:position] + letter + cursor[position + 1 :]

    if changed != cursor:
        with pytest.raises(ValidationFailed):
            SIGNER.read(changed, "orders:")
