"""The flow of a procedure as a graph: what a picture of it shows, before anything has a place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class NodeKind(StrEnum):
    """What a node stands for."""

    START = "start"
    GATE = "gate"
    """Where the ways into a track meet: its opening, and what brings a case into its middle."""
    JUMP = "jump"
    """An action, rule or reopening that brings the case to a step from anywhere."""
    TASK = "task"
    SIGN = "sign"
    SEND = "send"
    DECIDE = "decide"
    SCORE = "score"
    RECORD = "record"
    CHECK = "check"
    OPEN = "open"
    JUNCTION = "junction"
    """A step with one way out, at which nothing happens."""
    WAIT = "wait"
    WAIT_UNTIL = "wait-until"
    SPLIT = "split"
    """A choice among ways: the first whose condition holds."""
    REMINDER = "reminder"
    END = "end"


class TimerKind(StrEnum):
    GIVE_UP = "give-up"
    REMIND = "remind"


class EdgeKind(StrEnum):
    FLOW = "flow"
    ENTRY = "entry"
    """From the gate to a jump: drawn only where a notation wants one start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A limit that is met at a step: the deadline's name and title, and the time it gives."""

    deadline: str
    title: str
    within: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """``step`` is the step it belongs to; ``result`` the result that an end gives."""

    id: str
    kind: NodeKind
    title: str
    lane: str
    step: str = ""
    result: str = ""
    table: str = ""
    note: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A clock at the border of a wait. ``period`` is ISO 8601, or the span's words if it has none.

    A reminder goes off ``times`` times and leaves the wait as it is; giving up ends it.
    """

    id: str
    host: str
    kind: TimerKind
    title: str
    period: str
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """``source`` is a node or a timer. ``condition`` stands as its author wrote it."""

    id: str
    source: str
    target: str
    condition: str = ""
    otherwise: bool = False
    label: str = ""
    kind: EdgeKind = EdgeKind.FLOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """One track: what runs one after another, by whom."""

    id: str
    track: str
    title: str
    lanes: tuple[Lane, ...]
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    timers: Mapping[str, Timer] = field(default_factory=dict)

    def host(self, source: str) -> str:
        """The node at which an edge begins: the wait, for an edge that begins at its clock."""
        timer = self.timers.get(source)
        return timer.host if timer is not None else source


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A deadline in words, for the list below the picture."""

    title: str
    within: str
    starts: str
    stops: str
    cites: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A procedure's flow: the main track first, then those that run at its side."""

    code: str
    title: str
    version: int
    summary: str
    pools: tuple[Pool, ...]
    limits: tuple[Limit, ...]
