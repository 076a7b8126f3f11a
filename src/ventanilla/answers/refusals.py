"""Why something was not done, in words that name the remedy."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.answers.shown import language
from ventanilla.core.definition.model import Procedure
from ventanilla.core.definition.values import Unreadable
from ventanilla.core.engine.commands import RefusalCode, Refused
from ventanilla.packs.contacts import REFUSALS as CONTACT_REFUSALS
from ventanilla.packs.contacts import refusal_sentence as contact_sentence
from ventanilla.packs.identifiers import REFUSALS as IDENTITY_REFUSALS
from ventanilla.packs.identifiers import refusal_sentence as identity_sentence

REFUSALS: Final[dict[RefusalCode, str | Promise]] = {
    RefusalCode.ALREADY_OPEN: _("El caso ya estaba abierto."),
    RefusalCode.NOT_OPEN: _("El caso ya está cerrado. Si hace falta, reábralo con su motivo."),
    RefusalCode.IN_THE_FUTURE: _("La hora indicada todavía no llega. Corrija la fecha o la hora."),
    RefusalCode.BEFORE_OPENING: _(
        "La hora indicada es anterior a la llegada del caso. Corrija la fecha o la hora."
    ),
    RefusalCode.UNKNOWN_CHANNEL: _("Este servicio no se atiende por ese canal. Elija otro."),
    RefusalCode.UNKNOWN_OFFICE: _("Este servicio no se atiende en esa oficina. Elija otra."),
    RefusalCode.TASK_UNKNOWN: _("Esa tarea no existe en este caso. Abra el caso de nuevo."),
    RefusalCode.TASK_GONE: _("Esa tarea ya no está pendiente: alguien la completó antes."),
    RefusalCode.NOT_YOURS: _("Esta tarea corresponde a otra función u oficina."),
    RefusalCode.FOUR_EYES: _(
        "Quien lo preparó o ya firmó no puede firmarlo. Le corresponde a otra persona."
    ),
    RefusalCode.FIELD_UNKNOWN: _("Este paso no pide ese dato. Abra el caso de nuevo."),
    RefusalCode.FIELD_REQUIRED: _("Complete este dato: el paso lo necesita."),
    RefusalCode.FIELD_UNREADABLE: _("El dato no tiene la forma esperada. Revíselo."),
    RefusalCode.ITEM_UNCHECKED: _("Falta marcar: {item}"),
    RefusalCode.REQUIREMENT: "{say}",
    RefusalCode.ACTION_UNKNOWN: _("Esa acción no existe en este procedimiento."),
    RefusalCode.ACTION_UNAVAILABLE: _("Esa acción no corresponde al momento del caso."),
    RefusalCode.CLOCK_NOT_RUNNING: _("Ese plazo no corre, o ya había vencido para esa fecha."),
    RefusalCode.CLOCK_STANDS: _("Ese plazo ya está suspendido."),
    RefusalCode.CLOCK_GOES: _("Ese plazo no está suspendido."),
    RefusalCode.EXTENSION_LIMIT: _("Ese plazo ya no puede ampliarse más."),
    RefusalCode.NO_ADDRESS: _(
        "No hay dirección a la cual enviarlo. Registre un correo o un teléfono, o elija otro medio."
    ),
    RefusalCode.MEDIUM_UNKNOWN: _("Este mensaje no puede salir por ese medio. Elija otro."),
    RefusalCode.WORDING_EMPTY: _("El mensaje está vacío. Escriba el texto que se enviará."),
    RefusalCode.PARTY_NEEDED: _("Falta identificar a la persona antes de este paso."),
    RefusalCode.MESSAGE_UNKNOWN: _("Ese mensaje no pertenece a este caso."),
    RefusalCode.REASON_NEEDED: _("Escriba el motivo: queda en la historia del caso."),
    RefusalCode.SCHEDULE_UNKNOWN: _("Este caso no tiene esos envíos."),
    RefusalCode.CHECKLIST_UNKNOWN: _("Este caso no tiene esa lista, o ya está cerrado."),
    RefusalCode.CHECKLIST_INCOMPLETE: _("Falta en «{checklist}»: {missing}."),
    RefusalCode.ITEM_UNKNOWN: _("Eso ya no es parte de la lista. Abra el caso de nuevo."),
    RefusalCode.OBSERVATION_NEEDED: _("Escriba qué observa en «{item}»."),
    RefusalCode.NO_APPOINTMENT: _("No hay ninguna cita pendiente."),
    RefusalCode.APPOINTMENT_TO_COME: _("La hora de la cita todavía no llega."),
    RefusalCode.CANNOT_MIGRATE: _(
        "No puede pasar a esa versión: «{step}» ya se empezó o se hizo, y allí significa otra cosa."
    ),
    RefusalCode.CANNOT_REOPEN: _("Este caso no puede reabrirse. Abra uno nuevo."),
    RefusalCode.IDENTIFIER_TAKEN: _(
        "Ese número es de otra persona del registro. Revíselo, o cambie la persona del caso."
    ),
    RefusalCode.CASE_UNKNOWN: _("Ese caso no lo abrió este. Abra el caso de nuevo."),
    RefusalCode.TOO_DEEP: _(
        "Este caso abriría demasiados casos, uno dentro de otro. Avise a quien lo mantiene."
    ),
    RefusalCode.RUNAWAY: _(
        "El procedimiento da vueltas sin fin en este punto. Avise a quien lo mantiene."
    ),
}

UNREADABLE: Final[dict[str, str | Promise]] = {
    "not-text": _("Escriba texto corriente."),
    "too-long": _("Es demasiado largo: caben {limit} caracteres."),
    "not-integer": _("Escriba un número entero, solo con cifras."),
    "not-number": _("Escriba un número, por ejemplo 1250,50."),
    "too-large": _("El número es demasiado grande."),
    "not-boolean": _("Responda sí o no."),
    "not-an-option": _("Elija una opción de la lista."),
    "not-date": _("Escriba la fecha como día/mes/año, por ejemplo 27/11/2026."),
    "not-datetime": _("Escriba la fecha y la hora, por ejemplo 27/11/2026 15:30."),
    "not-duration": _("Escriba una duración, por ejemplo «3 business days» o «72 hours»."),
    "not-email": _("Escriba un correo completo, por ejemplo nombre@empresa.pe."),
    "not-phone": _("Escriba el teléfono con sus cifras, por ejemplo 987 654 321."),
    "not-url": _("Escriba la dirección de la página, por ejemplo www.empresa.pe."),
    "not-identity": _("El número de documento no tiene la forma esperada. Cópielo del documento."),
    "not-files": _("Elija los archivos otra vez."),
    "not-rows": _("Escriba una fila por línea, con las columnas separadas por punto y coma."),
    "not-point": _("Escriba latitud y longitud, por ejemplo -12,046; -77,043."),
    "not-person": _("Elija a una persona de la lista."),
    "too-many": _("Son demasiados: caben {limit}."),
}


def refusal_words(refused: Refused, procedure: Procedure | None = None) -> str:
    """Why a command changed nothing, and what to do."""
    params = dict(refused.params)
    if refused.code is RefusalCode.NOT_YOURS and procedure is not None:
        role = procedure.roles.get(params.get("role", ""))
        if role is not None:
            return gettext("Esta tarea corresponde a la función «{role}».").format(role=role.title)
    return str(REFUSALS[refused.code]).format_map(_Named(params))


def unreadable_words(problem: Unreadable) -> str:
    """Why what was typed is no value, and how to write it."""
    if problem.code in IDENTITY_REFUSALS:
        return identity_sentence(problem.code, language())
    if problem.code in CONTACT_REFUSALS:
        return contact_sentence(problem.code, language())
    sentence = UNREADABLE.get(problem.code, _("El dato no tiene la forma esperada. Revíselo."))
    return str(sentence).format_map(_Named(problem.params))


class _Named(dict[str, str]):
    """Parameters for a sentence; one that is missing leaves no mark."""

    def __missing__(self, key: str) -> str:
        return ""
