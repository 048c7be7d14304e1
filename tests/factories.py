"""Small frameworks and sheets for tests: plain functions, valid by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from assessment.core.framework import (
    Bands,
    Category,
    Criterion,
    Form,
    Framework,
    Item,
    MetLevel,
    Question,
    Scoring,
)
from assessment.core.release import Answers, Invited, Release, release
from assessment.core.scales import GRADES, Attribute, Level, Range, Scale
from assessment.core.sheet import CANT_JUDGE, NOT_APPLICABLE, Sheet, blank_sheet

AGREEMENT = Scale(
    "agreement",
    "agreement",
    labels=("strongly disagree", "disagree", "neither", "agree", "strongly agree"),
    favourable=frozenset({4, 5}),
)
PERCENT = Scale(
    "process",
    "percent",
    title="Process",
    step=5,
    attributes=(Attribute("approach", "Approach"), Attribute("deployment", "Deployment")),
    ranges=(
        Range(0, 45, "early", texts={"approach": "first steps", "deployment": "here and there"}),
        Range(50, 100, "mature", texts={"approach": "systematic", "deployment": "everywhere"}),
    ),
)
LEVELS = tuple(Level(number, f"level {number}") for number in range(1, 6))
MET = Scale("maturity", "met", levels=LEVELS)
LEVEL = Scale("ladder", "level", levels=LEVELS)
CONFORMITY = Scale("clause", "conformity")
NOTE = Scale("note", "text")

FORMS = {
    "staff": Form("staff", "Everyone"),
    "leaders": Form("leaders", "Leaders"),
    "assessors": Form("assessors", "Assessors", judges=True),
}

UNKNOWN = CANT_JUDGE
NA = NOT_APPLICABLE


def make_question(
    question_id: str,
    *,
    scale: Scale = AGREEMENT,
    forms: Iterable[str] = ("staff", "leaders"),
    pair: str | None = None,
    block: str | None = None,
) -> Question:
    return Question(
        question_id, f"Statement {question_id}.", scale, frozenset(forms), pair=pair, block=block
    )


def make_item(
    item_id: str,
    *questions: Question,
    points: int | None = 100,
    judge: Scale | None = PERCENT,
    criteria: Sequence[int] = (),
    drivers: Sequence[str] = (),
) -> Item:
    """An item; *criteria* gives how many criteria each level of a met item has."""
    levels = tuple(
        MetLevel(
            number,
            tuple(
                Criterion(f"{item_id}-{number}{'abcd'[place]}", f"Criterion {number} {place}.")
                for place in range(count)
            ),
        )
        for number, count in enumerate(criteria, start=1)
    )
    return Item(
        item_id,
        f"Item {item_id}",
        None if points is None else Fraction(points),
        judge,
        about=f"Asks how {item_id} is done.",
        questions=questions,
        levels=levels,
        drivers=tuple(drivers),
    )


def make_framework(
    *items: Item,
    bands: Sequence[Bands] = (),
    scoring: Scoring | None = None,
    not_applicable: tuple[str, ...] | str = "any reason",
) -> Framework:
    """A framework whose categories are the numbers before the dot of the items' ids."""
    chapters: dict[str, list[Item]] = {}
    for item in items:
        chapters.setdefault(item.id.split(".")[0], []).append(item)
    scales = {item.judge.id: item.judge for item in items if item.judge}
    scales |= {question.scale.id: question.scale for item in items for question in item.questions}
    return Framework(
        id="example",
        title="Example framework",
        edition="1",
        language="en",
        sha256="0" * 64,
        notice="Own words.",
        doubts=("An example only.",),
        scales=scales,
        forms=FORMS,
        categories=tuple(
            Category(chapter, f"Category {chapter}", tuple(own))
            for chapter, own in chapters.items()
        ),
        bands=tuple(bands),
        scoring=scoring or Scoring(),
        not_applicable=not_applicable,  # type: ignore[arg-type]
    )


def make_sheet(
    framework: Framework,
    given: Mapping[str, int],
    *,
    group: str = "staff",
    unit: str | None = None,
    waived: Iterable[str] = (),
    name: str = "somebody",
) -> Sheet:
    sheet = blank_sheet(framework, name, group, unit).with_values(framework, given)
    return Sheet(name, group, unit, sheet.values, frozenset(waived))


def make_release(
    framework: Framework,
    *sheets: Sheet,
    invited: Mapping[tuple[str | None, str], int] | None = None,
) -> Release:
    return release(framework, Answers(tuple(sheets)), Invited(invited or {}))


def judged(
    framework: Framework, values: Mapping[str, int | str], *, group: str = "assessors"
) -> Sheet:
    """One judge's sheet, by item id; grades by their word."""
    codes = {
        key: GRADES.index(value) if isinstance(value, str) else value
        for key, value in values.items()
    }
    return make_sheet(framework, codes, group=group)
