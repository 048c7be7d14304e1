"""Every rule explains itself, and its examples do what they say."""

from __future__ import annotations

import pytest

from assessment.catalogue.check import check_bytes
from assessment.catalogue.rulebook import GROUPS, RULES
from assessment.catalogue.rulebook.rule import ELSEWHERE, Rule
from assessment.services.checking import run_golden
from tests.catalogue.broken import SOUND

SHOWN = [rule for rule in RULES.values() if not rule.in_words]
APART = f"\n{ELSEWHERE}\n"


def indented(lines: str, by: int) -> str:
    """*lines* moved to the right, each on a line of its own; none where there are none."""
    rows = lines.split("\n") if lines else []
    return "".join(f"{' ' * by if row else ''}{row}\n" for row in rows)


def grafted(text: str, holds: str, breaks: str) -> str:
    """*text* with *breaks* where *holds* stands, however far in; there is one such place."""
    places = [
        (by, before)
        for by in range(0, 20, 2)
        if (before := f"\n{text}".find(f"\n{indented(holds, by)}")) >= 0
    ]
    assert len(places) == 1, holds
    [(by, start)] = places
    whole = indented(holds, by)
    assert f"\n{text}".count(f"\n{whole}") == 1, holds
    return text[:start] + indented(breaks, by) + text[start + len(whole) :]


def broken_by(rule: Rule) -> str:
    text = SOUND
    for holds, breaks in zip(rule.holds.split(APART), rule.breaks.split(APART), strict=True):
        text = grafted(text, holds, breaks)
    return text


def test_the_lines_that_hold_stand_in_a_file_without_any_problem():
    assert check_bytes(SOUND.encode(), "small-2026.yaml", run_golden).problems == ()


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.id)
def test_the_example_that_breaks_a_rule_breaks_it(rule):
    problems = check_bytes(broken_by(rule).encode(), "small-2026.yaml", run_golden).problems
    found = [problem for problem in problems if problem.rule == rule.id]
    assert found, [str(problem) for problem in problems]
    assert {problem.severity for problem in found} == {rule.severity}


def test_every_rule_says_in_plain_sentences_what_it_means_and_why():
    for rule in RULES.values():
        for said in (rule.means, rule.why):
            assert said.endswith("."), rule.id
            assert "\n" not in said, rule.id
        assert rule.holds, rule.id


def test_each_rule_stands_in_one_group():
    assert sum(map(len, GROUPS.values())) == len(RULES)
