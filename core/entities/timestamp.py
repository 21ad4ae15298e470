"""Points in time as the product reads and writes them: RFC 3339 in UTC."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

_USUAL_LENGTH = len("2026-04-30T22:00:00Z")
_ORDINAL_DATE = re.compile(r"(\d{4})-?(\d{3})(?=$|[T ])", re.ASCII)
_END_OF_DAY = re.compile(r"([T ])24(?=(?::?00){0,2}(?:[.,]0+)?(?:[ Z+-]|$))")
_LEAP_SECOND = re.compile(r"([T ]\d\d(:?)59\2)60", re.ASCII)
_DATE_TIME = re.compile(r"[0-9W-]+(?:[T ][0-9:.,]+ ?(?:Z|[+-][0-9:]+)?)?", re.ASCII)


def show_time(moment: datetime) -> str:
    """`2026-04-30T22:00:00Z`, to the microsecond, a fraction only where it is not zero."""
    return moment.isoformat().removesuffix("+00:00") + "Z"


def read_time(text: str) -> datetime:
    """Any ISO 8601 date-time or date, in UTC; without an offset it is UTC; ValueError if it is none.

    A leap second (23:59:60 in UTC) is the second after it.
    """
    if len(text) == _USUAL_LENGTH and text[10] == "T" and text[-1] == "Z":
        with suppress(ValueError):
            return datetime.fromisoformat(text)
    upper = text.upper()
    if not _DATE_TIME.fullmatch(upper):
        raise ValueError(text)
    plain, ends_day = _END_OF_DAY.subn(r"\g<1>00", _calendar_date(upper))
    plain, leaps = _LEAP_SECOND.subn(r"\g<1>59", plain)
    moment = datetime.fromisoformat(plain.replace(" +", "+").replace(" Z", "Z"))
    try:
        moment += timedelta(days=ends_day)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        if leaps and (moment.hour, moment.minute) != (23, 59):
            raise ValueError(text)
        return moment + timedelta(seconds=leaps)
    except OverflowError as error:
        raise ValueError(text) from error


def _calendar_date(text: str) -> str:
    """Turn the ordinal date of ISO 8601 (2026-036) into a calendar date."""
    found = _ORDINAL_DATE.match(text)
    if not found:
        return text
    day = datetime(int(found[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(found[2]) - 1)
    if day.year != int(found[1]) or found[2] == "000":
        raise ValueError(text)
    return f"{day:%Y-%m-%d}{text[found.end() :]}"
