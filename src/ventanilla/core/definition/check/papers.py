"""The controlled document: signatures in order, and a change log that reaches this version."""

from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher

from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.check.titles import plain
from ventanilla.core.definition.model import Pack, Procedure, Signature
from ventanilla.core.definition.problems import Code, Problems, near

ALIKE = 0.9
"""How much of two names must be equal for them to be taken for one."""
_PREPARED = ("elabora", "prepar", "redac")
_APPROVED = ("aprob", "approv")
_LATER = ("revis", "review", "aprob", "approv")


def check_papers(procedure: Procedure, places: Places, problems: Problems) -> None:
    """Tell reviews and approvals dated before the preparation, and a change log left behind."""
    signatures = procedure.document.signatures
    prepared = _prepared_on(signatures)
    for number, signature in enumerate(signatures):
        if prepared is None or signature.on is None or not _is(signature, _LATER):
            continue
        if signature.on < prepared:
            problems.add(
                Code.APPROVED_BEFORE_PREPARED,
                places.at("signatures", number),
                concept=signature.concept,
                on=signature.on.isoformat(),
                prepared=prepared.isoformat(),
            )
    _check_own_approval(signatures, places, problems)
    _check_changes(procedure, places, problems)


def _check_own_approval(
    signatures: tuple[Signature, ...], places: Places, problems: Problems
) -> None:
    """Tell positions that approve what they prepared."""
    prepared = [one for one in signatures if _is(one, _PREPARED)]
    for number, signature in enumerate(signatures):
        if _is(signature, _APPROVED) and any(_are_one(signature, one) for one in prepared):
            who = ", ".join(name for name in (signature.position, signature.unit) if name)
            problems.add(Code.OWN_APPROVAL, places.at("signatures", number), position=who)


def _are_one(one: Signature, other: Signature) -> bool:
    """Whether two signatures are of one position, its unit perhaps written a little otherwise."""
    if plain(one.position) != plain(other.position):
        return False
    units = plain(one.unit), plain(other.unit)
    return not all(units) or SequenceMatcher(None, *units).ratio() >= ALIKE


def check_units(pack: Pack, places: Mapping[str, Places], problems: Problems) -> None:
    """Tell units that a controlled document names and nobody defines."""
    if not pack.units:
        return
    units = frozenset(plain(name) for name in _unit_names(pack))
    for code, procedure in pack.procedures.items():
        for number, signature in enumerate(procedure.document.signatures):
            if signature.unit and plain(signature.unit) not in units:
                mark = places[code].at("signatures", number)
                meant = near(signature.unit, _unit_names(pack))
                problems.add(Code.UNKNOWN_UNIT, mark, name=signature.unit[:60], near=meant)


def _unit_names(pack: Pack) -> frozenset[str]:
    """Everything by which units may be called."""
    found = {name for unit in pack.units.values() for name in (unit.title, unit.short, *unit.also)}
    return frozenset(name for name in (*found, *pack.units) if name)


def _prepared_on(signatures: tuple[Signature, ...]) -> date | None:
    days = [one.on for one in signatures if one.on is not None and _is(one, _PREPARED)]
    return max(days, default=None)


def _is(signature: Signature, beginnings: tuple[str, ...]) -> bool:
    return signature.concept.casefold().startswith(beginnings)


def _check_changes(procedure: Procedure, places: Places, problems: Problems) -> None:
    changes = procedure.document.changes
    last = max((change.version for change in changes), default=procedure.version)
    if last != procedure.version:
        problems.add(
            Code.CHANGE_VERSION,
            places.at("changes"),
            version=str(procedure.version),
            last=str(last),
        )
