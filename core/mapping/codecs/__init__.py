"""Codecs: how one value is written on the partner's side and on ours."""

from core.mapping.codecs.codec import COPY, BadOption, Codec
from core.mapping.codecs.digits import LARGEST_INTEGER
from core.mapping.codecs.options import LARGEST_SCALE, TYPES, codec_for, find_zone

__all__ = [
    "COPY",
    "LARGEST_INTEGER",
    "LARGEST_SCALE",
    "TYPES",
    "BadOption",
    "Codec",
    "codec_for",
    "find_zone",
]
