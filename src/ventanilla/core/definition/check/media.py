"""Messages that cannot leave: no channel for a medium, another medium, or nobody to say it."""

from collections.abc import Iterator, Mapping

from ventanilla.core.definition.check.parts import step_sends
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import Message, Procedure, Send, StepKind
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problems

SPOKEN = frozenset({"voice"})
"""Media for which somebody must speak."""

MEDIUM_NEEDS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "web"),
    "voice": ("phone", "desk"),
    "whatsapp": ("whatsapp",),
    "letter": ("letter", "email", "desk"),
}
"""The channels of which a pack needs one for a message to leave by a medium."""


def check_media(
    procedure: Procedure, places: Places, marks: Mapping[str, Mark], problems: Problems
) -> None:
    """Tell messages, and sends, by a medium that the pack, the message or the moment has not."""
    for message in procedure.messages.values():
        for medium in (*message.via, *((message.fallback,) if message.fallback else ())):
            if not _can_leave(procedure, medium):
                mark = marks[message.name]
                problems.add(Code.CHANNEL_NOT_WRITTEN, mark, name=message.name, via=medium)
    for send, mark, by_itself in _sends(procedure, places):
        if send.via is not None and not _can_leave(procedure, send.via):
            problems.add(Code.CHANNEL_NOT_WRITTEN, mark, name=send.message, via=send.via)
        written = procedure.messages.get(send.message)
        if written is None:
            continue
        if send.via is not None and send.via not in written.via:
            problems.add(Code.MEDIUM_NOT_OF_MESSAGE, mark, name=send.message, via=send.via)
        elif by_itself and _media(send, written) <= SPOKEN:
            problems.add(Code.NOBODY_SPEAKS, mark, name=send.message)


def _sends(procedure: Procedure, places: Places) -> Iterator[tuple[Send, Mark, bool]]:
    """Every send with its place, and whether it happens without a person."""
    for step in procedure.steps.values():
        for send in step_sends(step):
            part = "remind" if step.kind is StepKind.WAIT else "send"
            yield send, places.step(step, part), step.kind is not StepKind.TASK
    for name, action in procedure.actions.items():
        if action.send is not None:
            yield action.send, places.at("actions", name, "send"), False
    for number, rule in enumerate(procedure.rules):
        if rule.do.send is not None:
            yield rule.do.send, places.at("rules", number, "do", "send"), True


def _media(send: Send, message: Message) -> frozenset[str]:
    return frozenset(message.via if send.via is None else (send.via,))


def _can_leave(procedure: Procedure, medium: str) -> bool:
    return any(channel in procedure.channels for channel in MEDIUM_NEEDS.get(medium, ()))
