"""`ventanilla serve`: the screens, by granian over WSGI."""

import os
import sys
from argparse import ArgumentParser, Namespace

APPLICATION = "ventanilla.config.wsgi:application"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where to listen and with how many hands."""
    parser.add_argument("--host", default="127.0.0.1", help="dirección en la que escucha")
    parser.add_argument("--port", type=int, default=8000, help="puerto")
    parser.add_argument("--workers", type=int, default=1, help="procesos")
    parser.add_argument("--threads", type=int, default=8, help="hilos por proceso")


def run(arguments: Namespace) -> int:
    """Become the server process; does not return."""
    os.execv(sys.executable, command(arguments))


def command(arguments: Namespace) -> list[str]:
    """The call that serves as the arguments say."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        arguments.host,
        "--port",
        str(arguments.port),
        "--workers",
        str(arguments.workers),
        "--blocking-threads",
        str(arguments.threads),
        "--no-ws",
        "--log-level",
        "error",
        APPLICATION,
    ]
