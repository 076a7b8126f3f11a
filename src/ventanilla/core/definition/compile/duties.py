"""``responsibilities``: who answers for each step and action, who does it, helps, or is told."""

from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import Form, open_form
from ventanilla.core.definition.model import Responsibility
from ventanilla.core.definition.problems import Code

ALL = "all"


def compile_responsibilities(form: Form, names: Names) -> tuple[Responsibility, ...]:
    """The matrix, a role a row; ``all`` stands for every step and action."""
    found = []
    for key, node in form.named("responsibilities"):
        inner = open_form(node, names.problems, sections.RESPONSIBILITY)
        role = names.role(key)
        if inner is None:
            continue
        found.append(
            Responsibility(
                role=role,
                accountable=_parts(inner, "accountable", names),
                does=_parts(inner, "does", names),
                supports=_parts(inner, "supports", names),
                informed=_parts(inner, "informed", names),
            )
        )
    return tuple(found)


def _parts(form: Form, key: str, names: Names) -> tuple[str, ...]:
    known = (*names.steps, *sorted(names.actions))
    written = form.scalars(key)
    if [one.text.strip() for one in written] == [ALL]:
        return known
    return tuple(names.resolve(one, frozenset(known), Code.UNKNOWN_STEP) for one in written)
