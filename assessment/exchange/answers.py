"""ANSWERS.csv -> sheets and words. One row an answer; all problems are named in one run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from assessment.core.framework import CONSENSUS, STAFF, Framework
from assessment.core.release import Answers, Comment, CommentKind, KeyFactor
from assessment.core.sheet import (
    NOT_ANSWERED,
    NOT_APPLICABLE,
    NOT_ASKED,
    Sheet,
    blank_sheet,
)
from assessment.core.text import COMMENT_LIMIT, NAME_LIMIT, clean
from assessment.exchange.answer_values import (
    NotLegal,
    answer_code,
    reason_refused,
    waiver_refused,
)
from assessment.exchange.rows import FileRefused, Header, Row, RowProblem, read_rows, unguarded

HEADER = Header(
    ("respondent", "question", "answer"),
    ("group", "unit", "comment", "strength", "ofi", "evidence"),
)
_WORDS: tuple[CommentKind, ...] = ("comment", "strength", "ofi", "evidence")


@dataclass
class _Person:
    """One respondent, row by row."""

    group: str
    unit: str | None
    codes: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    waived: set[str] = field(default_factory=set)
    words: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    is_judge: bool = False


@dataclass(frozen=True, slots=True)
class PersonAnswers:
    """What a file says of one person. `words` are by place and kind; `reason` is that of an na."""

    sheet: Sheet
    codes: Mapping[str, int]
    words: Mapping[tuple[str, str], str]
    line: int


def read_answers(framework: Framework, path: Path) -> Answers:
    """The answers in *path*; raises FileRefused naming every bad row."""
    rows, problems = read_rows(path, HEADER)
    answers, more = answers_from_rows(framework, rows)
    if problems or more:
        raise FileRefused(sorted([*problems, *more]))
    return answers


def answers_from_rows(
    framework: Framework, rows: Iterable[Row]
) -> tuple[Answers, list[RowProblem]]:
    """Answers from *rows*, and everything that is wrong with them."""
    reading = _Reading(framework)
    for row in rows:
        reading.take(row)
    return reading.answers(), reading.problems


def people_from_rows(
    framework: Framework, rows: Iterable[Row]
) -> tuple[tuple[PersonAnswers, ...], list[RowProblem]]:
    """The same as `answers_from_rows`, person by person, as they are kept until the closing."""
    reading = _Reading(framework)
    for row in rows:
        reading.take(row)
    reading.answers()
    return tuple(
        PersonAnswers(
            _sheet(framework, name, person),
            dict(person.codes),
            {place: "\n".join(entries) for place, entries in person.words.items()},
            min(person.seen.values(), default=1),
        )
        for name, person in reading.people.items()
    ), reading.problems


class _Reading:
    """A file being read: people so far, their words, and the problems so far."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.path = ""
        self.problems: list[RowProblem] = []
        self.people: dict[str, _Person] = {}
        self.comments: list[Comment] = []
        self.factors: dict[str, list[str]] = {}
        self.asked_in_words = {
            question.id: question
            for question in framework.questions
            if not question.scale.is_scored
        }
        self.context = {question.id for question in framework.context}
        self.groups = group_names(framework)
        self.places = (
            set(framework.position)
            | set(self.asked_in_words)
            | self.context
            | set(framework.item_by_id)
            | set(framework.category_by_id)
        )

    def take(self, row: Row) -> None:
        self.path = row.path
        name = self._name(row, "respondent")
        question = clean(row.cells["question"]).strip()
        if not name:
            self.problems.append(row.problem("respondent", "The respondent is missing."))
        known = self._known(row, question)
        if not name or not known:
            return
        person = self._person(row, name)
        if question in person.seen:
            self.problems.append(
                row.problem(
                    "question",
                    f"“{name}” has answered “{question}” already, in line {person.seen[question]}.",
                )
            )
            return
        person.seen[question] = row.line
        self._answer(row, person, question)
        self._words(row, person, question)

    def _name(self, row: Row, column: str) -> str:
        name = clean(unguarded(row.cells.get(column, ""))).strip()
        if len(name) > NAME_LIMIT:
            self.problems.append(
                row.problem(
                    column, f"This {column} has {len(name)} characters, {NAME_LIMIT} at most."
                )
            )
        return name[:NAME_LIMIT]

    def _known(self, row: Row, question: str) -> bool:
        if question in self.places:
            return True
        if not question:
            self.problems.append(row.problem("question", "The question is missing."))
            return False
        near = get_close_matches(question, sorted(self.places), n=1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        self.problems.append(
            row.problem("question", f"There is no “{question[:60]}” in these criteria.{hint}")
        )
        return False

    def _person(self, row: Row, name: str) -> _Person:
        group = self._name(row, "group") or STAFF
        group = self.groups.get(group.casefold(), group)
        unit = self._name(row, "unit") or None
        person = self.people.setdefault(name, _Person(group, unit))
        if person.group != group:
            self.problems.append(
                row.problem("group", f"“{name}” is in two groups: {person.group} and {group}.")
            )
        if unit and person.unit and unit != person.unit:
            self.problems.append(
                row.problem("unit", f"“{name}” is in two units: {person.unit} and {unit}.")
            )
        person.unit = person.unit or unit
        return person

    def _answer(self, row: Row, person: _Person, question: str) -> None:
        typed = row.cells["answer"]
        slot_place = self.framework.position.get(question)
        if question in self.context or question in self.asked_in_words:
            self._text(row, person, question, clean(unguarded(typed)).strip())
        elif slot_place is None:
            self._whole(row, person, question, typed.strip().casefold())
        else:
            slot = self.framework.slots[slot_place]
            try:
                code = answer_code(slot, clean(typed))
            except NotLegal as refusal:
                self.problems.append(row.problem("answer", str(refusal)))
                return
            if code == NOT_APPLICABLE:
                self._check_waiver(row)
            if code == NOT_APPLICABLE and slot.kind == "judgement":
                person.waived.add(question)
                person.is_judge = True
            elif code != NOT_ANSWERED:
                person.codes[question] = code
                person.is_judge |= slot.kind != "question"

    def _text(self, row: Row, person: _Person, question: str, text: str) -> None:
        if len(text) > COMMENT_LIMIT:
            self._too_long(row, "answer", len(text))
        elif text.casefold() == "na":
            self._check_waiver(row)
        elif not text or text.casefold() == "unknown":
            return
        else:
            person.words[question, "text"] = [text]
            self._keep_text(person, question, text)

    def _keep_text(self, person: _Person, question: str, text: str) -> None:
        if question in self.context:
            self.factors.setdefault(question, []).append(text)
        else:
            self.comments.append(Comment(question, "text", person.group, person.unit, text))

    def _whole(self, row: Row, person: _Person, question: str, word: str) -> None:
        """A category, or an item that is not judged as a whole: it may only not apply."""
        if word == "na":
            self._check_waiver(row)
            category = self.framework.category_by_id.get(question)
            person.waived |= {item.id for item in category.items} if category else {question}
            person.is_judge |= category is None
        elif word:
            what = "category" if question in self.framework.category_by_id else "item"
            self.problems.append(
                row.problem("answer", f"The {what} “{question}” takes only na; answer its parts.")
            )

    def _check_waiver(self, row: Row) -> None:
        """Refuse a "not applicable" that the file does not allow, or that gives no reason."""
        never = waiver_refused(self.framework)
        if never:
            self.problems.append(row.problem("answer", never))
            return
        reason = clean(unguarded(row.cells.get("comment", ""))).strip()
        wrong = reason_refused(self.framework, reason)
        if wrong:
            self.problems.append(row.problem("comment", wrong))

    def _words(self, row: Row, person: _Person, question: str) -> None:
        for kind in _WORDS:
            text = clean(unguarded(row.cells.get(kind, ""))).strip()
            if len(text) > COMMENT_LIMIT:
                self._too_long(row, kind, len(text))
                continue
            entries = [text] if kind == "comment" else text.split("\n")
            entries = [entry.strip() for entry in entries if entry.strip()]
            self.comments += [
                Comment(question, kind, person.group, person.unit, entry) for entry in entries
            ]
            if entries:
                self._keep_words(row, person, question, kind, entries)

    def _keep_words(
        self, row: Row, person: _Person, question: str, kind: str, entries: list[str]
    ) -> None:
        """A comment beside na is the reason; that of a whole category is each item's of it."""
        is_reason = kind == "comment" and row.cells["answer"].strip().casefold() == "na"
        category = self.framework.category_by_id.get(question)
        places = [item.id for item in category.items] if category and is_reason else [question]
        for place in places:
            person.words[place, "reason" if is_reason else kind] = entries

    def _too_long(self, row: Row, column: str, length: int) -> None:
        self.problems.append(
            row.problem(
                column, f"This text has {length:,} characters: {length - COMMENT_LIMIT:,} too many."
            )
        )

    def answers(self) -> Answers:
        agreed = [name for name, person in self.people.items() if person.group == CONSENSUS]
        if len(agreed) > 1:
            self.problems.append(
                RowProblem(
                    self.path, 1, 1, f"Only one respondent can be the consensus, not {len(agreed)}."
                )
            )
        return Answers(
            tuple(_sheet(self.framework, name, person) for name, person in self.people.items()),
            tuple(self.comments),
            tuple(
                KeyFactor(question.id, tuple(sorted(self.factors[question.id])))
                for question in self.framework.context
                if question.id in self.factors
            ),
        )


def group_names(framework: Framework) -> Mapping[str, str]:
    """How a group may be written: a form's id or its singular -> the form's id."""
    names = {CONSENSUS: CONSENSUS, STAFF: STAFF}
    for form in framework.forms:
        names[form.casefold()] = form
        if form.endswith("s"):
            names.setdefault(form[:-1].casefold(), form)
    return names


def _sheet(framework: Framework, name: str, person: _Person) -> Sheet:
    """A form's slots are asked, and whatever else was answered; rotating blocks only if drawn.

    An item that a judge waives was asked of them; staff who waive a category do not become judges.
    """
    form = framework.forms.get(person.group)
    is_judge = person.is_judge or (form is not None and form.judges)
    sheet = blank_sheet(framework, name, person.group, person.unit)
    drawn = {
        slot.question.block
        for slot in framework.slots
        if slot.question and slot.key in person.codes
    }
    values = bytearray(sheet.values)
    for place, slot in enumerate(framework.slots):
        question = slot.question
        if question and question.block and question.block not in drawn:
            values[place] = NOT_ASKED
        if slot.key in person.codes:
            values[place] = person.codes[slot.key]
        elif is_judge and question is None and slot.item.id in person.waived:
            values[place] = NOT_ANSWERED
    return Sheet(name, person.group, person.unit, bytes(values), frozenset(person.waived))
