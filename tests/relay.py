"""A relay between the program and PostgreSQL that cuts the line as a COMMIT goes through."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Cut = Literal["before", "after"]
"""Whether the server has not yet had the COMMIT, or has carried it out and its answer is lost."""


class Relay:
    """Passes everything on. Once `cut` is set, the next COMMIT ends its connection."""

    def __init__(self, target: Path, listening: socket.socket) -> None:
        self.port: int = listening.getsockname()[1]
        self.cut: Cut | None = None
        self.cuts = 0
        self._target = target
        self._listening = listening

    def run(self) -> None:
        """Take connections until there is nothing to listen to."""
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._listening.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.socket(socket.AF_UNIX) as far, contextlib.suppress(OSError):
            far.connect(str(self._target))
            while True:
                for end in select.select([near, far], [], [])[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    if end is near and self.cut and data.endswith(b"COMMIT\0"):
                        self._cut_off(far, data)
                        return
                    (far if end is near else near).sendall(data)

    def _cut_off(self, far: socket.socket, commit: bytes) -> None:
        cut, self.cut = self.cut, None
        self.cuts += 1
        if cut == "after":
            far.sendall(commit)
            assert far.recv(65536)  # the answer, which goes nowhere


@contextmanager
def relay_to(target: Path) -> Iterator[Relay]:
    """A relay on a port of this machine to the server's socket *target*."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        relay = Relay(target, listening)
        thread = threading.Thread(target=relay.run, daemon=True)
        thread.start()
        yield relay
        # Closing alone does not wake a thread that waits.
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)
