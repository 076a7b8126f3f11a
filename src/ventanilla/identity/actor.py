"""Who does something: the value that every service and selector asks for."""

from dataclasses import dataclass
from enum import StrEnum

ADMINISTRATOR = "administrador"
"""The built-in role of those who manage accounts and load packs; no pack may use its code."""


class ActorKind(StrEnum):
    PERSON = "person"
    SYSTEM = "system"
    PARTY = "party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody of one organisation, with the rights that hold at this moment.

    A person is a member of staff, the system is a named part of ours (worker, intake), a party is
    somebody who is served. Roles are pairs of role code and office code; no office means all.
    """

    kind: ActorKind
    organization_id: int
    name: str
    user_id: int | None = None
    reference: str = ""
    email: str = ""
    phone: str = ""
    roles: frozenset[tuple[str, str | None]] = frozenset()
    stands_for: frozenset[str] = frozenset()
    """The addresses of colleagues who are absent and whose deputy the person is."""

    @property
    def key(self) -> str:
        """What the journal writes: never a name, always resolvable."""
        return f"{self.kind}:{self.user_id if self.kind is ActorKind.PERSON else self.reference}"

    @property
    def role_codes(self) -> frozenset[str]:
        return frozenset(role for role, _ in self.roles)

    @property
    def is_system(self) -> bool:
        return self.kind is ActorKind.SYSTEM

    @property
    def is_administrator(self) -> bool:
        return self.is_system or (ADMINISTRATOR, None) in self.roles

    def has_role(self, role: str, office: str | None = None) -> bool:
        """Whether the role is held: in that office or everywhere; without office, anywhere."""
        if office is None:
            return role in self.role_codes
        return (role, None) in self.roles or (role, office) in self.roles


def system_actor(organization_id: int, part: str) -> Actor:
    """The part of the system (worker, intake, load…) acting inside one organisation."""
    return Actor(kind=ActorKind.SYSTEM, organization_id=organization_id, name=part, reference=part)


def party_actor(organization_id: int, *, name: str, reference: str) -> Actor:
    """A person or company that is served, known by its public reference."""
    return Actor(
        kind=ActorKind.PARTY, organization_id=organization_id, name=name, reference=reference
    )
