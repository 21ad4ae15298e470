"""As many files as the operating system grants, and no more connections than there are files for."""

import subprocess
import sys

import pytest

from adapters.http.connection_limits import ConnectionLimits
from entrypoints.open_files import RESERVED, fit
from tests.support.running_server import child_environment

RAISED = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 512))
from entrypoints.open_files import raise_file_limit
print(raise_file_limit(), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def test_the_limit_is_raised_as_far_as_the_system_allows() -> None:
    told = subprocess.run(
        [sys.executable, "-c", RAISED],
        env=child_environment(None),
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split() == ["512", "512", "512"]


@pytest.mark.parametrize(
    ("files", "connections"), [(None, 1000), (20_000, 1000), (512, 512 - RESERVED), (64, 1)]
)
def test_there_are_no_more_connections_than_files_for_them(files: int | None, connections: int) -> None:
    assert fit(ConnectionLimits(connections=1000), files).connections == connections
