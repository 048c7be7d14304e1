"""The forms of a cycle: its plan as a consultant types it, and its last day."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence

from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from assessment.services.cycle_days import standing
from assessment.services.cycle_plans import CyclePlan
from assessment.services.editions import Edition
from assessment.store.tables import Cycle
from assessment.web.criteria_facts import whole_minutes
from assessment.web.cycle_frame import day_typed, form_word
from assessment.web.forms import Choice, Form, Line, Paragraphs
from assessment.web.language import gettext as _
from assessment.web.language import languages, ngettext
from assessment.web.unit import now


class DayLine(Line):
    """A date, as a browser's date field sends it."""

    def __init__(self, label: str, *, needed: bool = True, **kept: object) -> None:
        super().__init__(label, **kept)
        self.needed = needed

    def pre_validate(self, form: object) -> None:  # noqa: ARG002  asked for by the library
        """Refuse what is no date; an empty field only where a date is needed."""
        if self.data and day_typed(self.data) is None:
            raise ValidationError(_("This is not a date such as 2026-06-30."))
        if self.needed and not self.data:
            raise ValidationError(_("A day is needed."))

    @property
    def day(self) -> datetime.date | None:
        return day_typed(self.data)


def needed(_form: object, field: Line) -> None:
    """Refuse an empty field together with whatever else is wrong."""
    if not field.data:
        raise ValidationError(_("This is needed."))


class CycleForm(Form):
    """What is decided about a cycle before it opens."""

    title = Line("", [needed])
    purpose = Paragraphs("")
    sponsor = Line("")
    forms = SelectMultipleField("", validate_choice=False)
    opens_on = DayLine("", needed=False)
    closes_on = DayLine("")
    language = Choice("")
    previous_id = Choice("")


class LastDayForm(Form):
    """Until when an open cycle takes answers."""

    closes_on = DayLine("")


def cycle_form(edition: Edition, earlier: Sequence[Cycle], row: Cycle | None = None) -> CycleForm:
    """The form, with what stands in *row*, offering what the criteria and the past have."""
    form = CycleForm(data=None if row is None else _typed(row))
    names = languages()
    form.forms.choices = [
        (form_id, form_choice(edition, form_id)) for form_id in edition.framework.forms
    ]
    form.language.choices = [(tag, names.get(tag, tag)) for tag in edition.languages]
    form.previous_id.choices = [
        ("", _("None")),
        *(
            (str(each.id), each.title)
            for each in earlier
            if standing(each, now()) != "draft" and (row is None or each.id != row.id)
        ),
    ]
    if not form.is_submitted() and row is None:
        form.forms.data = list(edition.framework.forms)
    if form.is_submitted():
        # A browser that was sent only one language has no field for it.
        form.language.data = form.language.data or edition.framework.language
        form.previous_id.data = form.previous_id.data or ""
    return form


def form_choice(edition: Edition, form_id: str) -> str:
    """A form with whom it is for and how long it takes."""
    minutes = whole_minutes(edition.minutes.get(form_id))
    words = ngettext("about %(num)s minute", "about %(num)s minutes", minutes)
    audience = edition.framework.forms[form_id].audience
    name = form_word(form_id)
    return f"{name}, {words}" if audience in ("", name) else f"{name} ({audience}), {words}"


def plan_of(form: CycleForm, criteria: str, time_zone: str) -> CyclePlan:
    """What a valid *form* says."""
    last = form.closes_on.day
    assert last is not None  # noqa: S101 - a form without it is not valid
    return CyclePlan(
        title=form.title.data or "",
        criteria=criteria,
        forms=tuple(form.forms.data or ()),
        closes_on=last,
        time_zone=time_zone,
        opens_on=form.opens_on.day,
        purpose=form.purpose.data or "",
        sponsor=form.sponsor.data or "",
        language=form.language.data or "",
        previous_id=uuid.UUID(form.previous_id.data) if form.previous_id.data else None,
    )


def _typed(row: Cycle) -> dict[str, object]:
    return {
        "title": row.title,
        "purpose": row.purpose,
        "sponsor": row.sponsor,
        "forms": list(row.forms),
        "opens_on": row.opens_on.isoformat() if row.opens_on else "",
        "closes_on": row.closes_on.isoformat(),
        "language": row.language,
        "previous_id": str(row.previous_id or ""),
    }
