"""Processes of an installation that are killed without warning and started again."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "ventanilla.config.cli")


class NotReady(Exception):
    """A process did not come up in time; the sentence ends with what it said."""


class Service:
    """One process group of the installation, kept running until it is stopped."""

    def __init__(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        environment: Mapping[str, str],
        log: Path,
        is_ready: Callable[[], bool],
    ) -> None:
        self.name = name
        self.kills = 0
        self._command = [*PROGRAM, *arguments]
        self._environment = {**os.environ, **environment}
        self._log = log
        self._is_ready = is_ready
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process in a group of its own."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self, seconds: float = 30) -> None:
        """Return when the process serves; raise NotReady when it ended or takes too long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._is_ready():
                return
            if self._process is not None and self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise NotReady(f"{self.name} is not ready: {self._log.read_text()[-2000:]}")

    def kill(self) -> None:
        """End every process of the group at once, whatever it is doing."""
        self.kills += 1
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the group to end, and insist after ten seconds."""
        if self._process is None:
            return
        self._end(signal.SIGTERM, seconds=10)
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals, seconds: float | None = None) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=seconds)


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run one command of the installation to its end; its output."""
    finished = subprocess.run(
        [*PROGRAM, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, f"{arguments}: {finished.stdout}{finished.stderr}"
    return finished.stdout


def listens(port: int) -> bool:
    """Whether somebody accepts connections on the port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nobody uses now, below those that outgoing connections take while we are dead."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise NotReady("no port is free")
