"""The demo's folder: a database, a key and files of its own, which no real installation shares."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessment.services.demo_installation import is_seeded, seed
from assessment.services.demo_people import keep_open
from assessment.services.errors import Refusal, _
from assessment.store.demo_mark import is_demo, mark_as_demo
from assessment.store.engine import open_engine, open_sessions
from assessment.store.schema import standing, upgrade

DATABASE = "demo.sqlite"
EXAMPLE = "example"
_RUNNING = "running"
_OWN = (DATABASE, "nudges.sqlite", "secret-key", EXAMPLE, "files")
"""What the demo keeps in its folder, and all that starting again takes away."""


class FolderOfOthers(Refusal):
    """Something other than a demo is kept there."""

    default = _(
        "%(folder)s holds something other than a demo, so the demo leaves it alone. "
        "Name another folder with --folder; nothing was changed."
    )


class RunsAlready(Refusal):
    """Another demo has the folder in its hands."""

    default = _(
        "A demo runs from %(folder)s already. Stop it first with Ctrl+C, "
        "or name another folder with --folder."
    )


class OlderDemo(Refusal):
    """Made-up data are not worth a migration."""

    default = _("This demo was made by another version of Touchstone. Begin anew with --reset.")


def database_url(folder: Path) -> str:
    """Where the demo's database is: always a file of its own, whatever the environment says."""
    return f"sqlite:///{folder.absolute() / DATABASE}"


@contextmanager
def demo_folder(folder: Path) -> Iterator[None]:
    """Hold *folder* for one demo at a time; refused where something else is kept in it."""
    if _is_of_others(folder):
        raise FolderOfOthers(folder=folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / _RUNNING).open("w", encoding="ascii") as held:
        if not _is_mine(held.fileno()):
            raise RunsAlready(folder=folder)
        yield


def forget(folder: Path) -> None:
    """Take away what a demo has kept in *folder*, and nothing else."""
    for name in _OWN:
        for path in [folder / name, *folder.glob(f"{name}-*")]:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def tell(folder: Path) -> bool:
    """Have the story told in the database of *folder*; whether it was told just now."""
    engine = open_engine(database_url(folder))
    now = datetime.datetime.now(datetime.UTC)
    try:
        found = standing(engine)
        if found == "empty":
            mark_as_demo(engine)
            upgrade(engine)
        elif not is_demo(engine):
            raise FolderOfOthers(folder=folder)
        elif found != "current":
            raise OlderDemo
        with open_sessions(engine)() as session, session.begin():
            is_new = not is_seeded(session)
            seed(session, folder / EXAMPLE, now)
            keep_open(session, now)
        return is_new
    finally:
        engine.dispose()


def _is_of_others(folder: Path) -> bool:
    if (folder / DATABASE).exists() or not folder.exists():
        return False
    real = ("touchstone.sqlite", "secret-key", "files")
    return folder.is_file() or any((folder / name).exists() for name in real)


def _is_mine(descriptor: int) -> bool:
    """Whether nobody else holds the file. It is held until the last process that has it ends."""
    if os.name != "posix":
        return True
    import fcntl  # noqa: PLC0415 - Windows has no such module

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
