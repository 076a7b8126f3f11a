"""A waiting room for the demonstration: machines for each office, and people who wait."""

from datetime import datetime, timedelta
from typing import Final

from ventanilla.identity.actor import Actor
from ventanilla.identity.devices import add_device
from ventanilla.identity.models import DeviceKind
from ventanilla.reception.hall import halls_of
from ventanilla.reception.issuing import Wish, give_ticket

TITLES: Final = {DeviceKind.KIOSK: "Dispensador", DeviceKind.PANEL: "Pantalla"}
COME: Final = 6


def furnish(actor: Actor, now: datetime) -> int:
    """A kiosk and a panel for each office that gives tickets, and tickets at the first of them."""
    halls = halls_of(actor.organization_id, now)
    for hall in halls:
        for kind, title in TITLES.items():
            add_device(actor=actor, now=now, kind=kind, office=hall.office, title=title)
    if not halls:
        return 0
    kind = DeviceKind.TELEPHONE
    add_device(actor=actor, now=now, kind=kind, office=halls[0].office, title="Central")
    first = halls[0]
    services = [service for queue in first.queues.values() for service in queue.services]
    priorities = [one.name for one in first.offered]
    for number in range(COME):
        priority = priorities[0] if priorities and number % 4 == 3 else ""
        wish = Wish(
            office=first.office, service=services[number % len(services)], priority=priority
        )
        give_ticket(actor=actor, now=now - timedelta(minutes=3 * (COME - number)), wish=wish)
    return COME
