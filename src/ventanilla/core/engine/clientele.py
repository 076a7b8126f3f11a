"""What is known of a party, read on a day: its state, its activities, what was agreed with it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ventanilla.core.definition.expressions import Scope, Value
from ventanilla.core.definition.model import PartyModel
from ventanilla.core.engine.state import Agreed, PartyView, Tally


class PartyScope(Mapping[str, Value]):
    """What expressions about a party alone see on a day."""

    def __init__(self, model: PartyModel, party: PartyView | None, today: date) -> None:
        self._model = model
        self._party = party
        self._today = today

    def __getitem__(self, name: str) -> Value:
        family, _, rest = name.partition(".")
        if family == "party":
            return party_value(self._model, self._party, rest, self)
        return self._today if name == "today" else None

    def __iter__(self) -> Iterator[str]:
        return iter(("today",))

    def __len__(self) -> int:
        return 1


def party_value(model: PartyModel, party: PartyView | None, name: str, scope: Scope) -> Value:
    """What ``party.NAME`` is; nothing of somebody unknown has a value."""
    if name == "known":
        return party is not None
    if name == "registered":
        return lifecycle(model, party, scope) in model.registered
    if name == "lifecycle":
        return lifecycle(model, party, scope)
    if name in _TALLIED:
        return _tallied(party, model.counting(), name, scope)
    if name.startswith("activities."):
        _, kind, what = name.split(".", 2)
        return _tallied(party, frozenset({kind}), _OF_KIND[what], scope)
    if party is None:
        return None
    if name == "recorded_lifecycle":
        return party.lifecycle
    return party.executive if name == "executive" else party.attributes.get(name)


def lifecycle(model: PartyModel, party: PartyView | None, scope: Scope) -> str | None:
    """The state in which a party is: the first computed one that holds, else the recorded one."""
    if party is None:
        return None
    computed = (one.state for one in model.computed if one.condition.holds(scope))
    return next(computed, party.lifecycle)


def lifecycle_on(model: PartyModel, party: PartyView, day: date) -> str:
    """The state in which a party is on a day, as far as its activities tell."""
    return lifecycle(model, party, PartyScope(model, party, day)) or ""


def agreement(party: PartyView | None, name: str, day: date) -> Value:
    """What is agreed with the party on a day; of two that hold, the later one."""
    newest = reversed(party.agreed) if party is not None else ()
    held = [one for one in newest if one.name == name and _holds(one, day)]
    return max(held, key=_begun).value if held else None


def counted(tallies: tuple[Tally, ...], kind: str, on: date) -> tuple[Tally, ...]:
    """The tallies after one more activity."""
    found = {(one.kind, one.year): one for one in tallies}
    before = found.get((kind, on.year))
    found[kind, on.year] = Tally(
        kind=kind,
        year=on.year,
        count=before.count + 1 if before else 1,
        first=min(before.first, on) if before else on,
        last=max(before.last, on) if before else on,
    )
    return tuple(found[key] for key in sorted(found))


def _holds(one: Agreed, day: date) -> bool:
    return _begun(one) <= day and (one.until is None or day <= one.until)


def _begun(one: Agreed) -> date:
    return one.since or date.min


def _tallied(party: PartyView | None, kinds: frozenset[str], name: str, scope: Scope) -> Value:
    """A figure over the activities up to today; what is announced for later does not count yet."""
    today: Any = scope.get("today")
    tallies = [one for one in party.tallies if one.kind in kinds] if party else []
    return _TALLIED[name]([one for one in tallies if one.first <= today], today)


def _count(tallies: list[Tally], year: int) -> int:
    return sum(one.count for one in tallies if one.year == year)


_TALLIED: Mapping[str, Callable[[list[Tally], date], Value]] = {
    "activities_this_year": lambda tallies, today: _count(tallies, today.year),
    "activities_last_year": lambda tallies, today: _count(tallies, today.year - 1),
    "first_activity": lambda tallies, _: min((one.first for one in tallies), default=None),
    "last_activity": lambda tallies, _: max((one.last for one in tallies), default=None),
}
_OF_KIND: Mapping[str, str] = {
    "this_year": "activities_this_year",
    "last_year": "activities_last_year",
    "first": "first_activity",
    "last": "last_activity",
}
