"""How the figures came about, in words, how far to trust them, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from assessment.core.framework import TOTAL
from assessment.core.release import Release, Reliability
from assessment.core.statistics import LEAST_FOR_ALPHA
from assessment.reporting.elements import Column, Row, Table
from assessment.reporting.report_input import Mode
from assessment.reporting.source import Source
from assessment.reporting.wording import FEW_ANSWERED, NO_FIGURE, figure, listed, name

Terms = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Method:
    """What a careful reader asks after the results."""

    edition: tuple[str, ...]
    about: str
    notice: str
    formulas: Table
    conventions: tuple[str, ...]
    reliability: Table | None
    doubts: tuple[str, ...]
    notes: tuple[str, ...]
    confidentiality: str
    glossary: Table


def method(source: Source) -> Method:
    """The method as far as this framework and these answers used it."""
    framework = source.framework
    return Method(
        tuple(_edition(source)),
        framework.about,
        framework.notice,
        _terms("Formulas and rules, in words", "figure", _formulas(source)),
        tuple(_conventions(source)),
        _reliability(source),
        framework.doubts,
        framework.notes,
        CONFIDENTIALITY[source.about.mode],
        _terms("Marks and states", "mark", _glossary(source)),
    )


CONFIDENTIALITY: dict[Mode, str] = {
    "named": (
        "Answers are named: leaders may see who said what, and nothing is withheld. Comments stand "
        "under their question, by group and without a name. Who wrote one can still be plain from "
        "what it says."
    ),
    "confidential": (
        "Answers are confidential: the system knows who gave them, readers see groups only."
    ),
    "anonymous": (
        "Answers are anonymous: no name is kept beside them, and a figure is shown only for a "
        "group that is large enough. What people reveal in a comment cannot be hidden."
    ),
}


def _edition(source: Source) -> Iterator[str]:
    framework = source.framework
    owner = f"; owner: {name(framework.owner)}" if framework.owner else ""
    yield f"{name(framework.title)}, edition {name(framework.edition)}{owner}."
    yield f"Criteria {name(framework.id)}, SHA-256 {framework.sha256}."


def _terms(caption: str, head: str, terms: Iterable[tuple[str, str]]) -> Table:
    return Table(
        caption,
        (Column(head, 26, "text"), Column("means", 74, "text")),
        tuple(Row(term, (meaning,)) for term, meaning in terms),
        style="terms",
    )


def _formulas(source: Source) -> Terms:
    if source.asks_in_survey:
        yield from _survey_formulas(source)
    if source.kinds:
        yield from _judged_formulas(source)
    yield (
        "complete",
        (
            "Answers, “can’t judge” included, ÷ what was asked and applies. What was left open is "
            "never counted as zero; it lowers this figure instead."
        ),
    )
    if source.previous is not None:
        yield from _change_formulas(source, source.previous)
    if source.release.perception_gaps:
        yield (
            "difference between groups",
            (
                "The other group less staff, on questions that both answered, with a 95 % interval "
                "by Welch for a finite number of people. No interval is given where fewer than "
                "half of those invited answered, or where nobody said how many were invited."
            ),
        )


def _change_formulas(source: Source, previous: Release) -> Terms:
    if source.release.perceived.n and previous.perceived.n:
        unknown = (
            " How many were invited to the last cycle is not known here; its answers are taken as "
            "a few out of many."
            if previous.chance.participation is None
            else ""
        )
        yield (
            "change of what staff see",
            (
                "This cycle less the last one, where the same was asked, with a 95 % interval by "
                "Welch for two independent groups. That many people answer both times makes it "
                "rather too wide. It covers chance only, never those who did not answer, and is "
                "not given where fewer than half of those invited are known to have answered. A "
                "change is called one only where the interval excludes zero; of a hundred figures "
                f"that have not moved, about five will seem to.{unknown}"
            ),
        )
    if source.kinds:
        yield (
            "change of a judgement",
            "This cycle less the last one. A judgement is no sample, so it has no interval.",
        )


def _survey_formulas(source: Source) -> Terms:
    yield (
        "percent of a question",
        "100 × (mean of the answers − lowest answer) ÷ (highest answer − lowest answer).",
    )
    yield "favourable", "Of those who gave a scored answer, the percent who gave a favourable one."
    yield "perceived maturity of an item", "The mean of its questions that somebody answered."
    weight = (
        "weighted by the points of the items"
        if any(item.points is not None for item in source.framework.items)
        else "all items counting alike"
    )
    yield (
        "perceived maturity of a category and of the whole",
        (
            f"The mean of the items that have one, {weight}. Figures of the organisation are those "
            "of staff; other groups stand beside them and are never pooled with them."
        ),
    )


SEVERAL = {
    "percent": "the middle one (of an even number the mean of the two in the middle)",
    "met": "the middle level (of an even number the lower one)",
    "level": "the middle level (of an even number the lower one)",
    "stage": "the middle stage (of an even number the lower one)",
    "conformity": "the most severe grade",
}
RULES = {
    "weighted mean": "An item is the mean of its parts, weighted as the criteria say.",
    "mean": "An item is the mean of its parts.",
    "weakest link": "An item is no better than its weakest part.",
    "capped": "An item cannot stand above the part that caps it.",
}


def _judged_formulas(source: Source) -> Terms:
    rule = listed(dict.fromkeys(word for kind, word in SEVERAL.items() if kind in source.kinds))
    yield (
        "several judges",
        f"Until they agree, {rule} stands, and is called provisional. A consensus beats all.",
    )
    used = {each.trace.rule for each in source.release.judgements if each.trace}
    yield from ((f"rule: {rule}", words) for rule, words in RULES.items() if rule in used)
    if "met" in source.kinds:
        yield (
            "level of an item",
            (
                "The highest level whose criteria are all met together with those of all lower "
                "levels. Where a criterion that decides was not judged, the level is not "
                "determined; it is never taken to be lower."
            ),
        )
    if source.has_points:
        yield (
            "points",
            (
                "Percent of the item ÷ 100 × what the item is worth. A category and the whole are "
                "sums. An item that does not apply leaves what is possible. While an item is not "
                "judged the sum is partial, and there is no band."
            ),
        )
    if any(bands.limits for bands in source.framework.bands):
        yield "bands", "Points are rounded half up to whole points, only to look up the band."
    yield from _total_rule(source)


def _total_rule(source: Source) -> Terms:
    match source.framework.scoring.total:
        case "none":
            yield "no total", "The criteria know no total and no average of items; none is given."
        case "verdict":
            yield (
                "verdict",
                (
                    "“Not ready” where a grade of the most severe kind stands, or where a part "
                    "that is always required was set aside; “not determined” while a part has not "
                    "been assessed; “minors open” while a lesser breach stands; else “no obstacle "
                    "found in what was assessed”. It is never a certificate."
                ),
            )
        case _:
            return


def _conventions(source: Source) -> Iterator[str]:
    yield "Figures are rounded half up for display only: one decimal, means two."
    if source.gaps:
        yield (
            "Priority is our convention: importance (1 to 3) × class of the gap (1 under 10, 2 "
            "under 25, 3 from 25 percent; or one, two, three levels) ÷ effort (1 to 3)."
        )
    if source.survey_groups:
        yield (
            "Reported as hard to judge is a question that 30 % or more cannot judge. Participation "
            "from 70 % is read as good, from 50 % as usable with caution, from 30 % as weak. Both "
            "are conventions."
        )
    if source.release.disagreements:
        yield (
            "Judges more than 20 percent, or more than one level, apart are named for discussion. "
            "That is a convention."
        )
    if source.release.measures:
        yield (
            "A measure of three to five values improves or worsens only if each is better, or each "
            "worse, than the one before; of six and more, if the exact two-sided chance of Mann "
            "and Kendall’s S is under 5 %. Steady means within 2 % of the median, a convention. "
            "The rate of a year is the median slope over all pairs of values (Theil and Sen)."
        )


def _reliability(source: Source) -> Table | None:
    """How well the statements hang together; only where staff answered them."""
    rows = tuple(
        Row(
            "The whole" if each.of == TOTAL else source.numbered(each.of),
            (str(each.statements), str(each.n), _alpha(each), _alpha_reading(each)),
            strong=each.of == TOTAL,
        )
        for each in source.release.reliability
    )
    if not rows:
        return None
    return Table(
        "How well the statements hang together: Cronbach’s alpha; n = staff with complete answers",
        (
            Column("Statements of", 40, "text"),
            Column("statements", 12),
            Column("n", 10),
            Column("alpha", 12),
            Column("reading", 26, "text"),
        ),
        rows,
        style="compact",
    )


def _alpha(each: Reliability) -> str:
    return NO_FIGURE if each.alpha is None else figure(Fraction(each.alpha), 2)


ALPHA_READINGS = (
    (0.9, "excellent"),
    (0.8, "good"),
    (0.7, "acceptable for groups"),
    (0.6, "exploratory only"),
    (0.0, "not usable as a scale"),
)


def _alpha_reading(each: Reliability) -> str:
    if each.alpha is None:
        return "too few to compute" if each.n < LEAST_FOR_ALPHA else "not computable"
    readings = (words for least, words in ALPHA_READINGS if (each.alpha or 0) >= least)
    return next(readings, "negative: look for a reversed statement")


def _glossary(source: Source) -> Terms:
    yield "present", "Filled dot or bar: where something stands now."
    if source.asks_in_survey and source.kinds:
        yield "as perceived", "Ring: how staff rate it, beside a judgement."
    if source.about.targets or any(gap.is_chosen for gap in source.gaps):
        yield "target", "Gold diamond: what leaders have chosen to reach."
    if any(not gap.is_chosen for gap in source.gaps):
        yield "next step", "Pale diamond: where the next range or level begins. It is not a target."
    if source.previous is not None:
        yield "last cycle", "Small grey dot: the same figure a cycle ago."
    yield "staff, leaders, assessors", "Circle, square and triangle, wherever they are compared."
    yield "n", "How many people gave a scored answer."
    yield "0", "Zero: it was answered or judged, and this is the result."
    yield NO_FIGURE, "Not scored: nobody answered or judged it. It is no zero and counts nowhere."
    yield "can’t judge", "Somebody answered that they cannot judge it."
    yield "not applicable", "It was said not to apply; it leaves the sum and what is possible."
    if source.kinds & {"met", "level", "stage"}:
        yield "not determined", "The level cannot be told, because what decides was left open."
    if source.kinds:
        yield "provisional", "Several judgements that have not been brought together."
        yield "consensus", "What the judges agreed on; it stands in place of all judgements."
    kept = "" if source.has_withheld else " In this report nothing is withheld."
    yield "withheld", f"Hatched: {FEW_ANSWERED}, or a figure of fewer could be told from it.{kept}"
