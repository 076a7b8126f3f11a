"""Sentences about names, fields, steps, expressions and tables."""

from collections.abc import Mapping

from ventanilla.core.definition.problems import Code
from ventanilla.packs.sentences_text import Sentence


def _unknown(es: str, en: str, where_es: str, where_en: str) -> Sentence:
    return Sentence(
        f"No hay {es} «{{name}}».",
        f"There is no {en} “{{name}}”.",
        where_es,
        where_en,
    )


FORM: Mapping[Code, Sentence] = {
    Code.UNKNOWN_FIELD: _unknown(
        "ningún campo", "field", "Defínalo en «fields».", "Define it in “fields”."
    ),
    Code.UNKNOWN_FIELD_TYPE: _unknown(
        "un tipo de campo", "field type", "Tipos: {expected}.", "Types: {expected}."
    ),
    Code.UNKNOWN_STEP: _unknown(
        "ningún paso", "step", "Defínalo en «steps».", "Define it in “steps”."
    ),
    Code.UNKNOWN_ROLE: _unknown(
        "ningún rol",
        "role",
        "Defínalo en «roles» de pack.yaml.",
        "Define it in “roles” of pack.yaml.",
    ),
    Code.UNKNOWN_OFFICE: _unknown(
        "ninguna oficina",
        "office",
        "Defínala en «offices» de pack.yaml.",
        "Define it in “offices” of pack.yaml.",
    ),
    Code.UNKNOWN_CALENDAR: _unknown(
        "ningún calendario",
        "calendar",
        "Defínalo en «calendars» de pack.yaml.",
        "Define it in “calendars” of pack.yaml.",
    ),
    Code.UNKNOWN_RULE: _unknown(
        "ninguna regla de cómputo",
        "counting rule",
        "Las reglas están en la referencia de tiempos.",
        "The rules are in the reference of times.",
    ),
    Code.UNKNOWN_CHANNEL: _unknown(
        "ningún canal o medio",
        "channel or medium",
        "Canales: email, phone, desk, web, whatsapp, social, letter, event. "
        "Medios: email, voice, whatsapp, letter.",
        "Channels: email, phone, desk, web, whatsapp, social, letter, event. "
        "Media: email, voice, whatsapp, letter.",
    ),
    Code.UNKNOWN_MESSAGE: _unknown(
        "ningún mensaje",
        "message",
        "Escríbalo en messages/{name}.md.",
        "Write it in messages/{name}.md.",
    ),
    Code.UNKNOWN_SCRIPT: _unknown(
        "ningún guion", "script", "Defínalo en «scripts».", "Define it in “scripts”."
    ),
    Code.UNKNOWN_TABLE: _unknown(
        "ninguna tabla", "table", "Defínala en «tables».", "Define it in “tables”."
    ),
    Code.UNKNOWN_CATALOGUE: _unknown(
        "ningún catálogo", "catalogue", "Defínalo en «catalogues».", "Define it in “catalogues”."
    ),
    Code.UNKNOWN_ACTION: _unknown(
        "ninguna acción", "action", "Defínala en «actions».", "Define it in “actions”."
    ),
    Code.UNKNOWN_DEADLINE: _unknown(
        "ningún plazo",
        "deadline",
        "Defínalo en «deadlines», o con «within» en un paso.",
        "Define it in “deadlines”, or with “within” on a step.",
    ),
    Code.UNKNOWN_ALARM: _unknown(
        "ninguna alarma",
        "alarm",
        "Escriba PLAZO.ALARMA; las alarmas se nombran con «name».",
        "Write DEADLINE.ALARM; alarms are named with “name”.",
    ),
    Code.UNKNOWN_QUEUE: _unknown(
        "ninguna fila de esa oficina",
        "queue of that office",
        "Defínala en «queues» de pack.yaml, con la oficina del puesto.",
        "Define it in “queues” of pack.yaml, with the office of the counter.",
    ),
    Code.UNKNOWN_TRACK: _unknown(
        "ningún carril", "track", "Defínalo en «tracks».", "Define it in “tracks”."
    ),
    Code.UNKNOWN_ATTRIBUTE: _unknown(
        "ningún atributo del usuario",
        "attribute of the party",
        "Defínalo en «party: attributes» de pack.yaml.",
        "Define it in “party: attributes” of pack.yaml.",
    ),
    Code.UNKNOWN_CODE: _unknown(
        "ningún código del catálogo",
        "code of the catalogue",
        "Escriba en «alias_of» un código de la misma hoja.",
        "Write a code of the same sheet into “alias_of”.",
    ),
    Code.UNKNOWN_ACTIVITY: _unknown(
        "ninguna actividad del usuario",
        "activity of the party",
        "Defínala en «party: activities» de pack.yaml.",
        "Define it in “party: activities” of pack.yaml.",
    ),
    Code.UNKNOWN_AGREEMENT: _unknown(
        "ningún acuerdo",
        "agreement",
        "Defínalo en «agreements» de pack.yaml.",
        "Define it in “agreements” of pack.yaml.",
    ),
    Code.UNKNOWN_LIFECYCLE: _unknown(
        "ningún estado del usuario",
        "state of the party",
        "Defínalo en «party: lifecycle» de pack.yaml.",
        "Define it in “party: lifecycle” of pack.yaml.",
    ),
    Code.UNKNOWN_PROCEDURE: _unknown(
        "ningún procedimiento",
        "procedure",
        "Use el «code» de un archivo de procedures/.",
        "Use the “code” of a file in procedures/.",
    ),
    Code.UNKNOWN_EVENT: Sentence(
        "«{found}» no es un suceso.",
        "“{found}” is not an event.",
        "Sucesos: opened, entered PASO, done PASO, sent MENSAJE, received, set CAMPO, "
        "acted ACCIÓN, alarm PLAZO.ALARMA, late PLAZO, met PLAZO, closed.",
        "Events: opened, entered STEP, done STEP, sent MESSAGE, received, set FIELD, "
        "acted ACTION, alarm DEADLINE.ALARM, late DEADLINE, met DEADLINE, closed.",
    ),
    Code.UNKNOWN_KIND: _unknown(
        "un tipo de documento",
        "kind of identity document",
        "Los tipos están en la referencia del lenguaje.",
        "The kinds are in the language reference.",
    ),
    Code.UNKNOWN_PARTY: _unknown(
        "ningún usuario",
        "party",
        "Descríbalo en «given: parties» del escenario.",
        "Describe it in “given: parties” of the scenario.",
    ),
    Code.UNKNOWN_PERSON: _unknown(
        "ninguna persona",
        "person",
        "Descríbala en «given: people» del escenario.",
        "Describe it in “given: people” of the scenario.",
    ),
    Code.VALUE_UNREADABLE: Sentence(
        "El valor no sirve para «{name}» ({why}).",
        "The value does not fit “{name}” ({why}).",
        "Escríbalo como lo escribiría una persona en el formulario.",
        "Write it as a person would type it into the form.",
    ),
    Code.RESERVED_NAME: Sentence(
        "«{name}» ya significa otra cosa en el lenguaje.",
        "“{name}” already means something else in the language.",
        "Elija otro nombre.",
        "Choose another name.",
    ),
    Code.OPTIONS_MISSING: Sentence(
        "Un campo de tipo {type} necesita sus opciones.",
        "A field of type {type} needs its options.",
        "Agregue «options» con valor y etiqueta, o «catalogue».",
        "Add “options” with value and label, or “catalogue”.",
    ),
    Code.OPTIONS_UNUSED: Sentence(
        "«{name}» no se usa en un campo de tipo {type}.",
        "“{name}” is not used in a field of type {type}.",
        "Quítelo o cambie el tipo.",
        "Remove it or change the type.",
    ),
    Code.KINDS_MISSING: Sentence(
        "Un campo de identidad necesita los tipos de documento que acepta.",
        "A field of identity needs the kinds of document it takes.",
        "Agregue «kinds», por ejemplo [pe.dni, passport].",
        "Add “kinds”, for example [pe.dni, passport].",
    ),
    Code.COLUMNS_MISSING: Sentence(
        "Un campo de tipo table necesita sus columnas, y ninguna de ellas puede ser otra tabla.",
        "A field of type table needs its columns, and none of them may be a table.",
        "Agregue «columns» con nombre y tipo.",
        "Add “columns” with name and type.",
    ),
    Code.DEFAULT_UNREADABLE: Sentence(
        "«{found}» no es un valor de tipo {type}.",
        "“{found}” is no value of type {type}.",
        "El valor inicial se escribe como lo escribiría una persona en el formulario.",
        "The default is written as a person would type it into the form.",
    ),
    Code.SAVES_OTHER_TYPE: Sentence(
        "El atributo «{name}» es de tipo {type} y no puede guardar un campo de tipo {found}.",
        "The attribute “{name}” is of type {type} and cannot hold a field of type {found}.",
        "Dé a ambos el mismo tipo, y al atributo todas las opciones del campo.",
        "Give both the same type, and the attribute all options of the field.",
    ),
    Code.NO_STEPS: Sentence(
        "«{name}» no tiene pasos.",
        "“{name}” has no steps.",
        "Escriba al menos un paso.",
        "Write at least one step.",
    ),
    Code.VERBS_CLASH: Sentence(
        "«{name}» no cabe en un paso de clase {kind}.",
        "“{name}” does not fit in a step of kind {kind}.",
        "Divida el paso en dos, uno para cada cosa.",
        "Split the step in two, one for each thing.",
    ),
    Code.GO_OTHER_TRACK: Sentence(
        "El paso «{name}» pertenece a otro carril ({track}).",
        "The step “{name}” belongs to another track ({track}).",
        "Un carril sigue por sus propios pasos; para pasar a otro use una acción o una regla.",
        "A track goes on along its own steps; to move another one use an action or a rule.",
    ),
    Code.GO_AND_END: Sentence(
        "No se puede ir a un paso y terminar a la vez.",
        "The case cannot go to a step and end at once.",
        "Deje solo «go», o solo «end»; «end» tras las ramas vale cuando la última lleva «if».",
        "Keep only “go” or only “end”; “end” after branches needs an “if” on the last.",
    ),
    Code.BRANCH_NOWHERE: Sentence(
        "Esta rama no lleva a ningún lugar.",
        "This branch leads nowhere.",
        "Agregue «go: PASO» o «end: RESULTADO».",
        "Add “go: STEP” or “end: RESULT”.",
    ),
    Code.BRANCH_AFTER_PLAIN: Sentence(
        "Esta rama nunca se toma: la anterior no tiene condición.",
        "This branch is never taken: the one before has no condition.",
        "Ponga al final la rama sin «if».",
        "Put the branch without “if” last.",
    ),
    Code.WAIT_NEEDS: Sentence(
        "Esperar «{until}» necesita «{what}».",
        "Waiting for “{until}” needs “{what}”.",
        "Agréguelo dentro de «wait».",
        "Add it inside “wait”.",
    ),
    Code.PERSON_NOT_A_PERSON: Sentence(
        "El campo «{name}» es {type}, no una persona.",
        "The field “{name}” is a {type}, not a person.",
        "Nombre un campo de tipo person.",
        "Name a field of type person.",
    ),
    Code.NOT_FOR_THE_PUBLIC: Sentence(
        "El formulario público pide «{name}», que solo el personal puede responder.",
        "The public form asks for “{name}”, which only the staff can answer.",
        "Quítelo de «portal» y pídalo en un paso.",
        "Take it out of “portal” and ask for it at a step.",
    ),
    Code.ELSE_MISSING: Sentence(
        "Falta quién responde cuando no hay persona.",
        "It is missing who answers when there is no person.",
        "Agregue «else: ROL».",
        "Add “else: ROLE”.",
    ),
    Code.INTO_NOT_FILES: Sentence(
        "El campo «{name}» es de tipo {type}; los archivos recibidos necesitan un campo files.",
        "The field “{name}” is of type {type}; files received need a field of type files.",
        "Nombre un campo de tipo files.",
        "Name a field of type files.",
    ),
    Code.EXPRESSION_EMPTY: Sentence(
        "Falta la expresión.",
        "The expression is missing.",
        "Escriba una condición o un nombre.",
        "Write a condition or a name.",
    ),
    Code.EXPRESSION_TOO_LONG: Sentence(
        "La expresión pasa de {limit} caracteres.",
        "The expression is longer than {limit} characters.",
        "Use una tabla de decisión.",
        "Use a decision table.",
    ),
    Code.EXPRESSION_TOO_BIG: Sentence(
        "La expresión tiene demasiadas partes (límite: {limit}).",
        "The expression has too many parts (limit: {limit}).",
        "Use una tabla de decisión.",
        "Use a decision table.",
    ),
    Code.EXPRESSION_CHARACTER: Sentence(
        "El carácter «{found}» no se entiende en una expresión.",
        "The character “{found}” has no meaning in an expression.",
        "Si es parte de un texto, póngalo entre comillas.",
        "If it is part of a text, put it in quotes.",
    ),
    Code.EXPRESSION_TEXT_OPEN: Sentence(
        "El texto que empieza aquí no se cierra.",
        "The text that begins here is never closed.",
        "Agregue la comilla {quote} al final.",
        "Add the quote {quote} at its end.",
    ),
    Code.EXPRESSION_NUMBER: Sentence(
        "«{found}» no es un número que se pueda usar.",
        "“{found}” is not a number that can be used.",
        "Hasta 18 cifras, con punto decimal; un nombre no empieza con cifra.",
        "Up to 18 digits, with a decimal point; a name does not begin with a digit.",
    ),
    Code.EXPRESSION_EXPECTED: Sentence(
        "Se esperaba {expected} y hay «{found}».",
        "{expected} was expected, and “{found}” found.",
        "Revise paréntesis y operadores.",
        "Check parentheses and operators.",
    ),
    Code.EXPRESSION_OPERATOR: Sentence(
        "«{found}» no es un operador de este lenguaje.",
        "“{found}” is not an operator of this language.",
        "Operadores: == != < <= > >= + - * / and or not in.",
        "Operators: == != < <= > >= + - * / and or not in.",
    ),
    Code.EXPRESSION_CHAINED: Sentence(
        "Dos comparaciones seguidas no se entienden.",
        "Two comparisons in a row have no meaning.",
        "Únalas con and: 1 < x and x < 5.",
        "Join them with and: 1 < x and x < 5.",
    ),
    Code.EXPRESSION_UNKNOWN_NAME: Sentence(
        "No hay nada que se llame «{name}».",
        "Nothing is called “{name}”.",
        "Un texto va entre comillas; un nombre debe ser un campo o un dato del caso.",
        "A text goes in quotes; a name must be a field or a datum of the case.",
    ),
    Code.EXPRESSION_UNKNOWN_FUNCTION: Sentence(
        "No hay ninguna función «{name}».",
        "There is no function “{name}”.",
        "Las funciones están en la referencia del lenguaje.",
        "The functions are in the language reference.",
    ),
    Code.EXPRESSION_ARGUMENTS: Sentence(
        "«{name}» lleva {expected} argumentos y aquí tiene {found}.",
        "“{name}” takes {expected} arguments and has {found} here.",
    ),
    Code.EXPRESSION_TYPES: Sentence(
        "«{operator}» no une {left} con {right}.",
        "“{operator}” does not join {left} with {right}.",
        "Compare valores del mismo tipo; text(x) convierte en texto.",
        "Compare values of one type; text(x) makes a text.",
    ),
    Code.EXPRESSION_WRONG_TYPE: Sentence(
        "Se esperaba {expected} y es {found}.",
        "{expected} was expected and this is {found}.",
    ),
    Code.EXPRESSION_MIXED_LIST: Sentence(
        "La lista mezcla {left} con {right}.",
        "The list mixes {left} with {right}.",
    ),
    Code.EXPRESSION_UNKNOWN_VALUE: Sentence(
        "«{value}» no es uno de los valores posibles.",
        "“{value}” is not one of the possible values.",
        "Valores: {known}.",
        "Values: {known}.",
    ),
    Code.EXPRESSION_UNKNOWN_COLUMN: Sentence(
        "El catálogo no tiene la columna «{name}».",
        "The catalogue has no column “{name}”.",
    ),
    Code.MERGE_FIELD_OPEN: Sentence(
        "El campo de combinación que empieza aquí no se cierra.",
        "The merge field that begins here is never closed.",
        "Ciérrelo con dos llaves.",
        "Close it with two braces.",
    ),
    Code.TABLE_ROW_WIDTH: Sentence(
        "La fila tiene {found} celdas; se esperaban {expected}.",
        "The row has {found} cells; {expected} were expected.",
        "Una celda por entrada y una por salida; «-» admite cualquier valor.",
        "One cell for each input and one for each output; “-” admits any value.",
    ),
    Code.TABLE_CELL: Sentence(
        "«{found}» no es una celda de tipo {expected}.",
        "“{found}” is no cell of type {expected}.",
        "Escriba un valor, una lista, un rango (1..5, >= 3) o «-».",
        "Write a value, a list, a range (1..5, >= 3) or “-”.",
    ),
    Code.TABLE_OUTPUT: Sentence(
        "«{found}» no es un valor del campo «{name}» ({expected}).",
        "“{found}” is no value of the field “{name}” ({expected}).",
    ),
    Code.TABLE_COLLECT_FIELD: Sentence(
        "Una tabla que reúne escribe listas, y «{name}» es de tipo {type}.",
        "A table that collects writes lists, and “{name}” is of type {type}.",
        "Use un campo de tipo choices.",
        "Use a field of type choices.",
    ),
    Code.TABLE_NO_ROWS: Sentence(
        "La tabla no tiene filas.",
        "The table has no rows.",
        "Agregue «rules» o «file».",
        "Add “rules” or “file”.",
    ),
    Code.CALENDAR_HOURS: Sentence(
        "«{found}» no es un horario.",
        "“{found}” are no opening hours.",
        'Días: mon tue wed thu fri sat sun o mon-fri. Horas: ["09:00-13:00", "14:00-17:00"]. '
        "Un medio día o una apertura extra lleva sus horas; un cierre no las lleva.",
        'Days: mon tue wed thu fri sat sun or mon-fri. Hours: ["09:00-13:00", "14:00-17:00"]. '
        "A half day or an extra opening has its hours; a closure has none.",
    ),
    Code.CALENDAR_REFUSED: Sentence(
        "No se puede formar el calendario «{name}» ({reason}: {detail}).",
        "The calendar “{name}” cannot be made ({reason}: {detail}).",
        "El país y la región se escriben según ISO 3166-2: country: CL, region: AP.",
        "Country and region are written as in ISO 3166-2: country: CL, region: AP.",
    ),
    Code.ALARM_AT: Sentence(
        "«{found}» no dice cuándo suena la alarma.",
        "“{found}” does not say when the alarm rings.",
        "Escriba «12 hours before», «1 business day after» o «at 50%».",
        "Write “12 hours before”, “1 business day after” or “at 50%”.",
    ),
}
