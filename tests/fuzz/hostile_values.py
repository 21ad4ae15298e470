"""JSON values that break what was not made with care, as they stand in a body."""

import json
from typing import Final

_TEXTS: Final = {
    "empty": "",
    "a space": " ",
    "white space": "\t\r\n \x0b\x0c",
    "spaces around": "  x  ",
    "255 characters": "a" * 255,
    "256 characters": "a" * 256,
    "255 characters beyond the BMP": "\U0001f69a" * 255,
    "100,000 characters": "\u00e9" * 100_000,
    "every control character": "".join(map(chr, range(1, 32))),
    "DEL and C1": "\x7f\x80\x85\x9f",
    "noncharacters": "\ufdd0\ufffe\uffff\U0001fffe\U0010ffff",
    "a byte-order mark": "\ufeffx",
    "right to left": "\u202eabc\u202c\u2066x\u2069",
    "line separators": "a\u2028b\u2029c",
    "zero width": "a\u200b\u200d\u2060b",
    "a family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "composed": "\u00c5ngstr\u00f6m",
    "decomposed": "A\u030angstro\u0308m",
    "many marks": "a" + "\u0301" * 200,
    "case that changes length": "\u0130\u00df\ufb03\u0149",
    "another alphabet's digits": "\u0661\u0662\u0663",
    "quotes": "'\"`\u2019",
    "backslashes": "\\\\ \\u0000 \\x00 \\",
    "SQL": "'; DROP TABLE product_row; --",
    "more SQL": "x' OR '1'='1' UNION SELECT secret_hash FROM api_key_row --",
    "dollar quotes": "$$x$$ $1 $tag$ ?1 :name %(x)s",
    "a pattern": "%_[a-z]*?",
    "formats": "%s%d%n {0} {x.__class__} ${jndi:ldap://x/y} #{7*7} {{7*7}}",
    "markup": "<script>alert(1)</script><!--]]>&amp;",
    "a path upwards": "../../../../etc/passwd",
    "percent signs": "%00%2F%ZZ%",
    "a header": "x\r\nX-Injected: 1\r\n\r\n",
    "a spreadsheet formula": '=HYPERLINK("x")',
    "a long regular expression": "(a+)+$" + "a" * 64 + "!",
    "prototype": "__proto__",
    "null as text": "null",
    "NaN as text": "NaN",
    "infinity as text": "infinity",
    "a number as text": "1e400",
    "a key of ours": "sk_live_0000000000000000000000000000000000000000",
    "the end of February": "2026-02-30",
    "a leap second": "2026-12-31T23:59:60Z",
    "midnight at the end": "2026-12-31T24:00:00Z",
    "the first moment": "0001-01-01T00:00:00Z",
    "before the first moment": "0001-01-01T00:00:00+14:00",
    "the last moment": "9999-12-31T23:59:59.999999Z",
    "after the last moment": "9999-12-31T23:59:59-14:00",
    "the year 0": "0000-01-01T00:00:00Z",
    "the year 10000": "10000-01-01T00:00:00Z",
    "a wild offset": "2026-04-30T22:00:00+99:99",
    "a fine offset": "2026-04-30T22:00:00+05:30",
    "nanoseconds": "2026-04-30T22:00:00.123456789Z",
    "a comma": "2026-04-30T22:00:00,5Z",
    "a week date": "2026-W18-4",
    "an ordinal date": "2026-120",
    "basic form": "20260430T220000Z",
    "no offset": "2026-04-30 22:00",
}
_NUMBERS: Final = """
0 -0 0.0 -0.0 1 -1 1.0 1.5 1e0 1E+2 1e-2 0.1 3e0 100000000000000000000e-20 2147483647 2147483648
4294967296 9007199254740993 9223372036854775807 -9223372036854775808 9223372036854775807.0
9223372036854774784.0 1e18 1e19 1e308 -1.7976931348623157e308 5e-324 1e-400 0.30000000000000004
1.0000000000000000000000001 123456789012345678901234567890.5
"""
_REFUSED: Final = """
"\\u0000" "a\\u0000b" "\\ud800" "\\udfff" "\\udc00\\ud800" 9223372036854775808 -9223372036854775809
18446744073709551616 1e309 1e400 -1e400 NaN -Infinity
"""
_OTHERS: Final = {
    "null": b"null",
    "true": b"true",
    "false": b"false",
    "an empty array": b"[]",
    "an empty object": b"{}",
    "an array of null": b"[null]",
    "arrays": b"[[[[1]]]]",
    "an object with an empty key": b'{"": 1}',
    "an object with strange keys": b'{"a.b": 1, "[0]": 2, "$ref": "#", "__proto__": {"x": 1}, "\xc3\xa9": 3}',
    "an object of nulls": b'{"a": null, "b": {"c": null}}',
    "50 levels": b'{"a": ' * 50 + b"1" + b"}" * 50,
    "a thousand elements": b"[" + b", ".join([b"0"] * 1000) + b"]",
    "a thousand members": b"{" + b", ".join(b'"k%d": %d' % (n, n) for n in range(1000)) + b"}",
    "a surrogate pair, escaped": b'"\\ud83d\\ude9a"',
    "everything escaped": b'"\\u0061\\/\\b\\f\\n\\r\\t\\"\\\\"',
}
TEXTS: Final = _TEXTS
"""Texts by name, none with U+0000 or half a surrogate pair."""
REFUSED: Final[dict[str, bytes]] = {f"{token} itself": token.encode() for token in _REFUSED.split()}
"""No endpoint takes these anywhere."""
VALUES: Final[dict[str, bytes]] = {
    **{name: json.dumps(text, ensure_ascii=False).encode() for name, text in _TEXTS.items()},
    **{f"the number {token}": token.encode() for token in _NUMBERS.split()},
    **_OTHERS,
    **REFUSED,
}
"""JSON by name, as it stands in a body."""
