"""How a party came to be what it is: each change of state, category and executive, with its day."""

from collections.abc import Mapping
from datetime import datetime

from ventanilla.core.definition.model import FieldType, PartyModel
from ventanilla.identity.actor import Actor
from ventanilla.parties.models import Party, PartyChange

LIFECYCLE = "lifecycle"
EXECUTIVE = "executive"


def standing_of(party: Party, model: PartyModel) -> dict[str, str]:
    """What is told when it changes: the state, and attributes that are plain choices."""
    told = {LIFECYCLE: party.lifecycle}
    for name, of in model.attributes.items():
        if of.type is FieldType.CHOICE and not of.personal:
            value = party.attributes.get(name)
            told[name] = value if isinstance(value, str) else ""
    return told


def note_changes(
    party: Party, before: Mapping[str, str], after: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """Keeps what is otherwise than before; what was never said of the party is no change."""
    changes = [
        PartyChange(
            organization_id=party.organization_id,
            party=party,
            what=what,
            value=value[:254],
            at=now,
            by=actor.key,
        )
        for what, value in after.items()
        if value != before.get(what, "")
    ]
    if changes:
        PartyChange.objects.within(party.organization_id).bulk_create(changes)
