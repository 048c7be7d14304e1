"""What every page of results needs: whose they are, which part is shown, and how charts get in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

from assessment.catalogue.problems import CriteriaError
from assessment.core.reference import Profile
from assessment.reporting.charts import to_plotly, to_screen_svg
from assessment.reporting.elements import Figure
from assessment.services.companions import companion
from assessment.services.errors import NotThere
from assessment.services.permissions import units_of
from assessment.services.result_views import View, view
from assessment.web.auth import member
from assessment.web.cycle_frame import can, criteria_folder, cycle_of, state
from assessment.web.unit import db

bp = Blueprint("results", __name__, url_prefix="/cycles/<uuid:cycle_id>/results")

WIDE = 720.0
"""As wide as a chart stands on a large screen; it shrinks with its place."""


def unit_asked() -> uuid.UUID | None:
    """The unit that the address names; NotThere for what is no unit at all."""
    named = request.args.get("unit", "")
    if not named:
        return None
    try:
        return uuid.UUID(named)
    except ValueError:
        raise NotThere from None


def reference_asked() -> Profile | None:
    """The reference profile that the address names; NotThere for what is none."""
    key = request.args.get("reference", "")
    if not key:
        return None
    try:
        found = companion(db(), member().organisation_id, key, criteria_folder())
    except CriteriaError:
        found = None
    if not isinstance(found, Profile):
        raise NotThere
    return found


def shown_of(cycle_id: uuid.UUID) -> View:
    """The results the address asks for; NotThere before there are any."""
    found = view(db(), member(), cycle_of(cycle_id), unit_asked(), reference_asked())
    if found is None:
        raise NotThere
    return found


def render(template: str, shown: View, **values: object) -> str:
    """A page of results; every address on it keeps the part and the reference that are shown."""
    return render_template(
        f"results/{template}.html",
        cycle=shown.row,
        shown=shown,
        source=shown.source,
        framework=shown.source.framework,
        address=lambda endpoint, **more: address(shown, endpoint, **more),
        why_address=address(shown, "results.explain", of=""),
        drawn=lambda figure, width=WIDE: drawn(shown, figure, width),
        can=can,
        sees_all=units_of(member(), "see_results") is None,
        state=state(shown.row),
        **values,
    )


def address(shown: View, endpoint: str, **more: Any) -> str:  # noqa: ANN401 - as url_for
    """The address of another page on the same part, beside the same reference."""
    unit = str(shown.chosen.unit_id) if shown.chosen.unit_id else None
    kept = {"unit": unit, "reference": request.args.get("reference") or None, **more}
    return url_for(endpoint, cycle_id=shown.row.id, **kept)


def drawn(shown: View, figure: Figure, width: float) -> Markup:
    """A chart as SVG in the page's own colours; the drawing escapes every word itself."""

    def draw() -> tuple[Figure, Markup]:
        return figure, Markup(to_screen_svg(figure.chart, width))  # noqa: S704 - svg.py escapes

    # Kept together: the id stands for the figure for as long as the figure is there.
    return shown.once(("drawn", id(figure), width), draw)[1]


def figure_json(figures: Sequence[Figure], number: int) -> Response:
    """One of a page's charts for Plotly, asked for when somebody touches it."""
    if not 0 <= number < len(figures):
        raise NotThere
    return Response(str(to_plotly(figures[number].chart).to_json()), mimetype="application/json")
