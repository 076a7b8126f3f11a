"""The words of ``pack.yaml``."""

from ventanilla.core.businesstime import RULES
from ventanilla.core.definition.compile.shapes import (
    BOOLEAN,
    DATE,
    EXPRESSION,
    INTEGER,
    NAME,
    SPAN,
    TEXT,
    Section,
    Shape,
    either,
    keyed,
    named,
    one_of,
    some,
)
from ventanilla.core.definition.model import ConnectorKind, FieldType

CHANNELS = ("email", "phone", "desk", "web", "whatsapp", "social", "letter", "event")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RULE = one_of(*RULES)

# --- fields, which procedures have too -----------------------------------------------------------

_DATUM: dict[str, Shape] = {
    "type": one_of(*FieldType),
    "label": TEXT,
    "help": TEXT,
    "required": BOOLEAN,
    "options": keyed(TEXT),
    "catalogue": NAME,
    "kinds": some(TEXT),
    "personal": BOOLEAN,
    "default": TEXT,
}
COLUMN = Section("column", _DATUM, required="type")
ATTRIBUTE = Section("attribute", {**_DATUM, "columns": named(COLUMN)}, required="type")
FIELD = Section(
    "field",
    {**ATTRIBUTE.words, "saves": TEXT, "show_if": EXPRESSION},
    required="type",
)

# --- the organisation ----------------------------------------------------------------------------

ORGANIZATION = Section(
    "organization",
    {"slug": TEXT, "name": TEXT, "accent": TEXT, "language": TEXT},
    required="slug name",
)
SPECIAL_DAY = Section(
    "special_day",
    {"on": DATE, "name": TEXT, "source": TEXT, "hours": some(TEXT), "known_since": DATE},
    required="on name",
)
CALENDAR = Section(
    "calendar",
    {
        "country": TEXT,
        "region": TEXT,
        "zone": TEXT,
        "hours": keyed(some(TEXT)),
        "closures": some(SPECIAL_DAY),
        "half_days": some(SPECIAL_DAY),
        "openings": some(SPECIAL_DAY),
        "holidays": some(SPECIAL_DAY),
        "first": DATE,
        "last": DATE,
        "rule": RULE,
    },
    required="country",
)
OFFICE = Section(
    "office",
    {
        "title": TEXT,
        "calendar": NAME,
        "region": TEXT,
        "address": TEXT,
        "hours_text": TEXT,
        "phone": TEXT,
        "email": TEXT,
    },
    required="title calendar",
)
ROLE = Section("role", {"title": TEXT, "calendar": NAME, "offices": some(NAME)}, required="title")
MISSED_CALL = Section(
    "missed_call", {"open": TEXT, "within": SPAN, "tries": INTEGER}, required="within"
)
CHANNEL = Section(
    "channel",
    {
        "office": NAME,
        "address": TEXT,
        "numbers": some(TEXT),
        "opens": TEXT,
        "missed_call": MISSED_CALL,
    },
    later="title",
)
# --- the reception -------------------------------------------------------------------------------

SERVICE = Section(
    "service", {"title": TEXT, "group": TEXT, "help": TEXT, "opens": TEXT}, required="title"
)
QUEUE = Section(
    "queue",
    {
        "title": TEXT,
        "letter": TEXT,
        "offices": some(NAME),
        "who": some(NAME),
        "room": TEXT,
        "services": named(either(TEXT, SERVICE)),
    },
    required="title letter who services",
)
COUNTER = Section(
    "counter", {"title": TEXT, "office": NAME, "serves": some(NAME)}, required="title"
)
PRIORITY = Section(
    "priority",
    {"title": TEXT, "ahead": SPAN, "help": TEXT, "appointment": BOOLEAN},
    required="title ahead",
)

# --- the whole -----------------------------------------------------------------------------------

COMPUTED = Section("computed_state", {"state": NAME, "if": EXPRESSION}, required="state if")
LIFECYCLE = Section(
    "lifecycle", {"states": some(NAME), "computed": some(COMPUTED)}, required="states"
)
ACTIVITY = Section("activity", {"title": TEXT, "counts": BOOLEAN}, required="title")
AGREEMENT = Section(
    "agreement",
    {
        "type": _DATUM["type"],
        "label": TEXT,
        "help": TEXT,
        "options": keyed(TEXT),
        "set_by": some(NAME),
    },
    required="type",
)
PARTY = Section(
    "party",
    {
        "attributes": named(ATTRIBUTE),
        "lifecycle": either(some(NAME), LIFECYCLE),
        "registered": some(NAME),
        "executive": NAME,
        "activities": named(either(TEXT, ACTIVITY)),
    },
)
# --- systems outside -----------------------------------------------------------------------------

LOCAL_TABLE = Section(
    "local_table",
    {"file": TEXT, "as_of": DATE, "match": some(NAME), "none": keyed(TEXT)},
    required="file as_of",
)
ZONES = Section(
    "zones",
    {"file": TEXT, "as_of": DATE, "point": NAME, "match": some(NAME), "none": keyed(TEXT)},
    required="file as_of point",
)
CONNECTOR = Section(
    "connector",
    {
        "title": TEXT,
        "kind": one_of(*ConnectorKind),
        "takes": named(ATTRIBUTE),
        "gives": named(ATTRIBUTE),
        "table": LOCAL_TABLE,
        "zones": ZONES,
    },
    required="title",
    later="http",
)

UNIT = Section("unit", {"title": TEXT, "short": TEXT, "also": some(TEXT)}, required="title")
PACK = Section(
    "pack",
    {
        "organization": ORGANIZATION,
        "calendars": named(CALENDAR),
        "offices": named(OFFICE),
        "roles": named(either(TEXT, ROLE)),
        "channels": keyed(CHANNEL, *CHANNELS),
        "queues": named(QUEUE),
        "counters": named(COUNTER),
        "priorities": named(PRIORITY),
        "party": PARTY,
        "agreements": named(AGREEMENT),
        "connectors": keyed(CONNECTOR),
        "references": keyed(TEXT),
        "units": named(either(TEXT, UNIT)),
    },
    required="organization calendars offices roles",
)
