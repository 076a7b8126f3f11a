"""What is defined and never used, used and never filled, or said before it is asked."""

from collections.abc import Iterable, Mapping

from ventanilla.core.definition.check.flow import Known, written_fields
from ventanilla.core.definition.check.parts import (
    all_scripts,
    all_sends,
    all_texts,
    all_who,
    step_sends,
    used_names,
)
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import Pack, Procedure, Step
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problems


def check_usage(
    procedure: Procedure, given: frozenset[str], places: Places, problems: Problems
) -> None:
    """Tell what the procedure defines and does not use, and what it uses and nobody fills.

    ``given`` are the fields with which another procedure opens it.
    """
    used, written = used_names(procedure), written_fields(procedure) | given
    for name in procedure.fields:
        if name not in used and name not in written:
            problems.add(Code.UNUSED_FIELD, places.at("fields", name), name=name)
        elif name not in written:
            problems.add(Code.NAME_NEVER_SET, places.at("fields", name), name=name)
    said = all_scripts(procedure)
    for name in procedure.scripts:
        if name not in said:
            problems.add(Code.UNUSED_SCRIPT, places.at("scripts", name), name=name)
    named = _fragments_named(procedure)
    for name in procedure.texts:
        if name not in named:
            problems.add(Code.UNUSED_TEXT, places.at("texts", name), name=name)
    decided = {step.decide for step in procedure.steps.values()}
    for name in procedure.tables:
        if name not in decided:
            problems.add(Code.UNUSED_TABLE, places.at("tables", name), name=name)


def _fragments_named(procedure: Procedure) -> frozenset[str]:
    """The fragments that a message or a script names, or a fragment."""
    texts = (*all_texts(procedure), *procedure.texts.values())
    return frozenset().union(*(text.fragments for text in texts))


def check_pack_usage(
    pack: Pack, messages: Mapping[str, Mark], written: Places, problems: Problems
) -> None:
    """Tell the messages that no procedure sends and the roles to which none gives work."""
    sent = {send.message for one in pack.procedures.values() for send in all_sends(one)}
    for name, mark in messages.items():
        if name not in sent:
            problems.add(Code.UNUSED_MESSAGE, mark, name=name)
    busy = {who.role for one in pack.procedures.values() for who in all_who(one)}
    busy |= {one.owner for one in pack.procedures.values()}
    matrices = (one.document.responsibilities for one in pack.procedures.values())
    busy |= {row.role for matrix in matrices for row in matrix}
    busy |= {role for queue in pack.queues.values() for role in queue.who}
    for name in pack.roles:
        if name not in busy:
            problems.add(Code.UNUSED_ROLE, written.at("roles", name), name=name)


def check_words(
    procedure: Procedure, known: Mapping[str, Known], places: Places, problems: Problems
) -> None:
    """Tell texts that use a datum which nobody can have given by then."""
    for name, before in known.items():
        step = procedure.steps[name]
        there = before.perhaps | {ask.field for ask in step.ask}
        for script, names in _words(procedure, step):
            for field in sorted((names & procedure.fields.keys()) - there):
                problems.add(
                    Code.DATUM_NOT_ASKED,
                    places.step(step, "say" if script in step.say else "send"),
                    name=script,
                    field=field,
                )


def _words(procedure: Procedure, step: Step) -> Iterable[tuple[str, frozenset[str]]]:
    for name in step.say:
        texts = procedure.scripts[name].texts.values()
        yield name, frozenset().union(*(text.names for text in texts))
    for send in step_sends(step):
        message = procedure.messages.get(send.message)
        if message is not None:
            yield send.message, message.subject.names | message.body.names
