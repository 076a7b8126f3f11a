"""Who can sign in to the demonstration, and as what."""

from collections.abc import Iterator
from dataclasses import dataclass

from ventanilla.identity.actor import system_actor
from ventanilla.identity.selectors import organizations, roles, staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    email: str
    told: str


def logins() -> Iterator[Login]:
    """Everybody who can sign in, by organisation, in the order of its sheet, with what they do."""
    for organization in organizations():
        actor = system_actor(organization.id, "demo")
        titles = {role.code: role.title for role in roles(actor)}
        for person in sorted(staff(actor), key=lambda one: one.id):
            held = (
                f"{titles.get(role, role)}{f', {office}' if office else ''}"
                for role, office in person.roles
            )
            yield Login(email=person.email, told=f"{person.full_name}: {'; '.join(held)}")
