"""What somebody may do at any time, and what follows by itself: actions, rules, and their deeds."""

from ventanilla.core.definition.compile import events, sections
from ventanilla.core.definition.compile.deadlines import (
    compile_extend,
    compile_resume,
    compile_suspend,
)
from ventanilla.core.definition.compile.made_fields import entry_of
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.outside import compile_opening
from ventanilla.core.definition.compile.records import compile_record
from ventanilla.core.definition.compile.shape import Form, as_scalar, entries_of, open_form
from ventanilla.core.definition.compile.steps import compile_requires
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    Action,
    Ask,
    CodedEntry,
    Deeds,
    Event,
    EventKind,
    Field,
    FieldType,
    NewRow,
    Rule,
    Trigger,
    Who,
)
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code, near
from ventanilla.core.definition.texts import Text
from ventanilla.core.definition.values import type_of


def compile_action(key: Scalar, node: Node, owner: str, names: Names) -> Action | None:
    form = open_form(node, names.problems, sections.ACTION)
    if form is None:
        return None
    who = (events.compile_who(item, names, owner) for item in form.items("who"))
    entry = _entry(key, form, names)
    noted = (Ask(field=entry.field, required=True),) if entry is not None else ()
    deeds = read_deeds(form, f"action.{key.text}", names)
    end = form.text("end") or None
    if end is not None and deeds.go is not None:
        names.problems.add(Code.GO_AND_END, form.mark_of("end"))
    return Action(
        name=key.text,
        title=form.text("title") or key.text.replace("_", " ").capitalize(),
        who=tuple(one for one in who if one is not None) or (Who(role=owner),),
        condition=names.condition(form.scalar("if")),
        say=events.compile_scripts(form, names),
        ask=(*noted, *events.compile_asks(form, names)),
        do=events.compile_items(form, names),
        send=deeds.send,
        record=deeds.record,
        requires=compile_requires(form, names),
        entry=entry,
        suspend=compile_suspend(form, names),
        resume=compile_resume(form, names),
        extend=compile_extend(form, names),
        set=deeds.set,
        add=deeds.add,
        note=deeds.note,
        cancel_track=deeds.cancel_track,
        open=deeds.open,
        go=deeds.go,
        end=end,
    )


def _entry(key: Scalar, form: Form, names: Names) -> CodedEntry | None:
    """The coded entry that the action makes, once its catalogue is known to exist."""
    inner = open_form(form.get("entry"), names.problems, sections.ENTRY)
    written = inner.scalar("catalogue") if inner is not None else None
    entry = entry_of(key.text, form.node)
    if written is None or entry is None:
        return None
    names.resolve(written, names.conditions.catalogues, Code.UNKNOWN_CATALOGUE)
    return entry if entry.catalogue in names.conditions.catalogues else None


def compile_rules(form: Form, names: Names) -> tuple[Rule, ...]:
    written = enumerate(form.items("rules"), start=1)
    found = (_rule(number, node, names) for number, node in written)
    return tuple(rule for rule in found if rule is not None)


def _rule(number: int, node: Node, names: Names) -> Rule | None:
    form = open_form(node, names.problems, sections.RULE_ON_EVENT)
    if form is None:
        return None
    trigger = events.trigger_of(form, names)
    do = open_form(form.get("do"), names.problems, sections.REACTION)
    if do is None:
        return None
    deeds = read_deeds(do, f"rule.{number}", names)
    rule = Rule(on=trigger or Trigger(on=Event(EventKind.OPENED)), do=deeds)
    return rule if trigger is not None else None


# --- deeds -------------------------------------------------------------------------------------


def read_deeds(form: Form, origin: str, names: Names) -> Deeds:
    """Whatever a form says that follows; ``origin`` names the place among all of the procedure."""
    go = form.scalar("go")
    return Deeds(
        set=events.compile_set(form, names),
        add=_rows(form, names),
        record=compile_record(form, names),
        send=events.compile_send(form, names),
        note=_note(form, names),
        cancel_track=_cancelled(form, names),
        open=compile_opening(form, origin, names),
        go=names.step(go) if go is not None else None,
    )


def _note(form: Form, names: Names) -> Text | None:
    scalar = form.scalar("note")
    return names.text(scalar) if scalar is not None else None


def _cancelled(form: Form, names: Names) -> str | None:
    scalar = form.scalar("cancel_track")
    if scalar is None:
        return None
    return names.resolve(scalar, names.tracks - {MAIN_TRACK}, Code.UNKNOWN_TRACK)


def _rows(form: Form, names: Names) -> tuple[NewRow, ...]:
    """``add``: by field, a row with its values by column."""
    found = []
    for key, node in form.entries("add"):
        field = names.fields.get(names.field(key))
        if field is None:
            continue
        if field.type is not FieldType.TABLE:
            names.problems.add(Code.ADD_NOT_A_TABLE, key.mark, name=key.text, type=str(field.type))
            continue
        found.append(NewRow(field=field.name, cells=_cells(node, field, names)))
    return tuple(found)


def _cells(node: Node, field: Field, names: Names) -> tuple[tuple[str, Expression], ...]:
    columns = {column.name: column for column in field.columns}
    found = []
    for key, value in entries_of(node, names.problems):
        column = columns.get(key.text)
        if column is None:
            names.problems.add(
                Code.UNKNOWN_FIELD, key.mark, name=key.text, near=near(key.text, columns)
            )
            continue
        scalar = as_scalar(value, names.problems)
        expression = names.expression(scalar, type_of(column))
        if expression is not None:
            found.append((column.name, expression))
    return tuple(found)
