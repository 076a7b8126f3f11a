"""The import contracts of pyproject.toml hold, and are strict enough to matter."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT, SOURCE, project


def test_contracts_it_keeps_them_all() -> None:
    outcome = lint_imports(ROOT)

    assert outcome.returncode == 0, outcome.stdout


def test_contracts_it_counts_imports_that_only_types_need() -> None:
    assert project()["tool"]["importlinter"]["exclude_type_checking_imports"] is False


def test_contracts_it_refuses_a_package_without_a_place(tmp_path: Path) -> None:
    copy = copy_of_skeleton(tmp_path)
    (copy / "src" / "ventanilla" / "stray").mkdir()
    (copy / "src" / "ventanilla" / "stray" / "__init__.py").touch()

    outcome = lint_imports(copy)

    assert outcome.returncode == 1
    assert "stray" in outcome.stdout


def test_contracts_it_refuses_an_import_that_goes_up(tmp_path: Path) -> None:
    copy = copy_of_skeleton(tmp_path)
    core = copy / "src" / "ventanilla" / "core" / "__init__.py"
    core.write_text("import typing\nif typing.TYPE_CHECKING:\n    import ventanilla.config\n")

    outcome = lint_imports(copy)

    assert outcome.returncode == 1
    assert "ventanilla.core is not allowed to import ventanilla.config" in outcome.stdout


def copy_of_skeleton(folder: Path) -> Path:
    """The project's packages, all empty, under the project's own contracts."""
    for package in SOURCE.rglob("__init__.py"):
        target = folder / package.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    program = (
        "import sys; sys.path.insert(0, 'src');"
        "from importlinter.cli import lint_imports_command; lint_imports_command()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
