"""Measures as small lines: what is written beside them is worked out once, for page and paper."""

from __future__ import annotations

from assessment.core.measures import MeasureSeries
from assessment.reporting.charts import to_screen_svg
from assessment.reporting.marks import Sparkline, SparkPoint


def sparkline(series: MeasureSeries, alt: str) -> Sparkline:
    """The series as a chart; *alt* says in the reader's language what it shows."""
    return Sparkline(
        alt,
        series.title,
        tuple(
            SparkPoint(each.on, each.value, series.when(each), series.figure(each.value))
            for each in series.values
        ),
        series.target,
        series.comparison,
    )


def screen_sparkline(series: MeasureSeries, alt: str, width: float) -> str:
    """The line of a series as an <svg> element for a page."""
    return to_screen_svg(sparkline(series, alt), width)
