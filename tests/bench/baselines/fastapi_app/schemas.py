"""What is read and answered, as pydantic models."""

from datetime import UTC, datetime
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, StrictStr

T = TypeVar("T")


def in_utc(time: datetime) -> datetime:
    """The time in UTC; without an offset it is UTC already, as SQLite gives it back."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


Time = Annotated[datetime, AfterValidator(in_utc)]
Name = Annotated[StrictStr, Field(min_length=1, max_length=255)]
Document = dict[str, object]


class ItemIn(BaseModel):
    sku_code: Name
    quantity: Annotated[StrictInt, Field(ge=1)]
    notes: StrictStr | None = None


class OrderIn(BaseModel):
    order_number: Name
    external_order_id: Name | None = None
    customer_name: StrictStr | None = None
    customer_info: Document = {}
    notes: StrictStr | None = None
    order_date: Time | None = None
    due_date: Time | None = None
    metadata: Document = {}
    items: Annotated[list[ItemIn], Field(min_length=1)]


class ItemOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    sku_code: str
    quantity: int
    notes: str | None
    id: UUID
    verified_quantity: int
    verification_status: str
    sku: dict[str, str]


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    order_number: str
    external_order_id: str | None
    customer_name: str | None
    customer_info: Document
    notes: str | None
    order_date: Time | None
    due_date: Time | None
    metadata: Annotated[Document, Field(validation_alias="document")]
    items: list[ItemOut]
    id: UUID
    status: str
    partner: str | None
    cancellation_reason: str | None
    created_at: Time
    updated_at: Time


class Pagination(BaseModel):
    limit: int
    next_cursor: str | None


class One(BaseModel, Generic[T]):
    """The envelope of a record."""

    success: Literal[True] = True
    data: T


class Page(One[list[T]], Generic[T]):
    """The envelope of a page of records."""

    pagination: Pagination


OneOrder = One[OrderOut]
OrderPage = Page[OrderOut]


class Problem(BaseModel):
    code: str
    message: str
    details: list[Document] = []
    request_id: str


class Failure(BaseModel):
    """The envelope of a refusal."""

    success: Literal[False] = False
    error: Problem
