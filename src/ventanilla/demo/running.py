"""Running the demonstration: the screens, the worker and a mail sink, until somebody stops it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from types import FrameType

from ventanilla.demo.folders import Folders
from ventanilla.demo.sink import mail_sink

PATIENCE_SECONDS = 30.0


class PortTaken(Exception):
    """Something else listens there already."""


class CouldNotStart(Exception):
    """A part of the demonstration ended before it was ready."""


def require_port(port: int) -> None:
    """Refuse a port that is in use, before anything is started."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise PortTaken(port) from None


class Demonstration:
    """The processes of the demonstration."""

    def __init__(self, folders: Folders, port: int) -> None:
        self._folders = folders
        self._port = port
        self._parts: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/"

    def serve(self, ready: Callable[[str], None]) -> None:
        """Start everything, say when it is ready, and stay until interrupted."""
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(asked, _interrupt)
        with mail_sink(self._folders.sink, port=0) as mail_port:
            environment = {**os.environ, **self._settings(mail_port)}
            try:
                self._start(["serve", "--port", str(self._port)], environment)
                self._start(["work"], environment)
                self._wait_until_ready()
                ready(self.address)
                self._stay()
            except KeyboardInterrupt:
                pass
            finally:
                self._stop()

    def _settings(self, mail_port: int) -> dict[str, str]:
        return {
            "VENTANILLA_DEMO": "1",
            "VENTANILLA_MAIL": f"smtp://127.0.0.1:{mail_port}",
            "VENTANILLA_INBOX": str(self._folders.inbox),
            "VENTANILLA_ADDRESS": self.address.rstrip("/"),
        }

    def _start(self, words: list[str], environment: Mapping[str, str]) -> None:
        call = [sys.executable, "-m", "ventanilla.config.cli", *words]
        self._parts.append(subprocess.Popen(call, env=environment, start_new_session=True))

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            self._require_alive()
            if _answers(self.address):
                return
            time.sleep(0.1)
        raise CouldNotStart("Las pantallas no respondieron a tiempo.")

    def _stay(self) -> None:
        while True:
            self._require_alive()
            time.sleep(0.5)

    def _require_alive(self) -> None:
        for part in self._parts:
            if part.poll() is not None:
                raise CouldNotStart(f"«{part.args!r}» terminó con {part.returncode}.")

    def _stop(self) -> None:
        for part in self._parts:
            if part.poll() is None:
                part.terminate()
        for part in self._parts:
            try:
                part.wait(timeout=10)
            except subprocess.TimeoutExpired:
                part.kill()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
            return int(answer.status) < 500
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
