"""A whole installation for a test that kills it: database, pack, people, processes, mail server."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.runner.databases import fresh_database
from tests.runner.pages import NoAnswer, Visitor
from tests.runner.processes import ROOT, Service, free_port, listens, run
from tests.runner.sink import Sink, controller

PACK = ROOT / "packs" / "promperu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What runs, and where mail goes in and out."""

    web: Service
    worker: Service
    sink: Sink
    inbox: Path
    port: int
    environment: Mapping[str, str]

    def drop(self, name: str, raw: bytes) -> None:
        """Put a whole mail into the inbox at once."""
        path = self.inbox / f".{name}"
        path.write_bytes(raw)
        path.rename(self.inbox / f"{name}.eml")

    def waiting_mail(self) -> int:
        """How many mails the inbox still holds."""
        return len(list(self.inbox.glob("*.eml")))

    def work_off(self) -> None:
        """Let a last worker do what is due, also what a killed one had on lease."""
        later = datetime.now(UTC) + timedelta(minutes=15)
        demo = {**self.environment, "VENTANILLA_DEMO": "1"}
        run(["work", "--once", "--now", later.isoformat()], demo)

    def verify(self) -> Any:
        """What `ventanilla verify --json` says."""
        return json.loads(run(["verify", "--json"], self.environment))

    def report(self) -> Any:
        """All rows that the promises are about."""
        return json.loads(_inside("report", self.environment))


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """An installation of the pack with an agent, web and worker running."""
    with fresh_database(folder) as database:
        port, smtp_port = free_port(), free_port()
        inbox = folder / "inbox"
        inbox.mkdir()
        environment = {
            "VENTANILLA_DATABASE": database,
            "VENTANILLA_SECRET_KEY": "tests-only-0123456789-abcdefghij-klmnopqrst",
            "VENTANILLA_ADDRESS": f"http://127.0.0.1:{port}",
            "VENTANILLA_MAIL": f"smtp://127.0.0.1:{smtp_port}",
            "VENTANILLA_INBOX": str(inbox),
            "DJANGO_SETTINGS_MODULE": "ventanilla.config.settings",
        }
        run(["migrate", "--verbosity", "0"], environment)
        run(["load", str(PACK)], environment)
        _inside("people", environment)
        sink = Sink()
        server = controller(sink, smtp_port)
        server.start()
        web = Service(
            "web",
            ["serve", "--port", str(port)],
            environment=environment,
            log=folder / "web.log",
            is_ready=lambda: _answers(port),
        )
        worker = Service(
            "worker",
            ["work"],
            environment=environment,
            log=folder / "worker.log",
            is_ready=lambda: True,
        )
        try:
            for service in (web, worker):
                service.start()
                service.wait_until_ready()
            yield Installation(
                web=web,
                worker=worker,
                sink=sink,
                inbox=inbox,
                port=port,
                environment=environment,
            )
        finally:
            web.stop()
            worker.stop()
            server.stop()
            shutil.rmtree(inbox, ignore_errors=True)


def _answers(port: int) -> bool:
    try:
        return listens(port) and Visitor(port).get("/entrar/").status == 200
    except NoAnswer:
        return False


def _inside(task: str, environment: Mapping[str, str]) -> str:
    finished = subprocess.run(
        [sys.executable, "-m", "tests.runner.inside", task],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout
