"""The request form of a procedure, as the public finds it."""

from typing import Final

from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.events import compile_asks
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import Form, open_form
from ventanilla.core.definition.model import FieldType, Portal
from ventanilla.core.definition.problems import Code, near

WEB: Final = "web"
_OURS: Final = frozenset({FieldType.PERSON})
"""What only the staff can answer."""


def compile_portal(form: Form, names: Names) -> Portal | None:
    """The public request; it needs the channel ``web``, and asks nothing only staff can answer."""
    node = form.get("portal")
    if node is None:
        return None
    own = open_form(node, names.problems, sections.PORTAL)
    if own is None:
        return None
    channels = names.shared.channels
    if WEB not in channels:
        names.problems.add(
            Code.UNKNOWN_CHANNEL, own.mark, name=WEB, near=near(WEB, frozenset(channels))
        )
    ask = compile_asks(own, names)
    for one in ask:
        if names.fields[one.field].type in _OURS:
            names.problems.add(Code.NOT_FOR_THE_PUBLIC, own.mark_of("ask"), name=one.field)
    return Portal(
        title=own.text("title"),
        summary=own.text("summary"),
        ask=ask,
        thanks=own.text("thanks"),
        deadlines=tuple(
            names.resolve(scalar, names.deadlines, Code.UNKNOWN_DEADLINE)
            for scalar in own.scalars("deadlines")
        ),
    )
