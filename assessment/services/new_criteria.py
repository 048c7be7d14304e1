"""A consultant begins a criteria file, from nothing or from another; nothing is overwritten."""

from __future__ import annotations

import re
from pathlib import Path

from assessment.catalogue.check import Checked, check_file
from assessment.catalogue.problems import CriteriaError, at_start
from assessment.catalogue.skeleton import Wishes, copied, skeleton
from assessment.catalogue.wording import quoted

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yaml")


class NotBegun(Exception):
    """The file was not written; the message says why."""


def refuse_bad_name(path: Path) -> None:
    """A file that is there is left alone, and a new one is called as its id will be."""
    if path.exists():
        raise NotBegun(f"{path} is there already and was not touched. Choose another name.")
    if not _NAME.fullmatch(path.name):
        raise NotBegun(
            f"A file is called as its id: a to z, 0 to 9 and hyphens, then .yaml; not"
            f" {quoted(path.name)}."
        )


def begin_file(path: Path, wishes: Wishes) -> Checked:
    """Write a skeleton to *path*, and say what the check finds: what is left to fill in."""
    return _written(path, skeleton(wishes))


def copy_file(path: Path, model: Path, edition: str, *, as_variant: bool) -> Checked:
    """Write *model* to *path* under a new id and edition, as a variant of it or by itself."""
    checked = check_file(model)
    if checked.framework is None:
        sentence = "This is not a framework that can be copied."
        raise CriteriaError(checked.errors or (at_start(model, "not-a-framework", sentence),))
    text = model.read_text(encoding="utf-8-sig")
    variant_of = checked.framework.id if as_variant else None
    return _written(path, copied(text, path.stem, edition, variant_of))


def _written(path: Path, text: str) -> Checked:
    refuse_bad_name(path)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return check_file(path)
