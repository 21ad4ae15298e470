"""The baseline's engine, and its tables, with the constraints and indexes of ours that its calls use."""

import os
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    Index,
    LargeBinary,
    create_engine,
    event,
    func,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker

DATABASE_URL = "BENCH_DATABASE_URL"
CONNECTIONS = 16
Document = dict[str, object]


def now() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """What all tables share: how types of Python are kept."""

    type_annotation_map = {
        Document: JSON,
        list[str]: JSON,
        datetime: DateTime(timezone=True),
        int: BigInteger,
        bytes: LargeBinary,
    }


class Partner(Base):
    __tablename__ = "partners"

    slug: Mapped[str] = mapped_column(primary_key=True)
    is_active: Mapped[bool] = mapped_column(default=True)


class ApiKey(Base):
    __tablename__ = "api_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(unique=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    partner_slug: Mapped[str | None] = mapped_column("partner", ForeignKey("partners.slug"))
    expires_at: Mapped[datetime | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    partner: Mapped[Partner | None] = relationship(lazy="joined")


class Product(Base):
    __tablename__ = "products"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sku: Mapped[str] = mapped_column(unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    partner: Mapped[str | None] = mapped_column(ForeignKey("partners.slug"))
    order_number: Mapped[str]
    external_order_id: Mapped[str | None]
    customer_name: Mapped[str | None]
    customer_info: Mapped[Document]
    notes: Mapped[str | None]
    order_date: Mapped[datetime | None]
    due_date: Mapped[datetime | None]
    document: Mapped[Document] = mapped_column("metadata")
    status: Mapped[str] = mapped_column(default="pending")
    cancellation_reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    items: Mapped[list["OrderItem"]] = relationship(order_by="OrderItem.position")


class OrderItem(Base):
    __tablename__ = "order_items"
    __table_args__ = {"sqlite_with_rowid": False}

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(default=uuid4)
    sku_code: Mapped[str] = mapped_column(ForeignKey("products.sku"))
    quantity: Mapped[int]
    verified_quantity: Mapped[int] = mapped_column(default=0)
    notes: Mapped[str | None]

    @property
    def sku(self) -> dict[str, str]:
        """The product, by its SKU."""
        return {"sku": self.sku_code}

    @property
    def verification_status(self) -> str:
        """Follows from what was counted."""
        if self.verified_quantity >= self.quantity:
            return "verified"
        return "partial" if self.verified_quantity else "pending"


class AuditEntry(Base):
    __tablename__ = "audit_entries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    received_at: Mapped[datetime]
    request_id: Mapped[str]
    partner: Mapped[str | None]
    api_key: Mapped[str]
    action: Mapped[str]
    identifier: Mapped[str | None]
    method: Mapped[str]
    path: Mapped[str]
    response_status: Mapped[int]
    status: Mapped[str]
    error_message: Mapped[str | None]
    duration_ms: Mapped[float]
    record_id: Mapped[UUID | None]
    raw_payload: Mapped[bytes | None]
    response_body: Mapped[bytes]


Index("orders_order_number", Order.order_number, func.coalesce(Order.partner, ""), unique=True)
Index(
    "orders_external_order_id",
    Order.external_order_id,
    func.coalesce(Order.partner, ""),
    unique=True,
    sqlite_where=Order.external_order_id.is_not(None),
    postgresql_where=Order.external_order_id.is_not(None),
)
Index("orders_newest", Order.created_at, Order.id)
Index("orders_status_newest", Order.status, Order.created_at, Order.id)
Index("audit_entries_newest", AuditEntry.received_at, AuditEntry.id)


def open_engine() -> Engine:
    """An engine on the database that the environment names, durable as the database is by default or more.

    SQLite has one writer, and every call writes its audit row: with one connection a call waits for its turn
    in the pool, with several it polls the file's lock, which is no faster and far less even.
    """
    url = os.environ[DATABASE_URL]
    if url.startswith("postgresql"):
        return create_engine(url.replace("postgresql:", "postgresql+psycopg:"), pool_size=CONNECTIONS)
    engine = create_engine(url, connect_args={"timeout": 30}, pool_size=1, max_overflow=0)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


engine = open_engine()
Sessions = sessionmaker(engine, expire_on_commit=False, autoflush=False)
