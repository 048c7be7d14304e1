"""Charts of made-up figures: one of each kind, and the extremes that charts must bear."""

from __future__ import annotations

import datetime
from fractions import Fraction

from assessment.core.trace import State
from assessment.reporting.marks import (
    BandLadder,
    BandStep,
    Chart,
    Distribution,
    DistributionRow,
    Dumbbell,
    DumbbellRow,
    GapRanking,
    GapRow,
    HeatCell,
    HeatMap,
    Profile,
    ProfileRow,
    Span,
    Sparkline,
    SparkPoint,
    Spread,
    SpreadRow,
)

PERCENT = Span(100, "%", (0, 20, 40, 60, 80, 100))
LEVEL = Span(5, "level", (0, 1, 2, 3, 4, 5))
LONG = (
    "How well the senior leaders of the organisation communicate with the workforce, its key "
    "partners and its important customers"
)
NAMES = ("Leadership", "Strategy", "Customers", "Measurement and knowledge", "People", "Results")


def make_profile(
    count: int = 6,
    states: tuple[State, ...] = (),
    values: tuple[int, ...] = (35, 60, 12, 48, 71, 55),
    label: str = "",
) -> Profile:
    rows = []
    for place in range(count):
        state = states[place] if place < len(states) else "scored"
        name = label or f"{place + 1} {NAMES[place % len(NAMES)]}"
        if state != "scored":
            rows.append(ProfileRow(str(place), name, state))
            continue
        present = Fraction(values[place % len(values)])
        rows.append(
            ProfileRow(
                str(place),
                name,
                state,
                present=present,
                target=min(Fraction(100), present + 20),
                previous=max(Fraction(0), present - 8),
                perceived=min(Fraction(100), present + 9),
            )
        )
    return Profile("Profile", PERCENT, tuple(rows))


def make_dumbbell(label: str = "") -> Dumbbell:
    rows = [
        {"staff": Fraction(41), "leaders": Fraction(63)},
        {"staff": Fraction(50), "leaders": Fraction(50)},
        {"staff": Fraction(22), "leaders": None},
        {"staff": None, "leaders": None},
    ]
    return Dumbbell(
        "Staff and leaders",
        PERCENT,
        ("staff", "leaders"),
        tuple(
            DumbbellRow(str(place), label or NAMES[place], percents, "−22 points")
            for place, percents in enumerate(rows)
        ),
    )


def make_distribution(label: str = "") -> Distribution:
    rows = [((1, 4, 9, 20, 6), 3), ((0, 0, 0, 0, 7), 0), ((0, 0, 0, 0, 0), 5), ((5, 5, 5, 5, 5), 0)]
    return Distribution(
        "Answers",
        ("strongly disagree", "disagree", "neither", "agree", "strongly agree"),
        frozenset({4, 5}),
        tuple(
            DistributionRow(
                str(place),
                label or f"Question {place + 1}",
                counts,
                unknown,
                sum(counts),
                Fraction(100 * sum(counts[3:]), sum(counts)) if sum(counts) else None,
            )
            for place, (counts, unknown) in enumerate(rows)
        ),
    )


def make_heat_map(label: str = "") -> HeatMap:
    states: tuple[State, ...] = ("scored", "withheld", "not scored", "not applicable", "scored")
    cells = tuple(
        HeatCell(state, Fraction(20 * place) if state == "scored" else None, 9)
        for place, state in enumerate(states)
    )
    rows = ((label or "Plant North", cells), ("Sales", cells[::-1]))
    return HeatMap("Units", tuple(NAMES[:5]), rows, tuple(Fraction(40) for _ in states))


def make_gaps(label: str = "") -> GapRanking:
    rows = [(30, 60, 25, True), (45, 50, None, False), (0, 100, 0, True)]
    return GapRanking(
        "Gaps",
        PERCENT,
        tuple(
            GapRow(
                str(place),
                label or NAMES[place],
                Fraction(present),
                Fraction(target),
                None if before is None else Fraction(before),
                is_chosen,
                f"+{target - present} points",
                "now",
            )
            for place, (present, target, before, is_chosen) in enumerate(rows)
        ),
    )


def make_ladder(label: str = "", reached: int | None = 2) -> BandLadder:
    steps = tuple(BandStep(label or f"Band {place}", f"from {place}00") for place in range(1, 5))
    return BandLadder("Bands", "Bands", steps, reached, Fraction(231) if reached else None)


def make_spread(label: str = "") -> Spread:
    rows: list[tuple[tuple[int, ...], int | None, bool]] = [
        ((40, 45, 50), 45, True),
        ((20, 60, 60), None, False),
        ((), None, False),
    ]
    return Spread(
        "Judges",
        PERCENT,
        tuple(
            SpreadRow(
                str(place),
                label or NAMES[place],
                tuple(Fraction(value) for value in values),
                None if agreed is None else Fraction(agreed),
                settled,
            )
            for place, (values, agreed, settled) in enumerate(rows)
        ),
    )


def make_sparkline(label: str = "", values: tuple[str, ...] = ("12.9", "11.2", "9.5")) -> Sparkline:
    """A value for the end of each year from 2023 on."""
    points = tuple(
        SparkPoint(datetime.date(2023 + place, 12, 31), Fraction(value), str(2023 + place), value)
        for place, value in enumerate(values)
    )
    return Sparkline("Bursts", label or "Bursts", points, Fraction(10), Fraction(8))


def all_charts(label: str = "") -> dict[str, Chart]:
    """A chart of each kind, all its rows called *label* where one is given."""
    return {
        "radar": make_profile(label=label),
        "profile": make_profile(12, ("withheld", "not scored", "not applicable"), label=label),
        "dumbbell": make_dumbbell(label),
        "distribution": make_distribution(label),
        "heat map": make_heat_map(label),
        "gaps": make_gaps(label),
        "ladder": make_ladder(label),
        "spread": make_spread(label),
        "sparkline": make_sparkline(label),
    }
