"""Settings in memory."""

from adapters.memory.state import State
from core.ports.operations import SettingRepository


class MemorySettingRepository(SettingRepository):
    """Small facts the server keeps with its data."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, name: str) -> str | None:
        """The value kept under the name."""
        return self._state.settings.get(name)

    def put_if_absent(self, name: str, value: str) -> str:
        """Keep the value unless there is one; return the one that is kept."""
        return self._state.settings.setdefault(name, value)
