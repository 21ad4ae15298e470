"""Generated source is made of engine words: nothing that a user writes gets into it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from core.mapping import FieldMapping, load
from core.mapping.generate.function import Source
from tests.core.mapping.rich_strategies import rich_mappings

WORDS = re.compile(r"[A-Za-z_]+[0-9]*|'k[0-9]+'|f'|'|[0-9]+|[ \n(){}\[\].,:;=<>!|+-]")
KNOWN = {
    *("def", "if", "elif", "else", "for", "in", "is", "not", "and", "or", "raise", "return", "pass"),
    *("continue", "None", "True", "False", "type", "len", "dict", "list", "str", "int", "float", "bool"),
    *("get", "append", "join", "issuperset", "left", "f", "z", "s", "r", "l", "g", "d", "t", "q", "p"),
    *("M", "W", "E", "N", "L", "P", "X"),
}
HOSTILE = (
    "'); import os; os.system('x'); ('",
    '"""\n raise SystemExit #',
    "{0.__class__.__mro__}",
    "%s%n",
    "zz_name\\",
    "k0",
    "\u202e__import__",
    "lambda: open",
)


def words_of(source: Source) -> Iterator[str]:
    at = 0
    while at < len(source.text):
        found = WORDS.match(source.text, at)
        assert found is not None, source.text[at : at + 40]
        yield found.group()
        at = found.end()


def is_made_of_engine_words(source: Source) -> bool:
    return all(
        word in KNOWN or re.fullmatch(r"[a-z][0-9]+|'k[0-9]+'|f'|'|[0-9]+|[^A-Za-z]", word)
        for word in words_of(source)
    )


def hostile_mapping(text: str) -> FieldMapping:
    name = f"['{text.translate({39: chr(92) + chr(39), 92: chr(92) * 2, 10: chr(92) + 'n'})}']"
    return load(
        {
            "format": "datamingle.mapping/1",
            "resource": "orders",
            "empty": [text, None],
            "wrap": [name, ""],
            "rules": [
                {"partner": name, "internal": f"own{name}", "default": text, "nulls": "absent"},
                {"partner": f"p{name}{name}", "internal": f"o{name}", "values": [[text, text]]},
                {"partner": f"rows{name}[]", "internal": f"items{name}[]", "rules": [
                    {"partner": name, "internal": name, "type": "string", "text": [{"prefix": text}]},
                    {"partner": f"x{name}[key={name[1:-1]}].y", "internal": "keyed", "direction": "in"},
                ]},
                {"partner": f"c{name}", "const": text, "expect": True, "wrap": False},
                {"internal": f"f{name}", "const": {text: text}},
                {"partner": [f"j{name}", f"k{name}"], "join": text, "internal": f"j{name}"},
            ],
        }
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_values(text: str) -> None:
    mapping = hostile_mapping(text)
    document = {text: text, "p": {text: {text: text}}, "rows": {text: [{text: {text: "a"}}]}}

    for direction in (mapping.inbound, mapping.outbound):
        source = direction.runner.source

        assert is_made_of_engine_words(source)
        assert text == "k0" or text not in source.text
        direction(document)
    assert mapping.inbound({text: "v"}).value["own"] == {text: "v"}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rich_mappings(on_records=True))
def test_every_source_is_made_of_engine_words(mapping: FieldMapping) -> None:
    assert is_made_of_engine_words(mapping.inbound.runner.source)
    assert is_made_of_engine_words(mapping.outbound.runner.source)
    assert is_made_of_engine_words(mapping._reader._counting.source)
    assert is_made_of_engine_words(mapping._reader._accepting.source)


def test_the_code_has_no_builtins_but_the_handful_it_uses() -> None:
    mapping = hostile_mapping("x")

    function: Any = mapping.inbound.runner.function

    assert function.__globals__["__builtins__"] == {}
    named = {name for name in function.__globals__ if not re.fullmatch(r"f[0-9]+", name)}
    assert named == {"__builtins__", "X", "type", "len", "str", "int", "float", "bool", "list", "dict"}


def test_a_token_like_text_of_the_user_is_not_taken_for_a_token() -> None:
    mapping = load(
        {
            "format": "datamingle.mapping/1",
            "resource": "orders",
            "rules": [
                {"partner": "k1", "internal": "k0"},
                {"partner": "k0", "internal": "k3", "default": "k2"},
            ],
        }
    )

    assert mapping.inbound({"k1": "k5", "k0": "k4"}).value == {"k0": "k5", "k3": "k4"}
    assert mapping.inbound({"k1": 1}).value == {"k0": 1, "k3": "k2"}
    assert json.dumps(mapping.outbound({"k0": "k5", "k3": "k4"}).value) == '{"k1": "k5", "k0": "k4"}'


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"{' ' * depth}for a{depth} in s:\n" for depth in range(1, 23)) + " " * 23 + "pass\n",
        f" return {'(' * 300}s{')' * 300}\n",
        f" return {'-' * 100_000}s\n",
    ],
    ids=["nested blocks", "nested parentheses", "nested operators"],
)
def test_what_the_compiler_refuses_is_interpreted(body: str) -> None:
    mapping = load({"rules": [{"partner": "a", "internal": "b"}], "where": {"a": {"in": [1]}}})
    runner, question = mapping.inbound.runner, mapping._reader._counting
    for one in (runner, question):
        one.__dict__["source"] = Source(f"def f(s, r, l, g, d, *_):\n{body}", {}, {}, frozenset())

    (record,) = mapping.read({"a": 1}).records

    assert record.value == {"b": 1}
    assert runner.fallbacks == 1
