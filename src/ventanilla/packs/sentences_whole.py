"""Sentences about the pack as a whole: what cannot happen, what never ends, what contradicts."""

from collections.abc import Mapping

from ventanilla.core.definition.problems import Code
from ventanilla.packs.sentences_text import Sentence

WHOLE: Mapping[Code, Sentence] = {
    Code.TABLE_OVERLAP: Sentence(
        "Las filas {rows} valen a la vez para {case}.",
        "Rows {rows} both hold for {case}.",
        "Sepárelas, o use «hit: first» si debe valer la primera.",
        "Separate them, or use “hit: first” if the first should hold.",
    ),
    Code.TABLE_GAP: Sentence(
        "Ninguna fila vale para {case}.",
        "No row holds for {case}.",
        "Agregue una fila para ese caso.",
        "Add a row for that case.",
    ),
    Code.TABLE_ROW_DEAD: Sentence(
        "Esta fila nunca se usa: las anteriores cubren todos sus casos.",
        "This row is never used: those before cover all its cases.",
        "Quítela o póngala antes.",
        "Remove it or put it earlier.",
    ),
    Code.CHANNEL_NOT_WRITTEN: Sentence(
        "El mensaje «{name}» no puede salir por «{via}»: el paquete no tiene ese canal.",
        "The message “{name}” cannot leave by “{via}”: the pack has no such channel.",
        "Agregue el canal en pack.yaml o quite el medio del mensaje.",
        "Add the channel to pack.yaml or remove the medium from the message.",
    ),
    Code.STEP_UNREACHABLE: Sentence(
        "Nunca se llega al paso «{name}».",
        "The step “{name}” is never reached.",
        "Haga que otro paso, una acción o una regla lleve a él, o quítelo.",
        "Let another step, an action or a rule lead to it, or remove it.",
    ),
    Code.STEP_NO_END: Sentence(
        "Desde el paso «{name}» no se puede terminar.",
        "From the step “{name}” no end can be reached.",
        "Agregue una rama que salga del círculo, o «end».",
        "Add a branch that leaves the circle, or “end”.",
    ),
    Code.STEP_LOOP: Sentence(
        "Los pasos {names} giran sin que nadie intervenga.",
        "The steps {names} go round without anybody stepping in.",
        "Ponga en el círculo una tarea o una espera.",
        "Put a task or a wait into the circle.",
    ),
    Code.STEP_NO_WAY_ON: Sentence(
        "Después de «{name}» no hay nada: falta decir cómo termina.",
        "After “{name}” there is nothing: it is missing how it ends.",
        "Agregue «end: RESULTADO», o una última rama sin condición.",
        "Add “end: RESULT”, or a last branch without condition.",
    ),
    Code.BRANCH_DEAD: Sentence(
        "Esta condición nunca se cumple cuando el caso llega aquí.",
        "This condition never holds when the case comes here.",
        "Corríjala o quite la rama.",
        "Correct it or remove the branch.",
    ),
    Code.CONDITION_CONSTANT: Sentence(
        "Esta condición siempre da lo mismo.",
        "This condition always gives the same.",
        "Corríjala o quítela.",
        "Correct it or remove it.",
    ),
    Code.WAIT_WITHOUT_WAY_OUT: Sentence(
        "El paso «{name}» espera sin límite.",
        "The step “{name}” waits without limit.",
        "Agregue «give_up» con un plazo y un destino.",
        "Add “give_up” with a span and a destination.",
    ),
    Code.EVENT_NEVER: Sentence(
        "El suceso «{event}» nunca ocurre.",
        "The event “{event}” never happens.",
        "Nombre un suceso que algún paso, acción o regla produzca.",
        "Name an event that some step, action or rule brings about.",
    ),
    Code.DEADLINE_NEVER_STOPS: Sentence(
        "El plazo «{name}» no puede cumplirse: ninguno de sus finales ocurre.",
        "The deadline “{name}” cannot be met: none of its ends happens.",
        "Corrija «until».",
        "Correct “until”.",
    ),
    Code.ALARM_OUTSIDE: Sentence(
        "La alarma «{name}» sonaría antes de que el plazo empiece.",
        "The alarm “{name}” would ring before the deadline begins.",
        "Acorte el aviso: el plazo dura {within}.",
        "Shorten the notice: the deadline lasts {within}.",
    ),
    Code.DATUM_NOT_ASKED: Sentence(
        "El guion «{name}» usa «{field}», que a esas alturas nadie ha preguntado.",
        "The script “{name}” uses “{field}”, which nobody has asked for by then.",
        "Pregunte el dato en este paso o antes.",
        "Ask for the datum in this step or before.",
    ),
    Code.NAME_NEVER_SET: Sentence(
        "El campo «{name}» se usa y nadie lo llena.",
        "The field “{name}” is used and nobody fills it.",
        "Pregúntelo en un paso, o dele valor con una tabla, regla o acción.",
        "Ask for it in a step, or set it with a table, rule or action.",
    ),
    Code.APPROVED_BEFORE_PREPARED: Sentence(
        "La firma «{concept}» lleva fecha {on}, anterior a la elaboración ({prepared}).",
        "The signature “{concept}” is dated {on}, before the preparation ({prepared}).",
        "Verifique las fechas; si son las del original, anótelo.",
        "Verify the dates; if the original has them so, note it.",
    ),
    Code.ROLE_NOT_AT_OFFICE: Sentence(
        "Nadie tiene la función «{role}» en «{office}»: lo que allí le toque no lo hará nadie.",
        "Nobody holds the role “{role}” at “{office}”: what falls to it there nobody does.",
        "Agregue la oficina a la función en pack.yaml, o corrija «who».",
        "Add the office to the role in pack.yaml, or correct “who”.",
    ),
    Code.DUTY_OF_NOBODY: Sentence(
        "Nadie responde por el paso «{name}» en la matriz de responsabilidades.",
        "Nobody answers for the step “{name}” in the matrix of responsibilities.",
        "Póngalo en «accountable» de una función.",
        "Put it into “accountable” of a role.",
    ),
    Code.DUTY_OF_SEVERAL: Sentence(
        "Por el paso «{name}» responden varias funciones: {names}.",
        "Several roles answer for the step “{name}”: {names}.",
        "Deje una en «accountable»; las demás lo hacen o apoyan.",
        "Leave one in “accountable”; the others do it or help.",
    ),
    Code.DUTY_OF_ANOTHER: Sentence(
        "El paso «{name}» lo hace «{role}», y la matriz de responsabilidades no se lo da.",
        "The step “{name}” is done by “{role}”, to whom the matrix does not give it.",
        "Póngalo en «does» de esa función, o corrija «who».",
        "Put it into “does” of that role, or correct “who”.",
    ),
    Code.CHANGE_VERSION: Sentence(
        "El documento es la versión {version} y su control de cambios llega a la {last}.",
        "The document is version {version} and its change log ends at {last}.",
        "Agregue el cambio que dio lugar a esta versión.",
        "Add the change that led to this version.",
    ),
    Code.TIMES_DIFFER: Sentence(
        "«{title}» se promete aquí en {within}, y en {other} en {theirs}.",
        "“{title}” is promised here within {within}, and in {other} within {theirs}.",
        "Dos documentos no pueden prometer tiempos distintos por lo mismo: unifíquelos.",
        "Two documents cannot promise different times for one thing: make them agree.",
    ),
    Code.UNUSED_FIELD: Sentence(
        "Nada usa el campo «{name}».",
        "Nothing uses the field “{name}”.",
        "Pregúntelo en algún paso, o quítelo.",
        "Ask for it in some step, or remove it.",
    ),
    Code.UNUSED_MESSAGE: Sentence(
        "Nada envía el mensaje «{name}».",
        "Nothing sends the message “{name}”.",
        "Envíelo en algún paso, o bórrelo.",
        "Send it in some step, or delete it.",
    ),
    Code.UNUSED_SCRIPT: Sentence(
        "Nada usa el guion «{name}».",
        "Nothing uses the script “{name}”.",
        "Póngalo en «say» de un paso, o quítelo.",
        "Put it in “say” of a step, or remove it.",
    ),
    Code.UNUSED_TABLE: Sentence(
        "Nada usa la tabla «{name}».",
        "Nothing uses the table “{name}”.",
        "Úsela con «decide» en un paso, o quítela.",
        "Use it with “decide” in a step, or remove it.",
    ),
    Code.QUEUE_WITHOUT_COUNTER: Sentence(
        "En la oficina «{office}» ningún puesto llama de la fila «{name}».",
        "At the office “{office}” no counter calls from the queue “{name}”.",
        "Agregue la fila a «serves» de un puesto de esa oficina, o quite la oficina de la fila.",
        "Add the queue to “serves” of a counter of that office, or remove the office from it.",
    ),
    Code.UNUSED_ROLE: Sentence(
        "Ningún procedimiento da trabajo al rol «{name}».",
        "No procedure gives work to the role “{name}”.",
        "Quítelo, o dígalo en «who» de algún paso.",
        "Remove it, or say it in “who” of some step.",
    ),
}
