"""Figures that are kept back, because too few people stand behind them."""

from __future__ import annotations

from assessment.core.assessed import Assessed
from assessment.core.perceived import Perceived
from assessment.core.release import Release


def has_withheld(release: Release) -> bool:
    """Some figure anywhere in *release* is kept back."""
    results = (*release.groups.values(), *release.units.values())
    figures: list[Perceived | Assessed] = [release.perceived, release.assessed]
    figures += [result.perceived for result in results]
    figures += [result.assessed for result in results]
    return any(map(keeps_back, figures))


def keeps_back(figures: Perceived | Assessed) -> bool:
    """Some figure of these is kept back."""
    states = {part.state for part in (*figures.categories, *figures.items)}
    if isinstance(figures, Perceived):
        states |= {figures.state, *(question.state for question in figures.questions)}
    else:
        states |= {figures.total.state, *(bands.state for bands in figures.bands)}
    return "withheld" in states
