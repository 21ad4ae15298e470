"""Settings in a table."""

from adapters.persistence.session import Session
from adapters.persistence.statements import Slot, Statement, slots
from adapters.persistence.tables import SettingRow
from core.ports.operations import SettingRepository

_GET = Statement(SettingRow.select(SettingRow.value).where(SettingRow.name == Slot("name")))
_PUT_IF_ABSENT = Statement(SettingRow.insert(slots("name", "value")).on_conflict_ignore())


class PeeweeSettingRepository(SettingRepository):
    """Small facts the server keeps with its data."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, name: str) -> str | None:
        """The value kept under the name."""
        row = self._session.row(_GET, name=name)
        return None if row is None else str(row[0])

    def put_if_absent(self, name: str, value: str) -> str:
        """Keep the value unless there is one; return the one that is kept."""
        self._session.execute(_PUT_IF_ABSENT, name=name, value=value)
        ((kept,),) = self._session.rows(_GET, name=name)
        return str(kept)
