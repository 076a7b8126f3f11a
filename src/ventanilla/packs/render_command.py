"""``ventanilla render``: a procedure as a picture, or in the notations of others."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.core.drawing.bpmn import bpmn_of
from ventanilla.core.drawing.dmn import dmn_of
from ventanilla.core.drawing.flow import flow_of
from ventanilla.core.drawing.layout import layout_of
from ventanilla.core.drawing.svg import svg_of
from ventanilla.core.drawing.wording import Wording
from ventanilla.packs.drawing_words import WORDINGS
from ventanilla.packs.reader import NotAPack, compile_pack, read_pack
from ventanilla.packs.sentences import LANGUAGES

DONE = 0
UNUSABLE = 2

STANDARD_OUTPUT = "-"


def svg(procedure: Procedure, wording: Wording) -> str:
    """The flow as a picture."""
    return svg_of(layout_of(flow_of(procedure, wording)), wording)


def bpmn(procedure: Procedure, wording: Wording) -> str:
    """The flow in BPMN 2.0."""
    return bpmn_of(layout_of(flow_of(procedure, wording)))


def dmn(procedure: Procedure, wording: Wording) -> str:
    """The decision tables in DMN 1.3."""
    if not procedure.tables:
        raise CannotRender(
            f"El procedimiento «{procedure.code}» no tiene cuadros de decisión: "
            "no hay nada que escribir en DMN. Use --format bpmn o svg."
        )
    return dmn_of(procedure)


FORMATS: Mapping[str, Callable[[Procedure, Wording], str]] = {
    "svg": svg,
    "bpmn": bpmn,
    "dmn": dmn,
}


class CannotRender(Exception):
    """The call asks for something that cannot be drawn; the sentence says what to do."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("path", metavar="PATH", help="carpeta de un paquete, o un archivo de ella")
    parser.add_argument("--procedure", metavar="CODE", help="código, si el paquete tiene varios")
    parser.add_argument("--format", choices=tuple(FORMATS), required=True, help="qué escribir")
    parser.add_argument(
        "--output",
        metavar="FILE",
        default=STANDARD_OUTPUT,
        help="archivo; «-» (lo usual) es la salida estándar",
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="es", help="idioma de los rótulos")


def run(args: Namespace, out: TextIO, err: TextIO) -> int:
    """Write one procedure in one format. 0: written; 2: the call or the pack is not usable."""
    try:
        procedure = _procedure(_pack(Path(args.path)), args.procedure)
        written = FORMATS[args.format](procedure, WORDINGS[args.lang])
        _write(written, args.output, out)
    except CannotRender as problem:
        err.write(f"{problem}\n")
        return UNUSABLE
    return DONE


def _pack(path: Path) -> Pack:
    folder = path
    if path.is_file():
        folder = next((up for up in path.parents if (up / "pack.yaml").is_file()), path)
    try:
        compiled = compile_pack(read_pack(folder))
    except NotAPack as problem:
        raise CannotRender(
            f"No hay ningún paquete en «{path}»: indique una carpeta con un archivo pack.yaml."
        ) from problem
    if compiled.pack is None:
        raise CannotRender(
            f"El paquete «{folder}» tiene errores: corríjalos con «ventanilla check {folder}» "
            "y vuelva a intentarlo."
        )
    return compiled.pack


def _procedure(pack: Pack, code: str | None) -> Procedure:
    codes = ", ".join(pack.procedures)
    if code is None and len(pack.procedures) == 1:
        return next(iter(pack.procedures.values()))
    if code is None:
        raise CannotRender(
            f"El paquete tiene varios procedimientos: elija uno de ellos con --procedure ({codes})."
        )
    if code not in pack.procedures:
        raise CannotRender(f"El paquete no tiene el procedimiento «{code}»: tiene {codes}.")
    return pack.procedures[code]


def _write(written: str, output: str, out: TextIO) -> None:
    if output == STANDARD_OUTPUT:
        out.write(written)
        return
    try:
        Path(output).write_text(written, encoding="utf-8")
    except OSError as problem:
        raise CannotRender(
            f"No se pudo escribir «{output}» ({problem.strerror}): indique un archivo en una "
            "carpeta que exista y donde pueda escribir."
        ) from problem
