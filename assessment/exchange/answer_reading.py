"""ANSWERS.csv, row by row: what each person said in it, and everything that is wrong with it."""

from __future__ import annotations

from assessment.core.framework import CONSENSUS, STAFF, Framework
from assessment.core.release import Comment, CommentKind
from assessment.core.sentence import Sentence, _
from assessment.core.sheet import NOT_ANSWERED, NOT_APPLICABLE
from assessment.core.text import COMMENT_LIMIT, NAME_LIMIT, clean
from assessment.exchange.answer_people import Person, group_names
from assessment.exchange.answer_values import (
    NotLegal,
    answer_code,
    reason_refused,
    waiver_refused,
)
from assessment.exchange.rows import Row, RowProblem, did_you_mean, unguarded

WORDS: tuple[CommentKind, ...] = ("comment", "strength", "ofi", "evidence")


class Reading:
    """A file being read: people so far, their words, and the problems so far."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.path = ""
        self.problems: list[RowProblem] = []
        self.people: dict[str, Person] = {}
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
        """Read one row; what is wrong with it is noted, and nothing of it is kept."""
        self.path = row.path
        name = self._name(row, "respondent")
        question = clean(row.cells["question"]).strip()
        if not name:
            missing = Sentence(_("The respondent is missing."))
            self.problems.append(row.problem("respondent", missing))
        known = self._known(row, question)
        if not name or not known:
            return
        person = self._person(row, name)
        if question in person.seen:
            twice = Sentence(
                _("“%(name)s” has answered “%(question)s” already, in line %(line)s."),
                name=name,
                question=question,
                line=person.seen[question],
            )
            self.problems.append(row.problem("question", twice))
            return
        person.seen[question] = row.line
        self._answer(row, person, question)
        self._words(row, person, question)

    def _name(self, row: Row, column: str) -> str:
        name = clean(unguarded(row.cells.get(column, ""))).strip()
        if len(name) > NAME_LIMIT:
            sentence = Sentence(
                _("The %(column)s has %(length)s characters, %(most)s at most."),
                column=column,
                length=len(name),
                most=NAME_LIMIT,
            )
            self.problems.append(row.problem(column, sentence))
        return name[:NAME_LIMIT]

    def _known(self, row: Row, question: str) -> bool:
        if question in self.places:
            return True
        if not question:
            sentence = Sentence(_("The question is missing."))
        else:
            sentence = Sentence(
                _("There is no “%(question)s” in these criteria."), question=question[:60]
            ).then(did_you_mean(question, self.places))
        self.problems.append(row.problem("question", sentence))
        return False

    def _person(self, row: Row, name: str) -> Person:
        group = self._name(row, "group") or STAFF
        group = self.groups.get(group.casefold(), group)
        unit = self._name(row, "unit") or None
        person = self.people.setdefault(name, Person(group, unit))
        if person.group != group:
            groups = _("“%(name)s” is in two groups: %(one)s and %(other)s.")
            sentence = Sentence(groups, name=name, one=person.group, other=group)
            self.problems.append(row.problem("group", sentence))
        if unit and person.unit and unit != person.unit:
            units = _("“%(name)s” is in two units: %(one)s and %(other)s.")
            sentence = Sentence(units, name=name, one=person.unit, other=unit)
            self.problems.append(row.problem("unit", sentence))
        person.unit = person.unit or unit
        return person

    def _answer(self, row: Row, person: Person, question: str) -> None:
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
                self.problems.append(row.problem("answer", refusal.sentence))
                return
            if code == NOT_APPLICABLE:
                self._check_waiver(row)
            if code == NOT_APPLICABLE and slot.kind == "judgement":
                person.waived.add(question)
                person.is_judge = True
            elif code != NOT_ANSWERED:
                person.codes[question] = code
                person.is_judge |= slot.kind != "question"

    def _text(self, row: Row, person: Person, question: str, text: str) -> None:
        if len(text) > COMMENT_LIMIT:
            self._too_long(row, "answer", len(text))
        elif text.casefold() == "na":
            self._check_waiver(row)
        elif not text or text.casefold() == "unknown":
            return
        else:
            person.words[question, "text"] = [text]
            self._keep_text(person, question, text)

    def _keep_text(self, person: Person, question: str, text: str) -> None:
        if question in self.context:
            self.factors.setdefault(question, []).append(text)
        else:
            self.comments.append(Comment(question, "text", person.group, person.unit, text))

    def _whole(self, row: Row, person: Person, question: str, word: str) -> None:
        """A category, or an item that is not judged as a whole: it may only not apply."""
        if word == "na":
            self._check_waiver(row)
            category = self.framework.category_by_id.get(question)
            person.waived |= {item.id for item in category.items} if category else {question}
            person.is_judge |= category is None
        elif word:
            only = _("The item “%(id)s” takes only na; answer its parts.")
            if question in self.framework.category_by_id:
                only = _("The category “%(id)s” takes only na; answer its parts.")
            self.problems.append(row.problem("answer", Sentence(only, id=question)))

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

    def _words(self, row: Row, person: Person, question: str) -> None:
        for kind in WORDS:
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
        self, row: Row, person: Person, question: str, kind: str, entries: list[str]
    ) -> None:
        """A comment beside na is the reason; that of a whole category is each item's of it."""
        is_reason = kind == "comment" and row.cells["answer"].strip().casefold() == "na"
        category = self.framework.category_by_id.get(question)
        places = [item.id for item in category.items] if category and is_reason else [question]
        for place in places:
            person.words[place, "reason" if is_reason else kind] = entries

    def _too_long(self, row: Row, column: str, length: int) -> None:
        sentence = Sentence(
            _("This text has %(length)s characters: %(over)s too many."),
            length=f"{length:,}",
            over=f"{length - COMMENT_LIMIT:,}",
        )
        self.problems.append(row.problem(column, sentence))

    def finish(self) -> None:
        """Look at the file as a whole."""
        agreed = [name for name, person in self.people.items() if person.group == CONSENSUS]
        if len(agreed) > 1:
            sentence = Sentence(
                _("Only one respondent can be the consensus, not %(count)s."), count=len(agreed)
            )
            self.problems.append(RowProblem(self.path, 1, 1, sentence))
