"""A release as bytes that never change, and back: whoever shows results reads these.

Keys are sorted, fractions exact, numbers written one way only: the same release, the same bytes.
The criteria are not in it but named by their hash, since the edition is kept for good.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

from assessment.core.framework import Framework
from assessment.core.release import Release
from assessment.exchange.codec import Codec, codec_for, fields_codec

FORMAT = 1
ReleaseKind = Literal["final", "interim"]


@dataclass(frozen=True, slots=True)
class CycleAbout:
    """What a release is of. `part` is a unit's id, and empty for the whole organisation.

    `closed_on` is the day up to which answers count. `set_aside` are the items that apply to
    nobody, each with the reason. `units` are the names of the units a part covers, its own and
    those below.
    """

    organisation: str
    cycle: str
    purpose: str
    sponsor: str
    mode: str
    kind: ReleaseKind
    language: str
    opened_on: datetime.date | None
    closed_on: datetime.date | None
    framework_sha256: str
    set_aside: tuple[tuple[str, str], ...] = ()
    part: str = ""
    part_name: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class FrozenRelease:
    """A release, and what it is of."""

    about: CycleAbout
    release: Release


def freeze(frozen: FrozenRelease) -> bytes:
    """*frozen* as canonical JSON."""
    content = {
        "format": FORMAT,
        "about": codec_for(CycleAbout).write(frozen.about),
        "release": _release_codec().write(frozen.release),
    }
    text = json.dumps(
        content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def thaw(content: bytes, framework: Framework) -> FrozenRelease:
    """What was frozen; *framework* is the edition it names. ValueError for any other content."""
    found: dict[str, Any] = json.loads(content)
    if found["format"] != FORMAT:
        raise ValueError("This release was made by a newer version of Touchstone.")
    about: CycleAbout = codec_for(CycleAbout).read(found["about"])
    if about.framework_sha256 != framework.sha256:
        raise ValueError("This release was made on other criteria.")
    return FrozenRelease(
        about, Release(framework=framework, **_release_codec().read(found["release"]))
    )


def sha256_of(content: bytes) -> str:
    """The hash a frozen part goes by."""
    return hashlib.sha256(content).hexdigest()


def _release_codec() -> Codec:
    return fields_codec(Release, "framework")
