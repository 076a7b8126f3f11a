"""The sentences of code and templates, and what may be wrong with their translation."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from scripts.messages import EnglishCatalogue, as_mo, as_po, faults, sentences_of


def test_sentences_of_it_reads_code(tmp_path: Path) -> None:
    code = tmp_path / "x.py"
    code.write_text(
        "a = gettext('Guardar')\n"
        "b = ngettext('un día', '%(n)s días', n)\n"
        "c = pgettext('verbo', 'Pide')\n"
    )

    assert list(sentences_of(code)) == [
        (1, "Guardar", None),
        (2, ("un día", "%(n)s días"), None),
        (3, "Pide", "verbo"),
    ]


def test_sentences_of_it_reads_templates_however_they_are_indented(tmp_path: Path) -> None:
    template = tmp_path / "x.html"
    template.write_text(
        "{% load i18n %}\n  <p>{% translate 'Entrar' %}</p>\n"
        "<ul>\n    <li>{% blocktranslate %}Hola, {{ name }}{% endblocktranslate %}</li>\n  </ul>\n"
    )

    assert [sentence for _, sentence, _ in sentences_of(template)] == ["Entrar", "Hola, %(name)s"]


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("", "not translated: Faltan {days} días"),
        ("{dias} days left", "a placeholder that the sentence lacks: Faltan {days} días"),
        ("{days} days left", None),
    ],
)
def test_faults_it_names_what_is_wrong_with_a_translation(
    translation: str, fault: str | None
) -> None:
    wanted, kept = Catalog(), EnglishCatalogue()
    wanted.add("Faltan {days} días")
    kept.add("Faltan {days} días", translation)

    found = [line for line in faults(wanted, kept) if "compiled catalogue" not in line]

    assert found == ([fault] if fault else [])


def test_faults_it_names_what_is_missing_and_what_is_left_over() -> None:
    wanted, kept = Catalog(), EnglishCatalogue()
    wanted.add("Nueva")
    kept.add("Vieja", "Old")

    found = "\n".join(faults(wanted, kept))

    assert "not in the catalogue (make messages collects it): Nueva" in found
    assert "no longer used (make messages drops it): Vieja" in found


def test_as_po_it_gives_the_same_bytes_for_the_same_sentences_in_any_order() -> None:
    first, second = EnglishCatalogue(), EnglishCatalogue()
    first.add("Uno", "One")
    first.add("Dos", "Two")
    second.add("Dos", "Two")
    second.add("Uno", "One")

    assert as_po(first) == as_po(second)
    assert as_mo(first) == as_mo(second)
