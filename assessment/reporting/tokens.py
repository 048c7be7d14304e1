"""The colours and sizes of look and paper, read from one file that CSS, SVG and Plotly share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from typing import Literal

from assessment.resources import REPORTS

Mode = Literal["light", "dark"]

STEP_BOUNDS = (-20, -10, -3, 3, 10, 20)
"""Where one step of the difference scale ends and the next begins, in percent."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode. `scale` runs from below over at (its middle) to above."""

    paper: str
    ink: str
    muted: str
    link: str
    present: str
    present_tint: str
    second: str
    """A second series beside present, where both are present values."""
    target: str
    """The mark; words about a target are set in `target_text`."""
    target_text: str
    previous: str
    hatch: str
    hairline: str
    sunken: str
    scale: tuple[str, ...]
    on_scale: tuple[str, ...]
    """Text that can be read on the step of `scale` at the same place."""


@dataclass(frozen=True, slots=True)
class ChartSizes:
    """Lengths in charts, in CSS pixels: 96 to the inch on paper and on screen."""

    text: float
    small: float
    line: float
    row: float
    mark: float
    """The radius of a dot."""
    stroke: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """All there is in the token file."""

    light: Palette
    dark: Palette
    fonts: Mapping[str, tuple[str, ...]]
    """Families by role; a letter that one lacks is taken from the next."""
    chart: ChartSizes


@cache
def tokens() -> Tokens:
    """The one set of tokens there is."""
    said = json.loads(REPORTS.joinpath("tokens.json").read_text(encoding="utf-8"))
    return Tokens(
        light=_palette(said["light"]),
        dark=_palette(said["dark"]),
        fonts={role: tuple(families) for role, families in said["fonts"].items()},
        chart=ChartSizes(**said["chart"]),
    )


def _palette(said: Mapping[str, str | list[str]]) -> Palette:
    values = {
        name.replace("-", "_"): tuple(value) if isinstance(value, list) else value
        for name, value in said.items()
    }
    return Palette(**values)  # type: ignore[arg-type]  # a wrong name or none at all is a TypeError


def difference_step(difference: Fraction) -> int:
    """Where a difference in percent stands on `Palette.scale`: 0 far below, 3 at, 6 far above."""
    below = sum(difference > bound for bound in STEP_BOUNDS[:3])
    return below + sum(difference >= bound for bound in STEP_BOUNDS[3:])


def css_properties(mode: Mode) -> str:
    """The colours and fonts as CSS custom properties, a line each: `--ink: #1B2430;`."""
    return "".join(f"--{name}: {value};\n" for name, value in _properties(mode))


def _properties(mode: Mode) -> Iterator[tuple[str, str]]:
    palette: Palette = getattr(tokens(), mode)
    for field in fields(palette):
        name, value = field.name.replace("_", "-"), getattr(palette, field.name)
        if isinstance(value, str):
            yield name, value
        else:
            yield from ((f"{name}-{step}", colour) for step, colour in enumerate(value))
    for role, families in tokens().fonts.items():
        yield f"font-{role}", ", ".join(f'"{family}"' for family in families)
