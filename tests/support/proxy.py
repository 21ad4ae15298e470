"""A way to a server that a test can cut or let go silent."""

import socket
from contextlib import suppress
from threading import Event, Thread


class Proxy:
    """Passes on what comes to a port of its own, until told otherwise.

    `round_trips` counts how often a client said something after it was answered, on one connection at a time.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._flows = Event()
        self._flows.set()
        self._sockets: list[socket.socket] = []
        self._is_cut = False
        self._asks = False
        self.round_trips = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept, self._listener)

    def cut(self) -> None:
        """Break every connection and take no new one."""
        self._is_cut = True
        self._listener.close()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=0.1):
            pass  # what was about to be accepted
        self._break()

    def mend(self) -> None:
        """Take connections again, on the same port."""
        self._is_cut = False
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._start(self._accept, self._listener)

    def silence(self) -> None:
        """Pass nothing on any more, and say nothing about it."""
        self._flows.clear()

    def speak(self) -> None:
        """Pass on again."""
        self._flows.set()

    def close(self) -> None:
        """End."""
        self._flows.set()
        self.cut()

    def _start(self, work: object, *arguments: object) -> None:
        Thread(target=work, args=arguments, daemon=True).start()  # type: ignore[arg-type]  # a callable

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                if self._is_cut:
                    client.close()
                    return
                server = socket.create_connection(self._target)
                self._sockets += [client, server]
                self._start(self._pass, client, server, True)
                self._start(self._pass, server, client, False)

    def _pass(self, source: socket.socket, target: socket.socket, asks: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                self.round_trips += asks and not self._asks
                self._asks = asks
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _break(self) -> None:
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._sockets.clear()
