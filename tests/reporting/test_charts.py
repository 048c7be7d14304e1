"""Charts: the same figures on paper and on screen, nothing clipped, a zero only for a zero."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from assessment.reporting.charts import parts, to_plotly, to_screen_svg, to_svg
from assessment.reporting.lettering import text_width, wrapped
from assessment.reporting.marks import GapRanking, HeatMap, Profile
from assessment.reporting.tokens import tokens
from tests.reporting.make_charts import (
    LONG,
    PERCENT,
    all_charts,
    make_distribution,
    make_dumbbell,
    make_gaps,
    make_heat_map,
    make_ladder,
    make_profile,
    make_sparkline,
    make_spread,
)

SVG = "{http://www.w3.org/2000/svg}"
LIGHT = tokens().light
EACH = pytest.mark.parametrize("kind", list(all_charts()))
HOSTILE = '</title><script>alert("1")</script><a href="javascript:x">'


def picture(chart, width: float = 640) -> ET.Element:
    return ET.fromstring(to_svg(chart, width))  # noqa: S314 - our own


def words(chart, width: float = 640) -> list[str]:
    return [text.text or "" for text in picture(chart, width).iter(f"{SVG}text")]


def paths(chart, **look: str) -> str:
    """All shapes with these attributes."""
    return "".join(
        path.get("d", "")
        for path in picture(chart).iter(f"{SVG}path")
        if all(path.get(name.replace("_", "-")) == value for name, value in look.items())
    )


def starts(path: str) -> list[float]:
    """The x at which each part of *path* begins."""
    return [float(x) for x in re.findall(r"M(-?[\d.]+) ", path)]


def traces(chart, kind: str) -> dict[str, list[float]]:
    """The figures of each named trace of the screen's figure."""
    data = to_plotly(chart).to_plotly_json()["data"]
    return {each["name"]: list(each[kind]) for each in data if each.get("name")}


@EACH
def test_every_chart_says_in_words_what_it_shows(kind):
    chart = replace(all_charts()[kind], alt="Five of six are below target.")
    assert picture(chart).find(f"{SVG}title").text == "Five of six are below target."


@EACH
def test_the_same_chart_is_the_same_text(kind):
    assert to_svg(all_charts()[kind], 640) == to_svg(all_charts()[kind], 640)


@EACH
def test_no_chart_has_an_id_so_that_a_page_may_hold_many(kind):
    assert not any("id" in element.attrib for element in picture(all_charts()[kind]).iter())


@EACH
def test_markup_in_a_label_stays_text_on_paper(kind):
    tags = {element.tag for element in picture(all_charts(HOSTILE)[kind]).iter()}
    assert tags <= {f"{SVG}{tag}" for tag in ("svg", "title", "path", "text", "g")}


@EACH
def test_markup_in_a_label_stays_text_on_screen(kind):
    figure = to_plotly(all_charts(HOSTILE)[kind]).to_json()
    assert "<script" not in figure
    assert "<a " not in figure


@EACH
@pytest.mark.parametrize("width", [320, 640])
def test_no_label_is_clipped_even_at_120_letters(kind, width):
    chart = all_charts(LONG)[kind]
    drawn = picture(chart, width)
    right, bottom = float(drawn.get("width", 0)), float(drawn.get("height", 0))
    for text in drawn.iter(f"{SVG}text"):
        if "transform" in text.attrib:
            continue
        size, is_bold = float(text.get("font-size", 0)), text.get("font-weight") == "600"
        end = float(text.get("x", 0)) + text_width(text.text or "", size, bold=is_bold)
        assert float(text.get("x", 0)) >= -0.01
        assert end <= right + 0.01, text.text
        assert size * 0.7 <= float(text.get("y", 0)) <= bottom - size * 0.1, text.text


@EACH
def test_what_an_ellipsis_stands_for_can_be_found(kind):
    drawn = picture(all_charts(LONG)[kind], 300)
    for group in drawn.iter(f"{SVG}g"):
        assert group.find(f"{SVG}title").text == LONG


@EACH
def test_words_never_lie_on_each_other(kind):
    boxes = []
    for text in picture(all_charts(LONG)[kind]).iter(f"{SVG}text"):
        if "transform" in text.attrib:
            continue
        size, is_bold = float(text.get("font-size", 0)), text.get("font-weight") == "600"
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        width = text_width(text.text or "", size, bold=is_bold)
        boxes.append((x, x + width, y - size * 0.7, y, text.text))
    for place, (left, right, top, bottom, one) in enumerate(boxes):
        for start, end, above, below, other in boxes[place + 1 :]:
            is_apart = right <= start or end <= left or bottom <= above or below <= top
            assert is_apart, (one, other)


def test_the_present_dots_of_a_profile_stand_at_its_figures():
    chart = make_profile(12)
    radius = tokens().chart.mark
    dots = [x + radius for x in starts(paths(chart, fill=LIGHT.present))[1:]]
    values = [float(row.present) for row in chart.rows]
    zero = (dots[0] * values[1] - dots[1] * values[0]) / (values[1] - values[0])
    scale = (dots[1] - dots[0]) / (values[1] - values[0])
    assert [(x - zero) / scale for x in dots] == pytest.approx(values, abs=0.02)


def test_a_profile_has_the_same_figures_on_screen():
    chart = make_profile(12)
    shown = traces(chart, "x")
    assert shown["present"] == [float(row.present) for row in chart.rows]
    assert shown["target"] == [float(row.target) for row in chart.rows]
    assert shown["last cycle"] == [float(row.previous) for row in chart.rows]
    assert shown["as perceived"] == [float(row.perceived) for row in chart.rows]
    assert [str(row.present) for row in chart.rows if str(row.present) not in words(chart)] == []


def test_a_radar_has_the_same_figures_on_screen():
    chart = make_profile(6)
    figures = [float(row.present) for row in chart.rows]
    assert traces(chart, "r")["present"] == [*figures, figures[0]]
    assert {f"{row.present}\N{NO-BREAK SPACE}%" for row in chart.rows} <= set(words(chart))


def test_groups_have_the_same_figures_on_screen():
    shown = traces(make_dumbbell(), "x")
    assert shown == {"staff": [41, 50, 22], "leaders": [63, 50]}
    assert {"41", "63", "50", "22"} <= set(words(make_dumbbell()))


def test_gaps_have_the_same_figures_on_screen():
    shown = traces(make_gaps(), "x")
    assert shown["present"] == [30, 45, 0]
    assert shown["target"] == [60, 100]
    assert shown["next step, no target chosen"] == [50]
    assert shown["last cycle"] == [25, 0]
    assert "+30 points" in words(make_gaps())


def test_judgements_have_the_same_figures_on_screen():
    shown = traces(make_spread(), "x")
    assert shown["one judgement"] == [40, 45, 50, 20, 60, 60]
    assert shown["agreed"] == [45]
    assert {"45", "open", "–"} <= set(words(make_spread()))


def test_a_measure_has_the_same_figures_on_screen():
    chart = make_sparkline()
    shown = traces(chart, "y")
    assert shown == {"value": [12.9, 11.2, 9.5], "target": [10], "comparison": [8, 8]}
    assert words(chart) == ["9.5", "2025", "12.9", "2023"]


def test_the_dots_of_a_measure_stand_at_its_figures_and_days():
    chart = make_sparkline(values=("10", "20", "15"))
    way = paths(chart, fill="none", stroke=LIGHT.present)
    (x0, y0), (x1, y1), (x2, y2) = (
        tuple(map(float, point.split())) for point in way.removeprefix("M").split("L")
    )
    assert (y0 - y2) / (y0 - y1) == pytest.approx(0.5, abs=0.01)
    assert (x1 - x0) / (x2 - x0) == pytest.approx(366 / 731, abs=0.01)
    assert paths(chart, stroke=LIGHT.target)
    assert paths(chart, stroke=LIGHT.previous)


def test_a_measure_with_one_value_or_none_is_still_a_chart():
    assert words(make_sparkline(values=("7",))) == ["7", "2023"]
    assert words(make_sparkline(values=())) == ["Nothing to show: no figures yet."]
    assert words(make_sparkline(values=("7", "7"))) == ["7", "2024", "7", "2023"]
    for values in ((), ("7",)):
        to_plotly(make_sparkline(values=values))


@EACH
def test_a_chart_on_screen_takes_every_colour_from_the_page(kind):
    drawn = to_screen_svg(all_charts()[kind], 640)
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}", drawn)) == set()
    assert "var(--" in drawn


def test_answers_add_up_to_a_hundred_on_screen_as_on_paper():
    shown = traces(make_distribution(), "x")
    bars = zip(*shown.values(), strict=True)
    sums = [sum(share or 0 for share in bar) for bar in bars]
    assert sums == pytest.approx([100, 100, 0, 100])
    assert {"65\N{NO-BREAK SPACE}%", "100\N{NO-BREAK SPACE}%", "–"} <= set(
        words(make_distribution())
    )


def test_units_have_the_same_figures_and_colours_on_screen():
    heat = to_plotly(make_heat_map()).to_plotly_json()
    shown = [note["text"] for note in heat["layout"]["annotations"]]
    assert shown == ["0", "–", "n/a", "80", "80", "n/a", "–", "0"]
    assert [text for text in words(make_heat_map()) if text in set(shown)] == shown
    assert heat["data"][0]["z"][0][0] == 0
    assert heat["data"][0]["z"][0][4] == 6


def test_the_reached_band_is_filled_and_its_points_are_said():
    reached = to_plotly(make_ladder()).to_plotly_json()["data"][0]["marker"]["color"]
    assert [place for place, colour in enumerate(reached, 1) if colour == LIGHT.present] == [2]
    assert "231 points" in words(make_ladder())
    assert paths(make_ladder(), fill=LIGHT.present)


def test_without_a_band_no_rung_is_filled():
    assert not paths(make_ladder(reached=None), fill=LIGHT.present)


def test_up_to_nine_categories_are_a_radar_and_more_are_rows():
    kinds = {
        count: to_plotly(make_profile(count)).to_plotly_json()["data"][0]["type"]
        for count in (2, 3, 9, 10)
    }
    assert kinds == {2: "scatter", 3: "scatterpolar", 9: "scatterpolar", 10: "scatter"}


def test_withheld_is_hatched_and_not_scored_is_a_dash_and_zero_is_a_zero():
    chart = make_profile(12, ("withheld", "not scored", "scored"), values=(0,))
    assert "withheld" in words(chart)
    assert "–" in words(chart)
    assert words(chart).count("0") > 1
    assert paths(chart, stroke=LIGHT.hatch)
    assert not paths(make_profile(12, ("not scored",)), stroke=LIGHT.hatch, stroke_width="0.7")


def test_who_cannot_judge_has_a_dotted_outline():
    dotted = paths(make_distribution(), stroke_dasharray="1.5 1.5")
    assert len(starts(dotted)) == 3  # one in the key, two in the rows that have any


def test_a_chart_of_nothing_says_so():
    for chart in (Profile("", PERCENT, ()), GapRanking("", PERCENT, ()), HeatMap("", (), ())):
        assert words(chart) == ["Nothing to show: no figures yet."]
        to_plotly(chart)


def test_marks_of_two_groups_on_one_spot_are_both_seen():
    circles, squares = (
        re.findall(r"M[\d.]+ ([\d.]+)", paths(make_dumbbell(), fill=colour))
        for colour in (LIGHT.present, LIGHT.second)
    )
    assert len(set(circles[1:])) == 3
    assert not set(circles) & set(squares)


def test_a_long_chart_is_cut_into_parts_that_fit_a_page():
    chart = make_profile(40, label=LONG)
    cut = [part for part in parts(chart, 640, 900) if isinstance(part, Profile)]
    assert [row for part in cut for row in part.rows] == list(chart.rows)
    assert max(float(picture(part).get("height", 0)) for part in cut) <= 900
    assert cut[0].alt == f"Profile (part 1 of {len(cut)})"


def test_a_chart_that_fits_is_left_alone():
    assert parts(make_profile(12), 640, 900) == (make_profile(12),)


def test_values_beyond_the_scale_stay_on_the_paper():
    chart = make_profile(12, values=(0, 100))
    assert max(starts(paths(chart, fill=LIGHT.present))) < 640
    assert Fraction(100) in {row.target for row in chart.rows}


@pytest.mark.parametrize("kind", ["profile", "dumbbell", "gaps", "spread"])
def test_figures_of_a_scale_stand_apart_even_on_a_phone(kind):
    svg = to_screen_svg(all_charts("A rather long name of a thing")[kind], 330)
    said = [
        (float(text.get("x", "0")), float(text.get("y", "0")), text.text or "")
        for text in ET.fromstring(svg).iter(f"{SVG}text")  # noqa: S314 - our own
    ]
    lowest = max(y for _, y, _ in said)
    ticks = sorted((x, text) for x, y, text in said if y == lowest)
    assert len(ticks) >= 2
    size = tokens().chart.small
    for (x, text), (following, _) in pairwise(ticks):
        assert x + text_width(text, size) + 2 <= following


def test_no_word_of_a_radar_is_broken_on_a_phone():
    chart = make_profile()
    svg = to_screen_svg(chart, 330)
    said = {text.text for text in ET.fromstring(svg).iter(f"{SVG}text")}  # noqa: S314 - our own
    for word in {word for row in chart.rows for word in row.label.split()}:
        assert any(word in (line or "").split() for line in said), word


def test_a_label_that_is_cut_ends_with_a_whole_word():
    lines = wrapped("Measurement, analysis, and improvement of organisational performance", 10, 90)
    assert lines.is_cut
    whole = ("Measurement", "analysis", "and", "improvement", "of", "organisational")
    assert lines.lines[-1].removesuffix("…").split()[-1] in whole


def test_on_a_phone_labels_stand_above_their_marks_and_leave_them_room():
    narrow, wide = (ET.fromstring(to_screen_svg(make_gaps(), width)) for width in (330, 720))  # noqa: S314
    assert float(narrow.get("height", "0")) > float(wide.get("height", "0"))
    chart = make_gaps()
    assert all(
        any((text.text or "") == row.label for text in narrow.iter(f"{SVG}text"))
        for row in chart.rows
        if text_width(row.label, 14) < 330
    )
