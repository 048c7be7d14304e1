"""Criteria files a cycle can be opened from: shipped, in a folder, or brought by a consultant."""

from __future__ import annotations

import datetime
import hashlib
import threading
import uuid
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.catalogue.check import Checked, check_bytes
from assessment.catalogue.companions import Companion
from assessment.catalogue.decoding import LIMIT
from assessment.catalogue.problems import CriteriaError
from assessment.catalogue.run import beside
from assessment.core.crosswalk import Crosswalk
from assessment.core.framework import Framework
from assessment.core.reference import Profile
from assessment.core.text import NAME_LIMIT, clean
from assessment.resources import CRITERIA
from assessment.services.checking import run_golden
from assessment.services.editions import edition_of, pin
from assessment.services.errors import NotThere, Refused, Sentence, _
from assessment.store.tables import CriteriaUpload, EditionRow
from assessment.store.upsert import insert_or_update

Source = Literal["shipped", "folder", "uploaded"]
Kind = Literal["framework", "crosswalk", "profile", "requirements"]
_SUFFIX = ".yaml"
_KEPT = 64
_summaries: OrderedDict[str, CriteriaFile] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class CriteriaFile:
    """One file as a list shows it. `key` names it among all sources; a faulty one has errors.

    `of` are the ids of the frameworks that a crosswalk or a reference accompanies.
    """

    source: Source
    name: str
    sha256: str = ""
    id: str = ""
    kind: Kind = "framework"
    of: tuple[str, ...] = ()
    title: str = ""
    edition: str = ""
    forms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    categories: int = 0
    items: int = 0
    questions: int = 0
    minutes: Mapping[str, Fraction] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    warnings: int = 0
    parts: Mapping[str, str] = field(default_factory=dict)
    """What key factors, categories and items of a framework are called, by id."""

    @property
    def key(self) -> str:
        return f"{self.source}/{self.name}"

    @property
    def is_sound(self) -> bool:
        return bool(self.title) and not self.errors

    @property
    def is_usable(self) -> bool:
        """Whether a cycle can be opened on it."""
        return self.is_sound and self.kind == "framework"


def criteria_files(
    session: Session, organisation_id: uuid.UUID, folder: Path | None = None
) -> list[CriteriaFile]:
    """Every file, faulty ones included, each with what is wrong with it."""
    found = [
        *(_on_disk("shipped", path) for path in _yaml_files(CRITERIA)),
        *(_on_disk("folder", path) for path in _yaml_files(folder)),
    ]
    uploads = session.execute(
        select(CriteriaUpload.name, EditionRow.content)
        .join(
            EditionRow,
            (EditionRow.organisation_id == CriteriaUpload.organisation_id)
            & (EditionRow.sha256 == CriteriaUpload.sha256),
        )
        .where(CriteriaUpload.organisation_id == organisation_id)
        .order_by(CriteriaUpload.name)
    )
    return found + [_summary("uploaded", row.name, row.content) for row in uploads]


@lru_cache(maxsize=1)
def shipped() -> tuple[CriteriaFile, ...]:
    """What comes with Touchstone: it never changes under a running process, and is read once."""
    return tuple(_on_disk("shipped", path) for path in _yaml_files(CRITERIA))


def content(
    session: Session, organisation_id: uuid.UUID, key: str, folder: Path | None = None
) -> bytes:
    """The bytes of the file *key*, as they stand now; NotThere for any other."""
    source, _slash, name = key.partition("/")
    if source == "uploaded":
        found = session.scalar(
            select(EditionRow.content)
            .join(
                CriteriaUpload,
                (EditionRow.organisation_id == CriteriaUpload.organisation_id)
                & (EditionRow.sha256 == CriteriaUpload.sha256),
            )
            .where(CriteriaUpload.organisation_id == organisation_id, CriteriaUpload.name == name)
        )
        if found is None:
            raise NotThere
        return found
    places = {"shipped": CRITERIA, "folder": folder}
    path = next((one for one in _yaml_files(places.get(source)) if one.name == name), None)
    if path is None:
        raise NotThere
    try:
        return _read(path)
    except OSError:
        raise NotThere from None


def check(data: bytes, name: str) -> Checked:
    """Everything that can be said about the bytes of a file, golden answers included."""
    return check_bytes(data, name, run_golden)


def check_here(
    session: Session, organisation_id: uuid.UUID, data: bytes, name: str, folder: Path | None = None
) -> Checked:
    """The same, and where the file accompanies frameworks: whether what it names is in them."""
    checked = check(data, name)
    if checked.companion is None:
        return checked
    found = frameworks(session, organisation_id, of_companion(checked.companion), folder)
    return beside(checked, found)


def frameworks(
    session: Session, organisation_id: uuid.UUID, wanted: Collection[str], folder: Path | None
) -> dict[str, Framework]:
    """Those of the *wanted* frameworks, by id, that are among the files."""
    return {
        file.id: edition_of(content(session, organisation_id, file.key, folder)).framework
        for file in criteria_files(session, organisation_id, folder)
        if file.is_usable and file.id in wanted
    }


def upload(
    session: Session,
    organisation_id: uuid.UUID,
    name: str,
    data: bytes,
    *,
    by: str,
    now: datetime.datetime,
    folder: Path | None = None,
) -> Checked:
    """Keep a checked file under its name, in place of an earlier one; cycles keep what they have.

    Raises CriteriaError with every problem of a file that has errors.
    """
    last = PureWindowsPath(PurePosixPath(clean(name).strip()).name).name
    if not last.endswith(_SUFFIX) or len(last) > NAME_LIMIT or last == _SUFFIX:
        raise Refused({"file": Sentence(_("A criteria file has a name that ends in .yaml."))})
    checked = check_here(session, organisation_id, data, last, folder)
    if checked.framework is None and checked.companion is None:
        raise CriteriaError(checked.errors)
    row = {
        "organisation_id": organisation_id,
        "name": last,
        "sha256": pin(session, organisation_id, data, now),
        "uploaded_at": now,
        "uploaded_by": by,
    }
    insert_or_update(session, CriteriaUpload, [row])
    return checked


def _yaml_files(folder: Path | None) -> Iterator[Path]:
    if folder is None or not folder.is_dir():
        return
    yield from sorted(path for path in folder.iterdir() if path.suffix == _SUFFIX)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LIMIT + 1)


def _on_disk(source: Source, path: Path) -> CriteriaFile:
    try:
        return _summary(source, path.name, _read(path))
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        return CriteriaFile(source, path.name, errors=(f"This file cannot be read: {reason}.",))


def _summary(source: Source, name: str, data: bytes) -> CriteriaFile:
    sha256 = hashlib.sha256(data).hexdigest()
    key = f"{source}/{name}/{sha256}"
    with _lock:
        found = _summaries.get(key)
    if found is None:
        # What is shipped was counted by our tests; to count it again takes seconds.
        golden = None if source == "shipped" else run_golden
        found = _summed_up(source, name, sha256, check_bytes(data, name, golden))
        with _lock:
            _summaries[key] = found
            while len(_summaries) > _KEPT:
                _summaries.popitem(last=False)
    return found


def _summed_up(source: Source, name: str, sha256: str, checked: Checked) -> CriteriaFile:
    errors = tuple(str(problem) for problem in checked.errors)
    framework, companion = checked.framework, checked.companion
    if companion is not None:
        return CriteriaFile(
            source,
            name,
            sha256,
            companion.id,
            kind_of(companion),
            of_companion(companion),
            companion.title,
            companion.edition,
            languages=tuple(checked.coverage),
            warnings=len(checked.warnings),
        )
    if framework is None:
        return CriteriaFile(source, name, sha256, errors=errors)
    return CriteriaFile(
        source,
        name,
        sha256,
        framework.id,
        "framework",
        (),
        framework.title,
        framework.edition,
        tuple(framework.forms),
        tuple(checked.coverage),
        len(framework.categories),
        len(framework.items),
        len(framework.questions),
        checked.minutes,
        errors,
        len(checked.warnings),
        _parts(framework),
    )


def _parts(framework: Framework) -> dict[str, str]:
    parts = {factor.id: factor.title or factor.text for factor in framework.context}
    parts |= {category.id: category.title for category in framework.categories}
    return parts | {item.id: item.title for item in framework.items}


def kind_of(companion: Companion) -> Kind:
    """Which kind of file it came from."""
    if isinstance(companion, Crosswalk):
        return "crosswalk"
    return "profile" if isinstance(companion, Profile) else "requirements"


def of_companion(companion: Companion) -> tuple[str, ...]:
    """The ids of the frameworks it accompanies."""
    if isinstance(companion, Crosswalk):
        return companion.frameworks
    return (companion.framework,)
