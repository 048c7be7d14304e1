"""Results in a real browser: accessible, in bounds, silent; charts that open and close again."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect

from assessment.services.demo_installation import seed
from assessment.services.demo_people import persona, rounds
from assessment.services.sessions import sign_in_link
from assessment.store.engine import open_engine, open_sessions
from assessment.web import create_app
from assessment.web.settings import Settings
from tests.browser import DESK, NARROW, PHONE, look_over, sideways
from tests.databases import DATABASE, fresh_database
from tests.web.installation import KEY, MORNING, TEMPLATES, Clock

PAGES = {
    "results-overview": "",
    "results-category": "/categories/4",
    "results-item": "/items/1.1",
    "results-measured": "/items/7.1",
    "results-units": "/units",
    "results-participation": "/participation",
    "results-groups": "/groups",
    "results-judges": "/judges",
    "results-hard": "/hard",
    "results-gaps": "/gaps",
    "results-why": "/why?of=perceived.questions[1.1-s1].mean",
    "results-targets": "/targets",
    "results-target": "/targets/1.1",
    "results-words": "/words",
    "results-quotes": "/quotes",
}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """A folder with the database of the demo's organisation, to be copied."""
    folder = tmp_path_factory.mktemp("seeded") / "told"
    folder.mkdir()
    with fresh_database("sqlite", folder) as url:
        engine = open_engine(url)
        with open_sessions(engine)() as session, session.begin():
            seed(session, folder / "files", MORNING)
        engine.dispose()
    return folder


@pytest.fixture
def demo(seeded, tmp_path, serve_live):
    """The demo's organisation, served; and the one-time link of its leader, and its results."""
    folder = shutil.copytree(seeded, tmp_path / "told")
    engine = open_engine(f"sqlite:///{folder / DATABASE}")
    sessions = open_sessions(engine)
    with sessions() as session, session.begin():
        results = f"/cycles/{rounds(session).closed.id}/results"
        link = sign_in_link(session, persona(session, "leader"), MORNING)
    settings = Settings(KEY, str(engine.url), folder)
    app = create_app(settings, engine, Clock())
    app.jinja_env.bytecode_cache = TEMPLATES
    yield serve_live(app), link, results
    engine.dispose()


@pytest.fixture
def enter(demo, open_window):
    """A window in which the leader is signed in, and where the results are."""

    def open_and_enter(size=DESK, **options):
        live, link, results = demo
        window = open_window(live, size, **options)
        if options.get("java_script_enabled", True):
            window.go(f"/sign-in#{link}")
        else:
            window.go("/sign-in")
            window.page.get_by_label("Your link, or its code").fill(link)
        window.page.get_by_role("button", name="Sign in").click()
        window.page.wait_for_url(f"{window.url}/")
        return window, results

    return open_and_enter


def test_every_page_of_results_is_accessible_and_stays_in_its_bounds(enter):
    window, results = enter()
    found = look_over(window, "results-home")
    window.go(results.removesuffix("/results"))
    found += look_over(window, "results-cycle")
    for name, path in PAGES.items():
        window.go(results + path)
        found += look_over(window, name)
    assert found == []


def test_a_window_enlarged_four_times_is_read_without_going_sideways(enter):
    # 1280 pixels at 400 % are 320 of the page's own.
    window, results = enter(NARROW)
    for path in PAGES.values():
        window.go(results + path)
        assert sideways(window.page) == 0, path


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_chart_opens_at_a_touch_and_gives_way_to_its_picture_again(enter, size):
    window, results = enter(size)
    for path in ("", "/groups", "/items/1.1", "/categories/4"):
        window.go(results + path)
        whole = window.page.locator("figure[data-chart]").first
        place = whole.locator(".chart")
        before = place.bounding_box()
        whole.dispatch_event("pointerenter")
        expect(whole.locator(".chart.explored .main-svg").first).to_be_visible()
        ground = whole.get_by_role("group")
        assert ground.get_attribute("aria-label")
        button = whole.get_by_role("button")
        expect(button).to_have_text("Show the picture")
        after = place.bounding_box()
        assert [round(after[side]) for side in ("width", "height")] == [
            round(before[side]) for side in ("width", "height")
        ]
        button.click()
        expect(place.locator("svg:visible").first).to_be_visible()
        expect(whole.locator(".chart.explored")).to_have_count(0)


def test_a_wide_table_is_moved_by_the_keyboard_and_the_focus_is_seen(enter):
    window, results = enter(PHONE)
    window.go(results)
    page = window.page
    table = page.get_by_role("group", name="Categories, assessed and perceived")
    table.focus()
    # The focus of a keyboard: the ring is drawn.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert table.evaluate("each => each === document.activeElement")
    assert table.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("each => each.scrollLeft > 0", arg=table.element_handle())
    head = table.locator("tbody th").first.bounding_box()
    assert head["x"] >= 0, "the head of a row stays in sight"


def test_a_figure_is_followed_down_to_the_counts_with_the_keyboard_alone(enter):
    window, results = enter()
    window.go(f"{results}/items/1.1")
    page = window.page
    page.get_by_role("link", name="66.7 (why this number)").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.1 Senior Leadership")
    for link in ("1.1-s1 percent", "1.1-s1 mean"):
        page.get_by_role("link", name=link).focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="1.1-s1 answered 5")).to_be_visible()


def test_without_script_a_unit_is_chosen_and_a_target_set(enter):
    window, results = enter(PHONE, java_script_enabled=False)
    page = window.page
    window.go(results)
    assert page.locator(".chart svg:visible").count() > 0
    page.get_by_label("Results of").select_option("Wastewater")
    page.get_by_role("button", name="Show").click()
    assert "unit=" in page.url
    window.go(f"{results}/targets/1.2")
    page.get_by_label("Where it should be").fill("lots")
    page.get_by_role("button", name="Save").click()
    window.expect_refusal()
    assert page.get_by_label("Where it should be").input_value() == "lots"
    page.get_by_label("Where it should be").fill("70")
    page.get_by_role("button", name="Save").click()
    assert page.url.endswith("/targets#at-1.2")


def test_results_on_paper_are_light_whole_and_without_what_one_can_only_press(enter):
    window, results = enter(color_scheme="dark")
    window.go(results)
    window.page.emulate_media(media="print", color_scheme="dark")
    assert window.page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 36, 48)"
    assert not window.page.locator(".part-chosen").is_visible()
    assert window.page.locator(".chart svg:visible").count() > 0


def box_of(mark):
    return mark.evaluate("""each => {
      const { x, width } = each.getBoundingClientRect();
      return { x, width };
    }""")


def test_an_explored_chart_on_a_phone_keeps_its_labels_whole_and_its_rows_wide(enter):
    window, results = enter(PHONE)
    for path in ("/groups", "/items/1.1"):
        window.go(results + path)
        whole = window.page.locator("figure[data-chart]").first
        whole.dispatch_event("pointerenter")
        expect(whole.locator(".chart.explored .main-svg").first).to_be_visible()
        ground = whole.locator(".chart-ground").bounding_box()
        texts = whole.locator(".chart-ground text").filter(visible=True).all()
        boxes = [box_of(each) for each in texts]
        assert min(box["x"] for box in boxes) >= ground["x"] - 1, path
        assert max(box["x"] + box["width"] for box in boxes) <= window.page.viewport_size["width"]
        ticks = [box["x"] for box in map(box_of, whole.locator(".xtick text").all())]
        assert max(ticks) - min(ticks) > ground["width"] / 2, path


def test_a_finger_that_moves_the_page_opens_no_chart(enter):
    window, results = enter(PHONE)
    window.go(f"{results}/groups")
    whole = window.page.locator("figure[data-chart]").first
    for kind in ("pointerenter", "pointerdown"):
        whole.dispatch_event(kind, {"pointerType": "touch"})
    expect(whole.get_by_role("button")).to_have_text("Explore this chart")
    assert whole.locator(".chart-ground").count() == 0
    whole.locator(".chart").click()
    expect(whole.get_by_role("button")).to_have_text("Show the picture")


def test_the_caption_of_a_wide_table_is_read_without_moving_it(enter):
    window, results = enter(PHONE)
    window.go(f"{results}/judges")
    for caption in window.page.locator(".results caption").all():
        box = caption.bounding_box()
        assert box["x"] + box["width"] <= PHONE[0]
