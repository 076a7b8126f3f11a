"""The command line from outside: which installation it means, and what if there is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ventanilla.demo.folders import Folders, InUse, held

ROOT = Path(__file__).resolve().parents[3]


def run(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command in a folder, in an environment that names no installation unless told."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("VENTANILLA_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "ventanilla.config.cli", *words],
        cwd=folder,
        env={**environment, **variables},
        input="",
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_installation_it_says_which_variable_is_missing(tmp_path: Path) -> None:
    answer = run(tmp_path, "verify")

    assert answer.returncode == 2
    assert "VENTANILLA_DATABASE is missing" in answer.stderr


def test_no_installation_it_does_not_lose_the_mail_of_a_pipe(tmp_path: Path) -> None:
    answer = run(tmp_path, "receive")

    assert answer.returncode == 75


def test_demonstration_in_the_folder_it_is_the_one_that_is_meant(tmp_path: Path) -> None:
    made = run(tmp_path, "demo", "--no-serve")
    answer = run(tmp_path, "verify", "--json")

    assert made.returncode == 0, made.stderr
    assert answer.returncode == 0, answer.stderr
    assert "var/demo" in answer.stderr


def test_scenarios_through_the_database_it_needs_no_installation_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    one = ROOT / "packs/promperu/scenarios/plazos.yaml"

    answer = run(tmp_path, "scenario", str(one), "--database")

    assert answer.returncode == 0, answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_scenarios_it_plays_them_beside_the_people_of_an_installation(tmp_path: Path) -> None:
    one = ROOT / "packs/promperu/scenarios/plazos.yaml"
    run(tmp_path, "demo", "--no-serve")
    before = run(tmp_path, "verify", "--json").stdout

    answer = run(tmp_path, "scenario", str(one), "--database")

    assert answer.returncode == 0, answer.stderr
    assert run(tmp_path, "verify", "--json").stdout == before


def test_demonstration_it_is_not_made_anew_while_it_is_served(tmp_path: Path) -> None:
    with held(Folders(root=tmp_path / "var/demo"), alone=False):
        answer = run(tmp_path, "demo", "--reset", "--no-serve")

    assert answer.returncode == 1
    assert "está en marcha" in answer.stderr


def test_folder_it_is_shared_by_those_who_serve_and_held_alone_to_begin_anew(
    tmp_path: Path,
) -> None:
    folders = Folders(root=tmp_path)

    with (
        held(folders, alone=False),
        held(folders, alone=False),
        pytest.raises(InUse),
        held(folders, alone=True),
    ):
        pass
    with held(folders, alone=True):
        assert folders.root.is_dir()
