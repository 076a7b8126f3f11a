"""What a case knows of a party beyond its attributes, to JSON and back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ventanilla.core.definition.expressions import Person
from ventanilla.core.definition.model import Field, PartyModel
from ventanilla.core.definition.values import decode, encode
from ventanilla.core.engine.sealing import Json
from ventanilla.core.engine.state import Agreed, PartyView, Tally

Hide = Callable[[Field | None, Json], Json]
"""Sets a personal value aside, or puts it back; a person of the staff has no field."""


def write_more(model: PartyModel, party: PartyView, hide: Hide) -> list[Json]:
    """Nothing for a party that is nobody's, has done nothing and agreed nothing."""
    if party.executive is None and not party.tallies and not party.agreed:
        return []
    return [
        {
            "ex": write_person(party.executive, hide),
            "ta": [
                [one.kind, one.year, one.count, one.first.isoformat(), one.last.isoformat()]
                for one in party.tallies
            ],
            "ag": [_write_agreed(model, one, hide) for one in party.agreed],
        }
    ]


def read_more(model: PartyModel, written: list[Json], show: Hide) -> dict[str, Any]:
    """The attributes of a view that were written beside the others."""
    if not written:
        return {}
    more = written[0]
    return {
        "executive": read_person(more["ex"], show),
        "tallies": tuple(
            Tally(
                kind=kind,
                year=year,
                count=count,
                first=date.fromisoformat(first),
                last=date.fromisoformat(last),
            )
            for kind, year, count, first, last in more["ta"]
        ),
        "agreed": tuple(
            _read_agreed(model, one, show) for one in more["ag"] if one[0] in model.agreements
        ),
    }


def write_person(person: Person | None, hide: Hide) -> Json:
    if person is None:
        return None
    return hide(None, [person.key, person.name, person.email, person.phone])


def read_person(written: Json, show: Hide) -> Person | None:
    shown = None if written is None else show(None, written)
    if shown is None:
        return None
    key, name, email, phone = shown
    return Person(key=key, name=name, email=email, phone=phone)


def plain(_field: Field | None, value: Json) -> Json:
    """Hides nothing, as the state of a case does."""
    return value


def _write_agreed(model: PartyModel, one: Agreed, hide: Hide) -> Json:
    field = model.agreements[one.name].field
    value = encode(field, one.value)
    return [one.name, hide(field, value), _write_day(one.since), _write_day(one.until)]


def _read_agreed(model: PartyModel, written: Json, show: Hide) -> Agreed:
    name, value, since, until = written
    field = model.agreements[name].field
    return Agreed(
        name=name,
        value=decode(field, show(field, value)),
        since=_read_day(since),
        until=_read_day(until),
    )


def _write_day(day: date | None) -> Json:
    return None if day is None else day.isoformat()


def _read_day(written: Json) -> date | None:
    return None if written is None else date.fromisoformat(written)
