"""Measures from a file: what it would do is shown first; a second button does it."""

from __future__ import annotations

import uuid

from flask.typing import ResponseReturnValue

from assessment.exchange.measures import HEADER
from assessment.services.measure_files import MeasurePlan, import_measures, plan_measures
from assessment.web.access import allowed
from assessment.web.auth import member
from assessment.web.file_steps import Step, read_in, say_done
from assessment.web.language import ngettext
from assessment.web.measures import bp, changing, page, to
from assessment.web.security import KIB, body_limit
from assessment.web.typed_files import Brought
from assessment.web.unit import db, now

__all__ = ["bp", "file"]

FILE_BYTES = 2 * KIB * KIB


@bp.route("/measures/file", methods=["GET", "POST"])
@allowed("manage_measures")
@body_limit(FILE_BYTES)
def file(cycle_id: uuid.UUID) -> ResponseReturnValue:
    """Read measures in; the first button only shows what the second would do."""
    cycle, framework = changing(cycle_id)

    def shown(step: Step) -> str:
        return page("file", cycle, step=step, columns=HEADER.known)

    def plan(given: Brought) -> MeasurePlan:
        return plan_measures(db(), cycle, framework, given.data, given.name)

    def deed(given: Brought) -> ResponseReturnValue:
        _say_done(import_measures(db(), member(), cycle, framework, given.data, given.name, now()))
        return to(cycle)

    return read_in("measures.csv", shown, plan, deed)


def _say_done(plan: MeasurePlan) -> None:
    new, changed = len(plan.new), len(plan.changed)
    say_done(
        plan,
        ngettext("%(num)s measure is added.", "%(num)s measures are added.", new),
        ngettext("%(num)s measure is changed.", "%(num)s measures are changed.", changed),
    )
