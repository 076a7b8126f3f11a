"""The files that the house rules look at."""

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ventanilla"
CODE_FOLDERS = ("src", "scripts", "bench", "tests")
TEXT_FOLDERS = (*CODE_FOLDERS, "docs", "packs", "requirements", ".ci")
TEXT_SUFFIXES = frozenset(
    {
        ".py",
        ".md",
        ".yaml",
        ".yml",
        ".toml",
        ".txt",
        ".html",
        ".css",
        ".js",
        ".svg",
        ".csv",
        ".po",
        "",
    }
)
SKIPPED = frozenset({"__pycache__", "node_modules"})


def python_files(*folders: str) -> list[Path]:
    """The Python files below the folders, migrations left out: Django writes those."""
    return [
        path
        for folder in folders
        for path in _files(ROOT / folder)
        if path.suffix == ".py" and "migrations" not in path.parts
    ]


def text_files() -> list[Path]:
    """Every text file of the repository, except the one that lists what is forbidden."""
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != "pyproject.toml"]
    below = [path for folder in TEXT_FOLDERS for path in _files(ROOT / folder)]
    return [path for path in (*top, *below) if path.suffix in TEXT_SUFFIXES]


def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _files(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and not SKIPPED & set(path.parts)
    )
