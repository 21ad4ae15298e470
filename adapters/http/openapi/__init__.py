"""The API's description as an OpenAPI 3.1 document."""

from adapters.http.openapi.document import openapi_document

__all__ = ["openapi_document"]
