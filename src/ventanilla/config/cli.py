"""The command line: `ventanilla COMMAND`. What needs no database does not start one."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.management import execute_from_command_line

from ventanilla.config import serving
from ventanilla.config.environment import (
    DEMO_DATABASE,
    UnusableEnvironment,
    read_database,
    read_environment,
)
from ventanilla.config.pack_calendars import calendars_of_pack
from ventanilla.packs import check_command, deadline_command, render_command, scenario_command

SETTINGS = "ventanilla.config.settings"
UNUSABLE = 2
TRY_AGAIN = 75
"""What a mail server reads as "keep the message and come back"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PureCommand:
    """A command that reads files and prints; no installation is needed."""

    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


PURE: Mapping[str, PureCommand] = {
    "check": PureCommand(
        help="revisa paquetes y dice cada problema con archivo, línea y remedio",
        add_arguments=check_command.add_arguments,
        run=lambda arguments: check_command.run(arguments, sys.stdout, sys.stderr),
    ),
    "scenario": PureCommand(
        help="corre escenarios y dice qué se esperaba y qué pasó",
        add_arguments=scenario_command.add_arguments,
        run=lambda arguments: scenario_command.run(arguments, sys.stdout, sys.stderr),
    ),
    "render": PureCommand(
        help="dibuja un procedimiento (SVG) o lo escribe en BPMN o DMN",
        add_arguments=render_command.add_arguments,
        run=lambda arguments: render_command.run(arguments, sys.stdout, sys.stderr),
    ),
    "deadline": PureCommand(
        help="calcula un plazo y lo explica día por día",
        add_arguments=deadline_command.add_arguments,
        run=lambda arguments: deadline_command.run(
            arguments, sys.stdout, err=sys.stderr, pack_calendars=calendars_of_pack
        ),
    ),
    "serve": PureCommand(
        help="sirve las pantallas",
        add_arguments=serving.add_arguments,
        run=serving.run,
    ),
}

INSTALLED: Mapping[str, str] = {
    "load": "carga paquetes en la instalación",
    "staff": "abre las cuentas de las personas de la casa y les da sus roles",
    "receive": "recibe un mensaje por la entrada estándar",
    "work": "el trabajador: plazos, envíos, mensajes pendientes",
    "verify": "recalcula la cadena de la bitácora y la repetición de cada caso",
    "anchor": "escribe las cabezas de las bitácoras, para guardarlas fuera",
    "erase": "borra los datos personales de una persona atendida",
    "demo": "crea la instalación de demostración y la sirve",
    "migrate": "prepara o actualiza la base de datos",
    "collectstatic": "reúne los archivos estáticos",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it succeeded, 2 when the call was unusable."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in INSTALLED and "--help" not in words[:1]:
        return _on_installation(words)
    if words[:1] == ["scenario"] and "--database" in words:
        return _on_installation([word for word in words if word != "--database"])
    parsed = _parser().parse_args(words)
    return PURE[parsed.command].run(parsed)


def _on_installation(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if words[0] == "demo" or (words[0] == "scenario" and not _is_named()):
        os.environ["VENTANILLA_DEMO"] = "1"
    elif not _is_named() and _is_demonstration_here():
        os.environ["VENTANILLA_DEMO"] = "1"
        print("(En la demostración de var/demo.)", file=sys.stderr)
    try:
        read_environment(os.environ)
    except UnusableEnvironment as problem:
        print(f"ventanilla: {problem}", file=sys.stderr)
        return TRY_AGAIN if words[0] == "receive" else UNUSABLE
    execute_from_command_line(["ventanilla", *words])
    return 0


def _is_named() -> bool:
    """Whether the environment says which installation is meant."""
    return bool(os.environ.get("VENTANILLA_DATABASE") or os.environ.get("VENTANILLA_DEMO"))


def _is_demonstration_here() -> bool:
    return Path(read_database(DEMO_DATABASE).name).exists()


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="ventanilla",
        description="El procedimiento escrito, funcionando.",
        epilog="Con instalación: "
        + "; ".join(f"{name} ({told})" for name, told in INSTALLED.items()),
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="ORDEN")
    for name, command in PURE.items():
        command.add_arguments(commands.add_parser(name, help=command.help))
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
