"""Words of a chart laid out as words.

WeasyPrint 70 lays out each letter of an SVG text on its own. That doubles what a chart costs and
breaks every script whose letters join, combine or run from the right. Here a plain line of text
goes through Pango in one piece; a text with places for single letters is left to WeasyPrint.
"""

from __future__ import annotations

from math import inf
from typing import Any, TypeAlias

import weasyprint
from weasyprint import svg
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_emojis, draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.svg.bounding_box import extend_bounding_box
from weasyprint.svg.text import Style, TextBox
from weasyprint.svg.text import text as draw_letters
from weasyprint.svg.utils import size
from weasyprint.text.line_break import split_first_line

Picture: TypeAlias = Any
Node: TypeAlias = Any
"""WeasyPrint has no types."""

WRITTEN_FOR = "70."
LETTER_BY_LETTER = {"dx", "dy", "letter-spacing", "lengthAdjust", "rotate", "textLength"}
WEIGHTS = {"normal": 400, "bold": 700}


def draw_words_whole() -> None:
    """Take the place of WeasyPrint's own function, in the version this was written for."""
    if weasyprint.__version__.startswith(WRITTEN_FOR):
        svg.text = draw_words
        for tag, draw in svg.TAGS.items():
            if draw is draw_letters:
                svg.TAGS[tag] = draw_words


def draw_words(picture: Picture, node: Node, font_size: float) -> None:
    """Draw the text of *node* at its one place."""
    if not _is_plain(node):
        draw_letters(picture, node, font_size)
        return
    style = _style(picture, node, font_size)
    layout, _, _, width, height, baseline = split_first_line(
        node.text, style, picture.context, inf, 0
    )
    x = size(node.get("x", 0), font_size, picture.inner_width)
    y = size(node.get("y", 0), font_size, picture.inner_height)
    corners = (x, y - baseline), (x + width, y - baseline + height)
    node.text_bounding_box = extend_bounding_box(node.text_bounding_box, corners)
    picture.stream.push_state()
    fill, stroke = picture.set_graphical_state(node, font_size)
    picture.stream.begin_text()
    layout.reactivate(style)
    picture.fill_stroke(fill, stroke, text=True)
    box = TextBox(layout, style)
    box.baseline = baseline
    emojis = draw_first_line(picture.stream, box, "none", "none", Matrix(d=-1, e=x, f=y))
    picture.stream.end_text()
    picture.stream.pop_state()
    draw_emojis(picture.stream, style, x, y, emojis)


def _is_plain(node: Node) -> bool:
    """Whether *node* is a line of text that stands where x and y say, all of it."""
    places = f"{node.get('x', '')}{node.get('y', '')}"
    return (
        node.tag == "text"
        and bool(node.text)
        and not list(node)
        and not LETTER_BY_LETTER & set(node.attrib)
        and not any(sign in places.strip() for sign in " ,")
    )


def _style(picture: Picture, node: Node, font_size: float) -> Style:
    style = Style()
    style.update(INITIAL_VALUES)
    style.font_config = picture.font_config
    weight = str(node.get("font-weight", 400))
    families = node.get("font-family", "sans-serif").split(",")
    style["font_family"] = [family.strip("\"' ") for family in families]
    style["font_style"] = node.get("font-style", "normal")
    style["font_weight"] = WEIGHTS.get(weight) or (int(weight) if weight.isdigit() else 400)
    style["font_size"] = font_size
    return style
