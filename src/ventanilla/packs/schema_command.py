"""``ventanilla schema``: the JSON Schemas with which an editor completes and checks a pack."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from ventanilla.packs.schema import ROOTS, schema_of

DONE = 0
UNUSABLE = 2


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("folder", metavar="FOLDER", help="carpeta donde se escriben los esquemas")


def run(args: Namespace, out: TextIO, err: TextIO) -> int:
    """Write one schema for each kind of file. 0: written; 2: the folder cannot be written."""
    folder = Path(args.folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in ROOTS:
            place = folder / file_name(kind)
            place.write_text(written(kind), encoding="utf-8")
            out.write(f"{place.as_posix()}\n")
    except OSError as error:
        err.write(f"No se puede escribir en «{folder.as_posix()}»: {error.strerror}.\n")
        return UNUSABLE
    return DONE


def file_name(kind: str) -> str:
    """What the schema of a kind of file is called."""
    return f"{kind}.schema.json"


def written(kind: str) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"
