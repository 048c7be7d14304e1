"""A release in a few lines of text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.core.assessed_items import ItemAssessed
from assessment.core.framework import Item
from assessment.core.perceived import PartPerceived
from assessment.core.release import Release
from assessment.core.text import shown


def summary_lines(release: Release) -> Iterator[str]:
    """What a person wants to see first: who answered, the whole, then item by item."""
    framework = release.framework
    yield f"{framework.title} · {framework.edition}"
    yield from _participation(release)
    yield ""
    yield from _whole(release)
    yield ""
    for item in framework.items:
        yield _item_line(item, release.assessed.item(item.id), release.perceived.item(item.id))


def _participation(release: Release) -> Iterator[str]:
    yield f"Answered: {release.answered}"
    for row in release.participation:
        if row.unit is None:
            rate = "" if row.rate is None else f" of {row.invited} ({shown(100 * row.rate)} %)"
            yield f"  {row.group}: {row.answered}{rate}"


def _whole(release: Release) -> Iterator[str]:
    total = release.assessed.total
    if total.points is not None and total.possible is not None:
        note = "" if total.complete else ", incomplete: some items are not scored"
        yield f"Assessed: {shown(total.points, 2)} of {shown(total.possible)} points{note}"
    for band in release.assessed.bands:
        if band.band is not None:
            yield f"  {band.of}: band {band.band}, {band.label}"
    if release.assessed.verdict:
        yield f"Verdict: {release.assessed.verdict}"
    if release.perceived.percent is not None:
        yield f"Perceived by staff: {shown(release.perceived.percent)} %"


def _item_line(item: Item, judged: ItemAssessed, seen: PartPerceived) -> str:
    found = [_judgement(judged)] if item.judge else []
    if judged.provisional:
        found.append("provisional")
    if seen.percent is not None:
        found.append(f"staff {shown(seen.percent)} % (n {seen.n})")
    return f"  {item.id:<8}{item.title:<48.48} {', '.join(found) or 'not judged here'}"


def _judgement(judged: ItemAssessed) -> str:
    if judged.level is not None:
        return str(judged.level)
    return judged.state if judged.percent is None else f"{shown(judged.percent)} %"
