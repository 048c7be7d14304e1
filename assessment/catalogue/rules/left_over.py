"""What is described and never used: a slip of some id, or a left-over."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.catalogue.outline import Outline
from assessment.catalogue.problems import Finding
from assessment.catalogue.wording import quoted


def left_over(outline: Outline) -> Iterator[Finding]:
    """Scales that nothing is answered on, and areas that no question belongs to."""
    used = {asked.question.scale for asked in outline.questions}
    used |= {placed.item.judge for placed in outline.items}
    for name in outline.file.scales:
        if name not in used:
            sentence = f"Nothing is answered on the scale {quoted(name)}."
            yield Finding(("scales", name), "unused-scale", sentence, "warning", at_key=True)
    for placed in outline.items:
        asked_about = {question.area for question in placed.item.questions}
        for place, area in enumerate(placed.item.areas):
            if area.id not in asked_about:
                sentence = f"No question of item {quoted(placed.item.id)} belongs to this area."
                address = (*placed.address, "areas", place, "id")
                yield Finding(address, "unused-area", sentence, "warning")
