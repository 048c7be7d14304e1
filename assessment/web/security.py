"""What every response says to the browser, and how much a request may bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request
from flask_wtf.csrf import CSRFProtect

View = TypeVar("View", bound=Callable[..., Any])

KIB = 1024
FORM_BYTES = 256 * KIB
LARGEST_BODY = 12 * KIB * KIB
"""What the server takes at all: an evidence file and a little. A view says less or as much."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no-referrer the check of forms over TLS would refuse every one.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
CHART_STYLES = (
    "sha256-wkY2X5hecQzbhnFCqvTpwrUJ1f4X8LH5WFjYUzv1wmU=",  # a bold word: font-weight:bold
    "sha256-AR/cKIZjWPcPmBUPDA6oti9XBiTbJvz0Cro2J1VzzS8=",  # cells with edges: image-rendering
    "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",  # a colour bar: an empty one
)
CHART_POLICY = "; ".join(
    [POLICY, " ".join(["style-src-attr 'unsafe-hashes'", *(f"'{each}'" for each in CHART_STYLES)])]
)
"""On pages with charts alone: the inline styles that the chart library cannot do without."""
HSTS = "max-age=31536000; includeSubDomains"
_LIMIT = "touchstone_body_limit"
_CHARTS = "touchstone_charts"

csrf = CSRFProtect()


def body_limit(size: int) -> Callable[[View], View]:
    """Let a view take a body of *size* bytes instead of the usual 256 KiB."""

    def mark(view: View) -> View:
        setattr(view, _LIMIT, size)
        return view

    return mark


def draws_charts(view: View) -> View:
    """Let the chart library draw on the page of *view*."""
    setattr(view, _CHARTS, True)
    return view


def init_app(app: Flask) -> None:
    """Check every form that changes something, and put the headers on every response."""
    app.config["MAX_CONTENT_LENGTH"] = FORM_BYTES
    app.config["MAX_FORM_PARTS"] = 1000
    # An hour is too short for a careful writer.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    csrf.init_app(app)
    app.after_request(add_headers)


def limit_body() -> None:
    """Take as many bytes as the view allows, in all and in form fields that are no files."""
    view = current_app.view_functions.get(request.endpoint or "")
    size: int = getattr(view, _LIMIT, FORM_BYTES)
    request.max_content_length = size
    request.max_form_memory_size = size


def add_headers(response: Response) -> Response:
    """Put the headers on *response*; only static files may be kept by the browser."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    if getattr(current_app.view_functions.get(request.endpoint or ""), _CHARTS, False):
        response.headers["Content-Security-Policy"] = CHART_POLICY
    response.headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = HSTS
    return response
