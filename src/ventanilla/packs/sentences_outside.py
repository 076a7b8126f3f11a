"""Sentences about systems outside, and cases of other procedures."""

from collections.abc import Mapping

from ventanilla.core.definition.problems import Code
from ventanilla.packs.sentences_text import Sentence

OUTSIDE: Mapping[Code, Sentence] = {
    Code.UNKNOWN_CONNECTOR: Sentence(
        "No hay ningún conector «{name}».",
        "There is no connector “{name}”.",
        "Defínalo en «connectors» de pack.yaml.",
        "Define it in “connectors” of pack.yaml.",
    ),
    Code.UNKNOWN_DATUM: Sentence(
        "El conector no tiene ningún dato «{name}».",
        "The connector has no datum “{name}”.",
        "Los datos que recibe están en «takes»; los que devuelve, en «gives».",
        "What it is told stands in “takes”; what it tells, in “gives”.",
    ),
    Code.SHEET_COLUMNS: Sentence(
        "Faltan columnas en la fila de títulos: {missing}.",
        "Columns are missing in the header: {missing}.",
        "La hoja lleva una columna por cada dato de «match» y de «gives».",
        "The sheet has a column for each datum of “match” and of “gives”.",
    ),
    Code.MAP_UNREADABLE: Sentence(
        "El mapa no se puede leer ({reason}).",
        "The map cannot be read ({reason}).",
        "Debe ser GeoJSON: una colección de polígonos válidos, con longitud y latitud en grados.",
        "It must be GeoJSON: a collection of valid polygons, in degrees of longitude and latitude.",
    ),
    Code.CONNECTOR_NEEDS: Sentence(
        "El conector «{connector}» necesita «{name}», y el caso no tiene ese campo.",
        "The connector “{connector}” needs “{name}”, and the case has no such field.",
        "Diga de dónde sale: with: {{{name}: CAMPO}}.",
        "Say where it comes from: with: {{{name}: FIELD}}.",
    ),
    Code.ANSWER_OTHER_TYPE: Sentence(
        "«{name}» es de tipo {found} y no cabe en «{field}», de tipo {type}.",
        "“{name}” is of type {found} and does not fit into “{field}”, of type {type}.",
        "Use un campo del mismo tipo y con las mismas opciones.",
        "Use a field of the same type and with the same options.",
    ),
    Code.ANSWERS_NOTHING: Sentence(
        "Ningún campo del caso guarda lo que responde «{name}».",
        "No field of the case keeps what “{name}” answers.",
        "Ponga al campo el nombre del dato, o diga dónde va con «into».",
        "Give the field the name of the datum, or say where it goes with “into”.",
    ),
    Code.WAIT_READS_CLOCK: Sentence(
        "Esta espera mira la hora, y nada la despierta cuando la hora cambia.",
        "This wait looks at the clock, and nothing wakes it when the time changes.",
        "Para esperar una fecha: wait: {{for: date, at: …}}.",
        "To wait for a date: wait: {{for: date, at: …}}.",
    ),
    Code.OPENS_ITSELF: Sentence(
        "Cada caso abriría otro sin que nadie intervenga, y nunca terminaría: {names}.",
        "Each case would open another with nobody in between, and never end: {names}.",
        "Ponga antes una tarea de alguien, o ábralo con una acción.",
        "Put a task of somebody before it, or open it by an action.",
    ),
    Code.RELATED_UNDEFINED: Sentence(
        "Nadie define el procedimiento «{name}» que aquí se relaciona.",
        "Nobody defines the procedure “{name}” that is related here.",
        "Si está en otra parte, o no existe aún, nómbrelo en «references» de pack.yaml.",
        "If it is elsewhere or not there yet, list it with its title in “references” of pack.yaml.",
    ),
    Code.UNUSED_CONNECTOR: Sentence(
        "Ningún paso consulta el conector «{name}».",
        "No step asks the connector “{name}”.",
        "Consúltelo con «check» en algún paso, o quítelo.",
        "Ask it with “check” in some step, or remove it.",
    ),
}
