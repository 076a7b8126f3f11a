"""What the kill test does inside its installation: people, and the count at the end."""

import json
import sys
from datetime import UTC, datetime

from ventanilla.cases.models import Case, Effect, Interaction, JournalEntry, PersonalValue, Task
from ventanilla.channels.models import InboundMessage
from ventanilla.identity.actor import system_actor
from ventanilla.identity.selectors import organization_by_slug
from ventanilla.identity.services import create_user, grant_role

AGENT = "agente@mesa.example"
PASSWORD = "cuatro-palabras-sueltas"


def people() -> None:
    """An agent who may do what the test does."""
    system = system_actor(organization_by_slug("promperu").id, "test")
    now = datetime.now(UTC)
    user = create_user(
        actor=system, now=now, email=AGENT, full_name="Agente de Prueba", password=PASSWORD
    )
    for role in ("orientador", "coordinador"):
        grant_role(actor=system, now=now, user_id=user, role=role)


def report() -> None:
    """Everything that the promises are about, as JSON."""
    organization = organization_by_slug("promperu").id
    entries = JournalEntry.objects.within(organization).order_by("case_id", "seq")
    json.dump(
        {
            "inbound": list(
                InboundMessage.objects.within(organization).values(
                    "message_id", "status", "reason", "case__number"
                )
            ),
            "cases": list(
                Case.objects.within(organization).order_by("id").values_list("number", flat=True)
            ),
            "contacts": list(
                Interaction.objects.within(organization)
                .filter(direction="in")
                .values_list("message_id", flat=True)
            ),
            "entries": list(entries.values("case__number", "seq", "command", "about")),
            "values": list(
                PersonalValue.objects.within(organization).values_list("value", flat=True)
            ),
            "tasks": list(
                Task.objects.within(organization).values("case__number", "key", "status")
            ),
            "effects": list(
                Effect.objects.within(organization).values(
                    "key", "status", "attempts", "case__number", "interaction__message_id"
                )
            ),
        },
        sys.stdout,
    )
