"""Which requirement rows are proved, by which tests and scenarios, and which by nothing.

Reads `docs/requirements/ids.csv`, the `covers` marks of the tests and the `covers:` of scenarios;
runs nothing. Always exits 0: the answer is information, not a verdict.
"""

import argparse
import ast
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
IDS = ROOT / "docs" / "requirements" / "ids.csv"
ORGANIZATIONS = {
    "promperu-exporter-desk": "PROMPERÚ",
    "promperu-software-requirements": "PROMPERÚ",
    "prochile-users": "ProChile",
    "comteco-digital-sales": "COMTECO",
    "comteco-information-desk": "COMTECO",
    "cli-customs-service": "CLI",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A row of a catalogue."""

    id: str
    catalogue: str

    @property
    def organization(self) -> str:
        return ORGANIZATIONS[self.catalogue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A test or a scenario that claims to prove a row."""

    requirement: str
    where: str


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="trace", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    requirements = read_requirements()
    proofs = [*proofs_in_tests(ROOT), *proofs_in_scenarios(ROOT)]
    if options.json:
        print(json.dumps(as_json(requirements, proofs), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_text(requirements, proofs)))
    return 0


def read_requirements(path: Path = IDS) -> list[Requirement]:
    """Every row there is, in the order of the catalogues."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Requirement(id=row["id"], catalogue=row["catalogue"]) for row in csv.DictReader(lines)
        ]


def proofs_in_tests(root: Path) -> Iterator[Proof]:
    """The marks `pytest.mark.covers("…")` of all tests; the test that carries one is named."""
    for path in sorted((root / "tests").rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        if "covers" in source:
            yield from _marks(ast.parse(source), path.relative_to(root).as_posix())


def proofs_in_scenarios(root: Path) -> Iterator[Proof]:
    """The `covers:` of all scenarios in packs and tests."""
    for folder in ("packs", "tests"):
        for path in sorted((root / folder).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            if "covers:" not in text:
                continue
            where = path.relative_to(root).as_posix()
            for document in yaml.load_all(text, Loader=yaml.CBaseLoader):
                yield from _covers(document, where)


def unknown(requirements: Iterable[Requirement], proofs: Iterable[Proof]) -> list[Proof]:
    """Proofs of rows that do not exist."""
    known = {requirement.id for requirement in requirements}
    return [proof for proof in proofs if proof.requirement not in known]


def as_text(requirements: list[Requirement], proofs: list[Proof]) -> Iterator[str]:
    """The report for people: proofs by row, then the rows without one, by organisation."""
    by_row = _by_row(proofs)
    for requirement in requirements:
        for number, where in enumerate(by_row.get(requirement.id, ())):
            yield f"{requirement.id if number == 0 else '':8}{where}"
    yield ""
    for organization, rows in groupby(requirements, key=lambda row: row.organization):
        members = list(rows)
        open_rows = [row.id for row in members if row.id not in by_row]
        yield f"{organization}: {len(members) - len(open_rows)} of {len(members)} rows have a proof"
        yield from _wrapped(open_rows)
    for proof in unknown(requirements, proofs):
        yield f"unknown row {proof.requirement}: {proof.where}"


def as_json(requirements: list[Requirement], proofs: list[Proof]) -> dict[str, object]:
    """The report for machines."""
    by_row = _by_row(proofs)
    return {
        "requirements": [
            {
                "id": row.id,
                "catalogue": row.catalogue,
                "organization": row.organization,
                "proofs": by_row.get(row.id, []),
            }
            for row in requirements
        ],
        "without_proof": [row.id for row in requirements if row.id not in by_row],
        "unknown": [
            {"id": proof.requirement, "where": proof.where}
            for proof in unknown(requirements, proofs)
        ],
    }


def _marks(tree: ast.AST, where: str, name: str = "") -> Iterator[Proof]:
    for node in ast.iter_child_nodes(tree):
        inner = name
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = f"{name}::{node.name}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.covers":
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield Proof(requirement=argument.value, where=where + name)
        yield from _marks(node, where, inner)


def _covers(node: object, where: str) -> Iterator[Proof]:
    if isinstance(node, list):
        for item in node:
            yield from _covers(item, where)
    if not isinstance(node, Mapping):
        return
    title = node.get("scenario")
    named = f"{where} «{title}»" if isinstance(title, str) else where
    rows = node.get("covers", [])
    for row in rows if isinstance(rows, list) else [rows]:
        if isinstance(row, str):
            yield Proof(requirement=row, where=named)
    for key, value in node.items():
        if key != "covers":
            yield from _covers(value, named)


def _by_row(proofs: Iterable[Proof]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for proof in proofs:
        places = found.setdefault(proof.requirement, [])
        if proof.where not in places:
            places.append(proof.where)
    return found


def _wrapped(ids: list[str], width: int = 12) -> Iterator[str]:
    for start in range(0, len(ids), width):
        yield "    " + " ".join(ids[start : start + width])


if __name__ == "__main__":
    sys.exit(main())
