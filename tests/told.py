"""The story of the demo, told once for a whole run of tests, on however many cores."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.services.demo_folder import tell


@pytest.fixture(scope="session")
def copy_demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Put a demo into a folder that is not there yet: a copy of the one that was told."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    told, done = base / "told", base / "told.done"
    with (base / "told.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(told, ignore_errors=True)
            assert tell(told)
            done.touch()

    def copy(folder: Path) -> Path:
        shutil.copytree(told, folder)
        return folder

    return copy
