"""Fields of a procedure, attributes of a party, columns of a repeating group."""

from collections.abc import Mapping
from dataclasses import replace

from ventanilla.core.definition.compile.sections_pack import ATTRIBUTE
from ventanilla.core.definition.compile.shape import Form, as_scalar, open_form
from ventanilla.core.definition.compile.shapes import Section
from ventanilla.core.definition.expressions.tokens import KEYWORDS
from ventanilla.core.definition.expressions.types import accepts
from ventanilla.core.definition.model import (
    PERSONAL_TYPES,
    Catalogue,
    Field,
    FieldType,
    Option,
)
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code, Problems, near
from ventanilla.core.definition.values import (
    IdentityCheck,
    Reading,
    Unreadable,
    read_value,
    type_of,
)

_IDENTITIES = frozenset({FieldType.IDENTITY})
_CHOICES = frozenset({FieldType.CHOICE, FieldType.CHOICES})

RESERVED = KEYWORDS | {
    "agreement",
    "party",
    "case",
    "office",
    "agent",
    "deadline",
    "entry",
    "sender",
    "channel",
    "today",
    "now",
    "language",
    "text",
}


def compile_field(
    key: Scalar,
    node: Node,
    problems: Problems,
    *,
    catalogues: Mapping[str, Catalogue] | None = None,
    kinds: frozenset[str] | None = None,
    identity: IdentityCheck | None = None,
    section: Section = ATTRIBUTE,
) -> Field | None:
    """One field; ``saves`` and ``show_if`` are read by whoever knows the names they use."""
    if key.text in RESERVED:
        problems.add(Code.RESERVED_NAME, key.mark, name=key.text)
        return None
    form = open_form(node, problems, section)
    if form is None:
        return None
    kind = _type(form)
    if kind is None:
        return None
    found = Field(
        name=key.text,
        type=kind,
        label=form.text("label", key.text),
        help=form.text("help"),
        required=form.boolean("required"),
        personal=form.boolean("personal", default=kind in PERSONAL_TYPES),
        options=_options(form, kind, catalogues or {}),
        catalogue=form.text("catalogue") or None,
        kinds=_kinds(form, kind, kinds),
        columns=_columns(form, kind, catalogues or {}, kinds),
    )
    return _with_default(form, found, identity)


def _type(form: Form) -> FieldType | None:
    scalar = form.scalar("type")
    if scalar is None or not scalar.text:
        return None
    known = {str(kind): kind for kind in FieldType}
    if scalar.text not in known:
        form.problems.add(
            Code.UNKNOWN_FIELD_TYPE,
            scalar.mark,
            name=scalar.text,
            near=near(scalar.text, known),
            expected=", ".join(known),
        )
        return None
    return known[scalar.text]


def _options(
    form: Form, kind: FieldType, catalogues: Mapping[str, Catalogue]
) -> tuple[Option, ...]:
    if kind not in _CHOICES:
        for name in ("options", "catalogue"):
            if form.has(name):
                form.problems.add(
                    Code.OPTIONS_UNUSED, form.mark_of(name), name=name, type=str(kind)
                )
        return ()
    if form.has("catalogue"):
        return _catalogue_options(form, catalogues)
    found = [
        Option(value=key.text, label=_label(key, value, form.problems))
        for key, value in form.entries("options")
    ]
    if not found:
        form.problems.add(Code.OPTIONS_MISSING, form.mark_of("type"), type=str(kind))
    return tuple(found)


def _label(key: Scalar, value: Node, problems: Problems) -> str:
    scalar = as_scalar(value, problems)
    return scalar.text.strip() or key.text if scalar is not None else key.text


def _catalogue_options(form: Form, catalogues: Mapping[str, Catalogue]) -> tuple[Option, ...]:
    """All codes of the catalogue; which of them are valid on a day the catalogue knows."""
    scalar = form.scalar("catalogue")
    if scalar is None:
        return ()
    if form.has("options"):
        form.problems.add(
            Code.OPTIONS_UNUSED, form.mark_of("options"), name="options", type="catalogue"
        )
    catalogue = catalogues.get(scalar.text)
    if catalogue is None:
        form.problems.add(
            Code.UNKNOWN_CATALOGUE,
            scalar.mark,
            name=scalar.text,
            near=near(scalar.text, catalogues),
        )
        return ()
    labels = {row.code: row.label for row in catalogue.rows}
    return tuple(Option(value=code, label=label) for code, label in labels.items())


def _kinds(form: Form, kind: FieldType, known: frozenset[str] | None) -> tuple[str, ...]:
    scalars = form.scalars("kinds")
    if kind not in _IDENTITIES:
        if scalars:
            form.problems.add(
                Code.OPTIONS_UNUSED, form.mark_of("kinds"), name="kinds", type=str(kind)
            )
        return ()
    if not scalars:
        form.problems.add(Code.KINDS_MISSING, form.mark_of("type"))
    for scalar in scalars:
        if known is not None and scalar.text not in known:
            form.problems.add(
                Code.UNKNOWN_KIND, scalar.mark, name=scalar.text, near=near(scalar.text, known)
            )
    return tuple(scalar.text for scalar in scalars)


def _columns(
    form: Form,
    kind: FieldType,
    catalogues: Mapping[str, Catalogue],
    kinds: frozenset[str] | None,
) -> tuple[Field, ...]:
    entries = form.named("columns")
    if kind is not FieldType.TABLE:
        if entries:
            form.problems.add(
                Code.OPTIONS_UNUSED, form.mark_of("columns"), name="columns", type=str(kind)
            )
        return ()
    if not entries:
        form.problems.add(Code.COLUMNS_MISSING, form.mark_of("type"))
    columns = []
    for key, node in entries:
        column = compile_field(
            key,
            node,
            form.problems,
            catalogues=catalogues,
            kinds=kinds,
        )
        if column is not None and column.type is FieldType.TABLE:
            form.problems.add(Code.COLUMNS_MISSING, key.mark)
        elif column is not None:
            columns.append(column)
    return tuple(columns)


def _with_default(form: Form, field: Field, identity: IdentityCheck | None) -> Field:
    scalar = form.scalar("default")
    if scalar is None:
        return field
    reading = Reading() if identity is None else Reading(identity=identity)
    value = read_value(field, scalar.text, reading)
    if isinstance(value, Unreadable):
        form.problems.add(
            Code.DEFAULT_UNREADABLE, scalar.mark, found=scalar.text[:40], type=str(field.type)
        )
        return field
    return replace(field, default=value)


def check_saves(field: Field, attribute: Field, scalar: Scalar, problems: Problems) -> None:
    """Refuse to save a field into an attribute that cannot hold its values."""
    fits = accepts(type_of(attribute), type_of(field))
    kinds = not attribute.kinds or set(field.kinds) <= set(attribute.kinds)
    if not fits or not kinds:
        problems.add(
            Code.SAVES_OTHER_TYPE,
            scalar.mark,
            name=attribute.name,
            type=str(attribute.type),
            found=str(field.type),
        )
