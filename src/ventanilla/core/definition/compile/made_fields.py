"""Fields that nobody writes, because a construct asks for its answer by itself."""

from collections.abc import Iterable, Iterator, Mapping

from ventanilla.core.definition.compile.shape import Form, as_scalar
from ventanilla.core.definition.model import (
    RETURNED,
    SIGNED,
    Catalogue,
    CodedEntry,
    Field,
    FieldType,
    Option,
)
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code, Problems


def made_fields(
    form: Form,
    fields: Mapping[str, Field],
    catalogues: Mapping[str, Catalogue],
    steps: Iterable[tuple[Scalar, Node]],
    language: str,
) -> dict[str, Field]:
    """The fields of all constructs that bring some; a name that is taken is told."""
    found: dict[str, Field] = {}
    entries = _entry_fields(Form(node=form.node, problems=Problems()), catalogues)
    for place, field in (*entries, *_answers(steps, language)):
        if field.name in fields:
            form.problems.add(Code.REPEATED, place.mark, name=field.name)
        else:
            found[field.name] = field
    return found


# --- coded entries -----------------------------------------------------------------------------


def entry_of(action: str, node: MappingNode) -> CodedEntry | None:
    """What an action's ``entry`` says; its field is called after the action."""
    written = node.get("entry")
    catalogue = written.get("catalogue") if isinstance(written, MappingNode) else None
    if not isinstance(catalogue, Scalar) or not catalogue.text.strip():
        return None
    return CodedEntry(catalogue=catalogue.text.strip(), field=f"entry_{action}")


def entry_codes(form: Form, catalogues: Mapping[str, Catalogue]) -> frozenset[str]:
    """Every code that some action can note."""
    quiet = Form(node=form.node, problems=Problems())
    fields = (field for _, field in _entry_fields(quiet, catalogues))
    return frozenset(option.value for field in fields for option in field.options)


def entry_fields(form: Form, fields: Mapping[str, Field]) -> frozenset[str]:
    """What the forms of the actions that note something ask besides the code."""
    asked = (
        ask.get("field") if isinstance(ask, MappingNode) else ask
        for _, node in form.named("actions")
        if isinstance(node, MappingNode) and node.get("entry") is not None
        for ask in Form(node=node, problems=form.problems).items("ask")
    )
    names = (one.text.strip() for one in asked if isinstance(one, Scalar))
    return frozenset(name for name in names if name in fields)


def _entry_fields(
    form: Form, catalogues: Mapping[str, Catalogue]
) -> Iterator[tuple[Scalar, Field]]:
    for key, node in form.named("actions"):
        entry = entry_of(key.text, node) if isinstance(node, MappingNode) else None
        if entry is None or not isinstance(node, MappingNode):
            continue
        catalogue = catalogues.get(entry.catalogue)
        labels = {row.code: row.label for row in catalogue.rows} if catalogue else {}
        written = node.get("entry")
        label = written.get("label") if isinstance(written, MappingNode) else None
        given = as_scalar(label, form.problems)
        yield (
            key,
            Field(
                name=entry.field,
                type=FieldType.CHOICE,
                label=given.text if given else entry.catalogue.replace("_", " ").capitalize(),
                required=True,
                catalogue=entry.catalogue,
                options=tuple(Option(value=code, label=one) for code, one in labels.items()),
            ),
        )


# --- approvals ---------------------------------------------------------------------------------

_ANSWERS: Mapping[str, tuple[str, str, str, str]] = {
    "es": ("Decisión", "Firma", "Devuelve", "Motivo de la devolución"),
    "en": ("Decision", "Signs", "Sends back", "Reason for sending back"),
}
"""What the form of a signer says, in the language of the organisation."""


def verdict_of(step: str) -> str:
    return f"{step}_verdict"


def reason_of(step: str) -> str:
    return f"{step}_reason"


def _answers(steps: Iterable[tuple[Scalar, Node]], language: str) -> Iterator[tuple[Scalar, Field]]:
    decision, signs, returns, reason = _ANSWERS.get(language, _ANSWERS["es"])
    options = (Option(value=SIGNED, label=signs), Option(value=RETURNED, label=returns))
    for key, node in steps:
        if not isinstance(node, MappingNode) or node.get("approve") is None:
            continue
        verdict, why = verdict_of(key.text), reason_of(key.text)
        yield key, Field(name=verdict, type=FieldType.CHOICE, label=decision, options=options)
        yield key, Field(name=why, type=FieldType.LONGTEXT, label=reason, personal=True)
