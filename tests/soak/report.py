"""The figures as text, and docs/soak.md."""

from collections.abc import Sequence

from tests.bench.report import describe_machine
from tests.soak.figures import Figures
from tests.soak.part import Part


def told(figures: Figures) -> str:
    """A part on one database, a figure per line, for a terminal."""
    lines = [f"{figures.part} on {figures.database}"]
    lines += [f"  {name}: {value}" for name, value in figures.rows().items()]
    lines += [f"  FAULT {fault}" for fault in figures.faults[:20]]
    return "\n".join(lines) + "\n"


def markdown(parts: Sequence[Part], figures: Sequence[Figures], versions: Sequence[str]) -> str:
    """The whole page."""
    faults = sum(len(one.faults) for one in figures)
    sections = [_section(part, [one for one in figures if one.part == part.name]) for part in parts]
    machine = ", ".join([describe_machine(), *versions])
    return "\n".join([_HEAD.format(faults=faults, machine=machine), *sections])


_HEAD = """# Soak

`just soak` writes this page: servers are disturbed in every way that happens, clients keep what they saw, and
a history checker judges afterwards. SQLite in WAL mode with `synchronous=FULL`; PostgreSQL in a cluster of
its own with `fsync` on; clients and servers share the machine. A request that was answered 503, or not at
all, may have been carried out or not, but never by half.

- Faults: {faults}. `just soak --seed N` sends the same requests again and disturbs after the same times.
- Machine: {machine}.
"""


def _section(part: Part, figures: Sequence[Figures]) -> str:
    rows = [one.rows() for one in figures]
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [
        ["", *(one.database for one in figures)],
        ["---", *("--:" for _ in figures)],
        *([name, *(row.get(name, "") for row in rows)] for name in names),
    ]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"## {part.name}\n\n{part.text}\n\n{table}\n"
