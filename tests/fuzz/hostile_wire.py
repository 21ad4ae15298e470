"""What stands in hostile paths, queries and headers, byte for byte."""

from typing import Final

from tests.fuzz.hostile_values import TEXTS

_MOST = 8_000


def encoded(text: str | bytes) -> bytes:
    """Every byte percent-encoded."""
    raw = text.encode() if isinstance(text, str) else text
    return b"".join(b"%%%02X" % byte for byte in raw)


_BAD_ENCODING: Final = b"""
%00 a%00b %FF %C0%80 %ED%A0%80 %F4%90%80%80 %E2%82 % %Z %ZZ %2 %u0041 %%41 %252F %25 100% a%2fb a%2Fb %2F
%5C %0D%0AX-Injected:1 %0a %7f + a+b ~ ' " | \\ ^ ` { } < > ; , = & @ ! $ ( ) * :
"""
SEGMENTS: Final[dict[str, bytes]] = {
    **{name: encoded(text)[:_MOST] for name, text in TEXTS.items() if text},
    **{piece.decode(): piece for piece in _BAD_ENCODING.split()},
    "one dot": b".",
    "two dots": b"..",
    "two dots, encoded": b"%2e%2e",
    "two slashes": b"/",
    "one level more": b"x/y",
    "an empty level more": b"x//",
    "a raw byte": b"\xff",
    "raw UTF-8": "é".encode(),
    "a raw control character": b"\x01",
    "a fragment": b"x#y",
    "60,000 characters": b"a" * 60_000,
    "70,000 characters": b"a" * 70_000,
}
"""The last level of a path, by name."""
_NUMBERS: Final = b"""
0 1 -1 50 200 201 9223372036854775807 9223372036854775808 1.0 1e3 0x10 1_0 +5 %205 5%20 05 %D9%A1 NaN
true
"""
QUERY_VALUES: Final[dict[str, bytes]] = {
    "empty": b"",
    **{name: value for name, value in SEGMENTS.items() if len(value) <= _MOST and b"#" not in value},
    **{f"the number {number.decode()}": number for number in _NUMBERS.split()},
    "5,000 digits": b"9" * 5_000,
    "TRUE": b"TRUE",
    "yes": b"yes",
    "pending": b"pending",
    "location": b"location",
    "a cursor made up": b"eyJhIjoxfQ.c2lnbmF0dXJl",
    "twice": b"1&%(name)s=2",
}
"""The value of a parameter, by name."""
QUERIES: Final[dict[str, bytes]] = {
    "a question mark": b"?",
    "ampersands": b"&&&",
    "an equals sign": b"=",
    "a value without a name": b"=x",
    "a name without a value": b"limit",
    "an encoded name": b"%6Cimit=3",
    "a name that is no text": b"%FF=1",
    "a name with U+0000": b"a%00b=1",
    "a thousand parameters": b"&".join(b"p%d=%d" % (n, n) for n in range(1_000)),
    "brackets": b"limit[]=1&status[$ne]=x",
}
"""Whole queries, by name."""
_HEADER_NAMES: Final = b"""
X-API-Key X-Request-ID Content-Type Content-Encoding Prefer Accept Accept-Encoding Accept-Language Host
Origin Cookie Range If-Match If-None-Match If-Modified-Since Idempotency-Key Authorization Forwarded
X-Forwarded-For X-Forwarded-Proto X-HTTP-Method-Override Referer User-Agent TE Via X-Unknown
"""
HEADER_NAMES: Final = _HEADER_NAMES.split()
HEADER_VALUES: Final[dict[str, bytes]] = {
    "empty": b"",
    "spaces": b"   ",
    "a tab": b"a\tb",
    "a letter": b"x",
    "commas": b",,,",
    "semicolons": b";;;=;",
    "quotes": b'"',
    "quoted": b'"a\\"b"',
    "a wildcard": b"*",
    "an entity tag": b'W/"0"',
    "strict": b"handling=strict",
    "strict, oddly": b'HANDLING = "strict" ; x=1, handling=lenient',
    "JSON": b"application/json",
    "JSON in Latin-1": b"application/json; charset=iso-8859-1",
    "JSON with a strange parameter": b'application/json; charset="utf-8"; =; x',
    "problem JSON": b"application/problem+json",
    "text": b"text/plain",
    "a form": b"multipart/form-data; boundary=x",
    "compressed": b"gzip, deflate, br",
    "a method": b"DELETE",
    "an address": b"127.0.0.1:99999",
    "UTF-8": "né\U0001f69a".encode(),
    "Latin-1": b"\xe9\xff",
    "a control character": b"a\x01b",
    "DEL": b"a\x7fb",
    "SQL": b"' OR 1=1 --",
    "a number": b"99999999999999999999",
    "a negative number": b"-1",
    "8,000 characters": b"a" * 8_000,
    "100,000 characters": b"a" * 100_000,
}
"""The value of a header, by name."""
_PATHS: Final = b"""
/ // /. /.. /api /api/ /api/integrations /api/integrations/v1 /api/integrations/v1/
/api/integrations/v2/orders/ /API/integrations/v1/orders/ /api/integrations/v1/order/
/api//integrations/v1/orders/ /api%2Fintegrations/v1/orders/ /api/integrations/v1/orders//
/api/integrations/v1/../v1/orders/ /api/integrations/v1/%6Frders/ /healthz/x /docs/%2e%2e
/openapi.json%00 /changelog.rss?x=%FF /%FF /%00 /static/../../etc/passwd * /record
/api/integrations/v1/orders/record
"""
PATHS: Final = _PATHS.split()
"""Paths that are none, or nearly."""
