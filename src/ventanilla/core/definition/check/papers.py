"""The controlled document: signatures in order, and a change log that reaches this version."""

from datetime import date

from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import Procedure, Signature
from ventanilla.core.definition.problems import Code, Problems

_PREPARED = ("elabora", "prepar", "redac")
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
    _check_changes(procedure, places, problems)


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
