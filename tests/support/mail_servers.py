"""Mail servers that refuse, hang up or keep what they get, exactly as a test tells them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from typing import Final

_POLITE: Final = {
    "": b"220 hola\r\n",
    "EHLO": b"250 hola\r\n",
    "MAIL": b"250 ok\r\n",
    "RCPT": b"250 ok\r\n",
    "DATA": b"354 go\r\n",
    ".": b"250 kept\r\n",
    "RSET": b"250 ok\r\n",
    "QUIT": b"221 bye\r\n",
}


class Scripted:
    """A server that answers each command as it is told; an empty answer hangs up."""

    def __init__(self, answers: dict[str, bytes]) -> None:
        self._answers = {**_POLITE, **answers}
        self.bodies: list[bytes] = []
        self.connections = 0
        self._talks: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])

    def serve(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            talk = threading.Thread(target=self._talk, args=(peer,))
            talk.start()
            self._talks.append(talk)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for talk in self._talks:
            talk.join()

    def _talk(self, peer: socket.socket) -> None:
        with peer, peer.makefile("rb") as lines:
            self._answer(peer, lines)

    def _answer(self, peer: socket.socket, lines: BufferedIOBase) -> None:
        if not self._say(peer, ""):
            return
        for line in lines:
            verb = line.split()[0].decode("ascii").upper()
            if not self._say(peer, verb):
                return
            if verb == "DATA" and self._answers["DATA"].startswith(b"354"):
                self.bodies.append(b"".join(iter(lines.readline, b".\r\n")))
                if not self._say(peer, "."):
                    return

    def _say(self, peer: socket.socket, verb: str) -> bool:
        answer = self._answers.get(verb, b"500 what\r\n")
        if answer:
            peer.sendall(answer)
        return bool(answer)


@contextmanager
def scripted(**answers: bytes) -> Iterator[Scripted]:
    named = {name.replace("greeting", "").replace("end", "."): a for name, a in answers.items()}
    server = Scripted(named)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()
