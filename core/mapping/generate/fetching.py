"""The value of a rule as code: its alternatives one after the other, each converted."""

from collections.abc import Sequence

import attrs

from core.mapping.arithmetic import at_least
from core.mapping.codecs import COPY
from core.mapping.conversion import Expected
from core.mapping.equality import same
from core.mapping.generate.asking import Asker
from core.mapping.generate.converting import Converter
from core.mapping.generate.plain import Default, Use, fetch_plain, is_plain, otherwise
from core.mapping.generate.prepared import Doubt, Prepared, PreparedJoin, PreparedPlace
from core.mapping.generate.preparing import Preparer, is_one_place, is_read_in_place
from core.mapping.generate.script import Script
from core.mapping.generate.sight import NEVER, Sight
from core.mapping.model import ABSENT, Json
from core.mapping.plan import Transfer
from core.mapping.reads import PlaceRead, Read


@attrs.define
class Fetcher:
    """Writes how values are had in one direction."""

    script: Script
    asker: Asker
    inbound: bool
    _copier: Converter = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._copier = Converter(self.script, COPY, None, self.inbound)

    def check(self, transfer: Transfer, sight: Sight) -> None:
        """Deviate if a value is there and not the expected one."""
        preparer = Preparer(self.script, self.asker, sight, "M", tolerant=False)
        for read in transfer.reads:
            match read:
                case PlaceRead(source, Expected(const), None) if is_one_place(source):
                    place = preparer.place(
                        read, Converter(self.script, transfer.rule.codec, None, self.inbound)
                    )
                    self._check(place, const)
                case _:
                    self.script.line(preparer.call(read))

    def fetch(self, transfer: Transfer, sight: Sight, use: Use, default: Default) -> None:
        """Use the value where there is one, else see to its default."""
        read = transfer.reads[0] if len(transfer.reads) == 1 else None
        if not isinstance(read, PlaceRead):
            self._fetch_first(transfer, sight, use, default)
            return
        converter = self._converter(transfer, read)
        if is_plain(transfer, read, converter):
            fetch_plain(self.script, transfer, read, converter, sight, use, default)
        elif _is_single(read, transfer):
            self._fetch_one(transfer, read, converter, sight, use, default)
        else:
            self._fetch_first(transfer, sight, use, default)

    def _fetch_one(
        self,
        transfer: Transfer,
        read: PlaceRead,
        converter: Converter,
        sight: Sight,
        use: Use,
        default: Default,
    ) -> None:
        is_sure = _is_sure(transfer, read, converter)
        absent = "None" if is_sure or _null_is_absent(read, converter) else "M"
        place = PreparedPlace.of(
            sight,
            read.source,
            converter,
            absent,
            tolerant=False,
            null_is_absent=absent == "None" or converter.nulls == "absent",
        )
        writer = _Fetching(self.script, transfer, self.script.fresh("v"), absent, use, default)
        lacks = f"{writer.value} is {absent}"
        if is_sure:
            writer.insist(place)
            lacks = NEVER
        elif converter.may_lose:
            writer.first_of([place])
        else:
            writer.one(place)
        if len(read.source.wraps) == 1:
            sight.keep_leaf(place.found, lacks)

    def _fetch_first(self, transfer: Transfer, sight: Sight, use: Use, default: Default) -> None:
        converters = [self._converter(transfer, read) for read in transfer.reads]
        absent = "None" if all(map(_null_is_absent, transfer.reads, converters)) else "M"
        tolerant = len(transfer.reads) > 1 or transfer.other_shape_is_absent
        preparer = Preparer(self.script, self.asker, sight, absent, tolerant=tolerant)
        reads = [preparer.prepared(*pair) for pair in zip(transfer.reads, converters, strict=True)]
        _Fetching(self.script, transfer, self.script.fresh("v"), absent, use, default).first_of(reads)

    def _converter(self, transfer: Transfer, read: Read) -> Converter:
        conversion = read.conversion if isinstance(read, PlaceRead) else None
        if conversion is None and isinstance(read, PlaceRead):
            return self._copier
        return Converter(self.script, transfer.rule.codec, conversion, self.inbound)

    def _check(self, place: PreparedPlace, expected: Json) -> None:
        value, wanted = self.script.fresh("v"), self.script.token(expected)
        place.read(value, Doubt(self.script, None))
        differs = f"not {self.script.bind(same)}({value}, {wanted})"
        if isinstance(expected, str):
            differs = f"{value} != {wanted}"
        self.script.line(f"if {place.presence.test(value)} and {value} is not None and {differs}: raise X")


@attrs.define
class _Fetching:
    """Writes one rule; `absent` stands for a value that is not there."""

    script: Script
    transfer: Transfer
    value: str
    absent: str
    use: Use
    default: Default

    def insist(self, place: PreparedPlace) -> None:
        """All but a value to use is a deviation."""
        place.read(self.value, Doubt(self.script, None))
        if not place.converter.refuses_null:
            self.script.line(f"if {self.value} is None: raise X")
        if self.transfer.minimum is None:
            self.script.line(self.use(place.converter.converted(self.value)))
        else:
            self._use_at_least(place.converter, self.transfer.minimum)

    def one(self, place: PreparedPlace) -> None:
        """A single place, where another shape is a deviation."""
        test = place.there(self.value, Doubt(self.script, None))
        if self.transfer.minimum is None:
            self.script.line(f"if {test}: {self.use(place.converter.converted(self.value))}")
        else:
            self.script.open(f"if {test}:")
            self._use_at_least(place.converter, self.transfer.minimum)
            self.script.close()
        self._otherwise(())

    def first_of(self, reads: Sequence[Prepared]) -> None:
        """The first that has a value."""
        doubt = Doubt(self.script, None if _is_strict(reads, self.transfer) else self.script.fresh("o"))
        doubts = self._start(reads, doubt)
        if all(isinstance(read, PreparedPlace) and read.is_copy for read in reads):
            there = self._copy(reads, doubt)
        else:
            there = self._convert(reads, doubt)
        self._use_if(there)
        self._otherwise(() if self.transfer.other_shape_is_absent else doubts)

    def _start(self, reads: Sequence[Prepared], doubt: Doubt) -> Sequence[str]:
        """The doubts that may be left if none has a value."""
        doubts = [test for read in reads if read.condition is None for test in read.doubts]
        if doubt.flag is not None and any(read.raises_doubts or read.condition for read in reads):
            self.script.line(f"{doubt.flag} = False")
            doubts.append(doubt.flag)
        return list(dict.fromkeys(doubts))

    def _copy(self, reads: Sequence[Prepared], doubt: Doubt) -> str:
        """Take the values as they are, empty or not, until one is not."""
        test = f"{self.value} is not {self.absent}"
        for number, read in enumerate(reads):
            if isinstance(read, PreparedPlace):
                self._guarded(read, doubt, read.presence.lacks(self.value) if number else "", copy=True)
                test = read.presence.test(self.value)
        return test

    def _convert(self, reads: Sequence[Prepared], doubt: Doubt) -> str:
        for number, read in enumerate(reads):
            self._guarded(read, doubt, f"{self.value} is {self.absent}" if number else "", copy=False)
        return f"{self.value} is not {self.absent}"

    def _guarded(self, read: Prepared, doubt: Doubt, lacks: str, *, copy: bool) -> None:
        if read.condition is not None and not lacks:
            self.script.line(f"{self.value} = {self.absent}")
        tests = [test for test in (lacks, read.condition) if test]
        if tests:
            self.script.open(f"if {' and '.join(tests)}:")
        if copy and isinstance(read, PreparedPlace):
            read.read(self.value, doubt)
        else:
            read.write(self.value, self.absent, doubt)
        if read.condition is not None and read.doubts:
            self.script.line(f"if {' or '.join(read.doubts)}: {doubt.flag} = True")
        if tests:
            self.script.close()

    def _use_if(self, test: str) -> None:
        if self.transfer.minimum is None:
            self.script.line(f"if {test}: {self.use(self.value)}")
            return
        self.script.open(f"if {test}:")
        self._raise(self.transfer.minimum)
        self.script.line(self.use(self.value))
        self.script.close()

    def _use_at_least(self, converter: Converter, minimum: Json) -> None:
        converter.write(self.value, tolerant=False)
        self._raise(minimum)
        self.script.line(self.use(self.value))

    def _raise(self, minimum: Json) -> None:
        least = self.script.token(minimum)
        call = f"{self.script.bind(at_least)}({self.value}, {least})"
        self.script.line(f"if type({self.value}) is not int or {self.value} < {least}: {self.value} = {call}")

    def _otherwise(self, doubts: Sequence[str]) -> None:
        if doubts:
            self.script.line(f"elif {' or '.join(doubts)}: raise X")
        otherwise(self.script, self.transfer, self.default)


def _is_single(read: PlaceRead, transfer: Transfer) -> bool:
    """Whether there is one place to read, and another shape there is a deviation."""
    return read.where is None and is_one_place(read.source) and not transfer.other_shape_is_absent


def _is_sure(transfer: Transfer, read: PlaceRead, converter: Converter) -> bool:
    """Whether all but a value that is written is a deviation."""
    if not transfer.required or transfer.default is not ABSENT or converter.nulls == "keep":
        return False
    return not read.source.empty and is_read_in_place(read.source) and not converter.may_lose


def _null_is_absent(read: Read, converter: Converter) -> bool:
    """Whether null can stand for what is absent."""
    if not isinstance(read, PlaceRead):
        return False
    counts = converter.nulls == "absent" or (bool(read.source.empty) and None in read.source.empty)
    return counts and is_read_in_place(read.source) and not converter.may_give_null


def _is_strict(reads: Sequence[Prepared], transfer: Transfer) -> bool:
    """Whether another shape is a deviation at once."""
    return not transfer.other_shape_is_absent and all(
        len(reads) == 1 and read.condition is None and not isinstance(read, PreparedJoin) for read in reads
    )
