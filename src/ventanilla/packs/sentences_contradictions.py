"""What is told of promises, words and papers that contradict each other."""

from collections.abc import Mapping

from ventanilla.core.definition.problems import Code
from ventanilla.packs.sentences_text import Sentence

CONTRADICTIONS: Mapping[Code, Sentence] = {
    Code.STARTS_DIFFER: Sentence(
        "«{title}» se promete en {within} aquí y en {other}, pero contado desde otro momento.",
        "“{title}” is promised within {within} here and in {other}, counted from another moment.",
        "Diga en ambos lugares desde cuándo corre el plazo, o deles títulos distintos.",
        "Say in both places from when the time runs, or give them different titles.",
    ),
    Code.LIMIT_MISSING: Sentence(
        "«{title}» tiene plazo ({within}) aquí o en {other}, y en el otro no.",
        "“{title}” has a limit ({within}) here or in {other}, and none in the other.",
        "Escriba el mismo «within» en ambos pasos.",
        "Write the same “within” in both steps.",
    ),
    Code.WHO_DIFFERS: Sentence(
        "«{title}» corresponde aquí a «{role}», y en {other} a «{theirs}».",
        "“{title}” belongs to “{role}” here, and to “{theirs}” in {other}.",
        "Decida de quién es la actividad, o dele otro título.",
        "Decide whose activity it is, or give it another title.",
    ),
    Code.NOT_ON_EVERY_WAY: Sentence(
        "En el camino «{names}» ocurre «{event}» sin que haya empezado ningún plazo.",
        "On the way “{names}”, “{event}” happens and no clock has begun.",
        "Agregue a «from» un suceso de ese camino, o diga en un comentario por qué no.",
        "Add to “from” an event of that way, or say in a comment why not.",
    ),
    Code.STEPS_DO_NOT_FIT: Sentence(
        "«{name}» promete {within}, pero los plazos de {names} suman más si se empieza el {on}.",
        "“{name}” promises {within}, but the limits of {names} come to more if begun on {on}.",
        "Acorte los pasos o amplíe el plazo que los abarca.",
        "Shorten the steps or lengthen the deadline that spans them.",
    ),
    Code.SPOKEN_NOT_KEPT: Sentence(
        "«{name}» dice «{said}», y ningún plazo del procedimiento dura eso.",
        "“{name}” says “{said}”, and no clock of the procedure lasts so long.",
        "Corrija el texto, o agregue el plazo que promete.",
        "Correct the text, or add the deadline that it promises.",
    ),
    Code.TWO_MEANINGS: Sentence(
        "«{name}» significa aquí «{meaning}», y en otra parte «{other}».",
        "“{name}” means “{meaning}” here, and “{other}” elsewhere.",
        "Use una abreviatura o un término distinto para cada cosa.",
        "Use a different abbreviation or term for each thing.",
    ),
    Code.SCALES_DIFFER: Sentence(
        "«{label}» se elige aquí entre otras opciones que en el campo «{other}».",
        "“{label}” is chosen here among other options than in the field “{other}”.",
        "Use una sola escala, o nombre de otro modo uno de los campos.",
        "Use one scale, or call one of the fields something else.",
    ),
    Code.DATUM_ASKED_TWICE: Sentence(
        "El dato «{name}» ya se ha pedido en todos los caminos que llegan aquí.",
        "The datum “{name}” has already been asked for on every way that leads here.",
        "Quítelo de «ask», o pídalo solo si falta: «{{field: {name}, if: empty({name})}}».",
        "Remove it from “ask”, or ask only if missing: “{{field: {name}, if: empty({name})}}”.",
    ),
    Code.SCRIPT_ASKS_MORE: Sentence(
        "El guion «{name}» pregunta por «{field}», que el formulario de este paso no tiene.",
        "The script “{name}” asks for “{field}”, which the form of this step does not have.",
        "Agregue el campo a «ask».",
        "Add the field to “ask”.",
    ),
    Code.MEDIUM_NOT_OF_MESSAGE: Sentence(
        "El mensaje «{name}» se envía por «{via}», que no está entre sus medios.",
        "The message “{name}” is sent by “{via}”, which is not among its media.",
        "Agregue el medio a «via» en el mensaje, o quítelo aquí.",
        "Add the medium to “via” in the message, or remove it here.",
    ),
    Code.NOBODY_SPEAKS: Sentence(
        "El mensaje «{name}» solo se dice de viva voz, y aquí sale por sí solo.",
        "The message “{name}” is only spoken, and here it leaves by itself.",
        "Envíelo en un paso que haga una persona, o dele un medio escrito.",
        "Send it in a step that a person does, or give it a written medium.",
    ),
    Code.OWN_APPROVAL: Sentence(
        "«{position}» aprueba lo que elaboró.",
        "“{position}” approves what it prepared.",
        "Debe aprobar otro cargo.",
        "Another position should approve.",
    ),
    Code.UNKNOWN_UNIT: Sentence(
        "Nadie define la unidad «{name}».",
        "Nobody defines the unit “{name}”.",
        "Agréguela a «units» de pack.yaml, o como otro nombre («also») de una que ya está.",
        "Add it to “units” of pack.yaml, or as another name (“also”) of one that is there.",
    ),
    Code.ROLE_AWAY: Sentence(
        "La puerta «{name}» abre el {on} y a esas horas nadie tiene siempre el rol «{role}».",
        "The door “{name}” opens on {on}, and nobody holds the role “{role}” all those hours.",
        "Amplíe el calendario del rol, o dé la primera tarea a quien esté.",
        "Widen the calendar of the role, or give the first task to whoever is there.",
    ),
}
