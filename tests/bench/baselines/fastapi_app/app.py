"""The baseline in FastAPI, as uvicorn loads it.

Synchronous endpoints, each with a session of its own, which is what SQLAlchemy's ORM is used with most.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from sqlalchemy import select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from tests.bench.baselines.fastapi_app.audit import Call, Refused, receive, refuse
from tests.bench.baselines.fastapi_app.schemas import OneOrder, OrderIn, OrderOut, OrderPage, Pagination
from tests.bench.baselines.fastapi_app.tables import Order, OrderItem, Product

router = APIRouter(prefix="/api/integrations/v1/orders")
Received = Annotated[Call, Depends(receive)]


@router.get("/{number}/", response_model=OneOrder)
def read_order(number: str, call: Received) -> Response:
    with call.begin("order/read", "read") as work:
        query = select(Order).options(selectinload(Order.items))
        own = query.where(Order.order_number == number, Order.partner == work.key.partner_slug)
        order = work.session.scalars(own).one_or_none()
        if order is None:
            raise Refused(404, "NOT_FOUND", f"no order {number}")
        return work.answer(OneOrder(data=OrderOut.model_validate(order)), identifier=number)


@router.get("/", response_model=OrderPage)
def list_orders(
    call: Received, limit: Annotated[int, Query(ge=1, le=200)] = 50, cursor: str | None = None
) -> Response:
    with call.begin("order/list", "read") as work:
        query = select(Order).options(selectinload(Order.items))
        if cursor is not None:
            query = query.where(tuple_(Order.created_at, Order.id) < place_of(cursor))
        newest = query.order_by(Order.created_at.desc(), Order.id.desc()).limit(limit + 1)
        found = work.session.scalars(newest).all()
        orders = [OrderOut.model_validate(order) for order in found[:limit]]
        more = (
            f"{orders[-1].created_at:%Y-%m-%dT%H:%M:%S.%fZ}~{orders[-1].id}" if len(found) > limit else None
        )
        return work.answer(OrderPage(data=orders, pagination=Pagination(limit=limit, next_cursor=more)))


@router.post("/", status_code=201, response_model=OneOrder)
def create_order(sent: OrderIn, call: Received) -> Response:
    with call.begin("order/create", "write") as work:
        refuse_unknown(work.session, {item.sku_code for item in sent.items})
        order = Order(
            partner=work.key.partner_slug,
            document=sent.metadata,
            items=[OrderItem(position=place, **item.model_dump()) for place, item in enumerate(sent.items)],
            **sent.model_dump(exclude={"items", "metadata"}),
        )
        work.session.add(order)
        try:
            work.session.flush()
        except IntegrityError as error:
            raise Refused(400, "VALIDATION_ERROR", "order_number already exists") from error
        return work.answer(OneOrder(data=OrderOut.model_validate(order)), 201, order.order_number, order.id)


def refuse_unknown(session: Session, skus: set[str]) -> None:
    """Every SKU names an active product."""
    known = session.scalars(select(Product.sku).where(Product.sku.in_(skus), Product.is_active)).all()
    if unknown := sorted(skus.difference(known)):
        raise Refused(400, "SERVICE_ERROR", f"unknown or inactive SKU: {', '.join(unknown)}")


def place_of(cursor: str) -> tuple[datetime, UUID]:
    """Where a page begins."""
    time, _, record = cursor.partition("~")
    try:
        return datetime.fromisoformat(time), UUID(record)
    except ValueError as error:
        raise Refused(400, "VALIDATION_ERROR", f"Invalid cursor: '{cursor}'") from error


async def on_refused(request: Request, refused: Refused) -> Response:
    return await run_in_threadpool(refuse, request.state.call, refused)


async def on_invalid(request: Request, invalid: RequestValidationError) -> Response:
    details: list[dict[str, object]] = [
        {
            "field": ".".join(map(str, error["loc"][1:])),
            "code": error["type"].upper(),
            "message": error["msg"],
        }
        for error in invalid.errors()
    ]
    return await on_refused(request, Refused(400, "VALIDATION_ERROR", "the request is not valid", details))


app = FastAPI(exception_handlers={Refused: on_refused, RequestValidationError: on_invalid})
app.include_router(router)
