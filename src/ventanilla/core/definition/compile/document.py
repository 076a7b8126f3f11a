"""The parts of the controlled document that people read: scope, law, signatures, changes."""

from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.shape import Form, as_scalar, open_form
from ventanilla.core.definition.model import (
    Change,
    Document,
    LegalBasis,
    Related,
    Signature,
)
from ventanilla.core.definition.nodes import Scalar


def compile_document(form: Form) -> Document:
    scope = open_form(form.get("scope"), form.problems, sections.SCOPE)
    return Document(
        objective=form.text("objective"),
        starts=scope.text("starts") if scope is not None else "",
        ends=scope.text("ends") if scope is not None else "",
        definitions=_definitions(form),
        legal=_legal(form),
        related=_related(form),
        signatures=_signatures(form),
        changes=_changes(form),
    )


def _definitions(form: Form) -> tuple[tuple[str, str], ...]:
    found = (
        (key.text, as_scalar(node, form.problems)) for key, node in form.entries("definitions")
    )
    return tuple((term, meaning.text.strip()) for term, meaning in found if meaning is not None)


def _legal(form: Form) -> tuple[LegalBasis, ...]:
    found: list[LegalBasis] = []
    for node in form.items("legal"):
        if isinstance(node, Scalar):
            found.append(LegalBasis(norm=node.text))
            continue
        inner = open_form(node, form.problems, sections.LEGAL)
        if inner is not None:
            found.append(
                LegalBasis(
                    norm=inner.text("norm"),
                    article=inner.text("article"),
                    supports=inner.text("supports"),
                )
            )
    return tuple(found)


def _related(form: Form) -> Related:
    inner = open_form(form.get("related"), form.problems, sections.RELATED)
    if inner is None:
        return Related()
    return Related(
        inputs=inner.texts("inputs"),
        outputs=inner.texts("outputs"),
        supports=inner.text("supports"),
    )


def _signatures(form: Form) -> tuple[Signature, ...]:
    found: list[Signature] = []
    for node in form.items("signatures"):
        inner = open_form(node, form.problems, sections.SIGNATURE)
        if inner is not None:
            found.append(
                Signature(
                    concept=inner.text("concept"),
                    position=inner.text("position"),
                    unit=inner.text("unit"),
                    on=inner.day("on"),
                )
            )
    return tuple(found)


def _changes(form: Form) -> tuple[Change, ...]:
    found: list[Change] = []
    for node in form.items("changes"):
        inner = open_form(node, form.problems, sections.CHANGE)
        if inner is not None:
            found.append(
                Change(
                    version=inner.integer("version", 0),
                    on=inner.partial_date("on") or inner.partial_date("date"),
                    what=inner.text("what"),
                    where=inner.text("where"),
                )
            )
    return tuple(found)
