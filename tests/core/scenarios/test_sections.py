"""The declared words of scenarios are those that are read."""

from ventanilla.core.definition.compile.sections import FRONT_MATTER, PROCEDURE
from ventanilla.core.definition.compile.sections_pack import PACK
from ventanilla.core.definition.compile.shapes import Section, sections_of
from ventanilla.core.scenarios import sections
from ventanilla.core.scenarios.reading_expect import EXPECTATIONS
from ventanilla.core.scenarios.reading_steps import VERBS


def test_declares_every_verb_and_every_expectation_that_is_read() -> None:
    assert set(sections.VERBS) == set(VERBS)
    assert tuple(sections.EXPECT.words) == EXPECTATIONS


def test_gives_each_section_a_name_of_its_own() -> None:
    roots = (PACK, PROCEDURE, FRONT_MATTER, sections.SCENARIOS)
    found: dict[str, Section] = {}

    for root in roots:
        for name, section in sections_of(root).items():
            assert found.setdefault(name, section) is section


def test_requires_only_words_that_it_has() -> None:
    for root in (PACK, PROCEDURE, FRONT_MATTER, sections.SCENARIOS):
        for section in sections_of(root).values():
            assert set(section.must) <= set(section.words)
            assert not set(section.postponed) & set(section.words)
