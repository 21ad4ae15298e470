"""The key of a request, and what it may do."""

import hashlib

from django.utils.timezone import now
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from tests.bench.baselines.django_app.models import ApiKey, Partner


class ApiKeyAuthentication(BaseAuthentication):
    """`X-API-Key`, looked up by its hash; the user is its partner, None for a key without one."""

    def authenticate(self, request: Request) -> tuple[Partner | None, ApiKey]:
        secret = request.headers.get("X-API-Key")
        if not secret:
            raise PermissionDenied("An API key is required", "api_key_required")
        digest = hashlib.sha256(secret.encode()).hexdigest()
        key = ApiKey.objects.select_related("partner").filter(secret_hash=digest).first()
        if key is None:
            raise AuthenticationFailed("Invalid API key", "invalid_api_key")
        if not key.is_active:
            raise AuthenticationFailed("API key has been revoked", "api_key_revoked")
        if key.expires_at is not None and key.expires_at <= now():
            raise AuthenticationFailed("API key has expired", "api_key_expired")
        if key.partner is not None and not key.partner.is_active:
            raise PermissionDenied("The integration is switched off", "integration_disabled")
        return key.partner, key

    def authenticate_header(self, request: Request) -> str:
        return "X-API-Key"


class HasScope(BasePermission):
    """Reading needs `read`, the rest `write`."""

    message = "You do not have permission to perform this action."

    def has_permission(self, request: Request, view: object) -> bool:
        verb = "read" if request.method in SAFE_METHODS else "write"
        wanted = {"integrations.*", "integrations.orders.*", f"integrations.orders.{verb}"}
        return not wanted.isdisjoint(key_of(request).scopes)


def key_of(request: Request) -> ApiKey:
    """The key of a request that was let in."""
    assert isinstance(request.auth, ApiKey)
    return request.auth
