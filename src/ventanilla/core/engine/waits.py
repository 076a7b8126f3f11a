"""Waits that end because the party answered."""

from ventanilla.core.definition.model import WaitFor
from ventanilla.core.engine.flow import Run


def answer_waits(run: Run, files: tuple[str, ...]) -> None:
    """Complete every step that waits for what came."""
    for active in list(run.state.active.values()):
        step = run.procedure.steps[active.step]
        if step.wait is None:
            continue
        answered = step.wait.until is WaitFor.MESSAGE or (
            step.wait.until is WaitFor.FILES and bool(files)
        )
        if not answered:
            continue
        run.at = max(run.at, active.entered_at)
        if step.wait.into is not None and files:
            before = run.state.fields.get(step.wait.into)
            kept = before if isinstance(before, tuple) else ()
            run.set({step.wait.into: (*kept, *files)})
        if step.wait.checklist is not None:
            continue  # somebody has to look at what came, and mark it
        run.complete(step, active.visit)
