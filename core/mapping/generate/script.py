"""The source text in the making: engine words only, with tokens where values of the user's stand."""

from collections.abc import Callable, Hashable

from core.mapping.model import Place


class Script:
    """Lines of code, the values behind their tokens, and the objects behind their names.

    `always_defaulted` are the places that fixed values fill in every document, `kept_kinds` the kinds whose
    falsy value is no empty one, by the identity of the empty values and by whether null counts as absence.
    `calls_count` tells that what is called may take elements from the budget, too.
    """

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.names: dict[str, object] = {}
        self.always_defaulted: list[Place] = []
        self.kept_kinds: dict[tuple[int, bool], frozenset[type]] = {}
        self.calls_count = False
        self._lines: list[str] = []
        self._indent = ""
        self._tokens: dict[str, str] = {}
        self._shared: dict[Hashable, str] = {}
        self._variables = 0

    @property
    def text(self) -> str:
        """The source."""
        return "\n".join(self._lines) + "\n"

    def line(self, text: str) -> None:
        """Add a statement."""
        self._lines.append(self._indent + text)

    def reserve(self, text: str) -> int:
        """Add a statement that may turn out to be needless; its number."""
        self.line(text)
        return len(self._lines) - 1

    def drop(self, number: int) -> None:
        """Take a reserved statement back."""
        self._lines[number] = ""

    def open(self, header: str) -> None:
        """Begin a block."""
        self.line(header)
        self._indent += " "

    def close(self) -> None:
        """End the block; an empty one does nothing."""
        if self._lines[-1].endswith(":"):
            self.line("pass")
        self._indent = self._indent[:-1]

    def fresh(self, letter: str) -> str:
        """A variable that no other code uses."""
        self._variables += 1
        return f"{letter}{self._variables}"

    def token(self, value: object) -> str:
        """A literal that becomes the value once the code is compiled."""
        if not isinstance(value, str):
            return self._new_token(value)
        known = self._tokens.get(value)
        if known is None:
            known = self._tokens[value] = self._new_token(value)
        return known

    def _new_token(self, value: object) -> str:
        name = f"k{len(self.values)}"
        self.values[name] = value
        return f"'{name}'"

    def bind(self, value: object) -> str:
        """A name for a function or object that the code uses."""
        name = f"f{len(self.names)}"
        self.names[name] = value
        return name

    def share(self, key: Hashable, make: Callable[[], object]) -> str:
        """The name of an object that the code uses in several places; made for the first of them."""
        if key not in self._shared:
            self._shared[key] = self.bind(make())
        return self._shared[key]
