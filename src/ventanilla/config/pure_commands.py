"""The commands that need no installation: they read files, print, or serve."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ventanilla.config import serving
from ventanilla.config.pack_calendars import calendars_of_pack
from ventanilla.packs import (
    check_command,
    deadline_command,
    render_command,
    scenario_command,
    schema_command,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PureCommand:
    """A command that reads files and prints; no installation is needed."""

    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


COMMANDS: Mapping[str, PureCommand] = {
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
    "schema": PureCommand(
        help="escribe los esquemas con que un editor completa y revisa paquetes",
        add_arguments=schema_command.add_arguments,
        run=lambda arguments: schema_command.run(arguments, sys.stdout, sys.stderr),
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
