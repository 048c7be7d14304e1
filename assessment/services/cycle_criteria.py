"""A draft changes over to another criteria file: what that does is worked out first, then done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assessment.core.framework import Framework
from assessment.services.cycles import locked
from assessment.services.editions import Edition
from assessment.services.errors import Refused, Sentence, _
from assessment.services.items_set_aside import may_set_aside
from assessment.store.tables import Cycle, Respondent


@dataclass(frozen=True, slots=True)
class Switch:
    """What another criteria file does to a draft.

    `kept`, `gone` and `offered` are forms: used before and after, used before only, and new ones
    that may be chosen. `people` counts who is listed for a form the file does not have. `applies`
    are items set aside that the file does not have, or does not allow to be.
    """

    kept: tuple[str, ...]
    gone: tuple[str, ...]
    offered: tuple[str, ...]
    people: Mapping[str, int]
    applies: tuple[str, ...]
    language: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms used afterwards; all there are where none of the old ones is left."""
        return self.kept or self.offered


def plan_switch(session: Session, row: Cycle, edition: Edition) -> Switch:
    """What *edition* does to the draft *row*. One statement."""
    framework = edition.framework
    asked = session.execute(
        select(Respondent.form, func.count())
        .where(Respondent.organisation_id == row.organisation_id, Respondent.cycle_id == row.id)
        .group_by(Respondent.form)
        .order_by(Respondent.form)
    )
    return Switch(
        tuple(form for form in row.forms if form in framework.forms),
        tuple(form for form in row.forms if form not in framework.forms),
        tuple(form for form in framework.forms if form not in row.forms),
        {form: count for form, count in asked if form not in framework.forms},
        tuple(item for item in row.set_aside if not _stays(framework, item)),
        row.language if row.language in edition.languages else framework.language,
    )


def switch_criteria(
    session: Session, row: Cycle, key: str, edition: Edition, moved: Mapping[str, str]
) -> Switch:
    """Change the draft over to the file *key*; *moved* says which form people answer instead.

    Those whose form is gone and not in *moved* stay on the list as they are, and keep the cycle
    from opening until somebody decides about them.
    """
    row = locked(session, row)
    if row.state != "draft":
        raise Refused({"criteria": Sentence(_("This cycle is open: its criteria are fixed."))})
    switch = plan_switch(session, row, edition)
    taken = {form: to for form, to in moved.items() if form in switch.people and to}
    if any(to not in edition.framework.forms for to in taken.values()):
        raise Refused({"people": Sentence(_("Choose one of the forms these criteria offer."))})
    for form, to in taken.items():
        session.execute(
            update(Respondent)
            .where(
                Respondent.organisation_id == row.organisation_id,
                Respondent.cycle_id == row.id,
                Respondent.form == form,
            )
            .values(form=to)
            .execution_options(synchronize_session=False)
        )
    used = {*switch.forms, *taken.values()}
    row.criteria, row.language = key, switch.language
    row.forms = [form for form in edition.framework.forms if form in used]
    row.set_aside = {
        item: kept for item, kept in row.set_aside.items() if item not in switch.applies
    }
    session.flush()
    return switch


def _stays(framework: Framework, item: str) -> bool:
    return item in framework.item_by_id and may_set_aside(framework)
