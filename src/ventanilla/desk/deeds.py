"""What a button does, said before it is pressed."""

from collections.abc import Iterable

from django.utils.translation import gettext

from ventanilla.core.definition.model import Action, Procedure, Step, StepKind
from ventanilla.core.engine.words import VOICE, Draft
from ventanilla.desk.path import PLACES, next_steps


def deed_of(step: Step, procedure: Procedure, draft: Draft | None) -> str:
    """The button that completes a task, named by its consequence."""
    if draft is not None:
        title = procedure.messages[draft.message].title
        if draft.via == VOICE:
            return gettext("Lo dije: «{title}»").format(title=title)
        return gettext("Enviar «{title}»").format(title=title)
    if _only_ends(step):
        return gettext("Completar y cerrar")
    following = _following(step, procedure)
    if len(following) == 1:
        return gettext("Completar y pasar a «{title}»").format(title=following[0])
    return gettext("Completar «{title}»").format(title=step.title)


def consequence_of(step: Step, procedure: Procedure, draft: Draft | None) -> str:
    """What follows when a task is completed."""
    sentences = [_sending(draft)] if draft is not None else []
    following = _following(step, procedure)
    if _only_ends(step):
        sentences.append(gettext("Es el último paso de este camino."))
    elif len(following) == 1:
        sentences.append(gettext("Después: {step}.").format(step=following[0]))
    elif following:
        sentences.append(
            gettext("Después, según lo registrado: {steps}.").format(steps=_either(following))
        )
    return " ".join(sentences)


def action_deed(action: Action, procedure: Procedure, draft: Draft | None) -> str:
    """The button that carries out an action."""
    if draft is None:
        return action.title
    title = procedure.messages[draft.message].title
    if draft.via == VOICE:
        return gettext("Lo dije: «{title}»").format(title=title)
    return gettext("Enviar «{title}»").format(title=title)


def action_consequence(action: Action, procedure: Procedure, draft: Draft | None) -> str:
    """What follows when an action is carried out."""
    sentences = [_sending(draft)] if draft is not None else []
    if action.go is not None:
        step = procedure.steps[action.go]
        sentences.append(gettext("El caso pasa a «{title}».").format(title=step.title))
    sentences.append(gettext("Queda en la historia del caso."))
    return " ".join(sentences)


def _sending(draft: Draft) -> str:
    if draft.via == VOICE:
        return gettext("Se anota que lo dijo; no sale ningún correo.")
    if not draft.to:
        return gettext("Todavía no hay dirección a la cual enviarlo.")
    return gettext("Sale a {address} en cuanto lo confirme.").format(address=draft.to)


def _only_ends(step: Step) -> bool:
    return bool(step.next) and all(branch.go is None for branch in step.next)


def _following(step: Step, procedure: Procedure) -> list[str]:
    """The titles of the places that may come next, looking through what passes by itself."""
    found: dict[str, None] = {}
    waiting, seen = next_steps(step), set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        following = procedure.steps[name]
        if following.kind in PLACES - {StepKind.SEND}:
            found[following.title] = None
        else:
            waiting += next_steps(following)
    return list(found)


def _either(titles: Iterable[str]) -> str:
    *most, last = [f"«{title}»" for title in titles]
    if not most:
        return last
    return gettext("{first} o {last}").format(first=", ".join(most), last=last)
