"""Documents of every broken kind: no endpoint takes them, whatever stands in their fields."""

import gzip
from collections.abc import Callable
from typing import Final

Breaking = Callable[[bytes], bytes]


def _beside(member: bytes) -> Breaking:
    """One more member at the end of an object."""

    def breaking(document: bytes) -> bytes:
        inside = document.rstrip().removesuffix(b"}")
        return inside + (b"" if inside.endswith(b"{") else b", ") + member + b"}"

    return breaking


def _instead(raw: bytes) -> Breaking:
    return lambda document: raw


def _then(raw: bytes) -> Breaking:
    return lambda document: document + raw


def _deep(opening: bytes, closing: bytes, levels: int) -> Breaking:
    """So many levels inside the outermost object."""
    return _beside(b'"x": ' + opening * levels + b"1" + closing * levels)


_TEXTS: Final = {
    "a byte that is no UTF-8": b"\xff",
    "an overlong zero": b"\xc0\x80",
    "a surrogate as three bytes": b"\xed\xa0\x80",
    "a code point beyond Unicode": b"\xf4\x90\x80\x80",
    "half a character": b"\xe2\x82",
    "Latin-1": b"M\xfcller",
    "a raw zero byte": b"\x00",
    "a raw line feed": b"a\nb",
    "a raw tab": b"a\tb",
    "U+0000 escaped": b"\\u0000",
    "half a surrogate pair": b"\\ud800",
    "the other half": b"\\udc00",
    "a pair the wrong way round": b"\\udc00\\ud800",
    "an escape that is none": b"\\x41",
    "an escape cut short": b"\\u12",
    "an escape with a wrong digit": b"\\u12G4",
}
_NUMBERS: Final = {
    "NaN": b"NaN",
    "Infinity": b"Infinity",
    "-Infinity": b"-Infinity",
    "nan": b"nan",
    "2^63": b"9223372036854775808",
    "-2^63 - 1": b"-9223372036854775809",
    "2^64": b"18446744073709551616",
    "5,000 digits": b"9" * 5000,
    "1e400": b"1e400",
    "-1e400": b"-1e400",
    "1e99999": b"1e99999",
    "a leading zero": b"01",
    "a plus sign": b"+1",
    "nothing before the point": b".5",
    "nothing after the point": b"1.",
    "hexadecimal": b"0x10",
    "an underscore": b"1_000",
    "True": b"True",
    "None": b"None",
    "undefined": b"undefined",
    "single quotes": b"'x'",
    "nothing": b"",
}
_SHAPES: Final[dict[str, Breaking]] = {
    "a byte-order mark": lambda document: b"\xef\xbb\xbf" + document,
    "a byte-order mark alone": _instead(b"\xef\xbb\xbf"),
    "UTF-16": lambda document: document.decode().encode("utf-16"),
    "UTF-16 without a mark": lambda document: document.decode().encode("utf-16-be"),
    "UTF-32": lambda document: document.decode().encode("utf-32-le"),
    "another document behind": _then(b"{}"),
    "another line behind": _then(b"\n{}"),
    "a letter behind": _then(b"x"),
    "a comma behind": _then(b","),
    "a zero byte behind": _then(b"\x00"),
    "one bracket too many": _then(b"}"),
    "no end": lambda document: document.rstrip()[:-1],
    "half": lambda document: document[: len(document) // 2 + 1].rstrip(b" ,") or b"{",
    "white space": _instead(b" \r\n\t "),
    "a key without a value": _beside(b'"x":'),
    "a key alone": _beside(b'"x"'),
    "a comma at the end": _beside(b'"x": 1,'),
    "a comment": _beside(b'"x": 1 /* one */'),
    "a bare key": _beside(b"x: 1"),
    "a number for a key": _beside(b"1: 1"),
    "a no-break space": lambda document: b"\xc2\xa0" + document,
    "a vertical tab": lambda document: b"\x0b" + document,
    "a key twice": _beside(b'"x": 1, "x": 2'),
    "a key twice, once escaped": _beside(b'"x": 1, "\\u0078": 2'),
    "a key twice, deep inside": _beside(b'"x": [{"y": {"z": 1, "z": 1}}]'),
    "65 levels of arrays": _deep(b"[", b"]", 64),
    "65 levels of objects": _deep(b'{"x": ', b"}", 64),
    "100,000 levels": _deep(b"[", b"]", 100_000),
    "100,000 levels without an end": _instead(b"[" * 100_000),
    "a form": _instead(b"order_number=1&quantity=2"),
    "XML": _instead(b"<?xml version='1.0'?><order/>"),
    "compressed": lambda document: gzip.compress(document, mtime=0),
}
BROKEN: Final[dict[str, Breaking]] = {
    **_SHAPES,
    **{f"{kind} in a text": _beside(b'"x": "' + text + b'"') for kind, text in _TEXTS.items()},
    **{f"{kind} in a key": _beside(b'"' + text + b'": 1') for kind, text in _TEXTS.items()},
    **{f"{kind} for a value": _beside(b'"x": ' + number) for kind, number in _NUMBERS.items()},
    **{f"{kind} in an array": _beside(b'"x": [0, ' + number + b"]") for kind, number in _NUMBERS.items()},
}
"""From a good object to one that no endpoint takes."""
