"""One change to a sound pack for each problem that it can have."""

from typing import NamedTuple

from tests.packs.outside_faults import OUTSIDE
from ventanilla.core.definition.problems import Code

P = "procedures/consulta.yaml"
K = "pack.yaml"


class Fault(NamedTuple):
    code: Code
    file: str
    old: str
    new: str
    at: str
    """The text, after the change, at whose beginning the problem is told."""
    near: str = ""


RULES = """\
rules:
  - {on: late respuesta, if: monto > 100, do: {set: {nivel: alto}, send: demora}}
"""
DEADLINES = """\
deadlines:
  respuesta:
    title: Enviar la respuesta
    from: [done registrar, {on: received, if: known(nombre)}]
    until: sent respuesta
"""
GRADES = """\
    inputs: [servicio, monto, cantidad]
    outputs: [nivel]
    rules:
"""
FIRST = f"""\
    hit: first
{GRADES}      - [tv, "-", "-", bajo]
"""
FAULTS = [
    # shape
    Fault(Code.UNKNOWN_KEY, P, "who: orientador", "whom: orientador", "whom", "who"),
    Fault(Code.MISSING_KEY, P, "owner: jefe\n", "", "code: P-1"),
    Fault(Code.NOT_YET, P, "graduar: {", "graduar: {promise: x, ", "promise: x"),
    Fault(Code.EXPECTED_MAPPING, P, "graduar: {decide: grado}", "graduar: grado", "grado\n"),
    Fault(Code.EXPECTED_TEXT, P, "title: Difusión", "title: [Difusión]", "[Difusión]"),
    Fault(Code.EXPECTED_ONE_OF, P, "hit: collect", "hit: colect", "colect", "collect"),
    Fault(Code.BAD_NAME, P, "  motivo: {", "  mo-tivo: {", "mo-tivo"),
    Fault(Code.BAD_BOOLEAN, P, "optional: true", "optional: quizás", "quizás"),
    Fault(Code.BAD_INTEGER, P, "times: 2", "times: dos", "dos,"),
    Fault(Code.BAD_DATE, P, "on: 2026-01-10", "on: 10/01/2026", "10/01/2026"),
    Fault(Code.BAD_SPAN, P, "else: 72 hours", "else: 72 houres", "72 houres", "hours"),
    Fault(Code.BAD_COLOUR, K, '"#b3132b"', "rojo", "rojo"),
    Fault(
        Code.REPEATED,
        P,
        "      publicar: {",
        "      derivar: {who: jefe}\n      publicar: {",
        "derivar: {who: jefe}\n",
    ),
    Fault(Code.EMPTY, "messages/pedido.md", "Envíe sus archivos.", "", ""),
    # names
    Fault(Code.UNKNOWN_FIELD, P, "motivo, visita]", "motibo, visita]", "motibo", "motivo"),
    Fault(Code.UNKNOWN_FIELD_TYPE, P, "type: decimal", "type: decimales", "decimales", "decimal"),
    Fault(Code.UNKNOWN_STEP, P, "go: derivar", "go: deribar", "deribar", "derivar"),
    Fault(Code.UNKNOWN_ROLE, P, "else: orientador", "else: orientdor", "orientdor", "orientador"),
    Fault(
        Code.UNKNOWN_OFFICE,
        K,
        '["555 0101"], office: centro',
        '["555 0101"], office: centr',
        "centr,",
        "centro",
    ),
    Fault(Code.UNKNOWN_CALENDAR, K, "norte, calendar: lima", "norte, calendar: lma", "lma", "lima"),
    Fault(Code.UNKNOWN_RULE, K, "rule: plain", "rule: plano", "plano", "plain"),
    Fault(
        Code.UNKNOWN_QUEUE, K, "serves: [consultas]", "serves: [consulta]", "consulta]", "consultas"
    ),
    Fault(Code.UNKNOWN_CHANNEL, K, "  phone: {", "  fone: {", "fone", "phone"),
    Fault(Code.UNKNOWN_MESSAGE, P, "{send: pedido}", "{send: pedidos}", "pedidos", "pedido"),
    Fault(Code.UNKNOWN_SCRIPT, P, "say: [saludo]", "say: [saludos]", "saludos", "saludo"),
    Fault(Code.UNKNOWN_TABLE, P, "decide: grado", "decide: grados", "grados", "grado"),
    Fault(
        Code.UNKNOWN_TEXT,
        "messages/respuesta.md",
        "text.apertura",
        "text.apretura",
        "apretura",
        "apertura",
    ),
    Fault(Code.UNKNOWN_CATALOGUE, P, "catalogue: temas", "catalogue: tema", "tema,\x00", "temas"),
    Fault(Code.UNKNOWN_ACTION, P, "acted desistir", "acted desistr", "desistr", "desistir"),
    Fault(Code.UNKNOWN_QUESTIONNAIRE, P, "score: rapidez", "score: rapides", "rapides", "rapidez"),
    Fault(Code.UNKNOWN_ENTRY, P, "entry y]", "entry z]", "z]"),
    Fault(Code.UNKNOWN_DEADLINE, P, "late respuesta", "late respuest", "respuest,", "respuesta"),
    Fault(
        Code.UNKNOWN_ALARM,
        P,
        "on: late respuesta",
        "on: alarm respuesta.avizo",
        "respuesta.avizo",
        "respuesta.aviso",
    ),
    Fault(Code.UNKNOWN_ATTRIBUTE, P, "record: {nombre:", "record: {nombr:", "nombr:", "nombre"),
    Fault(
        Code.UNKNOWN_LIFECYCLE,
        P,
        "lifecycle: registrado",
        "lifecycle: registrada",
        "registrada,",
        "registrado",
    ),
    Fault(Code.UNKNOWN_CODE, "tables/temas.csv", "DF,", "DF,xx", "xx", "x"),
    Fault(Code.UNKNOWN_ACTIVITY, P, "activity: feria", "activity: ferya", "ferya}", "feria"),
    Fault(Code.UNKNOWN_AGREEMENT, P, "agreement: trato", "agreement: trasto", "trasto", "trato"),
    Fault(
        Code.UNKNOWN_PROCEDURE, K, "opens: P-1}\n  phone", "opens: P-1x}\n  phone", "P-1x", "P-1"
    ),
    Fault(Code.UNKNOWN_EVENT, P, "late respuesta", "latte respuesta", "latte", "late"),
    Fault(Code.UNKNOWN_KIND, K, "[pe.dni, passport]", "[pe.dny, passport]", "pe.dny", "pe.dni"),
    Fault(Code.RESERVED_NAME, P, "  motivo: {", "  party: {", "party: {"),
    # fields
    Fault(Code.OPTIONS_MISSING, P, "type: decimal", "type: choice", "type: choice, label: Monto"),
    Fault(Code.OPTIONS_UNUSED, P, "label: Monto,", "options: {a: A},", "options: {a: A}, req"),
    Fault(Code.KINDS_MISSING, P, "kinds: [pe.dni, passport], ", "", "type: identity"),
    Fault(Code.COLUMNS_MISSING, P, "type: longtext", "type: table", "type: table"),
    Fault(Code.DEFAULT_UNREADABLE, P, "type: date,", "type: date, default: ayer,", "ayer"),
    Fault(
        Code.SAVES_OTHER_TYPE,
        P,
        "saves: party.documento",
        "saves: party.nombre",
        "party.nombre}\n  serv",
    ),
    # steps
    Fault(
        Code.NO_STEPS,
        P,
        "      publicar: {who: orientador, do: [Publicar]}\n"
        "      valorar: {who: jefe, score: rapidez}\n"
        "      visar: {approve: {by: [jefe], back: publicar}, end: publicada}\n",
        "",
        "difusion",
    ),
    Fault(
        Code.VERBS_CLASH,
        P,
        "graduar: {decide: grado",
        "graduar: {who: jefe, decide: grado",
        "decide: grado",
    ),
    Fault(
        Code.GO_OTHER_TRACK,
        P,
        '{if: nivel == "alto", go: derivar}',
        '{if: nivel == "alto", go: publicar}',
        "publicar}\n",
    ),
    Fault(Code.GO_AND_END, P, "end: abandonada}", "end: abandonada, go: pedir}", "abandonada,"),
    Fault(
        Code.BRANCH_NOWHERE,
        P,
        "{if: empty(archivos), go: pedir}",
        "{if: empty(archivos)}",
        "{if: empty",
    ),
    Fault(
        Code.BRANCH_AFTER_PLAIN,
        P,
        '{if: nivel == "alto", go: derivar}',
        "{go: derivar}",
        "{if: empty",
    ),
    Fault(
        Code.WAIT_NEEDS, P, "wait: {for: files, into: archivos}", "wait: {for: date}", "{for: date"
    ),
    Fault(Code.PERSON_NOT_A_PERSON, P, "person: especialista", "person: nombre", "nombre, else"),
    Fault(
        Code.NOT_FOR_THE_PUBLIC,
        P,
        "ask: [nombre], deadlines",
        "ask: [nombre, especialista], deadlines",
        "ask: [nombre, especialista]",
    ),
    Fault(
        Code.ELSE_MISSING,
        P,
        "who: {person: especialista, else: orientador}",
        "who: {person: especialista}",
        "{person",
    ),
    Fault(Code.INTO_NOT_FILES, P, "into: archivos", "into: nombre", "nombre}\n    remind"),
    Fault(
        Code.UNKNOWN_SCHEDULE,
        P,
        "on: late respuesta",
        "on: repeated avisos",
        "avisos,",
        "aviso_mensual",
    ),
    Fault(Code.UNKNOWN_CHECKLIST, P, "checklist papeles]", "checklist papel]", "papel]", "papeles"),
    Fault(Code.UNKNOWN_APPOINTMENT, P, "acted desistir, entry", "kept cita, entry", "cita, entry"),
    Fault(
        Code.SCHEDULE_WITHOUT_END,
        P,
        "every: 1 month, times: 3",
        "every: 1 month",
        "aviso_mensual: {",
    ),
    Fault(
        Code.SCHEDULE_DOES_NOTHING,
        P,
        "times: 3, send: pedido}",
        "times: 3}",
        "aviso_mensual: {",
    ),
    Fault(
        Code.UNUSED_CHECKLIST,
        P,
        "requires: [checklist papeles], ",
        "",
        "papeles: {items",
    ),
    Fault(Code.BAND_GAP, P, '">= 90%"', '"> 90%"', "target"),
    Fault(Code.BAND_OVERLAP, P, '"< 90%"', '"<= 90%"', "target"),
    Fault(
        Code.TEMPLATE_MISSING,
        "messages/pedido.md",
        "title: Pedido",
        "via: [email, whatsapp]\ntitle: Pedido",
        "via",
    ),
    Fault(
        Code.ADD_NOT_A_TABLE,
        P,
        "send: demora}",
        "send: demora, add: {monto: {}}}",
        "monto: {}",
    ),
    # expressions
    Fault(Code.EXPRESSION_EMPTY, P, "if: monto > 0,", 'if: "",', '", say'),
    Fault(
        Code.EXPRESSION_TOO_LONG, P, "if: monto > 0,", f"if: monto > {'0' * 2000},", "monto > 00"
    ),
    Fault(Code.EXPRESSION_TOO_BIG, P, "if: monto > 0,", f"if: monto{' + 1' * 210} > 0,", "\x00"),
    Fault(Code.EXPRESSION_CHARACTER, P, "monto > 0", "monto > $0", "$0"),
    Fault(Code.EXPRESSION_TEXT_OPEN, P, "if: monto > 0,", "if: tema == 'x,", "'x,"),
    Fault(Code.EXPRESSION_NUMBER, P, "monto > 0", "monto > 0x", "0x"),
    Fault(Code.EXPRESSION_EXPECTED, P, "monto > 0", "monto >", ", say: El"),
    Fault(
        Code.EXPRESSION_OPERATOR,
        P,
        'nivel == "alto", go',
        'nivel = "alto", go',
        '= "alto", go',
        "==",
    ),
    Fault(Code.EXPRESSION_CHAINED, P, "monto > 0", "0 < monto < 9", "< 9"),
    Fault(Code.EXPRESSION_UNKNOWN_NAME, P, "monto > 0", "mont > 0", "mont > 0", "monto"),
    Fault(
        Code.EXPRESSION_UNKNOWN_FUNCTION, P, "empty(archivos)", "emty(archivos)", "emty", "empty"
    ),
    Fault(
        Code.EXPRESSION_ARGUMENTS,
        P,
        "if: empty(archivos)",
        "if: 'empty(archivos, 1)'",
        "empty(archivos, 1)",
    ),
    Fault(Code.EXPRESSION_TYPES, P, "monto > 0", "monto > nombre", "> nombre"),
    Fault(Code.EXPRESSION_WRONG_TYPE, P, "if: monto > 0", "if: monto", "monto, say"),
    Fault(Code.EXPRESSION_MIXED_LIST, P, "if: monto > 0", "if: 'monto in [1, \"a\"]'", '"a"]'),
    Fault(
        Code.EXPRESSION_UNKNOWN_VALUE,
        P,
        'nivel == "alto", go',
        'nivel == "altos", go',
        '"altos"',
        "alto",
    ),
    Fault(
        Code.EXPRESSION_UNKNOWN_COLUMN,
        "messages/respuesta.md",
        "tema, area)",
        "tema, aera)",
        "aera",
        "area",
    ),
    Fault(
        Code.MERGE_FIELD_OPEN,
        "messages/respuesta.md",
        "{{ especialista.name }}",
        "{{ especialista.name",
        "{{ especialista.name",
    ),
    Fault(Code.TEXT_CIRCLE, P, "(a) {{ nombre }}", "(a) {{ text.apertura }}", "trato: "),
    # tables and calendars
    Fault(
        Code.TABLE_ROW_WIDTH, P, '- [tv, "-", "-", alto]', '- [tv, "-", alto]', '[tv, "-", alto]'
    ),
    Fault(Code.TABLE_CELL, P, '- [internet, "< 1', '- [intrnet, "< 1', "intrnet", "internet"),
    Fault(Code.TABLE_OUTPUT, P, '"-", alto]', '"-", altos]', "altos", "alto"),
    Fault(Code.TABLE_COLLECT_FIELD, P, "outputs: [etiquetas]", "outputs: [nivel]", "nivel], file"),
    Fault(
        Code.TABLE_NO_ROWS,
        P,
        "outputs: [etiquetas], file: tables/marcas.csv",
        "outputs: [etiquetas]",
        "{hit: coll",
    ),
    Fault(Code.QUESTION_TYPE, P, "points: cantidad", "points: nombre", "nombre\n    band"),
    Fault(Code.POINTS_MISSING, P, "{internet: 0, tv: 5}", "{tv: 5}", "servicio: {tv: 5}"),
    Fault(Code.BAD_POINTS, P, "{true: 1, false", "{true: 1.5, false", "true: 1.5"),
    Fault(Code.BAND_GAP, P, 'alto: ">= 3"', 'alto: "> 5"', "bands:"),
    Fault(Code.BAND_OVERLAP, P, 'alto: ">= 3"', 'alto: ">= 1"', "bands:"),
    Fault(Code.CALENDAR_HOURS, K, '"09:00-13:00", "14', '"09:00-25:00", "14', "09:00-25:00"),
    Fault(Code.CALENDAR_REFUSED, K, "country: PE", "country: XX", "lima:\n"),
    Fault(Code.ALARM_AT, P, "at: 12 hours before", "at: 12 hours antes", "12 hours antes"),
    # files
    Fault(
        Code.FILE_MISSING,
        P,
        "file: tables/marcas.csv",
        "file: tables/marca.csv",
        "tables/marca.csv",
        "tables/marcas.csv",
    ),
    Fault(Code.FRONT_MATTER, "messages/pedido.md", "---\ntitle", "title", "title"),
    Fault(Code.CSV_COLUMNS, "tables/marcas.csv", "x;a", "x;a;b", "x;a;b"),
    Fault(Code.CSV_HEADER, "tables/temas.csv", "code,label", "codigo,label", "codigo"),
    Fault(Code.CSV_SYNTAX, "tables/marcas.csv", "- ;b", '- ;"b', '"b'),
    Fault(Code.YAML_SYNTAX, P, "scope: {starts", "scope: {{starts", "objective\x00"),
    Fault(Code.YAML_REPEATED_KEY, P, "version: 2", "version: 2\nversion: 3", "version: 3"),
    Fault(Code.YAML_ANCHOR, P, "title: Difusión", "title: &d Difusión", "&d"),
    Fault(Code.YAML_ALIAS, P, "title: Difusión", "title: *d", "*d"),
    Fault(Code.YAML_TAG, P, "title: Difusión", "title: !!str Difusión", "!!str"),
    Fault(Code.YAML_MERGE, P, "title: Difusión", "<<: {a: b}", "<<"),
    Fault(Code.YAML_KEY, P, "title: Difusión", "[a, b]: c", "[a, b]"),
    Fault(Code.YAML_SEVERAL_DOCUMENTS, P, "version: 2\n", "version: 2\n---\n", "---"),
    Fault(Code.YAML_TOO_DEEP, P, "title: Difusión", f"title: {'[' * 30}{']' * 30}", "\x00"),
    # the whole
    Fault(Code.TABLE_OVERLAP, P, '- [tv, "-"', '- ["-", "-"', '["-", "-"'),
    Fault(Code.TABLE_GAP, P, '      - [tv, "-", "-", alto]\n', "", "grado:\n"),
    Fault(Code.TABLE_ROW_DEAD, P, GRADES, FIRST, '[tv, "-", "-", alto]'),
    Fault(
        Code.CHANNEL_NOT_WRITTEN,
        "messages/pedido.md",
        "subject: Archivos",
        "subject: A\nvia: whatsapp",
        "Envíe",
    ),
    Fault(
        Code.STEP_UNREACHABLE,
        P,
        "{if: empty(archivos), go: pedir}",
        "{go: responder}",
        "pedir: {send",
    ),
    Fault(Code.STEP_NO_END, P, "    end: atendida", "    next: responder", "responder:\n"),
    Fault(
        Code.STEP_LOOP,
        P,
        "  pedir: {send: pedido}",
        "  pedir: {send: pedido, next: repartir}",
        "repartir:\n",
    ),
    Fault(
        Code.STEP_NO_WAY_ON,
        P,
        "end: abandonada}\n    next: responder",
        "end: abandonada}",
        "esperar:\n",
    ),
    Fault(
        Code.BRANCH_DEAD,
        P,
        "{if: empty(archivos), go",
        '{if: nivel == "alto" and monto > 3, go',
        '{if: nivel == "alto" and',
    ),
    Fault(
        Code.CONDITION_CONSTANT,
        P,
        "if: known(nombre), go",
        "if: monto > 3 or not monto > 3, go",
        "if: monto > 3 or",
    ),
    Fault(
        Code.WAIT_WITHOUT_WAY_OUT,
        P,
        "    give_up: {after: 5 business days, end: abandonada}\n",
        "",
        "wait: {for",
    ),
    Fault(
        Code.EVENT_NEVER,
        P,
        RULES,
        "rules:\n  - {on: sent demora, do: {set: {nivel: alto}}}\n",
        "on: sent demora",
    ),
    Fault(
        Code.DEADLINE_NEVER_STOPS,
        P,
        f"{RULES}{DEADLINES}",
        DEADLINES.replace("sent respuesta", "sent demora"),
        "until: sent demora",
    ),
    Fault(Code.ALARM_OUTSIDE, P, "at: 12 hours before", "at: 4 days before", "{name: aviso"),
    Fault(Code.DATUM_NOT_ASKED, P, "{{ greeting() }}.", "{{ motivo }}.", "say: [saludo]"),
    Fault(
        Code.NAME_NEVER_SET,
        P,
        "ask: [especialista, motivo, visita]",
        "ask: [motivo, visita]",
        "especialista: {",
    ),
    Fault(
        Code.UNUSED_FIELD,
        P,
        "ask: [especialista, motivo, visita]",
        "ask: [especialista, motivo]",
        "visita: {",
    ),
    Fault(Code.UNUSED_SCRIPT, P, "    say: [saludo]\n", "", "saludo:\n"),
    Fault(
        Code.UNUSED_QUESTIONNAIRE, P, "who: jefe, score: rapidez", "who: jefe", "rapidez:\n    q"
    ),
    Fault(
        Code.UNUSED_TEXT,
        P,
        "  apertura:",
        "  cierre: Gracias\n  apertura:",
        "cierre: Gracias",
    ),
    Fault(Code.UNUSED_TABLE, P, "graduar: {decide: grado}", "graduar: {do: Graduar}", "grado:\n"),
    Fault(Code.UNUSED_MESSAGE, P, ", send: demora}", "}", "\x00"),
    Fault(Code.QUEUE_WITHOUT_COUNTER, K, "offices: [centro]\n", "\n", "consultas:"),
    Fault(Code.UNUSED_ROLE, K, "  jefe: {", "  portero: {title: Portero}\n  jefe: {", "portero"),
    Fault(
        Code.APPROVED_BEFORE_PREPARED, P, "on: 2026-01-20", "on: 2026-01-02", "{concept: Aprobado"
    ),
    Fault(
        Code.ROLE_NOT_AT_OFFICE,
        P,
        "office: '\"norte\"'",
        "office: '\"sur\"'",
        "who: {role: jefe, office",
    ),
    Fault(
        Code.DUTY_OF_NOBODY,
        P,
        "accountable: all",
        "accountable: [registrar, responder, publicar, derivar, valorar]",
        "responsibilities:",
    ),
    Fault(
        Code.DUTY_OF_SEVERAL,
        P,
        "orientador: {does: [registrar,",
        "orientador: {accountable: [registrar], does: [registrar,",
        "orientador: {accountable",
    ),
    Fault(
        Code.DUTY_OF_ANOTHER,
        P,
        "does: [registrar, responder,",
        "does: [responder,",
        "who: orientador\n    say",
    ),
    Fault(Code.CHANGE_VERSION, P, "- {version: 2,", "- {version: 1,", "changes"),
    Fault(
        Code.TIMES_DIFFER,
        P,
        "title: Registrar la consulta",
        "title: Enviar la RESPUESTA",
        "within: 24",
    ),
]

FAULTS += [Fault(*one) for one in OUTSIDE]
