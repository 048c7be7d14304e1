"""Write the shelf: which criteria files there are, counted from the files themselves.

`docs/frameworks/README.md` keeps its words; what stands between its two marks is written anew.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from assessment.catalogue.check import Checked
from assessment.catalogue.schema import CriteriaFile
from assessment.catalogue.texts import texts_of
from assessment.core.framework import Framework
from assessment.core.text import shown
from assessment.resources import CRITERIA
from assessment.services.checking import check_criteria

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "frameworks" / "README.md"
BEGINS, ENDS = "<!-- counted by ./dev shelf -->\n", "<!-- until here -->\n"
FORMS = ("staff", "leaders", "assessors")
HEAD = ("framework", "items", "questions", "minutes", "answers", "golden", "words", "languages")


def row(checked: Checked, framework: Framework, file: CriteriaFile) -> Iterator[str]:
    """One line of the table; what one person is asked, not what all blocks hold."""
    name = Path(checked.path).stem
    page = f"[{framework.title}]({name}.md)" if (PAGE.parent / f"{name}.md").is_file() else ""
    yield f"{page or framework.title} · {framework.edition}"
    yield str(len(framework.items))
    yield " / ".join(str(asked(framework, form)) for form in FORMS)
    yield " / ".join(
        shown(checked.minutes[form], 0) if form in framework.forms else "–" for form in FORMS
    )
    yield ", ".join(dict.fromkeys(scale.answer for scale in framework.scales.values()))
    yield str(len(checked.golden))
    yield f"{words(file):,}"
    yield ", ".join(
        language if given == total else f"{language} {100 * given // total} %"
        for language, (given, total) in checked.coverage.items()
    )


def asked(framework: Framework, form: str) -> str:
    """How many questions one person meets: those for everyone, and the longest block."""
    if form not in framework.forms:
        return "–"
    questions = framework.questions_of(form)
    blocks: dict[str, int] = {}
    for question in questions:
        if question.block:
            blocks[question.block] = blocks.get(question.block, 0) + 1
    everyone = sum(1 for question in questions if not question.block)
    judged = sum(1 for item in framework.items if item.judge) if framework.forms[form].judges else 0
    longest = max(blocks.values(), default=0)
    return f"{everyone + longest}" + (f" + {judged}" if judged else "")


def words(file: CriteriaFile) -> int:
    """How many words of the file's own language people can read."""
    own = file.language
    return sum(len(text.wording(own, own).split()) for _, text in texts_of(file))


def table() -> str:
    """The shelf as it stands today."""
    lines = [HEAD, ("---",) * len(HEAD)]
    for one in check_criteria([CRITERIA]):
        if one.framework and one.file:
            lines.append(tuple(row(one, one.framework, one.file)))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def renewed(page: str) -> str:
    """*page* with today's table in it."""
    between = re.compile(f"(?<={re.escape(BEGINS)}).*(?={re.escape(ENDS)})", re.DOTALL)
    return between.sub(lambda _old: f"\n{table()}\n", page)


def main(options: list[str]) -> int:
    """Write the table anew, or with --check only compare."""
    page = PAGE.read_text(encoding="utf-8")
    fresh = renewed(page)
    if "--check" in options:
        print("The shelf is up to date." if fresh == page else "The shelf is out of date.")
        return int(fresh != page)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
