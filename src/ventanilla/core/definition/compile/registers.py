"""The register of the organisation's units."""

from ventanilla.core.definition.compile.sections_pack import UNIT
from ventanilla.core.definition.compile.shape import Form, open_form
from ventanilla.core.definition.model import OrgUnit
from ventanilla.core.definition.nodes import Scalar


def compile_units(form: Form) -> dict[str, OrgUnit]:
    """Units by code; a title alone is enough."""
    found: dict[str, OrgUnit] = {}
    for key, node in form.named("units"):
        if isinstance(node, Scalar):
            found[key.text] = OrgUnit(title=node.text.strip() or key.text)
            continue
        inner = open_form(node, form.problems, UNIT)
        if inner is not None:
            found[key.text] = OrgUnit(
                title=inner.text("title"), short=inner.text("short"), also=inner.texts("also")
            )
    return found
