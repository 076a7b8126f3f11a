"""The command line: `ventanilla COMMAND`. What needs no database does not start one."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.core.management import execute_from_command_line

from ventanilla.config.environment import (
    DEMO_DATABASE,
    UnusableEnvironment,
    read_database,
    read_environment,
)

SETTINGS = "ventanilla.config.settings"
PURE = "ventanilla.config.pure_commands"
"""Loaded only when it is asked for: a mail is taken in sooner without it."""

UNUSABLE = 2
TRY_AGAIN = 75
"""What a mail server reads as "keep the message and come back"."""


INSTALLED: Mapping[str, str] = {
    "load": "carga paquetes en la instalación",
    "staff": "abre las cuentas de las personas de la casa y les da sus roles",
    "receive": "recibe un mensaje por la entrada estándar",
    "work": "el trabajador: plazos, envíos, mensajes pendientes",
    "verify": "recalcula la cadena de la bitácora y la repetición de cada caso",
    "anchor": "escribe las cabezas de las bitácoras, para guardarlas fuera",
    "upgrade": "muestra qué casos abiertos pasarían a la versión vigente, y los pasa",
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
    pure = import_module(PURE)
    parsed = _parser(pure).parse_args(words)
    status: int = pure.COMMANDS[parsed.command].run(parsed)
    return status


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


def _parser(pure: ModuleType) -> ArgumentParser:
    parser = ArgumentParser(
        prog="ventanilla",
        description="El procedimiento escrito, funcionando.",
        epilog="Con instalación: "
        + "; ".join(f"{name} ({told})" for name, told in INSTALLED.items()),
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="ORDEN")
    for name, command in pure.COMMANDS.items():
        command.add_arguments(commands.add_parser(name, help=command.help))
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
