"""The value of a rule as code: its alternatives one after the other, each converted."""

from collections.abc import Callable, Sequence

import attrs

from core.mapping.arithmetic import at_least
from core.mapping.conversion import Conversion, Expected
from core.mapping.emptiness import Emptiness
from core.mapping.equality import same
from core.mapping.generate.asking import Asker
from core.mapping.generate.converting import Converter
from core.mapping.generate.prepared import (
    Doubt,
    Prepared,
    PreparedCall,
    PreparedJoin,
    PreparedPlace,
    PreparedTest,
)
from core.mapping.generate.presence import Presence
from core.mapping.generate.runtime import fetching
from core.mapping.generate.script import Script
from core.mapping.generate.sight import Found, Sight
from core.mapping.model import ABSENT, Json
from core.mapping.paths import SAME
from core.mapping.plan import Transfer
from core.mapping.reads import JoinRead, PlaceRead, Read, TestRead
from core.mapping.sources import BARE, Source

Use = Callable[[str], None]


@attrs.frozen
class Fetcher:
    """Writes how values are had in one direction."""

    script: Script
    asker: Asker
    inbound: bool

    def check(self, transfer: Transfer, sight: Sight) -> None:
        """Deviate if a value is there and not the expected one."""
        for read in transfer.reads:
            match read:
                case PlaceRead(source, Expected(const), None) if SAME not in source.steps:
                    self._check(source, const, transfer, sight)
                case _:
                    self.script.line(self._call(read, sight, tolerant=False))

    def fetch(
        self, transfer: Transfer, sight: Sight, use: Use, default: Callable[[str], None]
    ) -> None:
        """Use the value where there is one, else see to its default."""
        value = self.script.fresh("v")
        absent = "None" if all(self._null_is_absent(read, transfer) for read in transfer.reads) else "M"
        tolerant = len(transfer.reads) > 1 or transfer.other_shape_is_absent
        reads = [self._prepared(read, transfer, sight, absent, tolerant=tolerant) for read in transfer.reads]
        match reads:
            case [PreparedPlace(condition=None) as place] if not tolerant and not place.converter.may_lose:
                place.read(value, Doubt(self.script, None))
                self.script.open(f"if {place.presence.test(value)}:")
                place.converter.write(value, tolerant=False)
                doubts: Sequence[str] = ()
            case _:
                doubts = self._one_of(reads, value, absent, transfer)
                self.script.open(f"if {value} is not {absent}:")
        self._raise_to_minimum(value, transfer.minimum)
        use(value)
        self.script.close()
        self._otherwise(value, transfer, doubts, default)

    def _one_of(
        self, reads: Sequence[Prepared], value: str, absent: str, transfer: Transfer
    ) -> Sequence[str]:
        """Try each read; the doubts that remain if none has a value."""
        flag = None if is_strict(reads, transfer) else self.script.fresh("o")
        doubts: list[str] = []
        if flag is not None:
            self.script.line(f"{flag} = False")
            doubts.append(flag)
        doubt = Doubt(self.script, flag)
        for number, read in enumerate(reads):
            tests = [f"{value} is {absent}"] if number else []
            if read.condition is not None:
                if not number:
                    self.script.line(f"{value} = {absent}")
                tests.append(read.condition)
            if tests:
                self.script.open(f"if {' and '.join(tests)}:")
            read.write(value, absent, doubt)
            if read.condition is None:
                doubts += read.doubts
            elif read.doubts:
                self.script.line(f"if {' or '.join(read.doubts)}: {flag} = True")
            if tests:
                self.script.close()
        return () if transfer.other_shape_is_absent else doubts

    def _otherwise(
        self, value: str, transfer: Transfer, doubts: Sequence[str], default: Callable[[str], None]
    ) -> None:
        if doubts:
            self.script.line(f"elif {' or '.join(doubts)}: raise X")
        if transfer.default is not ABSENT:
            self.script.open("else:")
            default(value)
            self.script.close()
        elif transfer.required:
            self.script.line("else: raise X")

    def _prepared(
        self, read: Read, transfer: Transfer, sight: Sight, absent: str, *, tolerant: bool
    ) -> Prepared:
        match read:
            case PlaceRead(source) if SAME not in source.steps:
                return self._place(read, transfer, sight, absent, tolerant=tolerant)
            case JoinRead(parts, separator):
                prepared = [self._prepared(part, transfer, sight, "M", tolerant=True) for part in parts]
                if all(part.condition is None for part in prepared):
                    return PreparedJoin(self.script, tuple(prepared), separator)
            case TestRead(asking):
                holds, answered = self.asker.holds(asking, sight), self.asker.answered(asking, sight)
                return PreparedTest(self.script, holds, answered)
        return PreparedCall(self.script, self._call(read, sight, tolerant=tolerant))

    def _call(self, read: Read, sight: Sight, *, tolerant: bool) -> str:
        """The definition's own way to have a value."""
        elements = "".join(f", {element}" for element in sight.elements[1:])
        return f"{self.script.bind(fetching(read, tolerant=tolerant))}(l, r{elements})"

    def _place(
        self, read: PlaceRead, transfer: Transfer, sight: Sight, absent: str, *, tolerant: bool
    ) -> PreparedPlace:
        condition = None if read.where is None else self.asker.holds(read.where, sight)
        source, converter = read.source, self._converter(transfer, read.conversion)
        tolerant = tolerant or condition is not None
        return PreparedPlace(
            script=self.script,
            found=self._find(source, sight, absent, tolerant=tolerant),
            wraps=BARE if len(source.wraps) == 1 else source.wraps,
            presence=self._presence(source.empty, converter, absent),
            converter=converter,
            condition=condition,
        )

    def _find(self, source: Source, sight: Sight, absent: str, *, tolerant: bool) -> Found:
        steps = (*source.steps, *source.wraps[0]) if len(source.wraps) == 1 else source.steps
        return sight.find(
            sight.level(source.up), steps, source.empty, absent, tolerant=tolerant, wraps=source.wraps
        )

    def _presence(self, empty: Emptiness, converter: Converter, absent: str) -> Presence:
        return Presence.of(
            self.script, empty, absent=absent, null_is_absent=converter.nulls == "absent" or absent == "None"
        )

    def _converter(self, transfer: Transfer, conversion: Conversion | None) -> Converter:
        return Converter(self.script, transfer.rule.codec, conversion, self.inbound)

    def _null_is_absent(self, read: Read, transfer: Transfer) -> bool:
        """Whether null can stand for what is absent."""
        if not isinstance(read, PlaceRead) or SAME in read.source.steps:
            return False
        converter = self._converter(transfer, read.conversion)
        gone = None in read.source.empty or converter.nulls == "absent"
        is_read_in_place = len(read.source.wraps) == 1 or read.source.wraps[1:] == BARE
        return gone and is_read_in_place and not converter.may_give_null

    def _check(self, source: Source, expected: Json, transfer: Transfer, sight: Sight) -> None:
        value = self.script.fresh("v")
        converter = self._converter(transfer, None)
        place = PreparedPlace(
            script=self.script,
            found=self._find(source, sight, "M", tolerant=False),
            wraps=BARE if len(source.wraps) == 1 else source.wraps,
            presence=Presence.of(self.script, source.empty, absent="M", null_is_absent=True),
            converter=converter,
        )
        place.read(value, Doubt(self.script, None))
        differs = f"{value} != {self.script.token(expected)}"
        if not isinstance(expected, str):
            differs = f"not {self.script.bind(same)}({value}, {self.script.token(expected)})"
        self.script.line(f"if {place.presence.test(value)} and {differs}: raise X")

    def _raise_to_minimum(self, value: str, minimum: Json) -> None:
        if minimum is not None:
            least = self.script.token(minimum)
            call = f"{self.script.bind(at_least)}({value}, {least})"
            self.script.line(f"if type({value}) is not int or {value} < {least}: {value} = {call}")


def is_strict(reads: Sequence[Prepared], transfer: Transfer) -> bool:
    """Whether another shape is a deviation at once."""
    return not transfer.other_shape_is_absent and all(
        len(reads) == 1 and read.condition is None and not isinstance(read, PreparedJoin) for read in reads
    )
