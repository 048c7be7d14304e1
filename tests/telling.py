"""A run on all cores tells each failure at once, and when it is told to end, what still ran.

Otherwise a run that is killed takes everything it knew with it.
"""

from __future__ import annotations

import signal
import threading
from typing import Any

import pytest


class Teller:
    """Listens to the workers, where their reports come together."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self.terminal = terminal
        self.running: dict[str, None] = {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.running[nodeid] = None

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.running.pop(nodeid, None)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.terminal.ensure_newline()
            self.terminal.write_sep("_", f"{report.when} of {report.nodeid}", red=True)
            self.terminal.write_line(report.longreprtext)
            self.terminal.flush()

    def end(self, _number: int, _frame: object) -> None:
        """What SIGTERM does."""
        self.terminal.ensure_newline()
        self.terminal.write_line(f"told to end; still running: {', '.join(self.running) or '-'}")
        self.terminal.flush()
        pytest.exit("told to end", 1)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Listen where there are workers; a run without them shows its failures soon enough."""
    terminal: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None or not session.config.getoption("numprocesses", None):
        return
    teller = Teller(terminal)
    session.config.pluginmanager.register(teller, "teller")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, teller.end)
