"""Charts that answer, in a real browser under our policy: silent, in their place, and back."""

from __future__ import annotations

import io

import pytest
from flask import Response, render_template_string
from PIL import Image
from playwright.sync_api import expect
from plotly import graph_objects as go

from assessment.reporting.charts import to_plotly, to_screen_svg
from assessment.reporting.tokens import tokens
from assessment.web.access import everyone
from assessment.web.security import CHART_POLICY, POLICY, draws_charts
from tests.browser import DESK, PHONE, axe_violations, picture, sideways
from tests.reporting.make_charts import all_charts

KINDS = ("radar", "profile", "dumbbell", "distribution", "heat map", "gaps", "ladder", "spread")
PAGE = """{% extends "base.html" %}
{% block title %}Charts{% endblock %}
{% block scripts %}<script type="module" src="{{ asset('charts.js') }}"></script>{% endblock %}
{% block content %}
<h1>Charts</h1>
{% for name, svg, json in charts %}
<figure data-chart data-explore="Explore this chart" data-picture="Show the picture"
 {% if not json %}data-figure="/try/figure.json"{% endif %}>
<div class="chart">{{ svg | safe }}</div>
{% if json %}<script type="application/json">{{ json | safe }}</script>{% endif %}
<figcaption>{{ name }}</figcaption>
</figure>
{% endfor %}
<p id="below">Below</p>
{% endblock %}"""
WATCH = """() => {
  window.shifted = 0;
  const add = (list) => list.getEntries().forEach((each) => { window.shifted += each.value });
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
}"""


PLAIN = go.Figure(go.Heatmap(z=[[1, 2, 3], [3, 2, 1]], showscale=True), {"title": "<b>Plain</b>"})
"""A heat map in one picture, with a colour bar: the library draws it by other styles than ours."""


def figure_json(chart):
    return to_plotly(chart).to_json().replace("<", "\\u003c")


@pytest.fixture
def live(installation, serve_live):
    charts = all_charts()

    def page():
        listed = [
            (name, to_screen_svg(charts[name], 640), figure_json(charts[name])) for name in KINDS
        ]
        picture = listed[0][1]
        listed.append(("plain heat map", picture, PLAIN.to_json()))
        listed.append(("by address", picture, ""))
        return render_template_string(PAGE, charts=listed)

    def figure():
        return Response(figure_json(charts["dumbbell"]), mimetype="application/json")

    app = installation.app
    app.add_url_rule("/try", "try", everyone(draws_charts(page)))
    app.add_url_rule("/try/figure.json", "figure", everyone(figure))
    return serve_live(app)


def box(page, number):
    found = page.locator("figure").nth(number).locator(".chart").bounding_box()
    return {name: round(size, 1) for name, size in found.items()}


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_every_kind_of_chart_is_drawn_in_its_place_without_a_word_on_the_console(
    live, open_window, size
):
    window = open_window(live, size)
    window.go("/try")
    page = window.page
    page.evaluate(WATCH)
    for number, name in enumerate([*KINDS, "plain heat map", "by address"]):
        whole = page.locator("figure").nth(number)
        whole.scroll_into_view_if_needed()
        before = box(page, number)
        whole.dispatch_event("pointerenter")
        expect(whole.locator(".chart.explored .main-svg").first).to_be_visible()
        assert box(page, number) == before, name
        drawn = whole.locator(".chart-ground .svg-container").bounding_box()
        assert round(drawn["height"]) == round(before["height"]), name
    assert page.evaluate("window.shifted") < 0.01, "a letter or two as the fonts come, no chart"
    assert sideways(page) == 0
    picture(page, f"charts-{size[0]}")
    assert window.unexpected() == []


def test_nothing_of_the_library_is_loaded_before_a_chart_is_touched(live, open_window):
    window = open_window(live)
    loaded = []
    window.page.on("request", lambda request: loaded.append(request.url))
    window.go("/try")
    window.page.wait_for_load_state("networkidle")
    assert [url for url in loaded if "plotly" in url] == []
    window.page.locator("figure").first.hover()
    expect(window.page.locator(".explored")).to_have_count(1)
    assert len([url for url in loaded if "plotly" in url]) == 2


def test_the_keyboard_opens_a_chart_and_goes_back_to_the_picture(live, open_window):
    window = open_window(live)
    window.go("/try")
    page = window.page
    whole = page.locator("figure").first
    button = whole.get_by_role("button")
    assert button.inner_text() == "Explore this chart"
    button.focus()
    expect(button).to_have_text("Show the picture")
    page.keyboard.press("Enter")
    expect(button).to_have_text("Explore this chart")
    expect(whole.locator("svg[role=img]")).to_be_visible()
    assert page.locator(".js-plotly-plot").count() == 0
    page.keyboard.press("Enter")
    expect(button).to_have_text("Show the picture")
    assert axe_violations(page) == []


def test_cells_of_a_heat_map_have_edges(live, open_window):
    window = open_window(live)
    window.go("/try")
    whole = window.page.locator("figure").nth(len(KINDS))
    whole.scroll_into_view_if_needed()
    whole.hover()
    image = whole.locator(".heatmaplayer image")
    expect(image).to_have_count(1)
    assert image.evaluate("each => getComputedStyle(each).imageRendering") == "pixelated"
    drawn = Image.open(io.BytesIO(whole.locator(".chart").screenshot())).convert("RGB")
    counts = sorted((count for count, _ in drawn.getcolors(1 << 24)), reverse=True)
    assert sum(counts[:4]) > 0.8 * sum(counts), "a colour a step, no gradient between them"


def painted(page):
    """The colours a chart is painted in: what can be seen of either drawing."""
    return page.locator("figure").first.evaluate(
        """whole => {
          const marks = whole.querySelectorAll(".chart > svg path, .chart > svg text,"
            + " .main-svg path, .main-svg text");
          const seen = [...marks].flatMap((each) => {
            const style = getComputedStyle(each);
            return [style.fill, style.stroke];
          });
          return [...new Set(seen)].filter((each) => each.startsWith("rgb("));
        }"""
    )


def rgb(colour):
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_charts_are_painted_in_the_colours_of_the_theme_and_follow_it(live, open_window):
    window = open_window(live, color_scheme="dark")
    window.go("/try")
    page = window.page
    light, dark = (getattr(tokens(), mode) for mode in ("light", "dark"))
    only_light = {rgb(getattr(light, name)) for name in ("ink", "present", "muted", "hairline")}
    only_dark = {rgb(getattr(dark, name)) for name in ("ink", "present", "muted", "hairline")}
    assert only_dark <= set(painted(page))
    assert not only_light & set(painted(page))
    page.locator("figure").first.hover()
    expect(page.locator(".explored")).to_have_count(1)
    assert rgb(dark.present) in painted(page)
    assert not only_light & set(painted(page))
    page.emulate_media(color_scheme="light")
    expect(page.locator(".explored")).to_have_count(1)
    page.wait_for_function(
        """colour => [...document.querySelectorAll(".main-svg path")].some(
          (each) => getComputedStyle(each).fill === colour)""",
        arg=rgb(light.present),
    )
    assert not only_dark & set(painted(page))
    assert window.unexpected() == []


def test_a_figure_that_cannot_be_loaded_leaves_the_picture(live, open_window):
    window = open_window(live)
    window.page.route("**/figure.json", lambda route: route.fulfill(status=404))
    window.go("/try")
    window.expect_refusal()
    whole = window.page.locator("figure").last
    whole.scroll_into_view_if_needed()
    with window.page.expect_response("**/figure.json"):
        whole.hover()
    expect(whole.locator("svg[role=img]")).to_be_visible()
    assert whole.get_by_role("button").inner_text() == "Explore this chart"


def test_only_pages_with_charts_allow_the_styles_of_the_library(installation, live):
    client = installation.client()
    assert client.get("/try").headers["Content-Security-Policy"] == CHART_POLICY
    assert client.get("/sign-in").headers["Content-Security-Policy"] == POLICY
    assert CHART_POLICY.startswith(POLICY)
    assert "'unsafe-inline'" not in CHART_POLICY
