"""The words of ASGI, for whoever runs the application."""

from litestar.types import ASGIApp, HTTPReceiveMessage, HTTPScope, Message, Receive, Scope, Send

__all__ = ["ASGIApp", "HTTPReceiveMessage", "HTTPScope", "Message", "Receive", "Scope", "Send"]
