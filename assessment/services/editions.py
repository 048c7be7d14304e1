"""Editions that cycles are pinned to: kept by the hash of their content, read once a process."""

from __future__ import annotations

import datetime
import hashlib
import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.catalogue.check import check_bytes
from assessment.catalogue.minutes import minutes_of_forms
from assessment.core.framework import Framework
from assessment.core.sheet import unchanged_slots
from assessment.services.errors import NotThere
from assessment.store.tables import EditionRow
from assessment.store.upsert import insert_missing

KEPT = 24
"""Editions a process keeps at hand; a large one takes some ten megabytes."""

Same = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Edition:
    """A checked criteria file in one language: its framework, minutes by form, and languages."""

    framework: Framework
    minutes: Mapping[str, Fraction]
    languages: tuple[str, ...]


_editions: OrderedDict[tuple[str, str], Edition] = OrderedDict()
_same: OrderedDict[tuple[str, str, str], Same] = OrderedDict()
_lock = threading.Lock()


def pin(
    session: Session, organisation_id: uuid.UUID, content: bytes, now: datetime.datetime
) -> str:
    """Keep *content* for good, once, and return its hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    insert_missing(
        session,
        EditionRow,
        [
            {
                "organisation_id": organisation_id,
                "sha256": sha256,
                "content": content,
                "created_at": now,
            }
        ],
    )
    return sha256


def pinned_edition(
    session: Session, organisation_id: uuid.UUID, sha256: str, language: str
) -> Edition:
    """The edition of that hash in *language*; in its own where it has no texts in that one.

    A process asks the database once for each. Content is named by its hash, so that what one
    organisation has read is right for another that has pinned the same.
    """
    if (found := _at_hand(sha256, language)) is not None:
        return found
    content = session.scalar(
        select(EditionRow.content).where(
            EditionRow.organisation_id == organisation_id, EditionRow.sha256 == sha256
        )
    )
    if content is None:
        raise NotThere
    return edition_of(content, language)


def edition_of(content: bytes, language: str | None = None, name: str = "criteria") -> Edition:
    """The edition in the bytes of a file; raises CriteriaError where it has errors or is none.

    Whoever drafts a cycle and opens it reads the same file twice: it is checked once.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if (found := _at_hand(sha256, language or "")) is not None:
        return found
    checked = check_bytes(content, name)
    languages = tuple(checked.coverage)
    chosen = language if language in languages else languages[0] if languages else ""
    framework = checked.in_language(chosen)
    edition = Edition(framework, minutes_of_forms(framework), languages)
    with _lock:
        _editions[(sha256, language or "")] = edition
        while len(_editions) > KEPT:
            _editions.popitem(last=False)
    return edition


def _at_hand(sha256: str, language: str) -> Edition | None:
    with _lock:
        found = _editions.get((sha256, language))
        if found is not None:
            _editions.move_to_end((sha256, language))
        return found


def same_slots(before: Framework, now: Framework) -> Same:
    """`unchanged_slots`, worked out once for each pair of editions."""
    key = before.sha256, now.sha256, now.language
    with _lock:
        found = _same.get(key)
    if found is None:
        found = unchanged_slots(before, now)
        with _lock:
            _same[key] = found
            while len(_same) > KEPT:
                _same.popitem(last=False)
    return found
