"""Roll up many sheets: 60 slots, forty units, two groups, alpha and leader-versus-staff gaps."""

from __future__ import annotations

import random
import resource
from fractions import Fraction

from assessment.core.framework import Category, Form, Framework, Item, Question
from assessment.core.release import Answers, Invited, Release, release
from assessment.core.scales import Scale
from assessment.core.sheet import CANT_JUDGE, NOT_ANSWERED, Sheet

SLOTS = 60
UNITS = 40


def sixty_statements() -> Framework:
    """Six categories of two items of five statements, asked of staff and leaders."""
    scale = Scale(
        "agreement",
        "agreement",
        labels=("1", "2", "3", "4", "5"),
        favourable=frozenset({4, 5}),
    )
    forms = frozenset({"staff", "leaders"})
    categories = tuple(
        Category(
            str(number),
            f"Category {number}",
            tuple(
                Item(
                    f"{number}.{part}",
                    f"Item {number}.{part}",
                    Fraction(50),
                    questions=tuple(
                        Question(f"{number}.{part}-{letter}", "A statement.", scale, forms)
                        for letter in "abcde"
                    ),
                )
                for part in (1, 2)
            ),
        )
        for number in range(1, SLOTS // 10 + 1)
    )
    return Framework(
        id="bench",
        title="Bench",
        edition="1",
        language="en",
        sha256="0" * 64,
        scales={"agreement": scale},
        forms={form: Form(form, form) for form in ("staff", "leaders")},
        categories=categories,
    )


def many_sheets(count: int) -> tuple[Sheet, ...]:
    """*count* filled sheets, one in fifty a leader's, with some answers left out."""
    rng = random.Random(11)  # noqa: S311 - made-up answers
    pool = bytes([1, 2, 3, 3, 4, 4, 4, 5, CANT_JUDGE, NOT_ANSWERED])
    drawn = rng.randbytes(count * SLOTS).translate(bytes(pool[code % 10] for code in range(256)))
    return tuple(
        Sheet(
            f"r{number}",
            "leaders" if number % 50 == 0 else "staff",
            f"Unit {number % UNITS:02}",
            drawn[number * SLOTS : (number + 1) * SLOTS],
        )
        for number in range(count)
    )


def roll_up(sheets: tuple[Sheet, ...]) -> Release:
    """The whole release of *sheets*: figures, traces, units, groups, alpha, gaps."""
    invited = Invited({(None, "staff"): len(sheets), (None, "leaders"): len(sheets)})
    return release(sixty_statements(), Answers(sheets), invited)


def peak_megabytes() -> float:
    """The largest memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
