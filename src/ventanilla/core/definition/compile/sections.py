"""The words of procedures and of the front matter of messages."""

from ventanilla.core.definition.compile.sections_pack import CHANNELS, FIELD, RULE
from ventanilla.core.definition.compile.shapes import (
    BOOLEAN,
    DATE,
    EVENT,
    EXPRESSION,
    INTEGER,
    NAME,
    PARTIAL_DATE,
    SPAN,
    TERM_TEXT,
    TEXT,
    Section,
    Shape,
    either,
    keyed,
    listed,
    named,
    one_of,
    some,
)
from ventanilla.core.definition.model import HitPolicy, Pick, WaitFor

MEDIA = ("email", "voice", "whatsapp", "letter")
"""How a message leaves: ``voice`` is said at the desk or by telephone and noted."""

# --- the controlled document ---------------------------------------------------------------------

SCOPE = Section("scope", {"starts": TEXT, "ends": TEXT})
LEGAL = Section("legal", {"norm": TEXT, "article": TEXT, "supports": TEXT}, required="norm")
RELATED = Section("related", {"inputs": some(TEXT), "outputs": some(TEXT), "supports": TEXT})
SIGNATURE = Section(
    "signature",
    {"concept": TEXT, "position": TEXT, "unit": TEXT, "on": DATE},
    required="concept position",
)
CHANGE = Section(
    "change",
    {"version": INTEGER, "date": PARTIAL_DATE, "on": PARTIAL_DATE, "what": TEXT, "where": TEXT},
    required="version what",
)
INDICATOR = Section(
    "indicator",
    {
        "title": TEXT,
        "count": EXPRESSION,
        "average": EXPRESSION,
        "over": EXPRESSION,
        "target": keyed(TEXT),
        "every": TEXT,
        "who": NAME,
        "source": TEXT,
    },
)

# --- what steps, actions and rules have in common ------------------------------------------------

TRIGGER = Section("trigger", {"on": EVENT, "if": EXPRESSION}, required="on")
EVENTS = some(either(EVENT, TRIGGER))
PERSON = Section(
    "who",
    {
        "role": NAME,
        "office": EXPRESSION,
        "person": TEXT,
        "else": NAME,
        "pick": one_of(*Pick),
    },
)
WHO = either(TEXT, PERSON)
ASK = Section(
    "ask",
    {"field": NAME, "required": either(BOOLEAN, EXPRESSION), "if": EXPRESSION},
    required="field",
)
ASKS = some(either(NAME, ASK))
ITEM = Section("item", {"item": TEXT, "optional": BOOLEAN}, required="item")
ITEMS = some(either(TEXT, ITEM))
MESSAGE_SENT = Section(
    "send", {"message": NAME, "to": EXPRESSION, "via": one_of(*MEDIA)}, required="message"
)
SEND = either(NAME, MESSAGE_SENT)
REQUIREMENT = Section("requirement", {"if": EXPRESSION, "say": TEXT}, required="if say")
REQUIREMENTS = some(either(EXPRESSION, REQUIREMENT))
VALUES = named(EXPRESSION)
ACTIVITY_OF = Section("activity_of", {"kind": NAME, "on": EXPRESSION}, required="kind")
RECORD = keyed(either(EXPRESSION, ACTIVITY_OF))
TERM = Section("term", {"agreement": NAME, "value": EXPRESSION, "else": SPAN}, required="else")
WITHIN = either(TERM_TEXT, TERM)

OPEN = Section(
    "open", {"procedure": TEXT, "with": VALUES, "into": named(NAME)}, required="procedure"
)
DEEDS: dict[str, Shape] = {
    "set": VALUES,
    "add": named(VALUES),
    "record": RECORD,
    "send": SEND,
    "note": TEXT,
    "cancel_track": NAME,
    "open": either(TEXT, OPEN),
    "go": NAME,
}
"""What may follow by itself from an event."""

# --- steps ---------------------------------------------------------------------------------------

CHECK = Section(
    "check",
    {
        "connector": TEXT,
        "with": VALUES,
        "into": named(NAME),
        "fallback": WHO,
        "tries": INTEGER,
        "within": SPAN,
    },
    required="connector",
)
OPEN_AND_WAIT = Section("open_and_wait", {**OPEN.words, "wait": BOOLEAN}, required="procedure")
BRANCH = Section("branch", {"if": EXPRESSION, "go": NAME, "end": TEXT})
APPROVE = Section(
    "approve", {"by": some(WHO), "back": NAME, "four_eyes": BOOLEAN}, required="by back"
)
WAIT = Section(
    "wait",
    {
        "for": one_of(*WaitFor),
        "into": NAME,
        "at": EXPRESSION,
        "of": TEXT,
        "when": EXPRESSION,
        "checklist": NAME,
        "appointment": NAME,
    },
    required="for",
)
REMIND = Section(
    "remind", {"after": SPAN, "every": SPAN, "times": INTEGER, "send": SEND}, required="send"
)
GIVE_UP = Section("give_up", {"after": SPAN, "go": NAME, "end": TEXT}, required="after")
STEP = Section(
    "step",
    {
        "title": TEXT,
        "who": WHO,
        "say": some(NAME),
        "ask": ASKS,
        "do": ITEMS,
        "checklist": NAME,
        "approve": APPROVE,
        "send": SEND,
        "decide": NAME,
        "score": NAME,
        "wait": WAIT,
        "remind": REMIND,
        "give_up": GIVE_UP,
        "record": RECORD,
        "check": either(TEXT, CHECK),
        "open": either(TEXT, OPEN_AND_WAIT),
        "within": WITHIN,
        "skip_if": EXPRESSION,
        "requires": REQUIREMENTS,
        "next": some(either(NAME, BRANCH)),
        "end": TEXT,
    },
    later="promise",
)

# --- beside the steps ----------------------------------------------------------------------------

TRACK = Section(
    "track",
    {"title": TEXT, "from": EVENTS, "until": EVENTS, "steps": named(STEP)},
    required="from steps",
)
ENTRY = Section("entry", {"catalogue": NAME, "label": TEXT}, required="catalogue")
SUSPEND = Section(
    "suspend",
    {"deadline": NAME, "from": EXPRESSION, "reason": EXPRESSION},
    required="deadline",
)
EXTEND = Section(
    "extend",
    {"deadline": NAME, "by": SPAN, "times": INTEGER, "percent": INTEGER, "reason": EXPRESSION},
    required="deadline by",
)
ACTION = Section(
    "action",
    {
        "title": TEXT,
        "who": some(WHO),
        "if": EXPRESSION,
        "ask": ASKS,
        "say": some(NAME),
        "do": ITEMS,
        "requires": REQUIREMENTS,
        "entry": ENTRY,
        "suspend": SUSPEND,
        "resume": NAME,
        "extend": EXTEND,
        "end": TEXT,
        **DEEDS,
    },
    later="within",
)
REACTION = Section("reaction", DEEDS)
OPT_OUT = Section("opt_out", {"title": TEXT, "who": some(WHO), **DEEDS})
SCHEDULE = Section(
    "schedule",
    {
        "title": TEXT,
        "from": EVENTS,
        "until": EVENTS,
        "every": TEXT,
        "first": TEXT,
        "times": INTEGER,
        "if": EXPRESSION,
        "office_hours": BOOLEAN,
        "opt_out": OPT_OUT,
        **DEEDS,
    },
    required="from every",
)
LIST_ITEM = Section(
    "list_item", {"text": TEXT, "optional": BOOLEAN, "if": EXPRESSION}, required="text"
)
CHECKLIST = Section(
    "checklist",
    {"title": TEXT, "who": some(WHO), "items": named(either(TEXT, LIST_ITEM)), "file": TEXT},
)
REMINDER = Section("reminder", {"before": SPAN, "send": SEND}, required="before send")
APPOINTMENT = Section(
    "appointment",
    {
        "title": TEXT,
        "at": NAME,
        "lasts": SPAN,
        "with": WHO,
        "place": EXPRESSION,
        "who": some(WHO),
        "remind": some(REMINDER),
    },
    required="at",
)
RULE_ON_EVENT = Section("rule", {"on": EVENT, "if": EXPRESSION, "do": REACTION}, required="on do")
ALARM = Section("alarm", {"name": NAME, "at": TEXT, "to": WHO, "say": TEXT}, required="at")
DEADLINE = Section(
    "deadline",
    {
        "title": TEXT,
        "from": EVENTS,
        "until": EVENTS,
        "cancel": EVENTS,
        "since": EXPRESSION,
        "within": WITHIN,
        "calendar": NAME,
        "rule": RULE,
        "restart": BOOLEAN,
        "alarms": some(ALARM),
        "cites": TEXT,
        "waits": some(NAME),
    },
    required="from until within",
    later="late",
)

# --- tables, catalogues, questionnaires, words ---------------------------------------------------

TABLE = Section(
    "table",
    {
        "title": TEXT,
        "hit": one_of(*HitPolicy),
        "inputs": some(EXPRESSION),
        "outputs": some(NAME),
        "rules": listed(listed(some(TEXT))),
        "file": TEXT,
    },
    required="inputs outputs",
)
CATALOGUE = Section("catalogue", {"file": TEXT, "title": TEXT}, required="file")
QUESTIONNAIRE = Section(
    "questionnaire",
    {
        "title": TEXT,
        "questions": named(keyed(TEXT)),
        "points": NAME,
        "band": NAME,
        "bands": keyed(some(TEXT)),
    },
    required="questions points",
)
SCRIPT = Section(
    "script",
    {
        "phase": TEXT,
        "text": either(TEXT, keyed(TEXT, *CHANNELS, "else")),
        "behaviour": some(TEXT),
        "asks": some(NAME),
        "if": EXPRESSION,
    },
)
TEMPLATE = Section("template", {"name": TEXT, "language": TEXT}, required="name language")
FRONT_MATTER = Section(
    "message",
    {
        "title": TEXT,
        "subject": TEXT,
        "via": some(one_of(*MEDIA)),
        "template": TEMPLATE,
        "fallback": one_of(*MEDIA),
    },
    required="title",
)

PORTAL = Section(
    "portal",
    {"title": TEXT, "summary": TEXT, "ask": ASKS, "thanks": TEXT, "deadlines": some(NAME)},
    required="title",
)

# --- the whole -----------------------------------------------------------------------------------

RESPONSIBILITY = Section(
    "responsibility",
    {
        "accountable": some(NAME),
        "does": some(NAME),
        "supports": some(NAME),
        "informed": some(NAME),
    },
)
PROCEDURE = Section(
    "procedure",
    {
        "code": TEXT,
        "title": TEXT,
        "version": INTEGER,
        "effective": DATE,
        "owner": NAME,
        "objective": TEXT,
        "scope": SCOPE,
        "legal": some(either(TEXT, LEGAL)),
        "related": RELATED,
        "signatures": some(SIGNATURE),
        "definitions": keyed(TEXT),
        "changes": some(CHANGE),
        "fields": named(FIELD),
        "steps": named(STEP),
        "tracks": named(TRACK),
        "actions": named(ACTION),
        "rules": some(RULE_ON_EVENT),
        "deadlines": named(DEADLINE),
        "tables": named(TABLE),
        "catalogues": named(CATALOGUE),
        "scripts": named(either(TEXT, SCRIPT)),
        "indicators": named(INDICATOR),
        "reopen": NAME,
        "portal": PORTAL,
        "texts": named(TEXT),
        "questionnaires": named(QUESTIONNAIRE),
        "responsibilities": named(RESPONSIBILITY),
        "schedules": named(SCHEDULE),
        "checklists": named(CHECKLIST),
        "appointments": named(APPOINTMENT),
    },
    required="code title version owner steps",
)
