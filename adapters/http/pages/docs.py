"""The API's description: as a document and as a page."""

from jinja2 import Environment
from litestar.handlers import HTTPRouteHandler

from adapters.http.envelope import encode
from adapters.http.openapi import openapi_document
from adapters.http.pages.fixed import fixed_handler


def docs_handlers(pages: Environment) -> list[HTTPRouteHandler]:
    """`/openapi.json` and `/docs`, written once; `/` shows the same page."""
    document = openapi_document()
    page = pages.get_template("docs.html").render(document=document).encode()
    return [
        fixed_handler("/openapi.json", "application/json", encode(document)),
        fixed_handler("/docs", "text/html; charset=utf-8", page),
        fixed_handler("/", "text/html; charset=utf-8", page),
    ]
