"""Sentences about files, YAML, sheets and the shape of what is written."""

from collections.abc import Mapping

from ventanilla.core.definition.problems import Code
from ventanilla.packs.sentences_text import Sentence

FILES: Mapping[Code, Sentence] = {
    Code.FILE_MISSING: Sentence(
        "Falta el archivo «{name}».",
        "The file “{name}” is missing.",
        "Créelo dentro de la carpeta del paquete o corrija su nombre.",
        "Create it inside the pack's folder or correct its name.",
    ),
    Code.FILE_UNREADABLE: Sentence(
        "El archivo no es texto UTF-8.",
        "The file is not UTF-8 text.",
        "Guárdelo con la codificación UTF-8.",
        "Save it with UTF-8 encoding.",
    ),
    Code.FILE_TOO_LARGE: Sentence(
        "El archivo pasa del límite de {limit}.",
        "The file is beyond the limit of {limit}.",
        "Divídalo en archivos menores.",
        "Split it into smaller files.",
    ),
    Code.YAML_SYNTAX: Sentence(
        "El archivo no se puede leer como YAML: {detail}.",
        "The file cannot be read as YAML: {detail}.",
        "Revise la sangría, los dos puntos y las llaves. Un texto con «:» va entre comillas.",
        "Check indentation, colons and braces. A text with a colon goes in quotes.",
    ),
    Code.YAML_EMPTY: Sentence(
        "El archivo está vacío.",
        "The file is empty.",
        "Escriba su contenido o bórrelo.",
        "Write its contents or delete it.",
    ),
    Code.YAML_SEVERAL_DOCUMENTS: Sentence(
        "El archivo contiene más de un documento.",
        "The file holds more than one document.",
        "Quite la línea «---» y deje un documento por archivo.",
        "Remove the line “---” and keep one document in a file.",
    ),
    Code.YAML_REPEATED_KEY: Sentence(
        "La clave «{name}» está repetida.",
        "The key “{name}” is repeated.",
        "Una de las dos se perdería: únalas o cambie un nombre.",
        "One of the two would be lost: join them or rename one.",
    ),
    Code.YAML_ANCHOR: Sentence(
        "Aquí no se usan anclas de YAML («&{name}»).",
        "YAML anchors are not used here (“&{name}”).",
        "Escriba el valor en cada lugar.",
        "Write the value in each place.",
    ),
    Code.YAML_ALIAS: Sentence(
        "Aquí no se usan referencias de YAML («*{name}»).",
        "YAML aliases are not used here (“*{name}”).",
        "Escriba el valor completo, o ponga el texto entre comillas si debe empezar con asterisco.",
        "Write the whole value, or put the text in quotes if it must begin with an asterisk.",
    ),
    Code.YAML_TAG: Sentence(
        "Aquí no se usan etiquetas de tipo de YAML («{name}»).",
        "YAML tags are not used here (“{name}”).",
        "Quite la etiqueta: el tipo lo da el lenguaje.",
        "Remove the tag: the language gives the type.",
    ),
    Code.YAML_MERGE: Sentence(
        "Aquí no se usa la mezcla de claves de YAML («<<»).",
        "YAML merge keys (“<<”) are not used here.",
        "Escriba las claves en cada lugar.",
        "Write the keys in each place.",
    ),
    Code.YAML_KEY: Sentence(
        "Una clave debe ser un texto.",
        "A key must be a text.",
        "Escriba un nombre seguido de dos puntos.",
        "Write a name followed by a colon.",
    ),
    Code.YAML_TOO_DEEP: Sentence(
        "Hay más de {limit} niveles, uno dentro de otro.",
        "There are more than {limit} levels, one inside another.",
        "Ningún procedimiento necesita tantos: revise corchetes y sangría.",
        "No procedure needs that many: check brackets and indentation.",
    ),
    Code.YAML_TOO_LARGE: Sentence(
        "El archivo pasa del límite de {limit}.",
        "The file is beyond the limit of {limit}.",
        "Divídalo, o pase las listas largas a un archivo CSV.",
        "Split it, or move long lists to a CSV file.",
    ),
    Code.CSV_SYNTAX: Sentence(
        "La hoja no se puede leer ({reason}).",
        "The sheet cannot be read ({reason}).",
        "Cierre las comillas de cada celda y deje al menos la fila de títulos.",
        "Close the quotes of each cell and keep at least the header row.",
    ),
    Code.CSV_COLUMNS: Sentence(
        "La fila tiene {found} celdas; la de títulos tiene {expected}.",
        "The row has {found} cells; the header has {expected}.",
        "Complete la fila, o ponga entre comillas la celda que contiene el separador.",
        "Complete the row, or put in quotes the cell that contains the separator.",
    ),
    Code.CSV_HEADER: Sentence(
        "Faltan columnas en la fila de títulos: {missing}.",
        "Columns are missing in the header: {missing}.",
        "Un catálogo necesita «code» y «label».",
        "A catalogue needs “code” and “label”.",
    ),
    Code.FRONT_MATTER: Sentence(
        "El mensaje no empieza con su encabezado.",
        "The message does not begin with its front matter.",
        "Escriba al comienzo «---», título, asunto y medio, y otra línea «---».",
        "Write “---” at the top, then title, subject and via, then another line “---”.",
    ),
    Code.EXPECTED_MAPPING: Sentence(
        "Aquí van claves con sus valores.",
        "Keys with their values are expected here.",
        "Claves posibles: {keys}.",
        "Possible keys: {keys}.",
    ),
    Code.EXPECTED_LIST: Sentence(
        "Aquí va una lista.",
        "A list is expected here.",
        "Escriba los elementos entre corchetes o uno por línea con guion.",
        "Write the items in brackets or one a line with a dash.",
    ),
    Code.EXPECTED_TEXT: Sentence(
        "Aquí va un solo texto.",
        "A single text is expected here.",
        "Si el texto lleva dos puntos, llaves o corchetes, póngalo entre comillas.",
        "If the text has colons, braces or brackets, put it in quotes.",
    ),
    Code.EXPECTED_ONE_OF: Sentence(
        "«{found}» no es posible aquí.",
        "“{found}” is not possible here.",
        "Elija entre: {expected}.",
        "Choose among: {expected}.",
    ),
    Code.UNKNOWN_KEY: Sentence(
        "La clave «{name}» no existe aquí.",
        "There is no key “{name}” here.",
        "Claves posibles: {expected}.",
        "Possible keys: {expected}.",
    ),
    Code.MISSING_KEY: Sentence(
        "Falta «{name}».",
        "“{name}” is missing.",
        "Agréguelo en este bloque.",
        "Add it to this block.",
    ),
    Code.NOT_YET: Sentence(
        "«{name}» es parte del lenguaje, pero esta versión aún no lo ejecuta.",
        "“{name}” is part of the language, but this version does not run it yet.",
        "Exprese lo mismo con pasos, acciones o reglas, o quítelo.",
        "Say the same with steps, actions or rules, or remove it.",
    ),
    Code.BAD_NAME: Sentence(
        "«{name}» no sirve como nombre.",
        "“{name}” cannot be a name.",
        "Use letras, números y guion bajo; empiece con una letra; sin espacios ni guiones.",
        "Use letters, digits and underscores; begin with a letter; no spaces nor dashes.",
    ),
    Code.BAD_BOOLEAN: Sentence(
        "«{found}» no es sí ni no.",
        "“{found}” is neither yes nor no.",
        "Escriba true o false.",
        "Write true or false.",
    ),
    Code.BAD_INTEGER: Sentence(
        "«{found}» no es un número entero entre {least} y {most}.",
        "“{found}” is no whole number between {least} and {most}.",
        "Escriba solo cifras.",
        "Write digits only.",
    ),
    Code.BAD_DATE: Sentence(
        "«{found}» no es una fecha.",
        "“{found}” is not a date.",
        "Escríbala como año-mes-día: 2026-11-22.",
        "Write it as year-month-day: 2026-11-22.",
    ),
    Code.BAD_SPAN: Sentence(
        "«{found}» no es un plazo.",
        "“{found}” is not a span of time.",
        "Escriba cantidad y unidad: 72 hours, 3 business days, 10 minutes, 1 month.",
        "Write amount and unit: 72 hours, 3 business days, 10 minutes, 1 month.",
    ),
    Code.BAD_COLOUR: Sentence(
        "«{found}» no es un color.",
        "“{found}” is not a colour.",
        'Escriba almohadilla y seis cifras hexadecimales entre comillas: "#b3132b".',
        'Write a hash and six hexadecimal digits in quotes: "#b3132b".',
    ),
    Code.REPEATED: Sentence(
        "«{name}» está repetido.",
        "“{name}” is repeated.",
        "Cada nombre se define una sola vez.",
        "Each name is defined only once.",
    ),
    Code.EMPTY: Sentence(
        "«{name}» está vacío.",
        "“{name}” is empty.",
        "Escriba su contenido o quítelo.",
        "Write its contents or remove it.",
    ),
}
