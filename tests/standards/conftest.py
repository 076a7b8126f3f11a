"""Programs of others that read what we write, each a process that answers a JSON a line."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from tests.architecture.sources import ROOT

PEERS = ROOT / "var" / "peers"
ASKED = ROOT / "tests" / "standards" / "asked"


class Peer:
    """A program that is asked."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, verb: str, **order: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"verb": verb, **order}) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        assert not (isinstance(told, dict) and "error" in told), told
        return told


@contextmanager
def asked(command: Sequence[str], environment: Mapping[str, str], folder: Any) -> Iterator[Peer]:
    if not (PEERS / ".ready").exists():
        pytest.fail("make peers installs the programs that read what we write")
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Peer(process)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def spiff() -> Iterator[Peer]:
    """SpiffWorkflow."""
    command = [str(PEERS / "bin" / "python"), "-m", "tests.standards.asked.spiff"]
    with asked(command, {"PYTHONPATH": str(ROOT)}, ROOT) as peer:
        yield peer


@pytest.fixture(scope="session")
def readers() -> Iterator[Peer]:
    """bpmn-moddle, dmn-moddle and feelin."""
    command = [str(PEERS / "bin" / "node"), str(ASKED / "readers.js")]
    with asked(command, {}, PEERS) as peer:
        yield peer
