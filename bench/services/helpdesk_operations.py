"""What the peer does: it opens tickets from its public form and answers them.

As its own views do it: without a transaction around an operation, so each statement commits. The
peer is favoured where there is a choice: no HTTP around it, no mail sent.
"""

import itertools

from django.contrib.auth import get_user_model
from django.core.management import call_command
from helpdesk.forms import PublicTicketForm
from helpdesk.models import Queue, Ticket
from helpdesk.update_ticket import update_ticket

from bench import contestant


def prepare() -> None:
    """Tables, the texts of its mails, a queue and an agent: what its installation page asks for."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    get_user_model().objects.create_user("agent", "agent@desk.example", "x", is_staff=True)
    Queue.objects.create(
        title="Mesa", slug="mesa", allow_public_submission=True, email_address="desk@desk.example"
    )


def serve() -> None:
    """Open tickets (`open`) and answer the newest of them (`step`), as often as told."""
    agent = get_user_model().objects.get(username="agent")
    queue = Queue.objects.get()
    numbers = itertools.count(1)
    waiting: list[int] = []

    def open_tickets(times: int) -> None:
        for _ in range(times):
            form = PublicTicketForm(
                data={
                    "queue": str(queue.pk),
                    "title": "Quiero exportar",
                    "body": "Buenos días, quisiera información para exportar. Gracias.",
                    "priority": "3",
                    "submitter_email": f"persona{next(numbers)}@correo.example",
                }
            )
            if not form.is_valid():
                raise SystemExit(form.errors.as_text())
            waiting.append(form.save(agent).pk)

    def follow_up(times: int) -> None:
        for _ in range(times):
            ticket = Ticket.objects.get(pk=waiting.pop())
            update_ticket(agent, ticket, comment="Le pedimos sus datos.", public=True)

    contestant.serve({"open": open_tickets, "step": follow_up})
