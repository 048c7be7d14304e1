"""Who does which kind of job."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.services import closing, report_jobs
from assessment.services.work import Runner

RUNNERS: Mapping[str, Runner] = {
    "close": closing.run,
    "interim": closing.run,
    "report": report_jobs.run_report,
    "workbook": report_jobs.run_workbook,
}
