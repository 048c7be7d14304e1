"""A checked criteria file -> the `Framework` that everything else works with, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

from assessment.catalogue.rules.forms import judges
from assessment.catalogue.rules.improvement import advised_on, places
from assessment.catalogue.rules.pairs import pair_ids
from assessment.catalogue.schema import (
    AgreementScale,
    BandsEntry,
    ConformityScale,
    CriteriaFile,
    ItemEntry,
    LevelScale,
    MetScale,
    PercentScale,
    QuestionEntry,
    ScaleEntry,
)
from assessment.catalogue.texts import Text
from assessment.core.framework import (
    Area,
    Bands,
    Category,
    ContextQuestion,
    Criterion,
    Form,
    Framework,
    Item,
    MetLevel,
    Question,
    Scoring,
)
from assessment.core.scales import Attribute, Level, Range, Scale

_IN_WORDS = Scale("text", "text")


def build(file: CriteriaFile, sha256: str, language: str | None = None) -> Framework:
    """The framework in *language* (the file's own if None); *sha256* is that of the file's bytes.

    The file must be free of errors: what it names is taken to be there.
    """
    return _Builder(file, language or file.language).framework(sha256)


class _Builder:
    """One file in one language; a method for each part."""

    def __init__(self, file: CriteriaFile, language: str) -> None:
        self.file = file
        self.language = language
        self.say = partial(Text.wording, language=language, own=file.language)
        self.scales = {name: self.scale(name, entry) for name, entry in file.scales.items()}
        questions = [
            question
            for category in file.categories
            for item in category.items
            for question in item.questions
        ]
        self.pairs = pair_ids(questions)
        self.joined = {lead for lead, count in Counter(self.pairs.values()).items() if count > 1}

    def framework(self, sha256: str) -> Framework:
        """The whole of it."""
        file = self.file
        return Framework(
            id=file.id,
            title=self.say(file.title),
            edition=self.say(file.edition),
            language=self.language,
            sha256=sha256,
            owner=self.say(file.owner),
            notice=self.say(file.notice),
            about=self.say(file.about),
            doubts=self.all(file.doubts),
            notes=self.all(file.notes),
            scales=self.scales,
            forms={
                name: Form(
                    name, self.say(form.audience), self.say(form.intro), judges(name, form.judges)
                )
                for name, form in file.forms.items()
            },
            context=tuple(
                ContextQuestion(factor.id, self.say(factor.text), self.say(factor.title))
                for factor in file.context
            ),
            categories=tuple(
                Category(
                    category.id,
                    self.say(category.title),
                    tuple(self.item(item) for item in category.items),
                    self.say(category.about),
                )
                for category in file.categories
            ),
            bands=tuple(self.bands(entry) for entry in file.bands),
            scoring=_scoring(file),
            not_applicable=(
                file.not_applicable
                if file.not_applicable == "never"
                else self.all(file.not_applicable)
                if file.not_applicable
                else "any reason"
            ),
        )

    def all(self, texts: tuple[Text, ...]) -> tuple[str, ...]:
        return tuple(self.say(text) for text in texts)

    def scale(self, name: str, entry: ScaleEntry) -> Scale:
        """A scale with everything its kind of answer has."""
        title = self.say(entry.title)
        if isinstance(entry, AgreementScale):
            return Scale(name, entry.answer, title, self.all(entry.labels), _favourable(entry))
        if isinstance(entry, ConformityScale):
            return Scale(name, entry.answer, title, self.all(entry.labels))
        if isinstance(entry, LevelScale | MetScale):
            levels = tuple(
                Level(level.level, self.say(level.label), self.say(level.text))
                for level in entry.levels
            )
            return Scale(name, entry.answer, title, levels=levels)
        if isinstance(entry, PercentScale):
            return self.percent_scale(name, title, entry)
        return Scale(name, entry.answer, title)

    def percent_scale(self, name: str, title: str, entry: PercentScale) -> Scale:
        """A percent scale; an attribute without a title is called by its id."""
        return Scale(
            name,
            entry.answer,
            title,
            step=entry.step,
            attributes=tuple(
                Attribute(one.id, self.say(one.title) or one.id, one.weight)
                for one in entry.attributes
            ),
            ranges=tuple(
                Range(
                    one.start,
                    one.end,
                    self.say(one.label),
                    self.say(one.text),
                    {key: self.say(text) for key, text in (one.model_extra or {}).items()},
                )
                for one in entry.ranges
            ),
            cap=entry.cap,
            attribute_step=entry.attribute_step,
        )

    def item(self, item: ItemEntry) -> Item:
        """An item with its questions and criteria."""
        return Item(
            id=item.id,
            title=self.say(item.title),
            points=item.points,
            judge=self.scales[item.judge] if item.judge else None,
            about=self.say(item.about),
            areas=tuple(Area(area.id, self.say(area.title)) for area in item.areas),
            questions=tuple(self.question(question, item) for question in item.questions),
            levels=tuple(
                MetLevel(
                    level.level,
                    tuple(
                        Criterion(criterion.id, self.say(criterion.text))
                        for criterion in level.criteria
                    ),
                )
                for level in item.levels
            ),
            evidence=self.all(item.evidence),
            improve=self.advice(item.improve, self.file.scales.get(item.judge or "")),
            drivers=item.drivers,
        )

    def question(self, question: QuestionEntry, item: ItemEntry) -> Question:
        """A question; both wordings of a pair get the same `pair`, that of the first of them."""
        pair = self.pairs[question.id]
        scale = advised_on(question.scale, item.judge, self.file.scales)
        return Question(
            id=question.id,
            text=self.say(question.text),
            scale=self.scales[question.scale] if question.scale else _IN_WORDS,
            forms=frozenset(self.file.forms if question.form is None else question.form),
            area=question.area,
            pair=pair if pair in self.joined else None,
            block=question.block,
            hint=self.say(question.hint),
            evidence=self.all(question.evidence),
            improve=self.advice(question.improve, scale),
        )

    def advice(self, improve: Mapping[str, Text], scale: ScaleEntry | None) -> dict[int, str]:
        """What to do next, by the number of the place one stands at."""
        numbers = places(scale) if scale and improve else {}
        return {numbers[key]: self.say(text) for key, text in improve.items()}

    def bands(self, entry: BandsEntry) -> Bands:
        return Bands(
            entry.of,
            self.all(entry.labels),
            entry.limits or (),
            entry.starts or (),
            self.all(entry.about),
        )


def _favourable(entry: AgreementScale) -> frozenset[int]:
    """The answers the file calls favourable, or those above the middle."""
    if entry.favourable is not None:
        return frozenset(entry.favourable)
    count = len(entry.labels)
    return frozenset(answer for answer in range(1, count + 1) if 2 * answer > count + 1)


def _scoring(file: CriteriaFile) -> Scoring:
    """The chosen rules. Without a choice: cumulative where all that is judged is met or not, and
    sums where there are points."""
    items = [item for category in file.categories for item in category.items]
    judged_on = {file.scales[item.judge].answer for item in items if item.judge}
    has_points = any(item.points is not None for item in items)
    return Scoring(
        item=file.scoring.item or ("cumulative" if judged_on == {"met"} else "judged"),
        category=file.scoring.category or ("points" if has_points else "none"),
        total=file.scoring.total or ("sum" if has_points else "none"),
        required=file.scoring.required,
    )
