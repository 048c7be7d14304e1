"""`touchstone`: check criteria, score answers, print reports, see it all in a demo.

Each command imports what it needs when it runs, so that help, the version and a mistyped option
answer at once.
"""

from __future__ import annotations

import click

from assessment import __version__
from assessment.cli import criteria, results, running


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="touchstone")
def main() -> None:
    """Organisational-excellence self-assessment: criteria files, answers, gap reports."""


for _command in (
    criteria.check,
    criteria.explain,
    criteria.diff,
    criteria.new,
    results.score,
    results.report,
    results.importance,
    results.sigma,
    running.demo,
    running.serve,
    running.worker,
    running.migrate,
    running.user,
):
    main.add_command(_command)
