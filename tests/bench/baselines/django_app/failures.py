"""How a refusal is answered."""

from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

_CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 415: "UNSUPPORTED_MEDIA_TYPE"}


class UnknownSku(APIException):
    """A line names no active product."""

    status_code = 400
    default_code = "service_error"


def failure(refused: Exception, context: dict[str, object]) -> Response | None:
    """The framework's answer in the envelope of failures."""
    response = exception_handler(refused, context)
    if response is None or not isinstance(refused, APIException):
        return response
    codes, detail = refused.get_codes(), refused.detail
    code = _CODES.get(response.status_code) or (
        codes.upper() if isinstance(codes, str) else "VALIDATION_ERROR"
    )
    message = detail if isinstance(detail, str) else "the request is not valid"
    response.data = {"success": False, "error": {"code": code, "message": message, "details": response.data}}
    return response
