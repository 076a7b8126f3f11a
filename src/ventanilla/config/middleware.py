"""What every answer carries, and whom a request is said to come from."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(get_response: View) -> View:
    """Forbids inline code, framing by others, and caches that keep a page of somebody's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def possible_addresses(get_response: View) -> View:
    """Says of an address that no row can have that there is nothing, before anybody looks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return get_response(request)

    return middleware


def trusted_proxies(get_response: View) -> View:
    """Believes what a listed proxy says of the caller's address and scheme, and nobody else.

    Only the last address of the list is taken: the one that our own proxy saw.
    """
    proxies = listed_proxies()

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.META.get("REMOTE_ADDR") in proxies:
            told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
            if told:
                request.META["REMOTE_ADDR"] = told
            if request.META.get("HTTP_X_FORWARDED_PROTO") == "https":
                request.META["wsgi.url_scheme"] = "https"
        return get_response(request)

    return middleware


def listed_proxies() -> frozenset[str]:
    """The addresses of our own proxies."""
    return frozenset(settings.ENVIRONMENT.proxies)
