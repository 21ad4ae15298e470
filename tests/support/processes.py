"""What the operating system tells of processes."""

from pathlib import Path


def family(process: int) -> list[int]:
    """A process and those it has started, where /proc tells them."""
    children = [
        int(child)
        for listing in Path(f"/proc/{process}/task").glob("*/children")
        for child in _read(listing).split()
    ]
    return [process, *(one for child in children for one in family(child))]


def serving_children(process: int) -> list[int]:
    """The children of a server that do its work: its backend, or its workers."""
    return [one for one in family(process)[1:] if b"spawn_main" in _read(Path(f"/proc/{one}/cmdline"))]


def _read(file: Path) -> bytes:
    """What is told; nothing of a process that ended meanwhile."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def runs(process: int) -> bool:
    """Whether the process lives, and not only as a name in its parent's list."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
