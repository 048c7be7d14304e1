"""Releases of made-up organisations: small frameworks of every kind, and people with a seed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from assessment.core.findings import Gap, Target, find_gaps
from assessment.core.framework import (
    Area,
    Bands,
    Category,
    ContextQuestion,
    Criterion,
    Form,
    Framework,
    Item,
    MetLevel,
    Question,
    Scoring,
)
from assessment.core.release import Answers, Comment, Invited, KeyFactor, Release, release
from assessment.core.scales import Attribute, Level, Range, Scale
from assessment.core.sheet import CANT_JUDGE, NOT_ANSWERED, NOT_APPLICABLE, Sheet, blank_sheet
from assessment.reporting.gap_report import GapReport, ReportInput

AGREEMENT = Scale(
    "agreement",
    "agreement",
    "Agreement",
    labels=("strongly disagree", "disagree", "neither", "agree", "strongly agree"),
    favourable=frozenset({4, 5}),
)
WRITTEN = Scale("note", "text")
_STEPS = (
    (0, 5, "Nothing in place", "No method can be shown."),
    (10, 25, "Beginning", "A method has been started for the core of the matter."),
    (
        30,
        45,
        "Early and orderly",
        "A method answers the core question, and most have begun with it.",
    ),
    (50, 65, "In wide use", "Methods cover the whole matter and most units work with them."),
    (70, 85, "Improved by facts", "Methods are reviewed on facts and lessons are shared."),
    (90, 100, "A model for others", "The method is fully in use and others come to learn from it."),
)
_DIMENSIONS = (
    ("way", "Way of working", "The way of working is described and repeatable to this degree."),
    ("reach", "Reach", "It reaches the units to this degree; a few may have only begun."),
    ("review", "Review", "It is reviewed and improved to this degree."),
    ("fit", "Fit", "It fits the needs of the organisation to this degree."),
)


def percent_scale(scale_id: str, title: str) -> Scale:
    return Scale(
        scale_id,
        "percent",
        title,
        step=5,
        attributes=tuple(Attribute(key, name) for key, name, _ in _DIMENSIONS),
        ranges=tuple(
            Range(start, end, label, text, {key: said for key, _, said in _DIMENSIONS})
            for start, end, label, text in _STEPS
        ),
    )


PROCESS = percent_scale("process", "Ways of working")
RESULTS = percent_scale("results", "Outcomes")
LEVELS = tuple(
    Level(number, label, f"{label}: what is done, and how well it is known.")
    for number, label in enumerate(
        ("Base", "Reacting", "Orderly", "Foreseeing", "Learning"), start=1
    )
)
MATURITY = Scale("maturity", "met", "Maturity", levels=LEVELS)
STAGES = Scale("stages", "stage", "Stage", levels=LEVELS)
CLAUSE = Scale(
    "clause", "conformity", "Conformity", labels=("fulfils", "could be better", "slip", "breach")
)

_SUBJECTS = (
    ("Direction", (("Leading from the front", 70), ("Governance and society", 50))),
    ("Plans", (("Making plans", 45), ("Carrying plans out", 40))),
    ("Customers", (("Listening to customers", 40), ("Serving customers", 45))),
    ("Measurement", (("Measuring what matters", 45), ("Information and knowledge", 45))),
    ("People", (("The place of work", 40), ("Commitment and learning", 45))),
    ("Operations", (("How the work is done", 45), ("Suppliers, safety and resilience", 40))),
    (
        "Outcomes",
        (
            ("Products and processes", 120),
            ("Customer outcomes", 80),
            ("People outcomes", 80),
            ("Leadership outcomes", 80),
            ("Money and market", 90),
        ),
    ),
)
_STATEMENTS = (
    "I know how my work adds to what “{title}” is meant to bring.",
    "Where I work, “{title}” has become visibly better over the last year.",
    "My manager talks with us about “{title}” and listens to what we say.",
)


def _improve(title: str) -> Mapping[int, str]:
    return {
        start: f"Write down for “{title}” who does what by when, try it in one unit for a quarter, "
        f"and decide on the facts whether the next units follow (from {start} % on)."
        for start, *_ in _STEPS
    }


def _percent_item(place: str, title: str, points: int, is_result: bool) -> Item:
    staff = [
        Question(
            f"{place}-s{number}",
            text.format(title=title),
            AGREEMENT,
            frozenset({"staff", "leaders"}),
        )
        for number, text in enumerate(_STATEMENTS[: 1 if is_result else 2], start=1)
    ]
    leaders = [
        Question(
            f"{place}-l1", f"I can show facts about “{title}”.", AGREEMENT, frozenset({"leaders"})
        )
    ]
    written = [
        Question(
            f"{place}a-{number}",
            f"How do you know that “{title}” does what it should (question {number})?",
            WRITTEN,
            frozenset({"assessors"}),
            area=f"{place}a",
            evidence=("Minutes of the last review", "A chart over three years"),
        )
        for number in (1, 2)
    ]
    return Item(
        place,
        title,
        Fraction(points),
        RESULTS if is_result else PROCESS,
        f"Asks how “{title}” is approached, spread, reviewed and fitted to the whole.",
        (Area(f"{place}a", title),),
        (*staff, *leaders, *written),
        improve=_improve(title),
        drivers=("1.1", "4.1") if is_result else (),
    )


def percent_framework(**changes: object) -> Framework:
    """Seventeen items judged in percent of 1,000 points, with a survey for staff and leaders."""
    categories = tuple(
        Category(
            str(number),
            name,
            tuple(
                _percent_item(f"{number}.{place}", title, points, name == "Outcomes")
                for place, (title, points) in enumerate(items, start=1)
            ),
            f"What the organisation does about {name.lower()}, and how it knows that it works.",
        )
        for number, (name, items) in enumerate(_SUBJECTS, start=1)
    )
    labels = ("Early", "Forming", "Orderly", "Known", "Strong", "Leading")
    whole = Framework(
        "made-up-2026",
        "A Made-up Framework for Good Organisations",
        "2026",
        "en",
        "0" * 64,
        owner="Nobody at all",
        notice="Invented for tests. It belongs to nobody and measures nothing.",
        about="Use it to try out reports. Ask all staff the short survey and let a small panel "
        "judge the seventeen items on evidence.",
        doubts=("The points of the items are invented.", "The statements are new and untested."),
        notes=("[convention] Everything in here.",),
        scales={scale.id: scale for scale in (AGREEMENT, PROCESS, RESULTS, WRITTEN)},
        forms={
            "staff": Form("staff", "Everyone"),
            "leaders": Form("leaders", "Leadership team"),
            "assessors": Form("assessors", "Leadership team and examiners", judges=True),
        },
        context=(
            ContextQuestion("P.1", "What do you offer, and how does it reach customers?", "Offer"),
            ContextQuestion("P.2", "Who are your competitors?", "Competition"),
        ),
        categories=categories,
        bands=(
            Bands("process", labels, tuple(map(Fraction, (150, 230, 310, 390, 470, 550)))),
            Bands("results", labels, tuple(map(Fraction, (125, 190, 255, 320, 385, 450)))),
        ),
        not_applicable="any reason",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def _statement(place: str, title: str, groups: frozenset[str]) -> Question:
    return Question(f"{place}-s1", _STATEMENTS[0].format(title=title), AGREEMENT, groups)


def _other_framework(
    kind: str, judge: Scale | None, scoring: Scoring, forms: tuple[str, ...], asked: bool = True
) -> Framework:
    """Twelve items in six categories without points."""
    categories = tuple(
        Category(
            str(number),
            name,
            tuple(
                Item(
                    f"{number}.{place}",
                    title,
                    judge=judge,
                    about=f"Looks at “{title}” where it happens.",
                    questions=(
                        (_statement(f"{number}.{place}", title, frozenset({"staff", "leaders"})),)
                        if asked
                        else ()
                    ),
                    levels=_met_levels(f"{number}.{place}", title) if judge is MATURITY else (),
                    improve={
                        level: f"Take “{title}” one step further, from {level}."
                        for level in range(5)
                    },
                )
                for place, (title, _) in enumerate(items, start=1)
            ),
        )
        for number, (name, items) in enumerate(_SUBJECTS[:6], start=1)
    )
    scales = [AGREEMENT] if judge is None else [AGREEMENT, judge]
    return Framework(
        f"made-up-{kind}",
        f"A Made-up Framework ({kind})",
        "1",
        "en",
        "1" * 64,
        about="Use it to try out reports of another kind.",
        scales={scale.id: scale for scale in scales},
        forms={
            form: Form(form, form.title(), judges=form == "assessors" and judge is not None)
            for form in forms
        },
        categories=categories,
        scoring=scoring,
    )


def _met_levels(place: str, title: str) -> tuple[MetLevel, ...]:
    return tuple(
        MetLevel(
            level.number,
            tuple(
                Criterion(
                    f"{place}-{level.number}{letter}",
                    f"“{title}” is {level.label.lower()} in the {letter} respect.",
                )
                for letter in "ab"
            ),
        )
        for level in LEVELS
    )


_ALL_FORMS = ("staff", "leaders", "assessors")


def met_framework() -> Framework:
    return _other_framework("levels", MATURITY, Scoring("cumulative", "none"), _ALL_FORMS)


def stage_framework() -> Framework:
    return _other_framework("stages", STAGES, Scoring("judged", "none"), _ALL_FORMS)


def conformity_framework() -> Framework:
    scoring = Scoring("judged", "verdict", required=("5.1", "5.2"))
    return _other_framework("conformity", CLAUSE, scoring, ("assessors",), asked=False)


def survey_framework() -> Framework:
    return _other_framework("survey", None, Scoring("judged", "none"), ("staff", "leaders"))


def people(
    framework: Framework,
    group: str,
    count: int,
    units: tuple[str, ...] = (),
    seed: int = 1,
    lift: float = 0.0,
    judge_only: frozenset[str] | None = None,
) -> tuple[Sheet, ...]:
    """*count* sheets of *group*, spread over *units*, who answer what their form asks."""
    return tuple(
        _answered(
            framework,
            blank_sheet(
                framework,
                f"{group}-{place}",
                group,
                units[place % len(units)] if units else None,
            ),
            Random(f"{seed} {group} {place}"),
            lift,
            judge_only,
        )
        for place in range(count)
    )


def _answered(
    framework: Framework,
    sheet: Sheet,
    chance: Random,
    lift: float,
    judge_only: frozenset[str] | None,
) -> Sheet:
    asked = (
        framework.asks(sheet.group)
        if sheet.group in framework.forms
        else range(len(framework.slots))
    )
    return sheet.with_values(framework, dict(_values(framework, asked, chance, lift, judge_only)))


def _values(
    framework: Framework,
    asked: object,
    chance: Random,
    lift: float,
    judge_only: frozenset[str] | None,
) -> Iterator[tuple[str, int]]:
    temper = chance.gauss(0, 0.16)
    for place in asked:  # type: ignore[attr-defined]
        slot = framework.slots[place]
        if slot.kind != "question" and judge_only is not None and slot.item.id not in judge_only:
            continue
        # A matter has its own strength, the same for everybody who looks at it.
        strength = Random(slot.item.id).gauss(0.52, 0.14) + lift
        spread = 0.2 if slot.kind == "question" else 0.1
        own = min(1.0, max(0.0, chance.gauss(strength + temper / 2, spread)))
        legal = slot.values
        if slot.kind == "criterion":
            level = next(
                each.number
                for each in slot.item.levels
                if any(criterion.id == slot.key for criterion in each.criteria)
            )
            value = int(chance.random() < 1.35 - 0.28 * level + lift)
        elif slot.scale.answer == "conformity":
            value = chance.choices((0, 1, 2, 3), (14, 4, 2, 0.15))[0]
        else:
            value = legal[min(len(legal) - 1, int(own * len(legal)))]
        odd = chance.random()
        if slot.kind == "question":
            hard = 0.4 if slot.key.startswith("4.2-") else 0.05
            value = CANT_JUDGE if odd < hard else NOT_ANSWERED if odd < hard + 0.04 else value
        yield slot.key, value


_SAID = (
    "It works well in our place, but nobody ever asks us about it.",
    "Last year’s change helped; the forms are shorter now.",
    "I would like to see the numbers before the decision, not after.",
    "Good people, too little time.",
    "We measure a lot and use little of it.\nThe weekly chart could be half as long.",
)


def comments(framework: Framework, seed: int = 1, every: int = 3) -> tuple[Comment, ...]:
    """Comments at questions, strengths, opportunities and evidence at items."""
    chance = Random(seed)
    found = []
    for question in framework.questions:
        if not question.scale.is_scored:
            found.append(
                Comment(
                    question.id,
                    "text",
                    "assessors",
                    None,
                    f"By the yearly review. {chance.choice(_SAID)}",
                )
            )
            continue
        for group in sorted(question.forms):
            found += [
                Comment(question.id, "comment", group, None, text)
                for text in chance.sample(_SAID, chance.randrange(0, every))
            ]
    for item in framework.items:
        if item.judge is None:
            continue
        found += [
            Comment(
                item.id,
                "strength",
                "assessors",
                None,
                f"“{item.title}” has a named owner in every unit.",
            ),
            Comment(
                item.id,
                "ofi",
                "assessors",
                None,
                f"“{item.title}” is not yet compared with others.",
            ),
            Comment(item.id, "evidence", "assessors", None, f"Review of “{item.title}”, March."),
        ]
    return tuple(found)


def percent_answers(
    staff: int = 120, leaders: int = 14, assessors: int = 5, units: int = 6, said: bool = True
) -> Answers:
    framework = percent_framework()
    names = unit_names(units)
    return Answers(
        (
            *people(framework, "staff", staff, names),
            *people(framework, "leaders", leaders, names, lift=0.15),
            *people(framework, "assessors", assessors, lift=-0.05),
        ),
        comments(framework) if said else (),
        (KeyFactor("P.1", ("We make and repair pumps.\nCustomers order through dealers.",)),)
        if said
        else (),
    )


_NAMES = ("Administration", "Assembly", "Logistics", "Research", "Sales", "Service")


def unit_names(count: int) -> tuple[str, ...]:
    return tuple(
        _NAMES[place] if count <= len(_NAMES) else f"{_NAMES[place % 6]} {place // 6 + 1}"
        for place in range(count)
    )


def invited(staff: int, leaders: int, units: int) -> Invited:
    """As many as answered and a third more staff; every leader."""
    names: tuple[str | None, ...] = unit_names(units) or (None,)
    found: dict[tuple[str | None, str], int] = {}
    for group, count in (("staff", staff + staff // 3), ("leaders", leaders)):
        for place in range(count):
            key = names[place % len(names)], group
            found[key] = found.get(key, 0) + 1
    return Invited(found)


TARGETS = {
    "1.1": Target("1.1", Fraction(70), 3, 2, "Everything else leans on it.", "end of 2027"),
    "4.1": Target("4.1", Fraction(65), 3, 1, "Decisions wait for numbers.", "mid 2027"),
    "7.2": Target("7.2", Fraction(60), 2, 2, "Two key accounts left.", "2027"),
    "2.1-s1": Target("2.1-s1", Fraction(80), 2, 1, "People should know the plan.", "2027"),
}


def percent_release(
    staff: int = 120, leaders: int = 14, assessors: int = 5, units: int = 6, rates: bool = True
) -> Release:
    return release(
        percent_framework(),
        percent_answers(staff, leaders, assessors, units),
        invited(staff, leaders, units) if rates else None,
    )


def other_release(
    framework: Framework, staff: int = 60, leaders: int = 8, assessors: int = 3
) -> Release:
    names = unit_names(3)
    sheets = [
        *(people(framework, "staff", staff, names) if "staff" in framework.forms else ()),
        *(people(framework, "leaders", leaders, names) if "leaders" in framework.forms else ()),
        *(people(framework, "assessors", assessors) if "assessors" in framework.forms else ()),
    ]
    return release(framework, Answers(tuple(sheets), comments(framework)))


def none_apply(framework: Framework) -> Release:
    """Three assessors for whom no item applies."""
    slots = {slot.key: NOT_APPLICABLE for slot in framework.slots if slot.kind != "question"}
    sheets = tuple(
        blank_sheet(framework, f"a{place}", "assessors").with_values(framework, slots)
        for place in range(3)
    )
    return release(framework, Answers(sheets))


ABOUT = ReportInput(
    date=datetime.date(2026, 3, 14),
    paper="a4",
    organisation="Northwind Pumps",
    cycle="Spring 2026",
    status="draft",
    mode="named",
)


def report(
    of: Release,
    targets: Mapping[str, Target] | None = None,
    previous: Release | None = None,
    about: ReportInput = ABOUT,
) -> GapReport:
    """The gap report of *of*, with the distance to the next step where there are no *targets*."""
    gaps: tuple[Gap, ...] = find_gaps(of, targets or {})
    return GapReport.of(of, gaps, previous, replace(about, targets=targets or {}))
