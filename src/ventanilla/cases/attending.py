"""Opening a case with somebody in front of one: whoever opens it has its first tasks."""

from datetime import datetime

from django.db import transaction

from ventanilla.cases.outcomes import NotMoved, Outcome
from ventanilla.cases.services import Opening, assign, open_case
from ventanilla.identity.actor import Actor


def open_and_take(*, actor: Actor, now: datetime, opening: Opening) -> Outcome:
    """Open a case and give its first tasks to the person who attends; all or nothing.

    Raises ProcedureUnknown when no version is in force.
    """
    with transaction.atomic():
        outcome = open_case(actor=actor, now=now, opening=opening)
        if isinstance(outcome, NotMoved):
            transaction.set_rollback(True)
            return outcome
        for task in outcome.tasks:
            assign(actor=actor, now=now, case=outcome.reference, task=task, assignee=actor.email)
    return outcome
