"""Controls for the kinds of datum that a procedure can ask."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.answers.shown import kind_title
from ventanilla.core.definition.model import Field, FieldType

MOST_ROWS = 50
SHORT = 16
FEW = 7
"""So many options are shown at once; more go into a list to choose from."""

Upload: TypeAlias = "UploadedFile[Any]"
"""A file that somebody hands in."""

People: TypeAlias = tuple[tuple[str, str], ...]
"""Who can be chosen: the key and the name of each."""

SPARE_ROWS = 3
"""Empty rows that a table offers beyond what it holds."""

YES_NO: Final = (("true", _("Sí")), ("false", _("No")))


class ManyFiles(forms.ClearableFileInput):
    """A control for several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Several files; none is an empty list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        given = data if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(file, initial) for file in given if file]


class Rows(forms.Widget):
    """A small table to be filled in: one control for each cell, and some rows to spare."""

    template_name = "answers/rows.html"

    def __init__(self, of: Field, people: People) -> None:
        super().__init__()
        self.columns = [
            (column, control(column, required=False, people=people)) for column in of.columns
        ]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = value if isinstance(value, list) else []
        count = len(rows) + (SPARE_ROWS if len(rows) < SPARE_ROWS else 1)
        context["heads"] = [column.label for column, _ in self.columns]
        context["rows"] = [
            [
                self._cell(name, index, rows[index] if index < len(rows) else {}, column, made)
                for column, made in self.columns
            ]
            for index in range(count)
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        found = []
        for index in range(MOST_ROWS):
            row = {
                column.name: data.get(f"{name}-{index}-{column.name}", "")
                for column, _ in self.columns
            }
            if any(text.strip() for text in row.values()):
                found.append(row)
        return found

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0_{self.columns[0][0].name}" if self.columns and id_ else id_

    def _cell(
        self, name: str, index: int, row: Any, column: Field, made: forms.Field
    ) -> dict[str, Any]:
        key = f"{name}-{index}-{column.name}"
        label = gettext("{column}, fila {row}").format(column=column.label, row=index + 1)
        attributes = {"id": f"id_{name}_{index}_{column.name}", "aria-label": label}
        widget = made.widget
        if isinstance(widget, forms.RadioSelect):
            widget = forms.Select(choices=[("", gettext("Elija…")), *widget.choices])
        return {
            "label": column.label,
            "control": widget.render(key, row.get(column.name, ""), attributes),
        }


class RawField(forms.Field):
    """Hands on what was typed; the language's own reading judges it."""

    silent_optional = False


class RawChoices(forms.Field):
    """Hands on the options that were ticked."""

    widget = forms.CheckboxSelectMultiple


def control(of: Field, *, required: bool, people: People) -> forms.Field:
    """The control for a field. What it must be is judged later, so it never refuses by itself."""
    made = _MAKERS.get(of.type, _line)(of, people)
    made.label = of.label
    made.help_text = _help(of)
    made.required = required
    made.widget.is_required = False
    return made


def _help(of: Field) -> str:
    if of.help:
        return of.help
    if of.type is FieldType.IDENTITY and len(of.kinds) > 1:
        kinds = ", ".join(kind_title(kind) for kind in of.kinds)
        return gettext("Se acepta: {kinds}.").format(kinds=kinds)
    if of.type is FieldType.EMAILS:
        return gettext("Si son varios, sepárelos con comas.")
    return ""


def _line(of: Field, people: People, **attributes: str) -> forms.Field:
    return RawField(widget=forms.TextInput(attrs=attributes))


def _typed(kind: str, **attributes: str) -> Callable[[Field, People], forms.Field]:
    def make(of: Field, people: People) -> forms.Field:
        return RawField(widget=forms.TextInput(attrs={"type": kind, **attributes}))

    return make


def _text_area(of: Field, people: People) -> forms.Field:
    return RawField(widget=forms.Textarea(attrs={"rows": 4}))


def _table(of: Field, people: People) -> forms.Field:
    return RawField(widget=Rows(of, people))


def _yes_no(of: Field, people: People) -> forms.Field:
    return RawField(widget=forms.RadioSelect(choices=YES_NO, attrs={"class": "across"}))


def _choice(of: Field, people: People) -> forms.Field:
    options = [(option.value, option.label) for option in of.options]
    if len(options) < FEW:
        return RawField(widget=forms.RadioSelect(choices=options, attrs=_side_by_side(options)))
    return RawField(widget=forms.Select(choices=[("", gettext("Elija…")), *options]))


def _side_by_side(options: list[tuple[str, str]]) -> dict[str, str]:
    """Short options stand in a row."""
    short = all(len(label) <= SHORT for _, label in options)
    return {"class": "across"} if short else {}


def _choices(of: Field, people: People) -> forms.Field:
    options = [(option.value, option.label) for option in of.options]
    return RawChoices(widget=forms.CheckboxSelectMultiple(choices=options))


def _person(of: Field, people: People) -> forms.Field:
    return RawField(widget=forms.Select(choices=[("", gettext("Elija…")), *people]))


def _files(of: Field, people: People) -> forms.Field:
    return FilesField(widget=ManyFiles(attrs={"multiple": True}))


_MAKERS: Final[Mapping[FieldType, Callable[[Field, People], forms.Field]]] = {
    FieldType.LONGTEXT: _text_area,
    FieldType.TABLE: _table,
    FieldType.INTEGER: _typed("text", inputmode="numeric"),
    FieldType.DECIMAL: _typed("text", inputmode="decimal"),
    FieldType.BOOLEAN: _yes_no,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.DATE: _typed("date"),
    FieldType.DATETIME: _typed("datetime-local"),
    FieldType.EMAIL: _typed("email", autocomplete="off"),
    FieldType.PHONE: _typed("tel", autocomplete="off"),
    FieldType.URL: _typed("text", inputmode="url"),
    FieldType.PERSON: _person,
    FieldType.FILES: _files,
}
