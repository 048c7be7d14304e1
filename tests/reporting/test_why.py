"""Why this number: every figure of a release has words, and leads down to counts and judgements."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.core.findings import Target, find_gaps
from assessment.core.trace import Input, Trace
from assessment.core.why import all_traces
from assessment.reporting.elements import Table
from assessment.reporting.pages.categories import item_page
from assessment.reporting.pages.disagreement import disagreement
from assessment.reporting.pages.gaps import all_gaps, hard_to_judge_part
from assessment.reporting.pages.participation import participation_part
from assessment.reporting.pages.perception import perception
from assessment.reporting.pages.standings import item_tables
from assessment.reporting.screen import category_grid, group_grids, item_grid
from assessment.reporting.source import Source
from assessment.reporting.why import every_trace, why
from tests.factories import make_framework, make_item, make_question, make_release, make_sheet
from tests.reporting.make_release import (
    ABOUT,
    conformity_framework,
    met_framework,
    other_release,
    percent_release,
    stage_framework,
    survey_framework,
)

COUNTED = re.compile(
    r".+ answered \d+|answers given, can't judge included|answers asked for where they apply"
    r"|(lowest|highest) answer|judgement \d+|.+ possible"
)
RELEASES = {
    "percent": percent_release,
    "met": lambda: other_release(met_framework()),
    "conformity": lambda: other_release(conformity_framework()),
    "stage": lambda: other_release(stage_framework()),
    "survey": lambda: other_release(survey_framework()),
}


def source_of(release):
    return Source(release, find_gaps(release, {}), None, ABOUT)


@pytest.fixture(params=RELEASES, scope="module")
def release(request):
    return RELEASES[request.param]()


def test_every_figure_of_a_release_is_explained_in_words(release):
    source, traces = source_of(release), all_traces(release)
    assert traces
    for place, trace in traces.items():
        found = why(source, traces, place)
        assert found is not None, place
        assert found.title != place, "a place is no title"
        assert found.rule.endswith(".")
        if not place.endswith(".level"):
            in_percent = 100 * trace.value if trace.rule == "ratio" else trace.value
            assert round(float(found.value), 2) == pytest.approx(float(in_percent), abs=0.5)
        assert len(found.parts) == len(trace.inputs)


def test_every_link_leads_to_a_page_that_says_the_same_figure(release):
    source, traces = source_of(release), all_traces(release)
    followed = 0
    for place in traces:
        for part in why(source, traces, place).parts:
            if part.place:
                followed += 1
                assert why(source, traces, part.place).value == part.value, (place, part)
    # Grades are never added up: they lead to the judgements themselves and nowhere else.
    assert followed or "assessed.total.possible" not in traces


def test_a_level_and_a_grade_are_read_by_their_words():
    for kind in ("met", "stage", "conformity"):
        release = RELEASES[kind]()
        traces = all_traces(release)
        levels = [place for place in traces if place.endswith(".level")]
        assert levels
        for place in levels:
            found = why(source_of(release), traces, place)
            assert not found.value.isdecimal(), found.value
            if traces[place].rule != "climbed":
                assert not any(part.value.isdecimal() for part in found.parts)


def test_where_the_links_end_stand_counts_and_judgements(release):
    source, traces = source_of(release), all_traces(release)
    ends = {
        part.of
        for place in traces
        for part in why(source, traces, place).parts
        if part.place is None
    }
    assert ends
    assert [end for end in ends if not COUNTED.fullmatch(end)] == []


def test_no_figure_leads_back_to_itself(release):
    source, traces = source_of(release), all_traces(release)

    def depth(place, above=()):
        assert place not in above
        below = [part.place for part in why(source, traces, place).parts if part.place]
        return 1 + max((depth(each, (*above, place)) for each in below), default=0)

    assert max(depth(place) for place in traces) >= 1


def test_what_was_left_out_is_said_with_its_reason():
    framework = make_framework(make_item("1.1", make_question("1.1-s1")))
    release = make_release(
        framework,
        make_sheet(framework, {"1.1-s1": 4}, name="a"),
        make_sheet(framework, {}, name="b"),
    )
    traces = all_traces(release)
    found = why(source_of(release), traces, "perceived.questions[1.1-s1].mean")
    assert "never counted as zero" in found.left_out[0][1]
    assert found.value == "4"


def test_a_place_that_is_not_there_has_no_explanation():
    release = percent_release()
    traces = all_traces(release)
    for place in ("", "perceived.", "perceived.items[9.9].percent", "<script>", "groups[].x"):
        assert why(source_of(release), traces, place) is None


def test_a_unit_with_brackets_in_its_name_is_explained():
    framework = make_framework(make_item("1.1", make_question("1.1-s1")))
    name = 'A]. "b" [c'
    sheets = [make_sheet(framework, {"1.1-s1": 4}, unit=name, name=str(n)) for n in range(6)]
    release = make_release(framework, *sheets)
    traces = all_traces(release)
    found = why(source_of(release), traces, f"units[{name}].perceived.items[1.1].percent")
    assert found is not None
    assert name in found.title.replace("\u00a0", " ")
    assert found.parts[0].place == f"units[{name}].perceived.questions[1.1-s1].percent"
    assert Fraction(75) == traces[found.parts[0].place].value


# What readers work out from a release: it has no trace of its own, and is explained all the same


def read_source():
    """A release with gaps, groups apart, judges apart, targets, and a cycle before it."""
    release = percent_release()
    aims = {gap.id: Target(gap.id, gap.present + 15, 3, 1, "We said so.", "2027-06-30")
            for gap in find_gaps(release, {})[:2]}  # fmt: skip
    about = replace(ABOUT, targets=aims)
    return Source(release, find_gaps(release, aims), before_of(release), about)


def before_of(release):
    """The same cycle a year ago, judged five percent lower."""
    own = release.assessed
    items = tuple(
        replace(each, percent=each.percent - 5, traces={**each.traces, "percent": lowered(each)})
        if each.percent
        else each
        for each in own.items
    )
    return replace(release, assessed=replace(own, items=items))


def lowered(each):
    return Trace("one judgement", (Input(each.id, each.percent - 5),))


def tables_of(source):
    parts = (perception, disagreement, all_gaps, hard_to_judge_part, participation_part)
    found = [part(source) for part in parts]
    blocks = [block for part in found if part for block in part.blocks]
    yield from (block for block in blocks if isinstance(block, Table))
    yield from item_tables(source)
    for item in source.judged:
        pages = item_page(source, item)
        if pages and pages.judged and pages.judged.table:
            yield pages.judged.table


def cells_of(source):
    """Every cell of every table that names an explanation, with the words that stand in it."""
    for table in tables_of(source):
        for row in table.rows:
            if row.whys:
                assert len(row.whys) == len(row.cells)
            yield from (pair for pair in zip(row.whys, row.cells, strict=False) if pair[0])
    grids = [category_grid(source), item_grid(source, source.framework.items)]
    for grid in [*grids, *group_grids(source)]:
        yield from ((cell.why, cell.text) for row in grid.lines for cell in row.cells if cell.why)


def number_in(words):
    """The first figure in words; None in words alone."""
    found = re.search(r"-?\d+(\.\d+)?", words.replace("\u2212", "-").replace(",", ""))
    return float(found[0]) if found else None


def test_every_figure_of_a_table_leads_to_the_same_figure_explained():
    source = read_source()
    traces, kinds = every_trace(source), set()
    for place, words in cells_of(source):
        found = why(source, traces, place)
        assert found is not None, place
        assert found.title != place
        assert found.rule.endswith(".")
        kinds.add(re.sub(r"\[.*\]", "", place))
        said, shown = number_in(words), number_in(found.value)
        if said is not None and shown is not None:
            assert shown == pytest.approx(said, abs=0.0501), (place, words, found.value)
        else:
            assert words in ("no", "not tested") or words.casefold() == found.value.casefold()
    expected = (
        "gaps.gap gaps.priority gaps.points_to_win targets.target disagreements.spread "
        "perception_gaps.points participation.rate changes.points "
        "previous.assessed.items.percent"
    )
    assert set(expected.split()) <= kinds


def test_what_a_derived_figure_rests_on_leads_down_to_counts():
    source = read_source()
    traces = every_trace(source)
    waiting, seen = {place for place, _ in cells_of(source)}, set()
    while waiting:
        place = waiting.pop()
        seen.add(place)
        found = why(source, traces, place)
        assert found is not None, place
        waiting |= {part.place for part in found.parts if part.place} - seen
    assert any(place.startswith("perceived.questions") for place in seen)
    assert any(place.startswith("previous.perceived.questions") for place in seen)


@pytest.mark.parametrize("kind", RELEASES)
def test_tables_of_every_kind_of_framework_explain_their_figures(kind):
    source = source_of(RELEASES[kind]())
    traces = every_trace(source)
    for place, _words in cells_of(source):
        assert why(source, traces, place) is not None, place


def test_a_derived_figure_that_is_not_there_has_no_explanation():
    source = source_of(percent_release())
    traces = every_trace(source)
    for place in (
        "gaps[9.9].gap", "gaps[].priority", "targets[9.9].target", "disagreements[9.9].spread",
        "participation[nobody].rate", "changes[whole total].points", "changes[item 9.9].points",
        "perception_gaps[nobody, item 1.1].points", "previous.perceived.percent",
        "groups[nobody].perceived.questions[1.1-s1].cannot_judge",
    ):  # fmt: skip
        assert why(source, traces, place) is None, place


def test_a_priority_says_what_it_was_multiplied_from():
    source = read_source()
    gap = next(each for each in source.gaps if each.is_chosen)
    found = why(source, every_trace(source), f"gaps[{gap.id}].priority")
    values = {part.of.split(",")[0]: part.value for part in found.parts}
    assert values["importance"] == "3"
    assert values["effort"] == "1"
    assert float(found.value) == 3 * int(values["class of the gap"])


def test_a_target_is_said_to_be_chosen_and_a_next_step_to_be_none():
    source = read_source()
    traces = every_trace(source)
    chosen, other = (
        next(each for each in source.gaps if each.is_chosen is wanted) for wanted in (True, False)
    )
    assert "leaders chose it" in why(source, traces, f"targets[{chosen.id}].target").rule
    assert "We said so." in why(source, traces, f"targets[{chosen.id}].target").parts[0].value
    assert "chose no target" in why(source, traces, f"targets[{other.id}].target").rule
