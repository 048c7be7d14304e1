"""One page of questions: what its fields hold, what they showed, and what stands against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessment.core.consensus import judgements
from assessment.core.framework import Item
from assessment.services.answers import Conflict
from assessment.services.fillings import Field, Filling
from assessment.web.language import gettext as _
from assessment.web.question_choices import word_for
from assessment.web.question_fields import QuestionForm, name_of


@dataclass(frozen=True)
class QuestionPage:
    """The fields of one page: what they hold, what they showed, and what stands against them."""

    filling: Filling
    form: QuestionForm
    was: Mapping[Field, str]
    theirs: Mapping[Field, str] = field(default_factory=dict)

    def value(self, place: str, kind: str = "answer") -> str:
        """What the field holds now."""
        return self.form[name_of(place, kind)].data or ""

    def error(self, place: str, kind: str = "answer") -> str:
        """What is wrong with it, if anything."""
        return " ".join(map(str, self.form[name_of(place, kind)].errors))

    def has(self, place: str, kind: str) -> bool:
        """Whether this page asks for it."""
        return name_of(place, kind) in self.form

    def other(self, place: str, kind: str) -> str | None:
        """In words, what was saved elsewhere meanwhile; None where nothing was."""
        theirs = self.theirs.get((place, kind))
        return None if theirs is None else word_for(self.filling, place, kind, theirs)

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """Each field that needs a look: the id of its control, and the sentence."""
        found = [(name_of(*each), text) for each, text in self.form.problems.items()]
        changed = _("Changed elsewhere meanwhile: look at both and choose.")
        return found + [(name_of(*each), changed) for each in self.theirs]


def show(filling: Filling, form: QuestionForm) -> QuestionPage:
    """A page as it stands in the database."""
    was = {each: filling.shown(*each) for each in form.fields}
    form.process(None, data={name_of(*each): value for each, value in was.items()})
    return QuestionPage(filling, form, was)


def after_conflicts(conflicts: tuple[Conflict, ...]) -> dict[Field, str]:
    """What stands now, by field."""
    return {(each.place, each.kind): each.theirs for each in conflicts}


def level_words(filling: Filling, item: Item) -> str:
    """The level that an item with criteria has reached so far."""
    found = [
        each for each in judgements(filling.framework, [filling.sheet]) if each.item_id == item.id
    ]
    scale = item.judge
    if scale is None or not found or found[0].state != "scored" or found[0].value is None:
        return _("Not determined yet")
    level = int(found[0].value)
    label = next((each.label for each in scale.levels if each.number == level), "")
    return f"{level} · {label}" if label else str(level)
