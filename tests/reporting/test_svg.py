"""The SVG writer: few nodes, short numbers, words that stay in their column and stay text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.reporting.lettering import ELLIPSIS, text_width, wrapped
from assessment.reporting.svg import Drawing, Look, Word, circle, hatching, number, rectangle

INK = Word("#000000", 10)
SVG = "{http://www.w3.org/2000/svg}"


def made(draw) -> ET.Element:
    """The parsed picture that *draw* makes."""
    drawing = Drawing(100, 50, "Inter")
    draw(drawing)
    return ET.fromstring(drawing.svg("What it shows"))  # noqa: S314 - our own


def test_shapes_of_one_look_become_one_path():
    def draw(drawing):
        for place in range(20):
            drawing.draw(Look("#123456"), rectangle(place, 0, 1, 1))

    assert len(made(draw).findall(f"{SVG}path")) == 1


def test_layers_are_painted_from_the_lowest_up():
    def draw(drawing):
        drawing.draw(Look("#000002", layer=2), circle(5, 5, 2))
        drawing.draw(Look("#000001", layer=1), circle(5, 5, 2))

    assert [path.get("fill") for path in made(draw).iter(f"{SVG}path")] == ["#000001", "#000002"]


def test_words_lie_on_top_of_all_shapes():
    def draw(drawing):
        drawing.say(INK, 0, 10, "first")
        drawing.draw(Look("#123456", layer=9), rectangle(0, 0, 9, 9))

    assert [child.tag for child in made(draw)] == [f"{SVG}title", f"{SVG}path", f"{SVG}text"]


def test_a_picture_says_in_words_what_it_shows():
    picture = made(lambda _: None)
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}title").text == "What it shows"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_stays_text(text):
    try:
        picture = made(lambda drawing: drawing.say(INK, 0, 10, text))
    except ET.ParseError:
        # XML cannot carry these at all; HTML, which is what the picture stands in, can.
        assert any(letter in "\ufffe\uffff" for letter in text)
    else:
        assert picture.find(f"{SVG}text").text == text


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</text></svg><b>", "&amp;"],
)
def test_markup_in_a_label_is_shown_and_not_obeyed(hostile):
    picture = made(lambda drawing: drawing.say(INK, 0, 10, hostile, whole=hostile + hostile))
    assert {element.tag for element in picture.iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "title", "g", "text")
    }
    assert picture.find(f"{SVG}g/{SVG}text").text == hostile


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (0.004, "0"), (-0.001, "0"), (2.5, "2.5"), (1 / 3, "0.33"), (-7.10, "-7.1")],
)
def test_numbers_are_short(value, text):
    assert number(value) == text


def test_a_line_that_ends_somewhere_is_placed_without_an_anchor():
    picture = made(lambda drawing: drawing.say(Word("#000000", 10, "end"), 50, 10, "forty"))
    start = float(picture.find(f"{SVG}text").get("x"))
    assert start == pytest.approx(50 - text_width("forty", 10), abs=0.01)


def test_the_place_of_letters_our_font_lacks_is_left_to_the_reader():
    picture = made(lambda drawing: drawing.say(Word("#000000", 10, "end"), 50, 10, "𐎀"))
    assert picture.find(f"{SVG}text").get("text-anchor") == "end"


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=300), st.integers(1, 4)
)
def test_a_wrapped_text_never_leaves_its_column(text, most):
    lines = wrapped(text, 10, 80, most)
    assert len(lines.lines) <= most
    assert lines.width <= 80


@given(st.lists(st.sampled_from(["leaders", "and", "communicate", "a", "well-being"]), max_size=40))
def test_wrapping_loses_no_word_without_saying_so(words):
    lines = wrapped(" ".join(words), 10, 90)
    if lines.is_cut:
        assert lines.lines[-1].endswith(ELLIPSIS)
    else:
        assert "".join(lines.lines).replace(" ", "") == "".join(words)


def test_a_word_longer_than_the_line_is_broken():
    assert len(wrapped("Donaudampfschifffahrtsgesellschaftskapitän", 10, 60).lines) == 3


def test_hatching_stays_in_its_field():
    numbers = [
        float(part) for part in hatching(10, 20, 30, 8).replace("L", " ").replace("M", " ").split()
    ]
    assert min(numbers[0::2]) >= 10
    assert max(numbers[0::2]) <= 40
    assert min(numbers[1::2]) >= 20
    assert max(numbers[1::2]) <= 28
