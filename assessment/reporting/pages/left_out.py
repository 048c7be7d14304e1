"""What is not in the report, and why: a line for each part that has no data."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.core.measures import asks_for_results
from assessment.reporting.comparison import THEN_UNKNOWN, Comparison, knows_participation
from assessment.reporting.pages.categories import is_known
from assessment.reporting.pages.unit_figures import questions_fit
from assessment.reporting.source import Source
from assessment.reporting.withheld import keeps_back
from assessment.reporting.wording import FEW_ANSWERED, sentence, some


def left_out(source: Source, has: frozenset[str]) -> tuple[str, ...]:
    """Every part that is missing, in the order of the report; *has* names those that are there."""
    return (*_instruments(source), *_parts(source, has), *_earlier(source), *_unknown(source))


def _instruments(source: Source) -> Iterator[str]:
    if not source.kinds:
        yield "Assessed maturity: this framework asks people only, it has nothing to judge."
    elif source.withholds_judgements:
        yield f"Assessed maturity of some items: withheld, {FEW_ANSWERED}."
    elif not source.scored:
        yield "Assessed maturity: nothing was judged."
    if not source.asks_in_survey:
        yield "Perceived maturity: this framework has no survey."
    elif not source.survey_groups:
        yield "Perceived maturity: nobody answered the survey."
    elif keeps_back(source.release.perceived):
        yield f"Perceived maturity of staff, here and there: withheld, {FEW_ANSWERED}."
    elif not source.release.perceived.n:
        yield "Perceived maturity of staff: no staff answered."


def _parts(source: Source, has: frozenset[str]) -> Iterator[str]:
    if "units" not in has:
        yield _no_heat_map(source)
    if "perception" not in has and source.asks_in_survey:
        yield "Staff and other groups compared: no two groups answered the same questions."
    if "disagreement" not in has and source.kinds:
        yield "Where judges part: no item has two independent judgements."
    if "gaps" not in has:
        yield "Gaps and priorities: nothing stands below a target or below a next step."
    if "key factors" not in has and source.framework.context:
        yield "Key factors: the questions about the organisation were not answered."
    if not source.release.measures and any(map(asks_for_results, source.framework.items)):
        yield "Measures: no figures of the organisation’s own were given for the results."
    if source.release.units and not questions_fit(source):
        yield "Single questions by unit: too many for paper; the result file has them."
    elif source.release.units:
        yield "How often each answer was given in each unit: the result file has it."
    if not source.release.comments:
        yield "People’s words: nobody wrote a comment."
    elif more := len(source.release.comments) - len(source.printed_comments):
        yield (
            f"People’s words: the {more} longest of {len(source.release.comments)} comments are "
            "more than paper can hold; they stand in the answers."
        )


def _no_heat_map(source: Source) -> str:
    if source.about.unit and len(source.release.units) < 2:
        return "Units and categories: this report is of one unit, and no other lies below it."
    count = len(source.release.units)
    why = {0: "nobody named a unit", 1: "only one unit was named; it stands in All figures"}
    return f"Units and categories: {why.get(count, 'in fewer than two units staff answered')}."


def _earlier(source: Source) -> Iterator[str]:
    if source.previous is None:
        yield "Last cycle: no earlier answers were given to compare with."
    elif not knows_participation(source.previous):
        yield f"Rates of the last cycle: {THEN_UNKNOWN}"
    yield from Comparison(source.release, source.previous).left_out()


def _unknown(source: Source) -> Iterator[str]:
    categories = source.framework.categories
    missing = [source.title(each.id) for each in categories if not is_known(source, each)]
    if missing and len(missing) < len(categories):
        names = some(missing, 6, "category", "categories")
        yield f"{sentence(names)}: nothing was answered, judged or written there."
    elif missing:
        yield "Pages of the categories: nothing was answered, judged or written."
