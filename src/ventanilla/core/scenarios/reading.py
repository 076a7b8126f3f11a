"""From a scenario file to scenarios: every name checked, all problems at once."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ventanilla.core.definition.compile.shape import Form, as_scalar, open_form
from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems, near
from ventanilla.core.definition.values import IdentityCheck, any_identity
from ventanilla.core.engine.commands import Performer, PerformerKind
from ventanilla.core.scenarios import sections
from ventanilla.core.scenarios.context import Context, read_instant, texts
from ventanilla.core.scenarios.model import Absence, Scenario
from ventanilla.core.scenarios.reading_outside import read_replies
from ventanilla.core.scenarios.reading_party import party_key, read_party
from ventanilla.core.scenarios.reading_steps import read_steps


def read_scenarios(
    node: Node | None, pack: Pack, problems: Problems, *, identity: IdentityCheck = any_identity
) -> tuple[Scenario, ...]:
    """The scenarios of one file: one mapping, or a list of them."""
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    found = (_scenario(item, pack, problems, identity) for item in items)
    return tuple(scenario for scenario in found if scenario is not None)


def _scenario(
    node: Node, pack: Pack, problems: Problems, identity: IdentityCheck
) -> Scenario | None:
    form = open_form(node, problems, sections.SCENARIO)
    if form is None:
        return None
    procedure = _procedure(form, pack)
    start = form.scalar("start")
    if procedure is None or start is None:
        return None
    calendar = _calendar(form, pack)
    zone = ZoneInfo(pack.calendars[calendar].zone)
    given = open_form(form.get("given"), problems, sections.GIVEN)
    people = _people(given, pack, problems)
    context = Context(
        pack=pack,
        procedure=procedure,
        zone=zone,
        people=people,
        parties=frozenset(party_key(item) for item in _parties_written(given)),
        identity=identity,
        problems=problems,
    )
    return Scenario(
        title=form.text("scenario"),
        mark=form.mark,
        procedure=procedure.code,
        start=read_instant(start, zone, problems) or datetime(2000, 1, 1, tzinfo=UTC),
        calendar=calendar,
        covers=_covers(form, problems),
        people=people,
        parties=tuple(read_party(item, context) for item in _parties_written(given)),
        absences=_absences(given, context),
        replies=read_replies(given, context),
        steps=read_steps(form.get("steps"), context),
    )


def _procedure(form: Form, pack: Pack) -> Procedure | None:
    found = form.scalar("procedure")
    if found is None:
        return None
    procedure = pack.procedures.get(found.text.strip())
    if procedure is None:
        meant = near(found.text, pack.procedures)
        form.problems.add(Code.UNKNOWN_PROCEDURE, found.mark, name=found.text[:60], near=meant)
    return procedure


def _calendar(form: Form, pack: Pack) -> str:
    """The calendar named, or that of the office named, or that of the organisation's first."""
    office, calendar = form.scalar("office"), form.scalar("calendar")
    first = next(iter(pack.offices.values()))
    if calendar is not None:
        if calendar.text in pack.calendars:
            return calendar.text
        meant = near(calendar.text, pack.calendars)
        form.problems.add(Code.UNKNOWN_CALENDAR, calendar.mark, name=calendar.text[:60], near=meant)
    if office is not None and office.text not in pack.offices:
        meant = near(office.text, pack.offices)
        form.problems.add(Code.UNKNOWN_OFFICE, office.mark, name=office.text[:60], near=meant)
    return pack.offices.get(office.text if office else "", first).calendar


def _covers(form: Form, problems: Problems) -> tuple[str, ...]:
    node = form.get("covers")
    return () if node is None else tuple(found.text.strip() for found in texts(node, problems))


# --- the cast ------------------------------------------------------------------------------------


def _people(given: Form | None, pack: Pack, problems: Problems) -> Mapping[str, Performer]:
    """The people named, and for each role a stand-in who holds it at every office."""
    stand_ins = {
        code: Performer(
            kind=PerformerKind.PERSON, id=code, name=role.title, roles=frozenset({(code, None)})
        )
        for code, role in pack.roles.items()
    }
    named = {}
    for login, node in given.entries("people") if given is not None else ():
        form = open_form(node, problems, sections.PERSON)
        if form is not None:
            named[login.text] = Performer(
                kind=PerformerKind.PERSON,
                id=login.text,
                name=form.text("name"),
                email=form.text("email"),
                phone=form.text("phone"),
                roles=_roles(form, pack, problems),
            )
    return {**stand_ins, **named}


def _roles(form: Form, pack: Pack, problems: Problems) -> frozenset[tuple[str, str | None]]:
    """Roles held: a name for every office, or ``{role, office}``."""
    held: set[tuple[str, str | None]] = set()
    for item in form.items("roles"):
        role: Scalar | None
        if isinstance(item, MappingNode):
            pair = open_form(item, problems, sections.ROLE_HELD)
            role = pair.scalar("role") if pair else None
            office = pair.scalar("office") if pair else None
        else:
            role, office = as_scalar(item, problems), None
        if role is None:
            continue
        if role.text not in pack.roles:
            meant = near(role.text, pack.roles)
            problems.add(Code.UNKNOWN_ROLE, role.mark, name=role.text[:60], near=meant)
        if office is not None and office.text not in pack.offices:
            meant = near(office.text, pack.offices)
            problems.add(Code.UNKNOWN_OFFICE, office.mark, name=office.text[:60], near=meant)
        held.add((role.text, office.text if office is not None else None))
    return frozenset(held)


def _absences(given: Form | None, context: Context) -> tuple[Absence, ...]:
    """Who is not there; both days included, on the clock of the scenario's calendar."""
    found = []
    for item in given.items("absences") if given is not None else ():
        form = open_form(item, context.problems, sections.ABSENCE)
        first, last = (form.day("from"), form.day("until")) if form is not None else (None, None)
        if form is None or first is None or last is None:
            continue
        found.append(
            Absence(
                who=context.person(form, "who"),
                begins=datetime.combine(first, time.min, tzinfo=context.zone),
                ends=datetime.combine(last + timedelta(days=1), time.min, tzinfo=context.zone),
                deputy=context.person(form, "deputy"),
            )
        )
    return tuple(found)


def _parties_written(given: Form | None) -> tuple[Node, ...]:
    return given.items("parties") if given is not None else ()
