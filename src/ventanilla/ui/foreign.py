"""Somebody else's words on a page of ours: cleaned, and shut in a sandboxed frame."""

from typing import Final

import nh3
from django.http import HttpResponse

FOREIGN_POLICY: Final = "; ".join(
    (
        "sandbox",
        "default-src 'none'",
        "style-src 'self'",
        "img-src data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
"""For an answer that carries what somebody else wrote: it may show itself and nothing more."""

TAGS: Final = frozenset(
    (
        "a abbr b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre"
        " s small span strong sub sup table tbody td tfoot th thead tr u ul"
    ).split()
)
ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"alt", "height", "src", "width"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
ADDRESS_KINDS: Final = frozenset(("http", "https", "mailto", "tel", "data"))

PICTURES: Final = tuple(f"data:image/{kind};base64," for kind in ("png", "jpeg", "gif", "webp"))
"""Pictures that travel inside the message; no others are shown."""


def cleaned(html: str) -> str:
    """The same text with only the marks that show text: no script, style, form or frame.

    Links open elsewhere and tell nobody where from; pictures only when they travel inside.
    """
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_kept_attribute,
        url_schemes=set(ADDRESS_KINDS),
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def plain_text(html: str) -> str:
    """Only the words, with the line breaks that blocks and breaks make."""
    spaced = html.replace("</p>", "</p>\n\n").replace("<br", "\n<br").replace("</div>", "</div>\n")
    return nh3.clean(spaced, tags=set(), attributes={}, link_rel=None).strip()


def shut_in(answer: HttpResponse) -> HttpResponse:
    """Marks an answer as somebody else's: sandboxed, framed by us only, taken for what it says."""
    answer.headers["Content-Security-Policy"] = FOREIGN_POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _kept_attribute(tag: str, name: str, value: str) -> str | None:
    address = value.strip().lower()
    if tag == "img" and name == "src":
        return value if address.startswith(PICTURES) else None
    return None if address.startswith("data:") else value
