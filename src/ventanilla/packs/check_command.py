"""``ventanilla check``: everything that is wrong with packs, with file, line, column and remedy."""

import argparse
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from ventanilla.core.definition.problems import Problem, Problems, Severity
from ventanilla.core.scenarios.reading import read_scenarios
from ventanilla.packs.identifiers import identity_check
from ventanilla.packs.reader import PackFiles, compile_pack, read_pack
from ventanilla.packs.sentences import LANGUAGES, tell
from ventanilla.packs.watching import PAUSE, Watch
from ventanilla.packs.yaml_nodes import read_yaml

CLEAN = 0
ERRORS = 1
UNUSABLE = 2

_SEVERITIES = {
    "es": {Severity.ERROR: "error", Severity.WARNING: "aviso"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning"},
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="pack, or folder of packs")
    parser.add_argument("--json", action="store_true", help="answer for machines")
    parser.add_argument(
        "--watch", action="store_true", help="stay, and tell of each file as it is saved"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="es", help="language of sentences")


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Check every pack named. 0: no errors, warnings allowed; 1: errors; 2: nothing to check."""
    folders: list[Path] = []
    for written in args.paths:
        found = pack_folders(Path(written))
        if not found:
            err.write(_no_pack(written, args.lang) + "\n")
            return UNUSABLE
        folders += found
    if args.watch:
        return _watch(folders, args.lang, out)
    told = [
        _row(folder, problem, args.lang)
        for folder in dict.fromkeys(folders)
        for problem in check_files(read_pack(folder))
    ]
    if args.json:
        json.dump(told, out, ensure_ascii=False, indent=2)
        out.write("\n")
    else:
        _write_lines(told, len(folders), args.lang, out)
    return ERRORS if any(row["severity"] == Severity.ERROR for row in told) else CLEAN


def _watch(folders: list[Path], language: str, out: TextIO) -> int:
    """Tell of each file as it is saved, until somebody stops it."""

    def tell_of(folder: Path, path: str, problems: Iterable[Problem]) -> None:
        rows = [_row(folder, problem, language) for problem in problems]
        out.write(f"{(folder / path).as_posix()}\n")
        _write_lines(rows, len(folders), language, out)
        out.flush()

    watch = Watch(list(dict.fromkeys(folders)))
    try:
        while True:
            time.sleep(PAUSE)
            watch.look(tell_of)
    except KeyboardInterrupt:
        return CLEAN


def check_files(files: PackFiles) -> tuple[Problem, ...]:
    """Everything wrong with a pack; its scenarios are read once the pack itself is sound."""
    compiled = compile_pack(files)
    if compiled.pack is None:
        return compiled.problems
    problems = Problems()
    problems.extend(compiled.problems)
    for path in sorted(files.files):
        if path.startswith("scenarios/") and path.endswith((".yaml", ".yml")):
            node = read_yaml(path, files.files[path], problems)
            read_scenarios(node, compiled.pack, problems, identity=identity_check)
    return problems.sorted()


def pack_folders(path: Path) -> list[Path]:
    """The packs a path names: itself, the pack whose file it is, or those inside the folder."""
    if path.is_file():
        return next(([up] for up in path.parents if (up / "pack.yaml").is_file()), [])
    if (path / "pack.yaml").is_file():
        return [path]
    return sorted(folder.parent for folder in path.glob("*/pack.yaml"))


def _row(folder: Path, problem: Problem, language: str) -> dict[str, str | int]:
    told = tell(problem, language)
    return {
        "severity": str(problem.severity),
        "code": str(problem.code),
        "file": (folder / problem.mark.file).as_posix(),
        "line": problem.mark.line,
        "column": problem.mark.column,
        "message": told.message,
        "hint": told.hint,
    }


def _write_lines(
    told: Iterable[dict[str, str | int]], packs: int, language: str, out: TextIO
) -> None:
    counts = {Severity.ERROR: 0, Severity.WARNING: 0}
    for row in told:
        severity = Severity(str(row["severity"]))
        counts[severity] += 1
        word = _SEVERITIES[language][severity]
        out.write(f"{row['file']}:{row['line']}:{row['column']}: {word}: {row['message']}")
        out.write(f" [{row['code']}]\n")
        if row["hint"]:
            out.write(f"    {row['hint']}\n")
    out.write(_total(packs, counts[Severity.ERROR], counts[Severity.WARNING], language) + "\n")


def _total(packs: int, errors: int, warnings: int, language: str) -> str:
    if language == "en":
        return f"Packs checked: {packs}. Errors: {errors}. Warnings: {warnings}."
    return f"Paquetes revisados: {packs}. Errores: {errors}. Avisos: {warnings}."


def _no_pack(path: str, language: str) -> str:
    if language == "en":
        return f"There is no pack at “{path}”: a pack is a folder with a file pack.yaml."
    return f"No hay ningún paquete en «{path}»: un paquete es una carpeta con un archivo pack.yaml."
