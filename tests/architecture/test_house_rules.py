"""Rules of the house: each is tried on a good and a bad sample, then holds for the whole code."""

from collections.abc import Callable, Iterable
from pathlib import Path

from tests.architecture.breaches import (
    LONGEST_FILE,
    LONGEST_FUNCTION,
    Breach,
    forbidden_words,
    inner_imports,
    lengths,
    unscoped_managers,
)
from tests.architecture.sources import (
    CODE_FOLDERS,
    ROOT,
    SOURCE,
    project,
    python_files,
    text_files,
)

ACCESS_MODULES = frozenset({"access", "models", "scoping"})
ACROSS_ORGANIZATIONS = {"cases/verify.py": "recomputes every journal of the installation"}


def test_inner_imports_it_finds_one_in_a_function_and_none_at_the_top() -> None:
    hidden = "def read():\n    import json\n    return json\n"
    open_ = "import json\n\ndef read():\n    return json\n"

    assert [breach.line for breach in inner_imports(hidden)] == [2]
    assert inner_imports(open_) == []


def test_inner_imports_it_holds_for_the_whole_code() -> None:
    assert_none(inner_imports, python_files(*CODE_FOLDERS))


def test_unscoped_managers_it_finds_a_query_past_the_access_functions() -> None:
    past = "def all_cases():\n    return Case.objects.all()\n"
    wide = "def all_cases(manager):\n    return manager.across_organizations()\n"
    through = "def all_cases(actor):\n    return Case.objects.visible_to(actor).all()\n"

    assert [breach.line for breach in unscoped_managers(past)] == [2]
    assert [breach.line for breach in unscoped_managers(wide)] == [2]
    assert unscoped_managers(through) == []


def test_unscoped_managers_it_holds_outside_the_access_layer() -> None:
    outside = [path for path in python_files("src") if not _may_cross(path)]

    assert_none(unscoped_managers, outside)


def test_unscoped_managers_it_excuses_no_module_that_needs_no_excuse() -> None:
    for name in ACROSS_ORGANIZATIONS:
        assert unscoped_managers((SOURCE / name).read_text(encoding="utf-8")), name


def test_lengths_it_finds_what_is_too_long_and_believes_a_reason() -> None:
    long_file = "x = 1\n" * (LONGEST_FILE + 1)
    long_function = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION
    excused = long_function.replace(":", ":  # house: long-function, because of one table", 1)
    unreasoned = long_function.replace(":", ":  # house: long-function", 1)

    assert len(lengths(long_file)) == 1
    assert len(lengths(long_function)) == 1
    assert len(lengths(unreasoned)) == 1
    assert lengths(excused) == []
    assert lengths("x = 1\n" * LONGEST_FILE) == []


def test_lengths_it_holds_for_the_whole_code() -> None:
    assert_none(lengths, python_files(*CODE_FOLDERS))


def test_forbidden_words_it_finds_the_path_of_a_machine() -> None:
    patterns = project()["tool"]["ventanilla"]["house"]["forbidden"]
    somebodys = "see /" + "home/ana/ventanilla/x.py"

    assert len(forbidden_words(somebodys, patterns)) == 1
    assert forbidden_words("see src/ventanilla/x.py and /entrar/", patterns) == []


def test_forbidden_words_it_holds_for_every_text_file() -> None:
    patterns = project()["tool"]["ventanilla"]["house"]["forbidden"]

    assert_none(lambda text: forbidden_words(text, patterns), text_files())


def assert_none(rule: Callable[[str], list[Breach]], paths: Iterable[Path]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{breach.line}: {breach.what}"
        for path in paths
        for breach in rule(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


def _may_cross(path: Path) -> bool:
    inside = path.relative_to(SOURCE).as_posix()
    return path.stem in ACCESS_MODULES or inside in ACROSS_ORGANIZATIONS
