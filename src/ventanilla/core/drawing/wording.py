"""The words a picture needs beside the author's own; whoever knows the language brings them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.model import EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Sentences with gaps named in braces, in one language."""

    language: str
    span: Callable[[Span], str]
    events: Mapping[EventKind, str]
    """Each with ``{subject}``."""
    other_closed: str
    """``{subject}`` is the procedure of a case that this one opened."""
    provided: str
    """``{event}`` under ``{condition}``."""
    any_of: str
    """Between the last two of several events."""
    both: str
    """Between conditions that must hold together."""
    is_not: str
    """``{what}`` does not hold."""
    other_than: str
    """``{what}`` is not ``{value}``."""
    known: str
    unknown: str
    """There is ``{what}``, or there is none."""
    names: Mapping[str, str]
    """What conditions may ask beside the data of a case."""
    channels: Mapping[str, str]
    otherwise: str
    sent_back: str
    action: str
    """``{title}`` of an action that brings the case to a step."""
    reopened: str
    give_up: str
    remind: str
    """``{span}`` and ``{times}``."""
    reminder: str
    """``{title}`` of the message."""
    automatic: str
    opened: str
    entry: str
    limits: str
    limit: str
    """``{starts}`` and ``{stops}``."""
    version: str
    """``{version}``."""
    summary: str
    """``{title}``, ``{steps}``, ``{tracks}``, ``{roles}``."""
    alongside: str
    """``{title}`` of a track beside the main one."""
