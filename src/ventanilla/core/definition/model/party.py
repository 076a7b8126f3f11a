"""What an organisation keeps about the people and companies it serves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityKind:
    """Something a party takes part in; only those that count make it a user of the year."""

    name: str
    title: str
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementKind:
    """What may be agreed with one party and then goes before the rule; ``set_by`` are roles."""

    field: Field
    set_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedState:
    """A state in which a party is whenever the condition holds on the day of asking."""

    state: str
    condition: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyModel:
    """Attributes, states, activities and agreements of a party, and whose it is."""

    attributes: Mapping[str, Field]
    lifecycle: tuple[str, ...]
    registered: frozenset[str]
    """The states of the lifecycle in which ``party.registered`` is true."""
    computed: tuple[ComputedState, ...] = ()
    """Tried in order before the state that was recorded."""
    executive: str | None = None
    """The role of those to whom a party is entrusted; none when parties are nobody's."""
    activities: Mapping[str, ActivityKind] = field(default_factory=dict)
    agreements: Mapping[str, AgreementKind] = field(default_factory=dict)

    def counting(self) -> frozenset[str]:
        """The kinds of activities that count."""
        return frozenset(one.name for one in self.activities.values() if one.counts)
