"""What the server is configured with."""

import uvicorn

from adapters.http.watch import Watch


class GuardedConfig(uvicorn.Config):
    """uvicorn's configuration, and the watch over the connections of its process."""

    watch: Watch
