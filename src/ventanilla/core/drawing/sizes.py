"""How much room each node takes: its symbol, the words in it, and the words beside it."""

from dataclasses import dataclass

from ventanilla.core.drawing.graph import Mark, Node, NodeKind
from ventanilla.core.drawing.text import folded, width

POOL_TITLE = 16.0
TITLE = 13.0
SMALL = 11.0
TITLE_LINE = 16.0
SMALL_LINE = 14.0
BOLD = 1.1
BOX = 180.0
CHIP = 140.0
WIDEST_CHIP = 240.0
ICON = 24.0
PAD = 11.0
TAG = 20.0
DIAMOND = 34.0
NAMED_DIAMOND = 40.0
RING = 28.0

BOXES = frozenset(
    {
        NodeKind.TASK,
        NodeKind.SIGN,
        NodeKind.SEND,
        NodeKind.DECIDE,
        NodeKind.SCORE,
        NodeKind.RECORD,
        NodeKind.CHECK,
        NodeKind.OPEN,
        NodeKind.JUNCTION,
        NodeKind.WAIT,
        NodeKind.WAIT_UNTIL,
        NodeKind.REMINDER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """``shape`` is the symbol; ``left``, ``right`` and ``height`` are the room around its axis."""

    shape: tuple[float, float]
    left: float
    right: float
    height: float
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tags: tuple[tuple[Mark, ...], ...] = ()


def tag_width(mark: Mark) -> float:
    """The room of a clock with the time beside it."""
    return 27 + BOLD * width(mark.within, SMALL)


def size_of(node: Node) -> Size:
    """The room of a node."""
    if node.kind in BOXES:
        return _box(node)
    match node.kind:
        case NodeKind.START:
            return _beside(node, RING, folded(node.title, 210, SMALL))
        case NodeKind.SPLIT if node.title:
            return _beside(node, NAMED_DIAMOND, folded(node.title, 120, SMALL))
        case NodeKind.SPLIT:
            return _even(DIAMOND, DIAMOND)
        case NodeKind.GATE:
            return _even(20, 20)
        case NodeKind.END:
            lines = folded(node.title, 104, 12)
            wide = max([RING, *(width(line, 12) for line in lines)])
            return Size(
                shape=(RING, RING),
                left=wide / 2,
                right=wide / 2,
                height=RING + 5 + SMALL_LINE * len(lines),
                lines=lines,
            )
        case _:
            return chip(node.title)


def chip(text: str) -> Size:
    """The room of a few words on an edge, or of a way in from anywhere."""
    longest = max(width(word, SMALL) for word in text.split())
    lines = folded(text, min(max(CHIP, longest), WIDEST_CHIP), SMALL)
    wide = max(width(line, SMALL) for line in lines) + 16
    high = SMALL_LINE * len(lines) + 7
    return Size(shape=(wide, high), left=wide / 2, right=wide / 2, height=high, lines=lines)


def _box(node: Node) -> Size:
    lines = folded(node.title, BOX - 2 * PAD - ICON, TITLE)
    notes = folded(node.note, BOX - 2 * PAD - ICON, SMALL) if node.note != node.title else ()
    tags = _rows(node.marks)
    high = 2 * PAD + TITLE_LINE * len(lines) + SMALL_LINE * len(notes) + TAG * len(tags)
    high = max(high, 2 * PAD + 2 * TITLE_LINE - 4)
    return Size(
        shape=(BOX, high),
        left=BOX / 2,
        right=BOX / 2,
        height=high,
        lines=lines,
        notes=notes,
        tags=tags,
    )


def _rows(marks: tuple[Mark, ...]) -> tuple[tuple[Mark, ...], ...]:
    """The clock tags in rows that fit into a box."""
    rows: list[list[Mark]] = []
    room = 0.0
    for mark in marks:
        wide = tag_width(mark) + 5
        if not rows or wide > room:
            rows.append([])
            room = BOX - 2 * PAD + 5
        rows[-1].append(mark)
        room -= wide
    return tuple(tuple(row) for row in rows)


def _beside(node: Node, symbol: float, lines: tuple[str, ...]) -> Size:
    """A symbol with its words to the right."""
    words = max((width(line, SMALL) for line in lines), default=0.0)
    return Size(
        shape=(symbol, symbol),
        left=symbol / 2,
        right=symbol / 2 + (8 + words if lines else 0),
        height=max(symbol, SMALL_LINE * len(lines)),
        lines=lines,
    )


def _even(wide: float, high: float) -> Size:
    return Size(shape=(wide, high), left=wide / 2, right=wide / 2, height=high)
