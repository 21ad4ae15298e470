"""A server that takes no lock, so that two can write to one SQLite file; its last argument is the port."""

import sys

from adapters.http.server import serve_app
from entrypoints.log_setup import configure_logging
from entrypoints.serve import create_server
from entrypoints.settings import read_settings

if __name__ == "__main__":
    configure_logging()
    settings = read_settings()
    serve_app(create_server(settings), "127.0.0.1", int(sys.argv[-1]), settings.limits)
