"""What is noted by a code of a catalogue."""

from collections.abc import Mapping

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import CodedEntry, Event, EventKind
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Act, RefusalCode, Refused
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.scope import zone_of


def unfit_entry(run: Run, entry: CodedEntry, command: Act) -> Refused | None:
    """Refuse an entry without a code of its own, or one not valid on the day it happened."""
    code = command.values.get(entry.field)
    if code is None:
        return Refused(code=RefusalCode.FIELD_REQUIRED, datum=entry.field)
    day = run.at.astimezone(zone_of(run.procedure, run.state.office)).date()
    if code not in run.procedure.catalogues[entry.catalogue].codes_on(day):
        params = {"why": "not-an-option"}
        return Refused(code=RefusalCode.FIELD_UNREADABLE, datum=entry.field, params=params)
    return None


def make_entry(run: Run, entry: CodedEntry, values: Mapping[str, Value], again: bool) -> None:
    """State the entry with its data; one with the code of the one before too (``again``)."""
    code = run.state.fields[entry.field]
    if again:
        run.tell(f.FieldsSet(values={entry.field: code}))
    run.tell(
        f.EntryMade(
            catalogue=entry.catalogue,
            code=str(code),
            at=run.at,
            values={
                name: value
                for name, value in values.items()
                if name != entry.field and value is not None
            },
        ),
        Event(EventKind.ENTRY, str(code)),
    )
