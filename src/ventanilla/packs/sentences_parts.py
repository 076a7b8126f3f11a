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
    Code.UNUSED_TEXT: Sentence(
        "Nada usa el texto «{name}».",
        "Nothing uses the text “{name}”.",
        "Nómbrelo con {{{{ text.{name} }}}} en un mensaje o un guion, o quítelo.",
        "Name it with {{{{ text.{name} }}}} in a message or a script, or remove it.",
    ),
    Code.UNKNOWN_ENTRY: Sentence(
        "Ninguna acción anota el código «{name}».",
        "No action notes the code “{name}”.",
        "Agréguelo al catálogo que nombra «entry» en una acción.",
        "Add it to the catalogue that “entry” names in an action.",
    ),
}
