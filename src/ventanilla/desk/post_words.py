"""Why a message waits, and why a decision about it could not be carried out, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ventanilla.answers.refusals import refusal_words
from ventanilla.channels.repairs import Hindrance, NotRepaired
from ventanilla.channels.routing import Reason
from ventanilla.desk.labels import Label

REASONS: Final[dict[str, tuple[Label, str | Promise]]] = {
    Reason.DUPLICATE: (
        Label(text=_("Repetido"), icon="copy"),
        _("Es copia de un mensaje que ya se recibió."),
    ),
    Reason.IDENTIFIER_REUSED: (
        Label(text=_("Identificador repetido"), icon="copy", tone="soon"),
        _("Lleva el mismo identificador que otro mensaje, pero dice otra cosa. Compruebe los dos."),
    ),
    Reason.OWN_ADDRESS: (
        Label(text=_("Dice ser nuestro"), icon="shield-question-mark", tone="soon"),
        _("Viene con una dirección de la propia institución. Puede ser una imitación."),
    ),
    Reason.ROBOT_WITHOUT_CASE: (
        Label(text=_("Respuesta automática"), icon="bot"),
        _("Es una respuesta automática que no corresponde a ningún caso. No se le contesta."),
    ),
    Reason.REPORT_WITHOUT_CASE: (
        Label(text=_("Aviso de entrega"), icon="mail-x", tone="soon"),
        _("Avisa que un correo no se entregó, sin decir cuál de los nuestros."),
    ),
    Reason.SENDER_MISSING: (
        Label(text=_("Sin remitente"), icon="user-x", tone="soon"),
        _("No dice quién lo envía, así que no hay a quién contestar."),
    ),
    Reason.TOO_MANY: (
        Label(text=_("Demasiados seguidos"), icon="layers", tone="soon"),
        _("El mismo remitente escribió muchas veces seguidas. Revíselo antes de abrir casos."),
    ),
    Reason.NOTHING_TO_OPEN: (
        Label(text=_("Sin servicio"), icon="inbox", tone="soon"),
        _("Llegó por una puerta que no abre ningún servicio. Elija a cuál corresponde."),
    ),
    Reason.REFUSED: (
        Label(text=_("El caso no lo aceptó"), icon="circle-alert", tone="late"),
        _("El caso al que pertenece no pudo recibirlo. Decida qué hacer con él."),
    ),
    Reason.FAILED: (
        Label(text=_("Falló al ubicarse"), icon="circle-alert", tone="late"),
        _("Se intentó ubicarlo varias veces y falló. El original está completo."),
    ),
}
UNREADABLE: Final = (
    Label(text=_("No se pudo leer"), icon="file-exclamation-point", tone="late"),
    _("El mensaje está dañado o excede los límites. El original se puede descargar."),
)

HINDRANCES: Final[dict[Hindrance, str | Promise]] = {
    Hindrance.SETTLED_ALREADY: _("Otra persona ya decidió sobre este mensaje."),
    Hindrance.CASE_UNKNOWN: _("No hay ningún caso con ese número. Revíselo."),
    Hindrance.PROCEDURE_UNKNOWN: _("Ese servicio no está vigente. Elija otro."),
    Hindrance.REASON_NEEDED: _("Escriba por qué no hay nada que atender."),
}


def reason_label(reason: str) -> Label:
    """Why the message waits, in two or three words."""
    return REASONS.get(reason, UNREADABLE)[0]


def reason_sentence(reason: str) -> str:
    """Why the message waits."""
    return str(REASONS.get(reason, UNREADABLE)[1])


def hindrance_words(outcome: NotRepaired) -> str:
    """Why the decision was not carried out."""
    if outcome.hindrance is not None:
        return str(HINDRANCES[outcome.hindrance])
    return refusal_words(outcome.refusal) if outcome.refusal else ""
