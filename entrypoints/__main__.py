"""`python -m entrypoints` is the `datamingle` command where its script is not on the path."""

import sys

from entrypoints.cli.main import main

sys.exit(main())
