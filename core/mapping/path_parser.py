"""Reads the text of a path (section 2)."""

import re
from collections.abc import Sequence
from typing import Final

from core.mapping.model import FORBIDDEN_NAMES
from core.mapping.path_texts import BARE_NAME, quoted, show
from core.mapping.steps import EACH, OUTWARD, SAME, Keyed, Prefix, Step, Steps, is_array_step

MAX_CHARACTERS: Final = 512
MAX_STEPS: Final = 24
MAX_EACH: Final = 4
_INDEX = re.compile(r"-?[0-9]+(?=\])")
_ESCAPES: Final = {
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "f": "\f",
    "r": "\r",
    "/": "/",
    "\\": "\\",
    "'": "'",
    '"': '"',
}


class BadPath(Exception):
    """A text that is no path: what was due, in which column (from 1), and in which member of a rule."""

    def __init__(self, message: str, column: int, code: str = "bad_path") -> None:
        super().__init__(message)
        self.message = message
        self.column = column
        self.code = code
        self.member = "partner"


def parse_steps(text: str, around: Steps = ()) -> Steps:
    """Read a path; BadPath says what is wrong with the text, and where.

    The limits hold for the whole: the path behind the steps `around` it.
    """
    if len(text) > MAX_CHARACTERS:
        raise BadPath(f"a path has at most {MAX_CHARACTERS} characters", MAX_CHARACTERS + 1, "too_large")
    steps, starts = _Parser(text).run()
    whole = around + steps
    check_size(whole, [1] * len(around) + starts)
    _check(steps, starts)
    if around:
        _check_joined(around, whole)
    return whole


def columns(text: str) -> tuple[int, ...]:
    """In which column (from 1) each step of a path begins."""
    return tuple(_Parser(text).run()[1])


def check_name(name: Step, column: int = 1) -> None:
    """BadPath for the name of a member that no rule may mention."""
    if name in FORBIDDEN_NAMES:
        raise BadPath(f"the name {name} is not allowed in a rule", column, "forbidden_name")


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.steps: list[Step] = []
        self.columns: list[int] = []

    def run(self) -> tuple[Steps, list[int]]:
        self._first()
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == ".":
                self.at += 1
                self._name()
            elif character == "[":
                self._bracket()
            else:
                raise self._bad("a dot or a bracket is due here")
        return tuple(self.steps), self.columns

    def _first(self) -> None:
        if not self.text.startswith("["):
            self._name()
        elif self.text[1:2] in ("'", '"'):
            self._bracket()
        else:
            raise self._bad("a path begins with a name")

    def _name(self) -> None:
        start = self.at
        found = BARE_NAME.match(self.text, start)
        if found is None:
            raise self._bad(self._why_no_name())
        name = found.group()
        if name != name.strip(" "):
            raise self._bad(f"a name with a space at its end needs quotes: [{quoted(name)}]")
        self.at = found.end()
        self._add(_step_of(name), start)

    def _why_no_name(self) -> str:
        character = self.text[self.at : self.at + 1]
        if character in ("'", '"'):
            return f"quotes stand inside brackets: [{character}…{character}]"
        if character in ("", ".", "["):
            return "a name is missing"
        return f"the character {character!r} needs a quoted name: ['…']"

    def _bracket(self) -> None:
        start = self.at
        self.at += 1
        self._add(self._inside(), start)
        if self.text[self.at : self.at + 1] != "]":
            raise self._bad("a closing bracket ] is due here")
        self.at += 1

    def _inside(self) -> Step:
        text, at = self.text, self.at
        if text.startswith("]", at):
            return EACH
        if text.startswith("=]", at):
            self.at += 1
            return SAME
        if text[at : at + 1] in ("'", '"'):
            name = self._quoted()
            return self._keyed(name) if self.text.startswith("=", self.at) else name
        if index := _INDEX.match(text, at):
            return self._index(index.group())
        return self._unquoted()

    def _unquoted(self) -> Step:
        found = BARE_NAME.match(self.text, self.at)
        name = found.group() if found else ""
        if name in ("*", ""):
            raise self._bad("write [] for each element")
        if not name.endswith("=") or self.text[self.at + len(name)] not in "'\"":
            raise self._bad(f"a name in brackets needs quotes: [{quoted(name)}]")
        self.at += len(name) - 1
        return self._keyed(name[:-1])

    def _keyed(self, member: str) -> Step:
        self.at += 1
        if self.text[self.at : self.at + 1] not in ("'", '"'):
            raise self._bad("the text to compare with needs quotes: [name='text']")
        return Keyed(member, self._quoted())

    def _index(self, digits: str) -> int:
        bare = digits.removeprefix("-")
        if len(bare) > 1 and bare[0] == "0":
            raise self._bad("no leading zero in an index")
        if digits == "-0":
            raise self._bad("there is no element -0")
        if len(bare) > 4:
            raise self._bad("an index has at most 4 digits", "too_large")
        self.at += len(digits)
        return int(digits)

    def _quoted(self) -> str:
        quote, characters = self.text[self.at], []
        self.at += 1
        while (character := self.text[self.at : self.at + 1]) != quote:
            if character == "":
                raise self._bad("the closing quote is missing")
            if character < " ":
                raise self._bad("a control character needs an escape")
            characters.append(self._escaped(quote) if character == "\\" else character)
            self.at += 1
        self.at += 1
        return "".join(characters)

    def _escaped(self, quote: str) -> str:
        self.at += 1
        letter = self.text[self.at : self.at + 1]
        if letter in ("'", '"') and letter != quote:
            raise self._bad(f"between {quote} and {quote} the character {letter} needs no backslash")
        if letter in _ESCAPES:
            return _ESCAPES[letter]
        if letter != "u":
            raise self._bad("there is no such escape")
        return self._unicode()

    def _unicode(self) -> str:
        code = self._hex()
        if 0xDC00 <= code <= 0xDFFF:
            raise self._bad("a low surrogate stands alone")
        if not 0xD800 <= code <= 0xDBFF:
            return chr(code)
        if self.text[self.at + 1 : self.at + 3] != "\\u":
            raise self._bad("a high surrogate stands alone")
        self.at += 2
        low = self._hex()
        if not 0xDC00 <= low <= 0xDFFF:
            raise self._bad("a high surrogate stands alone")
        return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))

    def _hex(self) -> int:
        digits = self.text[self.at + 1 : self.at + 5]
        if re.fullmatch(r"[0-9A-Fa-f]{4}", digits) is None:
            raise self._bad("four hexadecimal digits are due after \\u")
        self.at += 4
        return int(digits, 16)

    def _add(self, step: Step, start: int) -> None:
        self.steps.append(step)
        self.columns.append(start + 1)

    def _bad(self, message: str, code: str = "bad_path") -> BadPath:
        return BadPath(message, self.at + 1, code)


def _step_of(name: str) -> Step:
    if name == OUTWARD.value:
        return OUTWARD
    return Prefix(name[:-1]) if name.endswith("*") else name


def check_size(steps: Steps, starts: Sequence[int]) -> None:
    """BadPath for a whole path of too many steps or arrays; the steps begin in the columns `starts`."""
    if len(steps) > MAX_STEPS:
        message = f"a path has at most {MAX_STEPS} steps, those of its groups included"
        raise BadPath(message, starts[MAX_STEPS], "too_large")
    if steps.count(EACH) > MAX_EACH:
        arrays = [column for step, column in zip(steps, starts, strict=True) if step is EACH]
        message = f"a path has at most {MAX_EACH} times [], those of its groups included"
        raise BadPath(message, arrays[MAX_EACH], "too_large")


def _check_joined(around: Steps, whole: Steps) -> None:
    if isinstance(around[-1], Prefix):
        raise BadPath("nothing can stand inside a group whose path ends in a name with *", 1)
    if len(show(whole)) > MAX_CHARACTERS:
        message = f"a path has at most {MAX_CHARACTERS} characters, those of its groups included"
        raise BadPath(message, 1, "too_large")


def _check(steps: Steps, starts: list[int]) -> None:
    inside = False
    for number, (step, column) in enumerate(zip(steps, starts, strict=True)):
        check_name(step.member if isinstance(step, Keyed) else step, column)
        if is_array_step(step) and number and is_array_step(steps[number - 1]):
            raise BadPath("an array directly inside an array cannot be mapped", column, "nested_array")
        if isinstance(step, Prefix) and number != len(steps) - 1:
            raise BadPath("a name with * can only be the last step; quote it if it is a member", column)
        if step is OUTWARD and inside:
            raise BadPath("^ can only stand at the start; quote it if it is a member", column)
        inside = inside or step is not OUTWARD
