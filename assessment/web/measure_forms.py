"""The form of a measure: what it is, and its values as rows."""

from __future__ import annotations

from typing import Any

from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as PlainForm

from assessment.core.framework import Framework
from assessment.core.measures import MOST_VALUES, MeasureSeries, asks_for_results
from assessment.services.errors import Refused
from assessment.services.typed_measures import TypedMeasure
from assessment.web.forms import Choice, Form, Line, Paragraphs, in_words, show_wrong, whole_number
from assessment.web.language import gettext as _

BLANK = 4
"""Rows that are offered beyond those that say something."""


class ValueRow(PlainForm):
    """One value and its day."""

    day = Line("")
    value = Line("")


class MeasureForm(Form):
    """A measure as somebody types it. `version` is the one they were shown."""

    version = HiddenField()
    place = Choice("")
    title = Line("")
    unit = Line("")
    direction = Choice("")
    target = Line("")
    comparison = Line("")
    source = Paragraphs("")
    values = FieldList(FormField(ValueRow), max_entries=MOST_VALUES + 2 * BLANK)


def measure_form(
    framework: Framework, series: MeasureSeries | None = None, version: int = 0, place: str = ""
) -> MeasureForm:
    """The form with what stands in *series*, and blank rows behind its values."""
    form = MeasureForm(data=_typed(series, version) if series else {"place": place})
    form.place.choices = [("", _("Choose an item")), *_items(framework)]
    form.direction.choices = [
        ("", _("Choose")),
        ("higher", _("Higher is better")),
        ("lower", _("Lower is better")),
    ]
    if not form.is_submitted():
        more_rows(form)
    return form


def more_rows(form: MeasureForm) -> None:
    """A few blank rows more, as far as a series has room."""
    room = MOST_VALUES + BLANK - len(form.values)
    for _row in range(min(BLANK, room)):
        form.values.append_entry()


def typed_in(form: MeasureForm) -> TypedMeasure:
    """What *form* says, to be checked by the service."""
    return TypedMeasure(
        form.place.data or "",
        form.title.data or "",
        form.unit.data or "",
        form.direction.data or "",
        form.target.data or "",
        form.comparison.data or "",
        form.source.data or "",
        tuple((row.form.day.data or "", row.form.value.data or "") for row in form.values),
    )


def version_of(form: MeasureForm) -> int:
    """The version the form was shown with; of a form that was tampered with none there is."""
    return whole_number(form.version.data)


def show_refused(form: MeasureForm, refused: Refused) -> None:
    """Sentences of the service beside their fields, those about values beside their rows."""
    rows = {
        f"{name}-{number}": row.form[name]
        for number, row in enumerate(form.values)
        for name in ("day", "value")
    }
    for name, sentence in refused.fields.items():
        if name in rows:
            rows[name].errors = [in_words(sentence)]
    others = {name: said for name, said in refused.fields.items() if name not in rows}
    if "values" in others:
        form.form_errors.append(in_words(others.pop("values")))
    if others:
        show_wrong(form, Refused(others))


def problems_of(form: MeasureForm) -> list[tuple[str, str]]:
    """Every problem with the id of the field it is about; none for those about the whole."""
    found = [("", str(error)) for error in form.form_errors]
    for name in ("place", "title", "unit", "direction", "target", "comparison", "source"):
        found += [(form[name].id, error) for error in form[name].errors]
    for row in form.values:
        for field in (row.form.day, row.form.value):
            found += [(field.id, error) for error in field.errors]
    return found


def _items(framework: Framework) -> list[tuple[str, str]]:
    """Results items first: they are what measures are for."""
    items = sorted(framework.items, key=lambda item: not asks_for_results(item))
    return [(item.id, f"{item.id} {item.title}") for item in items]


def _typed(series: MeasureSeries, version: int) -> dict[str, Any]:
    return {
        "version": str(version),
        "place": series.place,
        "title": series.title,
        "unit": series.unit,
        "direction": series.direction,
        "target": "" if series.target is None else series.figure(series.target),
        "comparison": "" if series.comparison is None else series.figure(series.comparison),
        "source": series.source,
        "values": [
            {"day": series.when(each), "value": series.figure(each.value)} for each in series.values
        ],
    }
