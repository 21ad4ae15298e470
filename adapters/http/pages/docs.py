"""The API's description: as a document and as a page."""

from jinja2 import Environment
from litestar.handlers import HTTPRouteHandler

from adapters.http.envelope import encode
from adapters.http.openapi import openapi_document
from adapters.http.pages.fixed import HTML, fixed_handler


def docs_handlers(pages: Environment) -> list[HTTPRouteHandler]:
    """`/openapi.json` and `/docs`; `/` shows the same page."""

    def page() -> bytes:
        return pages.get_template("docs.html").render(document=openapi_document()).encode()

    return [
        fixed_handler("/openapi.json", "application/json", lambda: encode(openapi_document())),
        fixed_handler("/docs", HTML, page),
        fixed_handler("/", HTML, page),
    ]
