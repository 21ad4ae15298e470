"""The one table from a refusal's code to its HTTP status."""

from types import MappingProxyType

from core.errors import (
    AmbiguousIdentifier,
    ApiKeyExpired,
    ApiKeyRequired,
    ApiKeyRevoked,
    Duplicate,
    IdempotencyInProgress,
    IdempotencyKeyReused,
    IntegrationDisabled,
    InternalError,
    InvalidApiKey,
    MappingFailed,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    PermissionDenied,
    PreconditionFailed,
    RateLimited,
    RequestTimeout,
    RuleBroken,
    ServiceUnavailable,
    UnsupportedMediaType,
    ValidationFailed,
)

STATUS_OF = MappingProxyType(
    {
        ValidationFailed.code: 400,
        RuleBroken.code: 400,
        ApiKeyRequired.code: 403,
        InvalidApiKey.code: 401,
        ApiKeyExpired.code: 401,
        ApiKeyRevoked.code: 401,
        PermissionDenied.code: 403,
        IntegrationDisabled.code: 403,
        NotFound.code: 404,
        MethodNotAllowed.code: 405,
        RequestTimeout.code: 408,
        Duplicate.code: 409,
        AmbiguousIdentifier.code: 409,
        IdempotencyInProgress.code: 409,
        PreconditionFailed.code: 412,
        PayloadTooLarge.code: 413,
        UnsupportedMediaType.code: 415,
        MappingFailed.code: 422,
        IdempotencyKeyReused.code: 422,
        RateLimited.code: 429,
        InternalError.code: 500,
        ServiceUnavailable.code: 503,
    }
)
REFUSED_KEY = frozenset({401, 403})
"""The statuses that mean the request was not let in."""
