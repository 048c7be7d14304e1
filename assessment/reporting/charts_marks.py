"""The marks that never change meaning, and how charts are lettered.

Present is a filled dot, target a hollow diamond, last cycle a small grey dot; staff a circle,
leaders a square, assessors a triangle. Marks on one spot fit around each other: none hides another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeAlias

from assessment.reporting.lettering import text_width
from assessment.reporting.svg import (
    Drawing,
    Look,
    Word,
    across,
    circle,
    cross,
    diamond,
    down,
    hatching,
    rectangle,
    square,
    triangle,
)
from assessment.reporting.tokens import ChartSizes, Palette, Tokens


@dataclass(frozen=True, slots=True)
class Style:
    """How charts look: the colours of one mode, sizes, the family of the text."""

    colours: Palette
    sizes: ChartSizes
    font: str


def paper_style(tokens: Tokens) -> Style:
    return Style(tokens.light, tokens.chart, ",".join([*tokens.fonts["text"], "sans-serif"]))


def screen_style(tokens: Tokens) -> Style:
    """Colours by the names the page's style sheet gives them, and letters as large as its own."""
    names = {
        field.name: f"var(--{field.name.replace('_', '-')})"
        for field in fields(Palette)
        if field.name not in {"scale", "on_scale"}
    }
    steps = range(len(tokens.light.scale))
    colours = replace(
        tokens.light,
        **names,
        scale=tuple(f"var(--scale-{step})" for step in steps),
        on_scale=tuple(f"var(--on-scale-{step})" for step in steps),
    )
    sizes = ChartSizes(text=14, small=12.5, line=18, row=30, mark=5, stroke=1.8)
    return Style(colours, sizes, "inherit")


def label(style: Style, anchor: str = "start") -> Word:
    """What a row or an axis is called."""
    return Word(style.colours.ink, style.sizes.text, anchor)


def figure(style: Style, anchor: str = "end") -> Word:
    """The number that counts."""
    return Word(style.colours.ink, style.sizes.text, anchor, bold=True)


def aside(style: Style, anchor: str = "start") -> Word:
    """What explains: ticks, heads of columns, words of the key."""
    return Word(style.colours.muted, style.sizes.small, anchor)


def baseline(middle: float, size: float) -> float:
    """Where letters of *size* stand so that figures look centred on *middle*."""
    return middle + 0.365 * size


Mark: TypeAlias = Callable[[Drawing, Style, float, float], None]


def present(drawing: Drawing, style: Style, x: float, y: float) -> None:
    drawing.draw(Look(fill=style.colours.present, layer=3), circle(x, y, style.sizes.mark))


def target(drawing: Drawing, style: Style, x: float, y: float) -> None:
    look = Look(style.colours.paper, style.colours.target, style.sizes.stroke, layer=2)
    drawing.draw(look, diamond(x, y, style.sizes.mark + 2))


def assumed(drawing: Drawing, style: Style, x: float, y: float) -> None:
    """A target that nobody chose: the next step of the scale."""
    look = Look(style.colours.paper, style.colours.target, 1.1, dash="2 1.6", layer=2)
    drawing.draw(look, diamond(x, y, style.sizes.mark + 1.6))


def previous(drawing: Drawing, style: Style, x: float, y: float) -> None:
    look = Look(style.colours.previous, style.colours.paper, 0.8, layer=5)
    drawing.draw(look, circle(x, y, style.sizes.mark * 0.68))


def reference(drawing: Drawing, style: Style, x: float, y: float) -> None:
    """What others reached: a stroke that leaves every other mark to be seen."""
    look = Look(stroke=style.colours.ink, width=style.sizes.stroke, layer=2)
    drawing.draw(look, down(x, y - style.sizes.mark - 3, y + style.sizes.mark + 3))


def perceived(drawing: Drawing, style: Style, x: float, y: float) -> None:
    look = Look(style.colours.paper, style.colours.present, 1.3, layer=4)
    drawing.draw(look, circle(x, y, style.sizes.mark * 0.8))


def withheld(drawing: Drawing, style: Style, x: float, y: float) -> None:
    hatched(drawing, style, x - 5, y - 4, 10, 8)


def hatched(
    drawing: Drawing, style: Style, x: float, y: float, width: float, height: float
) -> None:
    """A field whose figure is kept back."""
    lines = Look(stroke=style.colours.hatch, width=0.7)
    drawing.draw(lines, hatching(x, y, width, height) + rectangle(x, y, width, height))


def dotted(drawing: Drawing, style: Style, x: float, y: float, width: float, height: float) -> None:
    """Answers that say "can't judge"."""
    look = Look(stroke=style.colours.muted, width=1, dash="1.5 1.5")
    drawing.draw(look, rectangle(x, y, width, height))


def unknown(drawing: Drawing, style: Style, x: float, y: float) -> None:
    dotted(drawing, style, x - 4, y - 4, 9, 8)


def swatch(step: int) -> Mark:
    """A field in the colour that *step* has on the difference scale."""

    def draw(drawing: Drawing, style: Style, x: float, y: float) -> None:
        filled(drawing, style, step, x - 4, y - 4, 9, 8)

    return draw


def filled(
    drawing: Drawing, style: Style, step: int, x: float, y: float, width: float, height: float
) -> None:
    """A field in a colour of the difference scale; the palest has an edge, not to fade away."""
    colours = style.colours
    edge = colours.hairline if step == len(colours.scale) // 2 else "none"
    drawing.draw(Look(colours.scale[step], edge), rectangle(x, y, width, height))


Shape: TypeAlias = Callable[[float, float, float], str]


def shape_of(group: str, place: int) -> str:
    """Which shape a group of people has: some keep theirs everywhere, others get one by *place*."""
    for start, shape in (("staff", "circle"), ("leader", "square"), ("assessor", "triangle")):
        if group.casefold().startswith(start):
            return shape
    return OTHERS[place % len(OTHERS)]


def group_mark(group: str, place: int) -> Mark:
    """The mark of a group of people that stands at *place* among the groups of its chart."""
    shape = shape_of(group, place)

    def draw(drawing: Drawing, style: Style, x: float, y: float) -> None:
        colour, radius = shape_colour(style.colours, shape), style.sizes.mark
        if shape in OPEN_SHAPES:
            drawing.draw(Look(stroke=colour, width=2, layer=3), OPEN_SHAPES[shape](x, y, radius))
        else:
            drawing.draw(Look(fill=colour, layer=3), SHAPES[shape](x, y, radius))

    return draw


SHAPES: dict[str, Shape] = {
    "circle": circle,
    "square": lambda x, y, radius: square(x, y, radius * 0.9),
    "triangle": triangle,
    "wedge": lambda x, y, radius: triangle(x, y, -radius),
}
OPEN_SHAPES: dict[str, Shape] = {
    "cross": cross,
    "plus": lambda x, y, radius: (
        across(x - radius, y, x + radius) + down(x, y - radius, y + radius)
    ),
    "bar": lambda x, y, radius: down(x, y - radius - 1, y + radius + 1),
}
OTHERS = ("wedge", "cross", "plus", "bar")


def shape_colour(colours: Palette, shape: str) -> str:
    """Blue is present, so staff; the second hue is what stands beside it; the rest is ink."""
    return {"circle": colours.present, "square": colours.second}.get(shape, colours.ink)


KEY_MARK, KEY_ROOM = 14.0, 2.0
"""The width of a mark in the key, and what the largest needs above its line."""


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A mark and what it means."""

    word: str
    mark: Mark


def key_height(style: Style, entries: Sequence[KeyEntry], width: float) -> float:
    """How much room the key takes above the chart."""
    lines = 1 + max((line for line, _, _ in _key(style, entries, width)), default=-1)
    return style.sizes.line * lines + KEY_ROOM + 6


def draw_key(drawing: Drawing, style: Style, entries: Sequence[KeyEntry], width: float) -> None:
    """The marks of a chart with their words, on one line where there is room."""
    word = aside(style)
    for line, x, entry in _key(style, entries, width):
        middle = KEY_ROOM + style.sizes.line * (line + 0.5)
        entry.mark(drawing, style, x + KEY_MARK / 2, middle)
        drawing.say(word, x + KEY_MARK + 3, baseline(middle, word.size), entry.word)


def _key(
    style: Style, entries: Sequence[KeyEntry], width: float
) -> Iterator[tuple[int, float, KeyEntry]]:
    line, x = 0, 0.0
    for entry in entries:
        reach = KEY_MARK + 3 + text_width(entry.word, style.sizes.small)
        if x and x + reach > width:
            line, x = line + 1, 0.0
        yield line, x, entry
        x += reach + 15
