"""How the public comes to a page: an organisation's own, in its language, dressed as it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from ventanilla.identity.actor import Actor, party_actor
from ventanilla.identity.selectors import OrganizationRow, UnknownOrganization, organization_by_slug
from ventanilla.ui.look import THEME_COOKIE, look_of, theme_of

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The organisation whose pages these are, and the public as it acts there."""

    organization: OrganizationRow
    actor: Actor


PublicView: TypeAlias = Callable[Concatenate[HttpRequest, House, Rest], HttpResponseBase]
View: TypeAlias = Callable[..., HttpResponseBase]


def for_public(view: PublicView[Rest]) -> View:
    """The view gets the house that the address names as `slug`; an unknown one is not found."""

    @wraps(view)
    def entered(request: HttpRequest, slug: str, **rest: Any) -> HttpResponseBase:
        try:
            organization = organization_by_slug(slug)
        except UnknownOrganization as missing:
            raise Http404 from missing
        house = House(
            organization=organization,
            actor=party_actor(organization.id, name="", reference="portal"),
        )
        with translation.override(_language(request, organization)):
            return cast("Callable[..., HttpResponseBase]", view)(request, house, **rest)

    return entered


def show(
    request: HttpRequest,
    house: House,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """Renders a page of the portal. No other site learns its address, no robot lists it."""
    theme = theme_of(request.COOKIES.get(THEME_COOKIE, ""))
    look = look_of(house.organization.name, house.organization.accent, theme)
    page = render(
        request, template, {"look": look, "slug": house.organization.slug, **context}, status=status
    )
    page.headers["Referrer-Policy"] = "no-referrer"
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def _language(request: HttpRequest, organization: OrganizationRow) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return organization.language or settings.LANGUAGE_CODE
