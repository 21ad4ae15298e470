from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entities.api_key import ApiKey, hash_secret, make_secret, well_formed
from core.errors import ApiKeyExpired, ApiKeyRevoked

NOW = datetime(2026, 4, 30, tzinfo=UTC)
RANDOM_PART = "a" * 22


def key(**changes: object) -> ApiKey:
    secret = make_secret(RANDOM_PART, test=False)
    return ApiKey("1", "acme", hash_secret(secret), ("integrations.*",), NOW, **changes)  # type: ignore[arg-type]  # a builder


@given(st.text("abcdefXYZ0123456789", min_size=22, max_size=40), st.booleans())
def test_a_made_secret_is_well_formed(random_part: str, test: bool) -> None:
    secret = make_secret(random_part, test=test)

    assert well_formed(secret)
    assert secret.startswith("sk_test_" if test else "sk_live_")


@given(st.integers(0, 35), st.sampled_from("0aZ_"))
def test_a_mistyped_secret_is_not(position: int, letter: str) -> None:
    secret = make_secret(RANDOM_PART, test=False)
    mistyped = secret[:position] + letter + secret[position + 1 :]

    assert well_formed(mistyped) == (mistyped == secret)


@pytest.mark.parametrize("text", ["", "sk_live_", "sk_live_short", "sk_live_" + "é" * 30, "x" * 300])
def test_what_never_was_a_secret_is_not_well_formed(text: str) -> None:
    assert not well_formed(text)


def test_a_key_is_usable_until_it_expires() -> None:
    one = key(expires_at=NOW)

    one.check_usable(NOW - timedelta(microseconds=1))
    with pytest.raises(ApiKeyExpired):
        one.check_usable(NOW)


def test_a_revoked_key_is_told_as_revoked_even_when_it_expired() -> None:
    with pytest.raises(ApiKeyRevoked):
        key(is_active=False, expires_at=NOW).check_usable(NOW)
