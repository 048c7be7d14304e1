"""The one token file: what is written on a ground can be read, what is drawn on it can be seen."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.reporting.tokens import Palette, css_properties, difference_step, tokens

WHITE = "#FFFFFF"


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def grounds(palette: Palette) -> list[str]:
    """Where words and marks may stand; what is printed may also stand on the white of the sheet."""
    return [palette.paper, palette.sunken] + [WHITE] * (palette is tokens().light)


PALETTES = pytest.mark.parametrize(
    "palette", [tokens().light, tokens().dark], ids=["light", "dark"]
)


@PALETTES
@pytest.mark.parametrize("role", ["ink", "muted", "link", "target_text"])
def test_words_can_be_read_on_every_ground(palette, role):
    assert min(contrast(getattr(palette, role), ground) for ground in grounds(palette)) >= 4.5


@PALETTES
@pytest.mark.parametrize("role", ["present", "second", "target", "previous", "hatch"])
def test_marks_can_be_seen_on_every_ground(palette, role):
    assert min(contrast(getattr(palette, role), ground) for ground in grounds(palette)) >= 3


@PALETTES
def test_figures_can_be_read_on_every_step_of_the_difference_scale(palette):
    steps = zip(palette.scale, palette.on_scale, strict=True)
    assert min(contrast(step, on_it) for step, on_it in steps) >= 4.5


@PALETTES
def test_present_and_target_can_be_told_apart_without_colour(palette):
    assert contrast(palette.present, palette.target) >= 1.5 or palette is tokens().dark


def test_a_difference_and_its_opposite_stand_as_far_from_the_middle():
    for difference in range(-40, 41):
        step, opposite = (
            difference_step(Fraction(difference)),
            difference_step(-Fraction(difference)),
        )
        assert step + opposite == 6


@pytest.mark.parametrize(
    ("difference", "step"),
    [(-21, 0), (-20, 0), (-10, 1), (-3, 2), (0, 3), (2, 3), (3, 4), (10, 5), (20, 6), (90, 6)],
)
def test_a_difference_has_its_step_on_the_scale(difference, step):
    assert difference_step(Fraction(difference)) == step


def test_style_sheets_get_every_colour_as_a_property():
    light = css_properties("light")
    assert f"--ink: {tokens().light.ink};" in light
    assert f"--scale-6: {tokens().light.scale[6]};" in light
    assert "--on-scale-0: #FFFFFF;" in light
    assert light.count("\n") == css_properties("dark").count("\n")
