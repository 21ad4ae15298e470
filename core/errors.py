"""Every way a call can be refused: one class per refusal, each with its public code."""

from collections.abc import Iterable
from typing import ClassVar

import attrs

Place = tuple[str | int, ...]
"""A position in a document: member names and 0-based indexes, from the outside in."""


@attrs.frozen
class Problem:
    """One wrong place: where (in our schema; `sent_as` in the sender's), which code, what would be right.

    `masked` is the message without the value, where it shows one.
    """

    place: Place
    code: str
    message: str
    sent_as: str | None = None
    pointer: str | None = None
    record: int | None = None
    masked: str | None = None


class Refusal(Exception):
    """A call that is not carried out; `code` is public, `problems` name the places to blame."""

    code: ClassVar[str]

    def __init__(self, message: str = "", problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)


class ValidationFailed(Refusal):
    """What was sent is malformed, incomplete or out of bounds."""

    code = "VALIDATION_ERROR"


class OrderNumberTaken(ValidationFailed):
    """The partner has an order with this number."""

    def __init__(self) -> None:
        message = "order_number already exists"
        super().__init__(message, [Problem(("order_number",), "NOT_UNIQUE", message)])


class ExternalOrderIdTaken(ValidationFailed):
    """The partner has an order with this external id."""

    def __init__(self) -> None:
        message = "external_order_id already exists"
        super().__init__(message, [Problem(("external_order_id",), "NOT_UNIQUE", message)])


class RuleBroken(Refusal):
    """A business rule refuses what is otherwise well formed."""

    code = "SERVICE_ERROR"


class ApiKeyRequired(Refusal):
    """No key was sent."""

    code = "API_KEY_REQUIRED"

    def __init__(self) -> None:
        super().__init__("API key required: send it in the X-API-Key header")


class InvalidApiKey(Refusal):
    """Nobody holds the key that was sent."""

    code = "INVALID_API_KEY"

    def __init__(self) -> None:
        super().__init__("Invalid API key")


class ApiKeyExpired(Refusal):
    """The key's time is over."""

    code = "API_KEY_EXPIRED"

    def __init__(self) -> None:
        super().__init__("API key has expired")


class ApiKeyRevoked(Refusal):
    """The key was withdrawn."""

    code = "API_KEY_REVOKED"

    def __init__(self) -> None:
        super().__init__("API key has been revoked")


class PermissionDenied(Refusal):
    """The key lacks the scope."""

    code = "PERMISSION_DENIED"

    def __init__(self) -> None:
        super().__init__("You do not have permission to perform this action.")


class IntegrationDisabled(Refusal):
    """The key's partner is switched off."""

    code = "INTEGRATION_DISABLED"

    def __init__(self, partner: str) -> None:
        super().__init__(f"The integration of partner {partner} is switched off")


class NotFound(Refusal):
    """No such record, or no such path."""

    code = "NOT_FOUND"


class MethodNotAllowed(Refusal):
    """The path is known, the method is not for it."""

    code = "METHOD_NOT_ALLOWED"


class Duplicate(Refusal):
    """The natural key of a new record is in use."""

    code = "DUPLICATE"


class SkuTaken(Duplicate):
    """A product with this SKU exists, active or not."""

    def __init__(self, sku: str) -> None:
        super().__init__(
            f'a product with the SKU "{sku}" already exists',
            [Problem(("sku",), "NOT_UNIQUE", "already exists")],
        )


class LocationCodeTaken(Duplicate):
    """A location with this code exists, active or not."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f'a location with the code "{code}" already exists',
            [Problem(("code",), "NOT_UNIQUE", "already exists")],
        )


class AmbiguousIdentifier(Refusal):
    """The identifier names several records."""

    code = "AMBIGUOUS_IDENTIFIER"


class PreconditionFailed(Refusal):
    """The record is not as the caller knows it."""

    code = "PRECONDITION_FAILED"

    def __init__(self) -> None:
        super().__init__("The record is not as If-Match says: read it again and decide anew")


class IdempotencyInProgress(Refusal):
    """The first request under the idempotency key is still being carried out."""

    code = "IDEMPOTENCY_IN_PROGRESS"

    def __init__(self) -> None:
        super().__init__(
            "The first request with this Idempotency-Key is still being carried out: send it again soon"
        )


class IdempotencyKeyReused(Refusal):
    """The idempotency key was used for another request."""

    code = "IDEMPOTENCY_KEY_REUSED"

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used for another request: send the same method, path, query and body "
            "again, or use a new key"
        )


class RequestTimeout(Refusal):
    """The request was begun and not finished in time."""

    code = "REQUEST_TIMEOUT"


class PayloadTooLarge(Refusal):
    """The body is larger than is read."""

    code = "PAYLOAD_TOO_LARGE"


class UnsupportedMediaType(Refusal):
    """The body is not JSON."""

    code = "UNSUPPORTED_MEDIA_TYPE"


class MappingFailed(Refusal):
    """The partner's field mapping could not be applied to the payload."""

    code = "MAPPING_ERROR"


class RateLimited(Refusal):
    """Too many requests."""

    code = "RATE_LIMITED"


class ServiceUnavailable(Refusal):
    """The database does not answer; try again after `retry_after` seconds."""

    code = "SERVICE_UNAVAILABLE"

    def __init__(
        self, message: str = "The service is not available at the moment", retry_after: int = 2
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class InternalError(Refusal):
    """A fault of ours; the request id leads to the logged exception."""

    code = "INTERNAL_ERROR"

    def __init__(self) -> None:
        super().__init__("Something went wrong on our side; the request id leads to the details")


class NameTaken(Refusal):
    """An operator's new key or partner carries a name that is in use."""

    code = "NAME_TAKEN"


class BadSetting(Refusal):
    """An operator's input is not acceptable; the message says what would be."""

    code = "BAD_SETTING"


class CopyFailed(Refusal):
    """Data could not be moved to another database, or came out different; nothing of it was kept."""

    code = "COPY_FAILED"
