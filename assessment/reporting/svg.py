"""A small SVG writer: few nodes, short numbers, the same text for the same drawing.

Nodes are what printing an SVG costs, so shapes of one look become one path, and words come last:
they lie on top, and every letter is counted. No ids, so that many drawings fit into one page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from assessment.reporting.lettering import is_known, text_width


@dataclass(frozen=True, slots=True)
class Look:
    """How a shape is painted, and on which layer. All shapes of one look become one path."""

    fill: str = "none"
    stroke: str = "none"
    width: float = 1
    dash: str = ""
    layer: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """How a text is set; `x` is where it starts, ends or has its middle."""

    colour: str
    size: float
    anchor: str = "start"
    bold: bool = False


Point = tuple[float, float]


class Drawing:
    """A picture in the making; `svg()` writes it down."""

    def __init__(self, width: float, height: float, font: str) -> None:
        self.width, self.height, self.font = width, height, font
        self._shapes: dict[Look, list[str]] = {}
        self._words: list[str] = []

    def draw(self, look: Look, path: str) -> None:
        """Add *path*; layers are painted from the lowest up, looks of one layer as first used."""
        self._shapes.setdefault(look, []).append(path)

    def say(self, word: Word, x: float, y: float, text: str, whole: str = "") -> None:
        """Write one line of *text* on the baseline *y*; *whole* is what it stands for when cut.

        The place where a line starts is worked out here, since another anchor doubles what a line
        costs in print; only letters our font lacks, whose width is a guess, are left to the reader.
        """
        anchor = word.anchor
        if anchor != "start" and is_known(text):
            share = 1.0 if anchor == "end" else 0.5
            x -= text_width(text, word.size, bold=word.bold) * share
            anchor = "start"
        attributes = f'x="{number(x)}" y="{number(y)}"{_attribute("text-anchor", anchor, "start")}'
        self._words.append(_text(word, attributes, text, whole))

    def say_upright(self, word: Word, x: float, y: float, text: str, whole: str = "") -> None:
        """Write *text* from *y* upwards, its baseline on *x*."""
        attributes = f'transform="translate({number(x)} {number(y)}) rotate(-90)"'
        self._words.append(_text(word, attributes, text, whole))

    def svg(self, alt: str) -> str:
        """The drawing as one element, to stand in a page; *alt* says in words what it shows."""
        width, height = number(self.width), number(self.height)
        layers = sorted(self._shapes.items(), key=lambda shape: shape[0].layer)
        shapes = "".join(_path(look, parts) for look, parts in layers)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" font-family="{self.font}">'
            f"<title>{escape(alt, quote=False)}</title>{shapes}{''.join(self._words)}</svg>"
        )


def _text(word: Word, attributes: str, text: str, whole: str) -> str:
    weight = _attribute("font-weight", "600" if word.bold else "", "")
    node = (
        f'<text {attributes} font-size="{number(word.size)}"{weight} fill="{word.colour}">'
        f"{escape(text, quote=False)}</text>"
    )
    return f"<g><title>{escape(whole, quote=False)}</title>{node}</g>" if whole else node


def _path(look: Look, parts: Iterable[str]) -> str:
    stroke = ""
    if look.stroke != "none":
        stroke = (
            f' stroke="{look.stroke}"{_attribute("stroke-width", number(look.width), "1")}'
            f"{_attribute('stroke-dasharray', look.dash, '')}"
        )
    return f'<path fill="{look.fill}"{stroke} d="{"".join(parts)}"/>'


def _attribute(name: str, value: str, default: str) -> str:
    return "" if value == default else f' {name}="{value}"'


def number(value: float) -> str:
    """*value* with at most two decimals, and never "-0"."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def line(*points: Point) -> str:
    """A line through *points*."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def across(x: float, y: float, to: float) -> str:
    """A level line."""
    return f"M{number(x)} {number(y)}H{number(to)}"


def down(x: float, y: float, to: float) -> str:
    """An upright line."""
    return f"M{number(x)} {number(y)}V{number(to)}"


def area(points: Iterable[Point]) -> str:
    """A closed shape with corners at *points*."""
    return line(*points) + "Z"


def rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z"


def circle(x: float, y: float, radius: float) -> str:
    r = number(radius)
    there, back = number(2 * radius), number(-2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {there} 0a{r} {r} 0 1 0 {back} 0z"


def square(x: float, y: float, radius: float) -> str:
    return rectangle(x - radius, y - radius, 2 * radius, 2 * radius)


def diamond(x: float, y: float, radius: float) -> str:
    return area([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)])


def triangle(x: float, y: float, radius: float) -> str:
    return area([(x, y - radius), (x + radius, y + 0.8 * radius), (x - radius, y + 0.8 * radius)])


def cross(x: float, y: float, radius: float) -> str:
    r = 0.8 * radius
    return line((x - r, y - r), (x + r, y + r)) + line((x - r, y + r), (x + r, y - r))


def hatching(x: float, y: float, width: float, height: float, gap: float = 4) -> str:
    """Slanted lines that fill a rectangle, cut off at its edges."""
    lines = []
    reach = gap
    while reach < width + height:
        start = (x + max(0.0, reach - height), y + min(reach, height))
        end = (x + min(reach, width), y + max(0.0, reach - width))
        lines.append(line(start, end))
        reach += gap
    return "".join(lines)
