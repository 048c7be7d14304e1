"""What the gap report says, seen from outside: its sentences and its HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from assessment.core.findings import Target
from assessment.core.perceived import PartPerceived, Perceived
from assessment.core.release import Answers, Comment, Release, Result, release
from assessment.core.text import shown
from assessment.reporting.gap_report import GapReport, gap_report_html
from assessment.reporting.wording import plain
from tests.reporting.make_release import (
    ABOUT,
    TARGETS,
    comments,
    conformity_framework,
    invited,
    met_framework,
    none_apply,
    other_release,
    people,
    percent_answers,
    percent_framework,
    percent_release,
    report,
    stage_framework,
    survey_framework,
    unit_names,
)

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    '<img src="file:///etc/hostname">',
    "{{ 7*7 }} and ${7*7} and {0.__class__}",
    "</bdi></li></ul>",
]


class Reader(HTMLParser):
    """The words of a page, and its elements in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))


def read(made: GapReport) -> Reader:
    return Reader(gap_report_html(made))


def sentences(value: object) -> Iterator[str]:
    """Every text in *value*, which may be a report or any part of one."""
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, tuple):
        for each in value:
            yield from sentences(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from sentences(getattr(value, field.name))


KINDS = {
    "percent": lambda: percent_release(24, 5, 3, 2),
    "levels": lambda: other_release(met_framework(), 12, 4),
    "stages": lambda: other_release(stage_framework(), 12, 4),
    "conformity": lambda: other_release(conformity_framework()),
    "survey": lambda: other_release(survey_framework(), 12, 4),
    "nobody": lambda: percent_release(0, 0, 0, 0),
    "nothing at all": lambda: release(percent_framework(), Answers(())),
    "three people": lambda: percent_release(3, 0, 1, 1),
    "nothing applies": lambda: none_apply(percent_framework()),
}


@pytest.fixture(scope="module")
def full() -> GapReport:
    return report(percent_release(), TARGETS, percent_release(staff=90))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_framework_and_every_state_makes_whole_html(kind):
    page = read(report(KINDS[kind]()))
    assert page.open == []
    assert "None" not in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_said_with_an_exclamation_mark_or_of_one_items(kind):
    said = " ".join(sentences(report(KINDS[kind]())))
    assert "!" not in said
    assert not re.search(r"\bone (items|judges|judgements|statements|people|staff)\b", said)


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_has_a_caption_and_every_head_a_scope(kind):
    page = read(report(KINDS[kind]()))
    heads = [attributes for tag, attributes in page.elements if tag == "th"]
    assert all(attributes.get("scope") in ("col", "row") for attributes in heads)


@pytest.mark.parametrize("kind", KINDS)
def test_headings_never_skip_a_level(kind):
    levels = [int(tag[1]) for tag, _ in read(report(KINDS[kind]())).elements if tag in "h1h2h3h4"]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_to_a_place_that_is_there(kind):
    page = read(report(KINDS[kind]()))
    places = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links
    assert {link[1:] for link in links} <= set(places)
    assert len(places) == len(set(places))


def test_the_cover_says_organisation_framework_cycle_date_status_and_mode_and_nothing_else():
    html = gap_report_html(report(percent_release(3, 0, 0, 1)))
    cover = html[html.index('<section class="cover">') : html.index("</section>")]
    assert Reader(cover + "</section>").text.strip() == (
        "Northwind Pumps A Made-up Framework for Good Organisations 2026 "
        "Spring 2026 14 March 2026 Draft Named answers"
    )


def test_a_cover_without_organisation_and_cycle_leaves_them_out():
    bare = replace(ABOUT, organisation=None, cycle=None, status="signed off", mode="anonymous")
    html = gap_report_html(report(percent_release(3, 0, 0, 1), about=bare))
    cover = html[html.index('<section class="cover">') : html.index("</section>")]
    assert "Signed off" in cover
    assert "Anonymous answers" in cover
    assert "organisation" not in cover.replace("Organisations", "")


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_comment_with_markup_is_shown_as_typed(typed):
    framework = percent_framework()
    answers = Answers(
        people(framework, "staff", 5), (Comment("1.1-s1", "comment", "staff", None, typed),)
    )
    page = read(report(release(framework, answers)))
    assert typed in "".join(page.words)
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "img"})
    assert not any(
        "onerror" in attributes or "onload" in attributes for _, attributes in page.elements
    )


@pytest.mark.parametrize("typed", HOSTILE)
def test_names_of_people_units_and_criteria_are_shown_as_typed(typed):
    framework = percent_framework(title=typed)
    sheets = people(framework, "staff", 12, (typed, "Sales")) + people(framework, typed, 4)
    about = replace(ABOUT, organisation=typed, cycle=typed)
    page = read(report(release(framework, Answers(sheets)), about=about))
    assert page.text.count(re.sub(r"\s+", " ", typed)) > 5
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "img"})
    assert page.open == []


def test_a_comment_keeps_its_line_breaks_and_stands_under_its_question_by_group():
    framework = percent_framework()
    answers = Answers(
        (*people(framework, "staff", 5), *people(framework, "leaders", 2)),
        (
            Comment("1.1-s1", "comment", "staff", None, "First line.\nSecond line."),
            Comment("1.1-s1", "comment", "leaders", None, "From the top."),
        ),
    )
    own = report(release(framework, answers)).categories[0].items[0].questions
    assert [(about.id, [each.group for each in about.said]) for about in own] == [
        ("1.1-s1", ["Staff", "Leaders"])
    ]
    assert own[0].said[0].texts == ("First line.\nSecond line.",)


def test_a_name_that_turns_the_direction_round_is_isolated():
    framework = percent_framework()
    sheets = people(framework, "staff", 12, ("\u202eevil", "Sales"))
    html = gap_report_html(report(release(framework, Answers(sheets))))
    assert "<bdi>\u202eevil</bdi>" in html
    assert "\u2068" not in html


def test_without_judgements_the_report_says_that_nothing_was_judged():
    framework = percent_framework()
    made = report(release(framework, Answers(people(framework, "staff", 12))))
    assert "Nothing was judged: there is no assessed maturity in this report." in (
        made.board.opening.answered
    )
    assert "Nothing was judged on evidence." in made.board.decisions.limits
    assert "Assessed maturity: nothing was judged." in made.left_out
    assert made.gaps is None


def test_without_answers_the_report_says_so_and_draws_nothing():
    made = report(release(percent_framework(), Answers(())))
    page = read(made)
    assert made.board.opening.headline == "Nobody has answered yet"
    assert "svg" not in {tag for tag, _ in page.elements}
    assert "Pages of the categories: nothing was answered, judged or written." in made.left_out


def test_when_nothing_applies_the_report_says_that_and_not_zero():
    made = report(none_apply(percent_framework()))
    assert any("said not to apply" in line for line in made.board.opening.answered)
    assert all(category.headline.endswith("was said not to apply") for category in made.categories)


def test_a_partial_total_says_of_how_many_items_it_is():
    framework = percent_framework()
    some = frozenset(item.id for item in framework.items[:9])
    sheets = people(framework, "assessors", 2, judge_only=some)
    made = report(release(framework, Answers(sheets)))
    lead = " ".join(made.board.profile.lead)
    assert "This is a partial value: 9 of the 17 items have been judged so far." in lead
    assert "The total is partial: not every item has been judged." in made.board.decisions.limits
    assert all("no band yet" in figure.title for figure in made.board.profile.ladders)


def test_provisional_judgements_are_marked(full):
    own = full.categories[0].items[0]
    assert own.facts[0].note == "provisional, five judges"
    assert own.judged is not None
    assert own.judged.notes[0].startswith("Provisional: the judges have not agreed yet.")


def test_without_invited_no_rate_is_given_and_no_difference_is_called_one():
    made = report(percent_release(rates=False))
    said = " ".join(sentences(made))
    assert "No rate of participation is known." in made.board.decisions.limits
    assert "is larger than chance" not in " ".join(
        line for theme in made.board.themes.themes for line in theme.findings
    )
    assert "not tested against chance" in said


def test_with_invited_the_rate_stands_beside_each_group(full):
    table = full.board.opening.participation
    assert table is not None
    assert [row.cells[1:] for row in table.rows] == [
        ("160", "120", "75", "good"),
        ("14", "14", "100", "good"),
        ("–", "5", "–", "not known"),
    ]


def test_strengths_come_before_opportunities(full):
    labels = [theme.label for theme in full.board.themes.themes]
    assert labels[:2] == ["Strengths", "Opportunities for improvement"]


def test_processes_and_results_are_ranked_apart(full):
    captions = [plain(table.caption) for table in full.board.decisions.gaps]
    assert captions[0].startswith("Ways of working: ")
    assert captions[1].startswith("Outcomes: ")


def test_a_distance_to_the_next_step_is_never_called_a_target():
    made = report(percent_release(24, 5, 3, 2))
    aims = {row.cells[2] for table in made.board.decisions.gaps for row in table.rows}
    assert aims
    assert all(aim.startswith("next step: ") for aim in aims)
    assert "Nobody has set a target yet." in made.board.decisions.lead


def test_a_target_has_its_reason_and_date_in_the_appendix(full):
    assert full.gaps is not None
    reasons = {
        plain(row.cells[-1])
        for table in full.gaps.blocks
        if hasattr(table, "rows")
        for row in table.rows
    }
    assert "Everything else leans on it. (by end of 2027)" in reasons
    assert "no target chosen" in reasons


def test_decisions_propose_only_what_the_criteria_say_and_leave_the_rest_blank(full):
    framework = percent_framework()
    texts = {text for item in framework.items for text in item.improve.values()}
    for decision in full.board.decisions.decisions:
        assert any(text.startswith(decision.proposal.removesuffix(" …")) for text in texts)
    assert Reader(gap_report_html(full)).text.count("owner") >= 2


def test_units_stand_by_name_and_small_ones_are_marked():
    made = report(percent_release(60, 4, 2, 40))
    assert made.units is not None
    [table] = made.units.blocks
    names = [plain(row.head) for row in table.rows]
    assert names == [*sorted(unit_names(40)), "All staff"]
    assert any("fewer than five staff answered" in line for line in made.units.lead)


def test_one_unit_alone_makes_no_heat_map_and_the_report_says_why():
    made = report(percent_release(12, 2, 2, 1))
    assert made.units is None
    assert any("only one unit was named" in line for line in made.left_out)


def test_questions_that_many_cannot_judge_are_a_finding(full):
    assert full.hard is not None
    assert full.board.themes.themes[-1].label == "Hard to judge"


def test_a_last_cycle_with_other_questions_is_compared_only_where_they_are_the_same():
    framework = percent_framework()
    earlier = release(framework, percent_answers(30, 5, 3, 2, said=False))
    fewer = replace(
        framework,
        categories=tuple(
            replace(
                category,
                items=tuple(
                    replace(item, questions=item.questions[:1]) if item.id == "1.1" else item
                    for item in category.items
                ),
            )
            for category in framework.categories
        ),
    )
    sheets = (*people(fewer, "staff", 24), *people(fewer, "assessors", 3))
    made = report(release(fewer, Answers(sheets)), previous=earlier)
    assert any(
        "only in the last cycle and not compared: 1.1-s2" in plain(line) for line in made.left_out
    )
    assert made.board.profile.note
    facts = {fact.label for fact in made.categories[0].items[0].facts}
    assert "last cycle" in facts


def test_parts_of_a_judgement_show_every_judge_and_the_middle_one(full):
    judged = full.categories[0].items[0].judged
    assert judged is not None
    assert judged.table is not None
    assert "never averaged into it" in judged.table.caption
    assert [column.title for column in judged.table.columns] == ["part", "given", "middle", "means"]
    for row in judged.table.rows:
        given = [int(each) for each in row.cells[0].split(" · ")]
        assert row.cells[1] == str(sorted(given)[len(given) // 2])


def since(lift: float) -> GapReport:
    """A report beside a last cycle of nearly the same staff, who were happier by *lift*."""
    framework = percent_framework()
    sheets = people(framework, "staff", 110, unit_names(6), lift=lift)
    earlier = release(framework, Answers(sheets), invited(110, 0, 6))
    return report(percent_release(), previous=earlier)


def cells(made: GapReport, column: str) -> set[str]:
    table = made.board.profile.table
    assert table is not None
    place = [each.title for each in table.columns].index(column) - 1
    return {row.cells[place] for row in table.rows}


CLAIMS = re.compile(r"points (higher|lower) than last cycle|rated [\d.]+.% higher")


def test_no_page_claims_a_change_that_chance_may_have_made():
    made = since(lift=0.0)
    said = list(sentences(made))
    assert not [each for each in said if CLAIMS.search(each)]
    assert any("no clear change since the last cycle" in each for each in said)
    assert cells(made, "clear change") == {"no"}


def test_a_change_larger_than_chance_stands_with_its_interval():
    made = since(lift=-0.3)
    said = " ".join(sentences(made.board.profile.lead))
    assert re.search(r"points higher than last cycle \(.*interval of the change \d", said)
    assert all(each.startswith("+") for each in cells(made, "clear change"))
    item = made.categories[0].items[0]
    assert "points higher than last cycle" in " ".join(sentences(item.remarks))


def test_without_the_number_of_invited_no_change_is_claimed():
    framework = percent_framework()
    sheets = people(framework, "staff", 110, unit_names(6), lift=-0.3)
    made = report(percent_release(rates=False), previous=release(framework, Answers(sheets)))
    said = list(sentences(made))
    assert not [each for each in said if CLAIMS.search(each)]
    assert any("not tested against chance: no clear change" in each for each in said)


def test_the_method_says_once_that_a_judgement_has_no_interval(full):
    said = [each for each in sentences(full) if "so it has no interval" in each]
    assert len(said) == 1
    alone = list(sentences(report(percent_release(24, 5, 3, 2))))
    assert not any("so it has no interval" in each for each in alone)


def test_a_reached_target_is_said_to_be_reached():
    made = report(percent_release(24, 5, 3, 2), {"1.1": Target("1.1", Fraction(0))})
    facts = {fact.label: fact.value for fact in made.categories[0].items[0].facts}
    assert facts["target"] == "reached"


def test_a_verdict_is_the_cores_and_never_a_certificate():
    made = report(other_release(conformity_framework()))
    assert made.board.profile.headline.startswith(
        ("Not ready", "Minors open", "Not determined", "No ")
    )
    assert "ready for" not in " ".join(sentences(made)).lower()


def test_levels_have_no_total_and_no_points():
    made = report(other_release(met_framework(), 12, 4))
    said = " ".join(sentences(made))
    assert "no total and no average" in said
    assert "points of" not in said


def test_every_figure_of_the_result_is_found_in_the_report():
    found = release(
        percent_framework(), percent_answers(40, 6, 3, 4, said=False), invited(40, 6, 4)
    )
    words = set(re.split(r"[\s;:]+", read(report(found)).text))
    assert {figure for figure in figures_of(found) if figure not in words} == set()


def figures_of(found: Release) -> Iterator[str]:
    """Percents, points, means, counts and completeness as they should be written."""
    whole = Result(found.answered, found.perceived, found.assessed)
    for result in (whole, *found.groups.values()):
        for part in parts_of(result.perceived):
            yield str(part.n)
            yield from shown_all(part.percent, part.completeness and 100 * part.completeness)
        for question in result.perceived.questions:
            if question.n:
                yield shown(question.mean or Fraction(0), 2)
                yield from shown_all(question.percent, question.favourable)
                yield from (str(count) for count in question.counts.values())
        for summed in (result.assessed.total, *result.assessed.categories):
            yield from shown_all(summed.points, summed.possible, summed.percent)
        for item in result.assessed.items:
            yield from shown_all(item.points, item.percent)
    for result in found.units.values():
        yield from shown_all(*(part.percent for part in parts_of(result.perceived)))


def parts_of(perceived: Perceived) -> Iterator[PartPerceived | Perceived]:
    yield perceived
    yield from perceived.categories
    yield from perceived.items


def shown_all(*values: Fraction | None) -> Iterator[str]:
    return (shown(value) for value in values if value is not None)


def test_forty_units_do_not_make_forty_tables():
    made = report(percent_release(80, 4, 2, 40))
    tables = [table for part in made.figures for table in part.tables if len(table.rows) >= 40]
    assert len(tables) <= 20


def test_comments_stand_without_the_names_of_those_who_wrote_them(full):
    assert not re.search(r"staff-\d+|leaders-\d+", gap_report_html(full))


def test_no_comment_is_lost():
    framework = percent_framework()
    given = comments(framework)
    text = "".join(read(report(release(framework, Answers((), given)))).words)
    assert all(comment.text in text for comment in given)


def test_of_more_comments_than_paper_can_hold_the_longest_are_left_out_and_counted():
    framework = percent_framework()
    long = [Comment("1.1-s1", "comment", "staff", None, f"{n} " + "a " * 4_500) for n in range(200)]
    short = Comment("1.1-s1", "comment", "staff", None, "A short word among long ones.")
    made = report(release(framework, Answers(people(framework, "staff", 9), (*long, short))))
    html = gap_report_html(made)
    assert len(html) < 1_200_000
    assert short.text in html
    assert any(
        line.startswith("People’s words: the 89 longest of 201 comments") for line in made.left_out
    )
