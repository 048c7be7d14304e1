"""Results: a headline, who took part, where the organisation stands, and why each number."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.core.editorial import Editorial
from assessment.reporting import headlines
from assessment.reporting.pages.categories import item_is_known
from assessment.reporting.pages.opening import opening
from assessment.reporting.screen import category_grid, group_grids, item_grid
from assessment.reporting.why import why
from assessment.services.companions import companions
from assessment.services.editorial import editorial
from assessment.services.errors import NotThere
from assessment.services.result_views import NobodyThere, View, traces_of, view
from assessment.web import (
    result_importance,
    result_quotes,
    result_reports,
    result_targets,
    result_words,
)
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.criteria_companions import related_shown
from assessment.web.cycle_frame import criteria_folder, cycle_of
from assessment.web.language import gettext as _
from assessment.web.packing import packed
from assessment.web.result_frame import (
    address,
    bp,
    figure_json,
    reference_asked,
    render,
    shown_of,
    unit_asked,
)
from assessment.web.result_pieces import (
    PARTS,
    category_of,
    category_pages,
    category_with,
    figures_of,
    item_pages,
    part_of,
    profile_of,
    question_grids,
    units_of_part,
)
from assessment.web.security import draws_charts
from assessment.web.unit import db

__all__ = [
    "bp",
    "result_importance",
    "result_quotes",
    "result_reports",
    "result_targets",
    "result_words",
]

MOST_WORDS = 20
"""Comments at one question before the reader asks for all of them."""


@bp.after_request
def smaller(response: Response) -> Response:
    """A page goes over the wire compressed, unless somebody else's page has asked for it.

    Whoever could put guesses into the address and watch the length would learn the seal.
    """
    is_page = request.method == "GET" and response.mimetype == "text/html"
    is_ours = request.headers.get("Sec-Fetch-Site") in ("same-origin", "none")
    return packed(response) if is_page and is_ours and response.status_code == 200 else response


@bp.get("")
@allowed("see_results")
@draws_charts
def overview(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """The headline, who took part, the profile, and the categories in numbers."""
    row = cycle_of(cycle_id)
    try:
        shown = view(db(), member(), row, unit_asked(), reference_asked())
    except NobodyThere:
        return render_template("results/nobody.html", cycle=row)
    if shown is None:
        flash(_("There are no results yet."))
        return redirect(url_for("cycles.page", cycle_id=cycle_id), 303)
    source, profile = shown.source, profile_of(shown)
    # What people write is about the whole: no unit is read under a headline that is not its own.
    written = editorial(db(), shown.row) if shown.is_whole else Editorial()
    return render(
        "overview",
        shown,
        headline=written.words.headline or profile.headline,
        written=written,
        profile=profile,
        opening=shown.once("opening", lambda: opening(source)),
        grid=shown.once("categories", lambda: category_grid(source)),
        gaps_headline=shown.once("gaps", lambda: headlines.gaps(source)),
        known=[name for name in PARTS if part_of(shown, name) is not None],
        units=units_of_part(shown) is not None,
    )


@bp.get("/categories/<category_id>")
@allowed("see_results")
@draws_charts
def category(cycle_id: uuid.UUID, category_id: str) -> str:
    """One category: its items side by side, and what is known of each."""
    shown = shown_of(cycle_id)
    own, source = category_of(shown, category_id), shown.source
    pages = category_pages(shown, own)
    return render(
        "category",
        shown,
        own=own,
        pages=pages,
        grid=shown.once(("items", own.id), lambda: item_grid(source, own.items)),
        known={each.id for each in own.items if item_is_known(source, each)},
    )


@bp.get("/items/<item_id>")
@allowed("see_results")
@draws_charts
def item(cycle_id: uuid.UUID, item_id: str) -> str:
    """One item: how it was judged, how each question was answered, and what people wrote."""
    shown = shown_of(cycle_id)
    own = shown.item(item_id)
    pages = item_pages(shown, own)
    return render(
        "item",
        shown,
        own=own,
        within=category_with(shown, item_id),
        pages=pages,
        figures=pages.figures if pages else (),
        grid=shown.once(("item", own.id), lambda: item_grid(shown.source, [own])),
        grids=shown.once(("questions", own.id), lambda: question_grids(shown.source, own)),
        neighbours=_neighbours(shown, item_id),
        related=related_shown(shown.source.framework, own.id),
        all_words=request.args.get("words") == "all",
        most_words=MOST_WORDS,
    )


@bp.get("/units")
@allowed("see_results")
def units(cycle_id: uuid.UUID) -> str:
    """Units and categories: a table in colours, each cell with its number."""
    shown = shown_of(cycle_id)
    grid = units_of_part(shown)
    if grid is None:
        raise NotThere
    links = {each.name: each.unit_id for each in shown.parts if each.unit_id}
    return render("units", shown, grid=grid, links=links)


@bp.get("/reference")
@allowed("see_results")
def reference(cycle_id: uuid.UUID) -> str:
    """The reference profiles on the cycle's framework, to lay one beside the results."""
    shown = shown_of(cycle_id)
    own = member().organisation_id
    known = companions(db(), own, "profile", shown.source.framework.id, criteria_folder())
    chosen = request.args.get("reference", "")
    return render("reference", shown, profiles=known, chosen=chosen)


@bp.get(f"/<any({', '.join(PARTS)}):name>")
@allowed("see_results")
@draws_charts
def part(cycle_id: uuid.UUID, name: str) -> str:
    """A part of the appendix on a page of its own."""
    shown = shown_of(cycle_id)
    found = part_of(shown, name)
    if found is None:
        raise NotThere
    grids = shown.once("groups", lambda: group_grids(shown.source)) if name == "groups" else ()
    return render("part", shown, name=name, part=found, grids=grids)


@bp.get("/why")
@allowed("see_results")
def explain(cycle_id: uuid.UUID) -> str:
    """Why this number: the rule, what went in, what was left out, and on down to the counts."""
    shown = shown_of(cycle_id)
    place = request.args.get("of", "")
    traces = traces_of(shown)
    found = why(shown.source, traces, place)
    if found is None:
        raise NotThere
    return render("why", shown, place=place, why=found)


@bp.get("/figures/<any(profile, category, item, part):page>/<int:number>.json")
@allowed("see_results")
def figure(cycle_id: uuid.UUID, page: str, number: int) -> Response:
    """A chart of one of these pages, for whoever wants to look at it closely."""
    shown = shown_of(cycle_id)
    return figure_json(list(figures_of(shown, page, request.args.get("of", ""))), number)


def _neighbours(shown: View, item_id: str) -> tuple[str | None, str | None]:
    """The addresses of the items before and after, in the order of the framework."""
    ids = [each.id for each in shown.source.framework.items]
    place = ids.index(item_id)
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return tuple(  # type: ignore[return-value]
        address(shown, "results.item", item_id=each) if each else None for each in (before, after)
    )
