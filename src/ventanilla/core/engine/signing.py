"""Steps at which people sign in order, and from which the case goes back when one does not."""

from ventanilla.core.definition.model import SIGNED, Approve, Event, EventKind, Step, Who
from ventanilla.core.engine import facts as f
from ventanilla.core.engine import forms
from ventanilla.core.engine.commands import Complete, PerformerKind, RefusalCode, Refused
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.sheets import owed_by
from ventanilla.core.engine.state import ActiveStep


def sign(
    run: Run, step: Step, approve: Approve, active: ActiveStep, command: Complete
) -> Refused | None:
    """Take a signature, or send the case back with the reason; or refuse who may not sign."""
    who = owed_by(step, run.state) or approve.signers[0]
    refusal = _may_sign(run, step, approve, who) or forms.fill_in(run, step, command)
    if refusal is not None:
        return refusal
    if run.state.fields.get(approve.verdict) == SIGNED:
        _signed(run, step, approve, active, who)
    else:
        _sent_back(run, approve, active, who)
    return None


def _may_sign(run: Run, step: Step, approve: Approve, who: Who) -> Refused | None:
    """Only whoever holds the role, or whom a field names; a task given to others stays theirs."""
    if run.by.kind is not PerformerKind.PERSON:
        return Refused(code=RefusalCode.NOT_YOURS, params={"role": who.role})
    refusal = forms.may_do(run, who, run.assignee(who))
    if refusal is not None:
        return refusal
    if approve.four_eyes and run.by.id in (*run.state.signed.get(step.name, ()), _hand(run, step)):
        return Refused(code=RefusalCode.FOUR_EYES)
    return None


def _hand(run: Run, step: Step) -> str:
    """Who completed the latest task of the step's track."""
    steps = run.procedure.steps
    own = (by for name, by in run.state.hands.items() if steps[name].track == step.track)
    return next(reversed([*own]), "")


def _signed(run: Run, step: Step, approve: Approve, active: ActiveStep, who: Who) -> None:
    run.tell(f.Signed(step=step.name, visit=active.visit, role=who.role, by=run.by.id, at=run.at))
    if len(run.state.signed[step.name]) < len(approve.signers):
        run.visit(step)
        return
    run.complete(step, active.visit)


def _sent_back(run: Run, approve: Approve, active: ActiveStep, who: Who) -> None:
    run.tell(
        f.SentBack(
            step=active.step,
            visit=active.visit,
            role=who.role,
            by=run.by.id,
            reason=str(run.state.fields.get(approve.reason) or ""),
            at=run.at,
        ),
        Event(EventKind.RETURNED, active.step),
    )
    run.drop_clock_of(active.step)
    run.go(run.procedure.steps[approve.back])
