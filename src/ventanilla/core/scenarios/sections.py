"""The words of scenario files."""

from ventanilla.core.definition.compile.sections_pack import CHANNELS
from ventanilla.core.definition.compile.shapes import (
    ANYTHING,
    BOOLEAN,
    DATE,
    INTEGER,
    NAME,
    SPAN,
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
from ventanilla.core.engine.commands import RefusalCode
from ventanilla.core.engine.facts import Delivery
from ventanilla.core.engine.figures import Weighed
from ventanilla.core.engine.state import TrackStatus
from ventanilla.core.engine.timely_state import Meeting
from ventanilla.core.scenarios.model import Clock, ListState

# --- the cast ------------------------------------------------------------------------------------

ROLE_HELD = Section("role_held", {"role": NAME, "office": NAME}, required="role office")
PERSON = Section(
    "person",
    {"name": TEXT, "email": TEXT, "phone": TEXT, "roles": some(either(NAME, ROLE_HELD))},
    required="name roles",
)
ACTIVITY = Section("activity_given", {"kind": NAME, "on": DATE}, required="kind on")
AGREED = Section("agreed", {"value": ANYTHING, "from": DATE, "until": DATE}, required="value")
PARTY_WORDS: dict[str, Shape] = {
    "key": TEXT,
    "lifecycle": NAME,
    "executive": TEXT,
    "activities": some(ACTIVITY),
    "agreements": named(either(TEXT, AGREED)),
}
"""What a party has beside the attributes that its pack gives it."""
ABSENCE = Section(
    "absence", {"who": TEXT, "from": DATE, "until": DATE, "deputy": TEXT}, required="who from until"
)
SOURCES = ("system", "table", "zones", "person")
"""Who may answer what a system outside is asked."""
SILENT = "silent"
FAILS = "fails"
"""What a system outside does that does not answer: nothing, or it says so at once."""
GIVEN = Section(
    "given",
    {
        "people": keyed(PERSON),
        "parties": some(keyed(ANYTHING)),
        "absences": some(ABSENCE),
        "connectors": keyed(either(one_of(FAILS, SILENT), named(ANYTHING))),
    },
)

# --- what happens --------------------------------------------------------------------------------

VALUES = named(ANYTHING)
_BY: dict[str, Shape] = {"as": TEXT, "happened": TEXT}
WORDING = Section("wording", {"subject": TEXT, "body": TEXT, "via": TEXT, "files": some(TEXT)})
_HAND_IN: dict[str, Shape] = {
    "with": VALUES,
    "as": TEXT,
    "checked": some(TEXT),
    "wording": WORDING,
    "happened": TEXT,
}
CONTACT = Section(
    "contact",
    {
        "channel": one_of(*CHANNELS),
        "office": NAME,
        "from": TEXT,
        "name": TEXT,
        "phone": TEXT,
        "subject": TEXT,
        "body": TEXT,
        "party": TEXT,
        "files": some(TEXT),
        "with": VALUES,
    },
    required="channel",
)
RECEIVED = Section(
    "received",
    {
        "channel": one_of(*CHANNELS),
        "from": TEXT,
        "subject": TEXT,
        "body": TEXT,
        "files": some(TEXT),
        "robot": BOOLEAN,
    },
)

# --- what must be so -----------------------------------------------------------------------------

DUE = Section("due", {"due": TEXT, "state": one_of(*Clock)})
MESSAGE = Section(
    "message_sent",
    {
        "to": TEXT,
        "via": TEXT,
        "subject": some(TEXT),
        "body": some(TEXT),
        "times": INTEGER,
        "by": one_of("person", "system"),
        "adapted": BOOLEAN,
    },
)
REFUSED = Section("refused", {"code": one_of(*RefusalCode), "datum": TEXT}, required="code")
EXPECT = Section(
    "expect",
    {
        "at": some(NAME),
        "tasks": either(some(NAME), named(TEXT)),
        "tracks": named(one_of("none", *TrackStatus)),
        "fields": VALUES,
        "party": VALUES,
        "decided": named(some(TEXT)),
        "opened": some(TEXT),
        "answered": named(TEXT),
        "deadlines": named(either(one_of(*Clock), TEXT, DUE)),
        "running": some(NAME),
        "late": some(NAME),
        "met": some(NAME),
        "not_breached": some(NAME),
        "alarms": some(TEXT),
        "not_alarms": some(TEXT),
        "schedules": named(TEXT),
        "checklists": named(either(one_of(*ListState), named(TEXT))),
        "appointments": named(one_of("none", *Meeting)),
        "indicators": named(one_of(*Weighed)),
        "entries": some(TEXT),
        "sent": either(some(NAME), named(either(TEXT, MESSAGE))),
        "not_sent": some(NAME),
        "impossible": some(NAME),
        "said": either(some(NAME), named(some(TEXT))),
        "not_said": some(NAME),
        "may": some(NAME),
        "may_not": some(NAME),
        "open": BOOLEAN,
        "closed": TEXT,
        "refused": either(one_of(*RefusalCode), REFUSED),
    },
)


OBSERVED = Section("observed", {"observed": TEXT}, required="observed")
_ENDS = tuple(one for one in Meeting if one is not Meeting.BOOKED)


def _verb(name: str, of: Shape, beside: dict[str, Shape] | None = None) -> Section:
    return Section(f"step_{name}", {name: of, **(beside or {})}, required=name)


VERBS = {
    "open": _verb("open", CONTACT, _BY),
    "do": _verb("do", TEXT, _HAND_IN),
    "sign": _verb("sign", NAME, _BY),
    "send_back": _verb("send_back", NAME, {"reason": TEXT, **_BY}),
    "act": _verb("act", NAME, {**_HAND_IN, "entry": TEXT}),
    "wait": _verb("wait", SPAN),
    "until": _verb("until", TEXT),
    "receive": _verb("receive", RECEIVED, {"happened": TEXT}),
    "assign": _verb("assign", NAME, {"to": TEXT, "as": TEXT}),
    "link": _verb("link", TEXT, {"as": TEXT}),
    "note": _verb("note", TEXT, _BY),
    "delivered": _verb("delivered", NAME, {"outcome": one_of(*Delivery), "detail": TEXT}),
    "answer": _verb("answer", NAME, {"with": VALUES}),
    "close_other": _verb("close_other", TEXT, {"result": TEXT, "with": VALUES}),
    "correct": _verb("correct", VALUES, {"reason": TEXT, **_BY}),
    "cancel": _verb("cancel", TEXT, _BY),
    "reopen": _verb("reopen", TEXT, _BY),
    "opt_out": _verb("opt_out", NAME, _BY),
    "mark": _verb("mark", NAME, {"with": named(either(TEXT, OBSERVED)), **_BY}),
    "meet": _verb(
        "meet",
        NAME,
        {"outcome": one_of("moved", *_ENDS), "to": TEXT, "reason": TEXT, **_BY},
    ),
    "expect": _verb("expect", EXPECT),
}
"""The words that go with each verb of a step."""

SCENARIO = Section(
    "scenario",
    {
        "scenario": TEXT,
        "procedure": TEXT,
        "start": TEXT,
        "office": NAME,
        "calendar": NAME,
        "covers": some(TEXT),
        "given": GIVEN,
        "steps": listed(either(*VERBS.values())),
    },
    required="scenario procedure start steps",
)
SCENARIOS = some(SCENARIO)
