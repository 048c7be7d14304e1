"""Levels and ranges that say what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Finding
from assessment.catalogue.schema import LevelScale, PercentScale
from assessment.catalogue.wording import listed


def described(outline: Outline) -> Iterator[Finding]:
    """Ranges and levels without a text."""
    for name, scale in outline.file.scales.items():
        bare: list[str] = []
        if isinstance(scale, LevelScale):
            bare = [str(level.level) for level in scale.levels if not level.text]
            step = "level"
        elif isinstance(scale, PercentScale):
            bare = [str(one.start) for one in scale.ranges if not one.text and not one.model_extra]
            step = "range"
        if bare:
            sentence = f"No text says what it means to stand at {step}: {listed(bare)}."
            yield Finding(("scales", name), "undescribed-level", sentence, "warning", at_key=True)
