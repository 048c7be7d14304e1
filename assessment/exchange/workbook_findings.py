"""More sheets of the workbook: gaps, targets, judges, measures, words, who took part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessment.core.findings import Gap, Target, find_gaps
from assessment.core.framework import Framework
from assessment.core.release import Release
from assessment.exchange.result import Json, number
from assessment.exchange.workbook_rows import PLACE, Row, Sheet, picked, titles_of


def finding_sheets(
    release: Release, result: Json, targets: Mapping[str, Target]
) -> Iterator[Sheet]:
    """Gaps between groups, targets, judges, criteria, measures, comments, participation."""
    framework = release.framework
    yield Sheet("Groups beside staff", _GAPS, tuple(_perception_gaps(framework, result)))
    yield Sheet("Targets and priorities", _TARGETS, tuple(_targets(release, targets)))
    yield Sheet("Judges", _JUDGES, tuple(_judges(framework, result)))
    yield Sheet("Criteria", _CRITERIA, tuple(_criteria(framework, result)))
    yield Sheet("Measures", _MEASURES, tuple(_measures(result)))
    yield Sheet("Measures by date", _DATED, tuple(_dated(result)))
    yield Sheet("Comments", _COMMENTS, tuple(_comments(release)))
    yield Sheet("Participation", _PARTICIPATION, tuple(_participation(result)))
    yield Sheet("Reliability", _RELIABILITY, tuple(_reliability(framework, result)))


_GAPS = (
    ("Group", 12), ("What", 10), *PLACE, ("Group, %", 9), ("Staff, %", 9), ("Difference", 10),
    ("n, group", 8), ("n, staff", 8), ("Lowest", 9), ("Highest", 9), ("Verdict", 18),
    ("Group, % favourable", 12), ("Staff, % favourable", 12),
)  # fmt: skip


def _perception_gaps(framework: Framework, result: Json) -> Iterator[Row]:
    titles = titles_of(framework)
    keys = (
        "percent", "staff_percent", "points", "n", "staff_n", "low", "high", "verdict",
        "favourable", "staff_favourable",
    )  # fmt: skip
    for gap in result["perception_gaps"]:
        title = titles.get(gap["id"], "")
        yield gap["group"], gap["kind"], gap["id"], title, *picked(gap, *keys)


_TARGETS = (
    *PLACE, ("When", 9), ("Measured in", 12), ("Present", 9), ("Target", 9), ("Whose target", 14),
    ("Gap", 8), ("Importance", 11), ("Effort", 8), ("Priority", 9), ("Points to win", 10),
    ("Reason", 40), ("By", 12),
)  # fmt: skip


def _targets(release: Release, targets: Mapping[str, Target]) -> Iterator[Row]:
    """Gaps, the first first; then the targets that are reached or that nothing is known of."""
    titles, gaps = titles_of(release.framework), find_gaps(release, targets)
    for gap in gaps:
        yield gap.id, titles[gap.id], *_gap(gap)
    open_places = {gap.id for gap in gaps}
    for place, aim in sorted(targets.items()):
        if place not in open_places and aim.target is not None:
            yield (
                place, titles[place], "no gap", None, None, number(aim.target), "leaders", None,
                aim.importance, aim.effort, None, None, aim.reason, aim.date,
            )  # fmt: skip


def _gap(gap: Gap) -> Row:
    return (
        gap.when,
        gap.measure,
        number(gap.present),
        number(gap.target),
        "leaders" if gap.is_chosen else "the next step",
        number(gap.gap),
        gap.importance,
        gap.effort,
        number(gap.priority),
        number(gap.points_to_win),
        gap.reason,
        gap.date,
    )


_JUDGES = (*PLACE, ("Agreed or middle", 12), ("Spread", 9), ("Settled", 9), ("Judgements", 30))


def _judges(framework: Framework, result: Json) -> Iterator[Row]:
    titles = titles_of(framework)
    for each in result["disagreements"]:
        values = ", ".join(str(value) for value in each["values"])
        yield each["id"], titles[each["id"]], *picked(each, "agreed", "spread", "settled"), values


_CRITERIA = (*PLACE, ("Met", 7), ("Not met", 8), ("Can’t judge", 9), ("Not applicable", 10))


def _criteria(framework: Framework, result: Json) -> Iterator[Row]:
    texts = {
        criterion.id: criterion.text
        for item in framework.items
        for level in item.levels
        for criterion in level.criteria
    }
    for each in result["criteria"]:
        yield (
            each["id"],
            texts.get(each["id"], ""),
            *picked(each, "met", "not_met", "unknown", "na"),
        )


_MEASURES = (
    ("Item", 8), ("Measure", 40), ("Unit", 12), ("Better", 8), ("Last value", 11), ("Target", 11),
    ("Against target", 12), ("Comparison", 11), ("Against comparison", 12), ("Source", 30),
    ("Trend", 16), ("S", 7), ("Chance", 9), ("A year", 10),
)  # fmt: skip
_DATED = (("Item", 8), ("Measure", 40), ("Date", 12), ("Value", 11), ("Unit", 12))


def _measures(result: Json) -> Iterator[Row]:
    keys = ("target", "against_target", "comparison", "against_comparison", "source")
    for each in result["measures"]:
        last = each["values"][-1]["value"] if each["values"] else None
        about = picked(each, "item", "title", "unit", "direction")
        trend = picked(each["trend"], "verdict", "s", "chance", "per_year")
        yield *about, last, *picked(each, *keys), *trend


def _dated(result: Json) -> Iterator[Row]:
    for each in result["measures"]:
        for value in each["values"]:
            yield each["item"], each["title"], value["date"], value["value"], each["unit"]


_COMMENTS = (*PLACE, ("Group", 12), ("Kind", 11), ("Words", 100))


def _comments(release: Release) -> Iterator[Row]:
    """Words by place and group; who wrote them is in no release, and their unit stays out."""
    titles = titles_of(release.framework)
    for comment in release.comments:
        title = titles.get(comment.place, "")
        yield comment.place, title, comment.group, comment.kind, comment.text
    for factor in release.key_factors:
        for answer in factor.answers:
            yield factor.id, titles.get(factor.id, ""), "", "key factor", answer


_PARTICIPATION = (
    ("Unit", 24), ("Group", 16), ("Answered", 9), ("Invited", 9), ("Rate", 9), ("Reading", 24),
)  # fmt: skip


def _participation(result: Json) -> Iterator[Row]:
    for row in result["participation"]:
        whole = "The whole" if row["unit"] is None else row["unit"]
        yield whole, *picked(row, "group", "answered", "invited", "rate", "reading")


_RELIABILITY = (*PLACE, ("Statements", 11), ("n", 7), ("Cronbach’s alpha", 12))


def _reliability(framework: Framework, result: Json) -> Iterator[Row]:
    titles = titles_of(framework)
    for each in result["reliability"]:
        yield each["of"], titles[each["of"]], *picked(each, "statements", "n", "alpha")
