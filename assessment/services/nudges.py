"""Nudges tell a worker at once that a job waits. One that is lost is made good by looking.

huey carries them: in a file of its own, in the PostgreSQL that has the data too, or in Redis. It
loses what a killed worker had in hand, so it carries no more than where to look.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import uuid
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from assessment.services.outline import outline

NAME = "touchstone"
FILE = "nudges.sqlite"

log = logging.getLogger("touchstone.jobs")


@dataclass(frozen=True)
class Nudges:
    """Where nudges go in and come out; opened by whoever first needs it, in each process anew."""

    data: Path
    database_url: str
    secret_key: str
    redis_url: str = ""

    def send(self, organisation_id: uuid.UUID, job_id: uuid.UUID) -> None:
        """Tell a worker. Where that is not possible the job is found a little later."""
        try:
            queue, task = self._queue
            queue.enqueue(task.s(str(organisation_id), str(job_id)))
        except Exception as error:  # noqa: BLE001 - whatever the queue is, the job is kept
            log.warning("a nudge was not sent: %s", outline(error))

    def take(self) -> tuple[uuid.UUID, uuid.UUID] | None:
        """The next job that somebody told of: its organisation and its id. None if there is none.

        What this installation has not signed is none, and is not even unpacked.
        """
        try:
            queue, _task = self._queue
            found = queue.dequeue()
            return None if found is None else (uuid.UUID(found.args[0]), uuid.UUID(found.args[1]))
        except Exception as error:  # noqa: BLE001 - jobs are found without nudges too
            log.warning("no nudge was taken: %s", outline(error))
            return None

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        if "_queue" in self.__dict__:
            queue, _task = self._queue
            queue.storage.close()

    @cached_property
    def _queue(self) -> tuple[Any, Any]:
        # It tries every kind of storage: whoever never nudges need not wait for that.
        from huey.serializer import SignedSerializer  # noqa: PLC0415

        # A key for this purpose alone: whoever could forge a nudge could have it unpickled.
        key = hmac.new(self.secret_key.encode(), b"nudges", hashlib.sha256).hexdigest()
        kind, place = self._kind()
        queue = kind(
            NAME, results=False, serializer=SignedSerializer(secret=key, salt=NAME), **place
        )
        return queue, queue.task(name="job")(_look)

    def _kind(self) -> tuple[Any, dict[str, Any]]:
        import huey  # noqa: PLC0415

        if self.redis_url:
            return huey.RedisHuey, {"url": self.redis_url, "blocking": False}
        url = make_url(self.database_url)
        if url.get_backend_name() == "postgresql":
            plain = url.set(drivername="postgresql")
            dsn = plain.render_as_string(hide_password=False)
            return huey.PostgresHuey, {"dsn": dsn, "blocking": False, "table_prefix": "nudge"}
        return huey.SqliteHuey, {"filename": str(_private(self.data / FILE))}


def _look(organisation_id: str, job_id: str) -> None:
    """What a nudge says. The library never runs it: the worker takes it and looks the job up."""


def _private(path: Path) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return path
