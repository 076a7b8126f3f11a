"""Sentences about the parts of a procedure that only some have: shared texts and their like."""

from collections.abc import Mapping

from ventanilla.core.definition.problems import Code
from ventanilla.packs.sentences_text import Sentence

PARTS: Mapping[Code, Sentence] = {
    Code.UNKNOWN_TEXT: Sentence(
        "No existe ningún texto llamado «{name}».",
        "There is no text called “{name}”.",
        "Defínalo en «texts» del procedimiento.",
        "Define it in “texts” of the procedure.",
    ),
    Code.TEXT_CIRCLE: Sentence(
        "El texto «{name}» se contiene a sí mismo.",
        "The text “{name}” contains itself.",
        "Quite de él, o de los que contiene, el nombre que vuelve a él.",
        "Remove from it, or from those it contains, the name that leads back to it.",
    ),
    Code.UNKNOWN_SCHEDULE: Sentence(
        "No existe ninguna programación llamada «{name}».",
        "There is no schedule called “{name}”.",
        "Defínala en «schedules».",
        "Define it in “schedules”.",
    ),
    Code.UNKNOWN_CHECKLIST: Sentence(
        "No existe ninguna lista llamada «{name}».",
        "There is no checklist called “{name}”.",
        "Defínala en «checklists».",
        "Define it in “checklists”.",
    ),
    Code.UNKNOWN_APPOINTMENT: Sentence(
        "No existe ninguna cita llamada «{name}».",
        "There is no appointment called “{name}”.",
        "Defínala en «appointments».",
        "Define it in “appointments”.",
    ),
    Code.UNUSED_CHECKLIST: Sentence(
        "Nada espera por la lista «{name}».",
        "Nothing waits for the checklist “{name}”.",
        "Póngala en «checklist» o «requires» de un paso, o quítela.",
        "Put it in “checklist” or “requires” of a step, or remove it.",
    ),
    Code.SCHEDULE_WITHOUT_END: Sentence(
        "La programación «{name}» se repite sin fin mientras el caso siga abierto.",
        "The schedule “{name}” repeats without end as long as the case is open.",
        "Agregue «until», «times» u «opt_out».",
        "Add “until”, “times” or “opt_out”.",
    ),
    Code.SCHEDULE_DOES_NOTHING: Sentence(
        "La programación «{name}» no hace nada, y ninguna regla reacciona a ella.",
        "The schedule “{name}” does nothing, and no rule reacts to it.",
        "Diga qué se envía, se pone o se registra cada vez.",
        "Say what is sent, set or recorded each time.",
    ),
    Code.TEMPLATE_MISSING: Sentence(
        "Pasadas 24 horas, por WhatsApp solo sale una plantilla aprobada.",
        "After 24 hours only an approved template may leave by WhatsApp.",
        "Nómbrela: «template: {{name: NOMBRE, language: es}}», y diga un medio en «fallback».",
        "Name it: “template: {{name: NAME, language: es}}”, and give a medium in “fallback”.",
    ),
    Code.ADD_NOT_A_TABLE: Sentence(
        "«{name}» es de tipo {type}; solo a un grupo que se repite se le agregan filas.",
        "“{name}” is of type {type}; rows are added to a repeating group only.",
        "Declárelo con «type: table» y sus columnas.",
        "Declare it with “type: table” and its columns.",
    ),
    Code.UNUSED_TEXT: Sentence(
        "Nada usa el texto «{name}».",
        "Nothing uses the text “{name}”.",
        "Nómbrelo con {{{{ text.{name} }}}} en un mensaje o un guion, o quítelo.",
        "Name it with {{{{ text.{name} }}}} in a message or a script, or remove it.",
    ),
    Code.UNKNOWN_QUESTIONNAIRE: Sentence(
        "No existe ningún cuestionario llamado «{name}».",
        "There is no questionnaire called “{name}”.",
        "Defínalo en «questionnaires».",
        "Define it in “questionnaires”.",
    ),
    Code.QUESTION_TYPE: Sentence(
        "El campo «{name}» es de tipo {type}; aquí debe ser {expected}.",
        "The field “{name}” is of type {type}; here it must be {expected}.",
        "Se pregunta por choice o boolean, se suma en integer o decimal, y la banda es choice.",
        "Questions are choice or boolean, the sum is integer or decimal, the band is a choice.",
    ),
    Code.POINTS_MISSING: Sentence(
        "La respuesta «{answer}» de «{name}» no tiene puntos.",
        "The answer “{answer}” of “{name}” has no points.",
        "Agréguela, aunque valga 0.",
        "Add it, even if it counts 0.",
    ),
    Code.BAD_POINTS: Sentence(
        "«{found}» no es una cantidad de puntos.",
        "“{found}” is no number of points.",
        "Escriba un número; entero, si el campo de los puntos lo es.",
        "Write a number; a whole one, if the field of the points is.",
    ),
    Code.BAND_GAP: Sentence(
        "Ninguna banda abarca {points}.",
        "No band covers {points}.",
        "Extienda una banda o agregue otra: cada suma posible debe tener la suya.",
        "Extend a band or add one: every sum that can be reached needs its own.",
    ),
    Code.BAND_OVERLAP: Sentence(
        "{points} puntos caen a la vez en «{first}» y en «{second}».",
        "{points} points fall into both “{first}” and “{second}”.",
        "Separe las bandas: cada suma tiene una sola.",
        "Separate the bands: every sum has one only.",
    ),
    Code.UNUSED_QUESTIONNAIRE: Sentence(
        "Nada usa el cuestionario «{name}».",
        "Nothing uses the questionnaire “{name}”.",
        "Úselo con «score» en un paso, o quítelo.",
        "Use it with “score” in a step, or remove it.",
    ),
    Code.UNKNOWN_ENTRY: Sentence(
        "Ninguna acción anota el código «{name}».",
        "No action notes the code “{name}”.",
        "Agréguelo al catálogo que nombra «entry» en una acción.",
        "Add it to the catalogue that “entry” names in an action.",
    ),
}
