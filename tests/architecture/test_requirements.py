"""What is asked for is locked, what is locked has hashes, and what runs may be shipped."""

import importlib.metadata
import json
import re
from pathlib import Path

from tests.architecture.sources import ROOT, project

LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "dev", "peers")}
# "GPL" alone or AGPL; LGPL is welcome as an unmodified library.
REFUSED_LICENCE = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public License")


def test_locks_it_holds_every_requirement_of_the_project() -> None:
    bounds = project()["project"]["dependencies"]
    groups = project()["dependency-groups"]

    assert names(bounds + groups["build"]) <= locked(LOCKS["run"]).keys()
    assert names(groups["dev"]) | locked(LOCKS["run"]).keys() <= locked(LOCKS["dev"]).keys()


def test_locks_it_gives_the_run_set_the_same_versions_in_both() -> None:
    development = locked(LOCKS["dev"])

    for name, version in locked(LOCKS["run"]).items():
        assert development[name] == version, name


def test_locks_it_gives_every_requirement_a_hash_and_no_address() -> None:
    for path in LOCKS.values():
        text = path.read_text(encoding="utf-8")
        entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]

        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text


def test_packages_of_node_they_are_locked_by_hash_and_without_address() -> None:
    """Only tests use them, to read what we write."""
    lock = json.loads((ROOT / "tests/standards/node/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}

    assert packages
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())


def test_refused_licence_it_knows_the_family() -> None:
    assert REFUSED_LICENCE.search("GPL-3.0-or-later")
    assert REFUSED_LICENCE.search("GNU Affero General Public License v3")
    assert REFUSED_LICENCE.search("AGPL-3.0")
    assert not REFUSED_LICENCE.search("LGPL-2.1-or-later")
    assert not REFUSED_LICENCE.search("GNU Lesser General Public License v3 (LGPLv3)")


def test_run_set_it_holds_no_licence_that_binds_the_whole() -> None:
    refused = {
        name: licence
        for name in locked(LOCKS["run"])
        for licence in licences(name)
        if REFUSED_LICENCE.search(licence)
    }

    assert not refused


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
    return {normal(match.group()) for match in found if match}


def locked(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    return {normal(name): v for name, v in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


def licences(name: str) -> list[str]:
    """What the installed package says of its licence; packages for other platforms say nothing."""
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return []
    classifiers = [
        text for text in metadata.get_all("Classifier", []) if text.startswith("License")
    ]
    return [*metadata.get_all("License-Expression", []), *classifiers]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()
