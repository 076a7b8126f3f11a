"""The steps of a scenario: one verb each, with what goes with it."""

from collections.abc import Callable, Mapping

from ventanilla.core.definition.compile.shape import Form, as_scalar, as_span, open_form
from ventanilla.core.definition.model import RETURNED, SIGNED, Action, Step
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Mark, Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, near
from ventanilla.core.engine.commands import Wording
from ventanilla.core.engine.facts import Delivery
from ventanilla.core.engine.state import Sender
from ventanilla.core.engine.timely_state import Mark as ItemMark
from ventanilla.core.engine.timely_state import Meeting
from ventanilla.core.scenarios import sections
from ventanilla.core.scenarios.context import Context, texts
from ventanilla.core.scenarios.model import (
    Acts,
    Assigns,
    Cancels,
    Corrects,
    Delivers,
    Does,
    Expects,
    Given,
    Links,
    Marks,
    Meets,
    Notes,
    Opens,
    OptsOut,
    Receives,
    Reopens,
    ScenarioStep,
    Waits,
)
from ventanilla.core.scenarios.reading_expect import read_expectations
from ventanilla.core.scenarios.reading_outside import read_answer, read_close_other


def read_steps(node: Node | None, context: Context) -> tuple[ScenarioStep, ...]:
    """All steps; those that cannot be read are told as problems and left out."""
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        context.problems.add(Code.EXPECTED_LIST, node.mark)
        return ()
    found = (_step(item, context) for item in node)
    return tuple(step for step in found if step is not None)


def _step(node: Node, context: Context) -> ScenarioStep | None:
    if not isinstance(node, MappingNode):
        context.problems.add(Code.EXPECTED_MAPPING, node.mark, keys=", ".join(VERBS))
        return None
    verbs = [key for key, _ in node.entries if key.text in VERBS]
    if len(verbs) != 1:
        first = node.entries[0][0].text if node.entries else ""
        context.problems.add(
            Code.EXPECTED_ONE_OF,
            node.mark,
            found=first[:40],
            expected=", ".join(VERBS),
            near=near(first, tuple(VERBS)) if not verbs else "",
        )
        return None
    verb = verbs[0]
    form = open_form(node, context.problems, sections.VERBS[verb.text])
    return VERBS[verb.text](form, verb.mark, context) if form is not None else None


# --- contacts ------------------------------------------------------------------------------------


def _opens(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    inner = open_form(form.get("open"), context.problems, sections.CONTACT)
    if inner is None:
        return None
    pack = context.pack
    channel = context.name(inner, "channel", Code.UNKNOWN_CHANNEL, pack.channels)
    office = context.name(inner, "office", Code.UNKNOWN_OFFICE, pack.offices)
    door = pack.channels.get(channel)
    return Opens(
        mark=mark,
        channel=channel,
        office=office or (door.office if door else ""),
        sender=_sender(inner),
        subject=inner.text("subject"),
        party=context.name(inner, "party", Code.UNKNOWN_PARTY, context.parties),
        files=inner.texts("files"),
        values=context.values(inner, "with"),
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _sender(form: Form) -> Sender:
    """``from`` is an address, or a telephone number where it has no ``@``."""
    source = form.text("from")
    written = "@" in source
    return Sender(
        name=form.text("name"),
        email=source if written else "",
        phone=form.text("phone") or ("" if written else source),
    )


def _receives(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    inner = open_form(form.get("receive"), context.problems, sections.RECEIVED)
    if inner is None:
        return None
    context.name(inner, "channel", Code.UNKNOWN_CHANNEL, context.pack.channels)
    return Receives(
        mark=mark,
        files=inner.texts("files"),
        robot=inner.boolean("robot"),
        happened=context.instant(form.scalar("happened")),
    )


def _delivers(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    message = context.name(form, "delivered", Code.UNKNOWN_MESSAGE, context.procedure.messages)
    known = {str(one): one for one in Delivery}
    outcome = form.one_of("outcome", known) if form.has("outcome") else Delivery.SENT
    return Delivers(
        mark=mark,
        message=message,
        delivery=outcome or Delivery.SENT,
        detail=form.text("detail"),
    )


# --- work ----------------------------------------------------------------------------------------


def _does(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    found = form.scalar("do")
    if found is None:
        return None
    name, _, visit = found.text.strip().partition("#")
    steps = context.procedure.steps
    if name not in steps:
        meant = near(name, steps)
        context.problems.add(Code.UNKNOWN_STEP, found.mark, name=name[:60], near=meant)
        return None
    return Does(
        mark=mark,
        step=name,
        visit=int(visit) if visit.isascii() and visit.isdigit() and len(visit) < 6 else None,
        values=context.values(form, "with"),
        checked=_checked(form, steps[name], context),
        wording=_wording(form, context),
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _signs(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    return _signature(form, "sign", SIGNED, mark, context)


def _sends_back(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    return _signature(form, "send_back", RETURNED, mark, context)


def _signature(
    form: Form, verb: str, verdict: str, mark: Mark, context: Context
) -> ScenarioStep | None:
    """What a signer answers at a step where people sign."""
    steps = context.procedure.steps
    signing = {name: step.approve for name, step in steps.items() if step.approve is not None}
    name = context.name(form, verb, Code.UNKNOWN_STEP, signing)
    if name not in signing:
        return None
    reason = form.text("reason")
    return Does(
        mark=mark,
        step=name,
        values={
            signing[name].verdict: verdict,
            **({signing[name].reason: reason} if reason else {}),
        },
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _acts(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    found = form.scalar("act")
    if found is None:
        return None
    name = context.known(Code.UNKNOWN_ACTION, found, context.procedure.actions)
    action = context.procedure.actions.get(name)
    if action is None:
        return None
    return Acts(
        mark=mark,
        action=name,
        values={**context.values(form, "with"), **_entry(form, action, context)},
        checked=_checked(form, action, context),
        wording=_wording(form, context),
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _entry(form: Form, action: Action, context: Context) -> Given:
    """The code noted, as what is typed into the entry's field."""
    found = form.scalar("entry")
    if found is None:
        return {}
    if action.entry is None:
        expected = ", ".join(sections.VERBS["do"].words)
        context.problems.add(
            Code.UNKNOWN_KEY, form.mark_of("entry"), name="entry", near="", expected=expected
        )
        return {}
    of = context.procedure.fields[action.entry.field]
    return {of.name: context.readable(of, found)}


def _checked(form: Form, part: Step | Action, context: Context) -> tuple[str, ...] | None:
    """The items ticked, by key or by text; none for ``all``, and when nothing is said."""
    node = form.get("checked")
    if node is None or (isinstance(node, Scalar) and node.text.strip() == "all"):
        return None
    keys = {item.text: item.key for item in part.do} | {item.key: item.key for item in part.do}
    return tuple(
        keys.get(context.known(Code.EXPECTED_ONE_OF, found, keys), "")
        for found in texts(node, context.problems)
    )


def _wording(form: Form, context: Context) -> Wording | None:
    inner = open_form(form.get("wording"), context.problems, sections.WORDING)
    if inner is None:
        return None
    body = inner.scalar("body")
    return Wording(
        subject=inner.text("subject"),
        body=body.text if body is not None else "",
        via=inner.text("via"),
        attachments=inner.texts("files"),
    )


def _assigns(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    return Assigns(
        mark=mark,
        step=context.name(form, "assign", Code.UNKNOWN_STEP, context.procedure.steps),
        to=context.person(form, "to"),
        by=context.person(form),
    )


def _links(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    party = context.name(form, "link", Code.UNKNOWN_PARTY, context.parties)
    return Links(mark=mark, party=party, by=context.person(form))


# --- the rest of a case's life -------------------------------------------------------------------


def _waits(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    found = form.scalar("wait")
    span = as_span(found, context.problems) if found is not None else None
    return None if span is None else Waits(mark=mark, span=span)


def _until(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    until = context.instant(form.scalar("until"))
    return None if until is None else Waits(mark=mark, until=until)


def _notes(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    return Notes(
        mark=mark,
        text=form.text("note"),
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _corrects(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    return Corrects(
        mark=mark,
        values=context.values(form, "correct"),
        reason=form.text("reason"),
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _cancels(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    return Cancels(
        mark=mark,
        reason=form.text("cancel"),
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _reopens(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    return Reopens(
        mark=mark,
        reason=form.text("reopen"),
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _opts_out(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    schedules = context.procedure.schedules
    return OptsOut(
        mark=mark,
        schedule=context.name(form, "opt_out", Code.UNKNOWN_SCHEDULE, schedules),
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _marks(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    """``with: {ITEM: received | accepted | none | {observed: what}}``."""
    checklists = context.procedure.checklists
    name = context.name(form, "mark", Code.UNKNOWN_CHECKLIST, checklists)
    if name not in checklists:
        return None
    items = {item.key: item for item in checklists[name].items}
    found: dict[str, tuple[ItemMark | None, str]] = {}
    for key, node in form.entries("with"):
        item = context.known(Code.EXPECTED_ONE_OF, key, items)
        if isinstance(node, MappingNode):
            inner = open_form(node, context.problems, sections.OBSERVED)
            note = inner.text("observed") if inner is not None else ""
            found[item] = (ItemMark.OBSERVED, note)
        else:
            found[item] = (_item_mark(node, context), "")
    return Marks(
        mark=mark,
        checklist=name,
        marks=found,
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _item_mark(node: Node, context: Context) -> ItemMark | None:
    known = {"none": None, **{str(one): one for one in ItemMark}}
    written = as_scalar(node, context.problems)
    if written is None:
        return None
    return known.get(context.known(Code.EXPECTED_ONE_OF, written, known))


def _meets(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    outcomes = {str(one): one for one in Meeting if one is not Meeting.BOOKED}
    known = {**outcomes, "moved": Meeting.BOOKED}
    appointments = context.procedure.appointments
    return Meets(
        mark=mark,
        appointment=context.name(form, "meet", Code.UNKNOWN_APPOINTMENT, appointments),
        outcome=form.one_of("outcome", known) or Meeting.KEPT,
        moved_to=context.instant(form.scalar("to")),
        note=form.text("reason"),
        by=context.person(form),
        happened=context.instant(form.scalar("happened")),
    )


def _expects(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    return Expects(mark=mark, expectations=read_expectations(form.get("expect"), context))


VERBS: Mapping[str, Callable[[Form, Mark, Context], ScenarioStep | None]] = {
    "open": _opens,
    "do": _does,
    "sign": _signs,
    "send_back": _sends_back,
    "act": _acts,
    "wait": _waits,
    "until": _until,
    "receive": _receives,
    "assign": _assigns,
    "link": _links,
    "note": _notes,
    "delivered": _delivers,
    "answer": read_answer,
    "close_other": read_close_other,
    "correct": _corrects,
    "cancel": _cancels,
    "reopen": _reopens,
    "opt_out": _opts_out,
    "mark": _marks,
    "meet": _meets,
    "expect": _expects,
}
