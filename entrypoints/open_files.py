"""How many files, and so connections, the operating system grants this process."""

import sys

import attrs

from adapters.http.connection_limits import ConnectionLimits

RESERVED = 128
"""Files that are no clients: the database's, the log, what Python itself needs."""


def raise_file_limit() -> int | None:
    """Take as many open files as are to be had; how many that are, None where nobody counts them.

    Most systems start a process with 1,024 and let it ask for more.
    """
    if sys.platform == "win32":
        return None
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return None if hard == resource.RLIM_INFINITY else hard


def fit(limits: ConnectionLimits, files: int | None) -> ConnectionLimits:
    """No more connections than there are files for."""
    if files is None:
        return limits
    return attrs.evolve(limits, connections=min(limits.connections, max(1, files - RESERVED)))
