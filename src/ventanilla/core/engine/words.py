"""What is said and written: scripts for the person at the window, messages for the party."""

from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.core.definition.model import Message, Procedure, Script, Send
from ventanilla.core.engine.commands import Wording
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.state import State

SPOKEN_CHANNELS = frozenset({"desk", "phone"})
VOICE = "voice"
_MEDIUM_OF_CHANNEL: Mapping[str, str] = {
    "desk": VOICE,
    "phone": VOICE,
    "email": "email",
    "web": "email",
    "whatsapp": "whatsapp",
    "letter": "letter",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message as the template has it, before anybody adapts the wording."""

    message: str
    digest: str
    via: str
    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A script with its names filled in."""

    name: str
    phase: str
    text: str
    behaviour: tuple[str, ...]


def said(script: Script, scope: Scope) -> Said | None:
    """Fill a script in for the case's channel; none when it does not apply now."""
    if script.condition is not None and not script.condition.holds(scope):
        return None
    text = script.texts.get(str(scope["channel"])) or script.texts.get("")
    return Said(
        name=script.name,
        phase=script.phase,
        text=text.render(scope) if text else "",
        behaviour=script.behaviour,
    )


def draft(procedure: Procedure, state: State, send: Send, scope: Scope, via: str = "") -> Draft:
    """Fill a message in and choose how it leaves; ``to`` is empty when there is no address."""
    message = procedure.messages[send.message]
    medium = via or _medium(procedure, message, send, state, scope)
    if not via and message.fallback and not address(procedure, state, send, scope, medium):
        medium = message.fallback
    return Draft(
        message=message.name,
        digest=message.digest,
        via=medium,
        to=address(procedure, state, send, scope, medium),
        subject=message.subject.render(scope),
        body=message.body.render(scope),
    )


def adapted(template: Draft, wording: Wording | None) -> Draft:
    """The draft in the words the person chose."""
    if wording is None:
        return template
    return Draft(
        message=template.message,
        digest=template.digest,
        via=template.via,
        to=template.to,
        subject=wording.subject or template.subject,
        body=wording.body or template.body,
    )


def address(procedure: Procedure, state: State, send: Send, scope: Scope, medium: str) -> str:
    """Where a message goes by a medium: as ``to`` says, or to whoever wrote or called."""
    if medium == VOICE:
        return state.sender.name or state.sender.phone or VOICE
    if send.to is not None:
        return str(send.to.evaluate(scope) or "")
    if medium == "email":
        return state.sender.email or _attribute(procedure, state, "email")
    if medium == "letter":
        return _attribute(procedure, state, "text", "address")
    return state.sender.phone or _attribute(procedure, state, "phone")


def _medium(procedure: Procedure, message: Message, send: Send, state: State, scope: Scope) -> str:
    if send.via is not None:
        return send.via
    own = _MEDIUM_OF_CHANNEL.get(state.channel, "email")
    order = [own, *message.via] if own in message.via else list(message.via)
    reachable = (via for via in order if address(procedure, state, send, scope, via))
    return next(reachable, order[0])


def _attribute(procedure: Procedure, state: State, type_: str, name: str | None = None) -> str:
    if state.party is None:
        return ""
    for attribute in procedure.party.attributes.values():
        if attribute.type == type_ and name in (None, attribute.name):
            value = state.party.attributes.get(attribute.name)
            if value:
                return str(value)
    return ""
