"""What pages of results are made from, each piece once for each part of a release."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.core.framework import Category, Item
from assessment.reporting.elements import Figure, Part
from assessment.reporting.pages.categories import (
    CategoryPages,
    ItemPages,
    category_page,
    item_page,
)
from assessment.reporting.pages.disagreement import disagreement
from assessment.reporting.pages.gaps import all_gaps, hard_to_judge_part
from assessment.reporting.pages.participation import participation_part
from assessment.reporting.pages.perception import perception
from assessment.reporting.pages.profile import ProfilePage, profile_page
from assessment.reporting.screen import Grid, question_grid, unit_grid
from assessment.reporting.source import Source
from assessment.services.errors import NotThere
from assessment.services.result_views import View

PARTS = ("participation", "groups", "judges", "hard", "gaps")
"""Pages that are one part of the report's appendix, by the word in their address."""


def figures_of(shown: View, page: str, of: str) -> Iterator[Figure]:
    """The charts of a page, in the order in which they stand on it."""
    if page == "profile":
        yield from _profile_figures(profile_of(shown))
    elif page == "category":
        yield from _category_figures(category_pages(shown, category_of(shown, of)))
    elif page == "item":
        pages = item_pages(shown, shown.item(of))
        yield from pages.figures if pages else ()
    elif of in PARTS and (found := part_of(shown, of)):
        yield from _part_figures(found)


def _profile_figures(profile: ProfilePage) -> tuple[Figure, ...]:
    return (*((profile.figure,) if profile.figure else ()), *profile.ladders)


def _category_figures(pages: CategoryPages | None) -> tuple[Figure, ...]:
    if pages is None:
        return ()
    return (*((pages.figure,) if pages.figure else ()), *pages.ladders)


def _part_figures(found: Part) -> tuple[Figure, ...]:
    return tuple(block for block in found.blocks if isinstance(block, Figure))


def profile_of(shown: View) -> ProfilePage:
    """The profile of the whole."""
    return shown.once("profile", lambda: profile_page(shown.source))


def category_pages(shown: View, own: Category) -> CategoryPages | None:
    """What is known of a category; None where nothing is."""
    return shown.once(("category pages", own.id), lambda: category_page(shown.source, own))


def item_pages(shown: View, own: Item) -> ItemPages | None:
    """What is known of an item; None where nothing is."""
    return shown.once(("item pages", own.id), lambda: item_page(shown.source, own))


def units_of_part(shown: View) -> Grid | None:
    """Units and categories; None where there are not two units to look at."""
    return shown.once("units", lambda: unit_grid(shown.source))


def question_grids(source: Source, own: Item) -> list[Grid]:
    """How each group answered the questions of an item."""
    grids = (question_grid(source, own, group) for group in source.survey_groups)
    return [grid for grid in grids if grid]


def part_of(shown: View, name: str) -> Part | None:
    """A part of the appendix by the word in its address; None where there is nothing in it."""
    makers = {
        "participation": participation_part,
        "groups": perception,
        "judges": disagreement,
        "hard": hard_to_judge_part,
        "gaps": all_gaps,
    }
    return shown.once(("part", name), lambda: makers[name](shown.source))


def category_of(shown: View, category_id: str) -> Category:
    """The category of the framework, or NotThere."""
    found = shown.source.framework.category_by_id.get(category_id)
    if found is None:
        raise NotThere
    return found


def category_with(shown: View, item_id: str) -> Category:
    """The category an item belongs to."""
    return next(
        category
        for category in shown.source.framework.categories
        if any(each.id == item_id for each in category.items)
    )
