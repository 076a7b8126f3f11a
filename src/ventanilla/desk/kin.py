"""Links from a case to the one that opened it and to those that it opened."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from ventanilla.cases.family import kin_of
from ventanilla.cases.selectors import CaseFile
from ventanilla.desk.story import result_words
from ventanilla.identity.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class KinLink:
    number: str
    title: str
    address: str
    is_parent: bool
    is_open: bool
    result: str
    opened_at: datetime


def kin_links(case: CaseFile, actor: Actor) -> tuple[KinLink, ...]:
    """Those that the reader may see; nothing is looked up for a case that has none."""
    if not case.state.children and not case.state.depth:
        return ()
    return tuple(
        KinLink(
            number=one.number,
            title=one.title,
            address=reverse("desk:case", args=(one.number,)),
            is_parent=one.is_parent,
            is_open=one.status == "open",
            result=result_words(one.result),
            opened_at=one.opened_at,
        )
        for one in kin_of(actor, case.reference)
    )
