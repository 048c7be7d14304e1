"""How often a thing may be tried from one address, counted in this process.

Secrets here have 256 random bits and nobody guesses one; the count keeps those who try from taking
the server's time. It never locks out: it asks to wait.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

MOST_ADDRESSES = 10_000


class Limit:
    """*tries* in *seconds* from one address."""

    def __init__(self, tries: int, seconds: int) -> None:
        self._tries = tries
        self._seconds = seconds
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str) -> int:
        """How many seconds *address* has to wait; 0 where it may go on."""
        with self._lock:
            began, count = self._counts.get(address, (0.0, 0))
            left = began + self._seconds - time.monotonic()
        return max(int(left) + 1, 0) if count >= self._tries and left > 0 else 0

    def note(self, address: str) -> None:
        """Count a try that failed."""
        moment = time.monotonic()
        with self._lock:
            began, count = self._counts.pop(address, (moment, 0))
            if moment - began >= self._seconds:
                began, count = moment, 0
            self._counts[address] = (began, count + 1)
            if len(self._counts) > MOST_ADDRESSES:
                self._counts.popitem(last=False)

    def forget(self) -> None:
        """Begin anew: for tests."""
        with self._lock:
            self._counts.clear()
