"""The shape of a criteria file: which fields there are, which must be given, and as what.

What they mean together is the business of `rules`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)
from pydantic_core import PydanticCustomError

from assessment.catalogue.fields import (
    Amount,
    Id,
    Ids,
    Improve,
    Language,
    Name,
    OrOneWord,
    Slug,
    Title,
    Whole,
    Word,
    YesNo,
    id_alone,
)
from assessment.catalogue.texts import NO_TEXT, Text
from assessment.core.framework import ItemRule, TotalRule
from assessment.core.scales import GRADES


class Entry(BaseModel):
    """A part of a criteria file with fields of its own; other fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AttributeEntry(Entry):
    """A dimension of a percent scale, as an id alone or with a title and a weight."""

    id: Id = Field(description="One word, used in ranges, cap and answers.")
    title: Title = Field(NO_TEXT, description="What people read; without it, the id.")
    weight: Amount = Field(Fraction(1), description="For the rule weighted mean; 1 if absent.")


class RangeEntry(Entry):
    """A described step of a percent scale, with a text for each attribute under its id."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Text]

    start: Whole = Field(alias="from", description="The lowest percent of the range.")
    end: Whole = Field(alias="to", description="The highest percent of the range.")
    label: Title = Field(description="A name for the range.")
    text: Text = Field(NO_TEXT, description="What an organisation here looks like.")


class LevelEntry(Entry):
    """A described level of a scale."""

    level: Whole = Field(description="0 or 1 for the lowest, then without gaps.")
    label: Title = Field(description="A name for the level.")
    text: Text = Field(NO_TEXT, description="What an organisation here looks like.")


class AgreementScale(Entry):
    """Three to seven labels, the lowest first; answers are counted from 1."""

    answer: Literal["agreement"] = Field(description="What kind of answer the scale takes.")
    title: Title = Field(NO_TEXT, description="A name for the scale.")
    labels: tuple[Title, ...] = Field(
        min_length=3, max_length=7, description="What can be ticked, lowest first."
    )
    favourable: tuple[Whole, ...] | None = Field(
        None, description="Which answers count as favourable; without it, those above the middle."
    )


class PercentScale(Entry):
    """0 to 100 percent in steps, judged in attributes if the scale has some."""

    answer: Literal["percent"] = Field(description="What kind of answer the scale takes.")
    title: Title = Field(NO_TEXT, description="A name for the scale.")
    step: Whole = Field(5, description="The distance between two legal percents; 5 if absent.")
    attribute_step: Whole | None = Field(
        None,
        alias="attribute step",
        description="The distance between two legal percents of an attribute; step if absent.",
    )
    attributes: tuple[Annotated[AttributeEntry, BeforeValidator(id_alone), OrOneWord()], ...] = (
        Field((), description="The dimensions that are judged beside the whole.")
    )
    cap: Id | None = Field(None, description="An attribute that no mean may exceed.")
    ranges: tuple[RangeEntry, ...] = Field((), description="What the percents mean, from 0 to 100.")


class LevelScale(Entry):
    """Described levels or stages, of which one is picked."""

    answer: Literal["level", "stage"] = Field(description="What kind of answer the scale takes.")
    title: Title = Field(NO_TEXT, description="A name for the scale.")
    levels: tuple[LevelEntry, ...] = Field(
        min_length=2, max_length=20, description="The levels, lowest first."
    )


class MetScale(Entry):
    """Levels that are reached when all their criteria are met; the criteria stand at the items."""

    answer: Literal["met"] = Field(description="What kind of answer the scale takes.")
    title: Title = Field(NO_TEXT, description="A name for the scale.")
    levels: tuple[LevelEntry, ...] = Field(
        min_length=1, max_length=20, description="The levels, lowest first."
    )


def _one_a_grade(labels: tuple[Text, ...]) -> tuple[Text, ...]:
    if len(labels) != len(GRADES):
        sentence = "A conformity scale has a label for each of: {grades}."
        raise PydanticCustomError("labels-of-grades", sentence, {"grades": ", ".join(GRADES)})
    return labels


class ConformityScale(Entry):
    """Conforming, an opportunity for improvement, a minor or a major nonconformity."""

    answer: Literal["conformity"] = Field(description="What kind of answer the scale takes.")
    title: Title = Field(NO_TEXT, description="A name for the scale.")
    labels: Annotated[tuple[Title, ...], AfterValidator(_one_a_grade)] = Field(
        (),
        description="Words for the four grades.",
        json_schema_extra={"minItems": len(GRADES), "maxItems": len(GRADES)},
    )


class TextScale(Entry):
    """Free text, unscored."""

    answer: Literal["text"] = Field(description="What kind of answer the scale takes.")
    title: Title = Field(NO_TEXT, description="A name for the scale.")


ScaleEntry = AgreementScale | PercentScale | LevelScale | MetScale | ConformityScale | TextScale


class FormEntry(Entry):
    """The questions one audience is asked."""

    audience: Title = Field(description="Who answers.")
    intro: Text = Field(NO_TEXT, description="What they read first.")
    judges: YesNo | None = Field(
        None, description="Whether they judge every item; yes for assessors, else no."
    )


class ContextEntry(Entry):
    """A key factor, told once by a leader."""

    id: Id = Field(description="Unique in the file.")
    title: Title = Field(NO_TEXT, description="A short name.")
    text: Text = Field(description="What is asked.")


class AreaEntry(Entry):
    """A part of an item that questions are grouped by."""

    id: Id = Field(description="Unique in the file.")
    title: Title = Field(description="A short name.")


class QuestionEntry(Entry):
    """What is asked; without a scale it is answered in words and not scored."""

    id: Id = Field(description="Unique in the file, and the same for ever.")
    form: Ids | None = Field(None, description="The form or forms that ask it; without it, all.")
    scale: Id | None = Field(None, description="The scale it is answered on; without it, text.")
    text: Text = Field(description="What is asked.")
    hint: Text = Field(NO_TEXT, description="One short sentence of help.")
    area: Id | None = Field(None, description="The area of the item it belongs to.")
    pair: Id | None = Field(None, description="The same statement in other words on another form.")
    block: Id | None = Field(None, description="The rotating block it belongs to.")
    evidence: tuple[Text, ...] = Field((), description="What would show it.")
    improve: Improve = Field(
        default_factory=dict, description="What to do next, by range or level."
    )


class CriterionEntry(Entry):
    """A statement that is met or not."""

    id: Id = Field(description="Unique in the file.")
    text: Text = Field(description="What is met or not.")


class MetLevelEntry(Entry):
    """The criteria of one level of an item."""

    level: Whole = Field(description="The number of a level of the item's scale.")
    criteria: tuple[CriterionEntry, ...] = Field(min_length=1, description="What must all be met.")


class ItemEntry(Entry):
    """What earns points, a level or a grade."""

    id: Id = Field(description="Unique in the file, and the same for ever.")
    title: Title = Field(description="A short name.")
    points: Amount | None = Field(None, description="What it is worth; on all items or on none.")
    judge: Id | None = Field(None, description="The scale it is judged on.")
    about: Text = Field(NO_TEXT, description="What the item asks.")
    drivers: Ids = Field((), description="Items to examine when this result is weak.")
    areas: tuple[AreaEntry, ...] = Field((), description="Parts that questions are grouped by.")
    evidence: tuple[Text, ...] = Field((), description="What would show it.")
    improve: Improve = Field(
        default_factory=dict, description="What to do next, by range or level."
    )
    questions: tuple[QuestionEntry, ...] = Field((), description="What is asked.")
    levels: tuple[MetLevelEntry, ...] = Field((), description="Criteria, for a met scale only.")


class CategoryEntry(Entry):
    """A chapter of the framework."""

    id: Id = Field(description="Unique in the file, and the same for ever.")
    title: Title = Field(description="A short name.")
    points: Amount | None = Field(None, description="What its items must add up to.")
    about: Text = Field(NO_TEXT, description="One or two sentences.")
    items: tuple[ItemEntry, ...] = Field(min_length=1, description="At least one.")


class BandsEntry(Entry):
    """Classes of summed points."""

    of: Id = Field(description="total, the id of a category, or a scale's id.")
    limits: tuple[Amount, ...] | None = Field(None, description="The highest points of each band.")
    starts: tuple[Amount, ...] | None = Field(
        None, alias="from", description="Instead of limits: the lowest points of each band."
    )
    labels: tuple[Title, ...] = Field(min_length=1, description="A name for each band.")
    about: tuple[Text, ...] = Field((), description="What each band says.")


class ScoringEntry(Entry):
    """Which rules turn answers into results."""

    item: ItemRule | None = Field(default=None, description="How an item's judgement comes about.")
    category: Literal["points", "none"] | None = Field(
        default=None, description="Whether a category sums its points."
    )
    total: TotalRule | None = Field(default=None, description="What the whole comes to.")
    required: Ids = Field(
        default=(), description="For a verdict: items without which it is not ready."
    )


class AnswerEntry(Entry):
    """One row of an answers file."""

    respondent: Word = Field(description="Any name; the same one for each row of a person.")
    question: Word = Field(description="The id of what is answered.")
    answer: Word = Field(description="As in an answers file.")
    group: Word = Field("", description="A form's id; staff if absent.")
    unit: Word = Field("", description="The part of the organisation.")
    comment: Word = Field("", description="A remark.")
    strength: Word = Field("", description="Strengths, one a line.")
    ofi: Word = Field("", description="Opportunities for improvement, one a line.")
    evidence: Word = Field("", description="Evidence, one a line.")


class GoldenEntry(Entry):
    """Answers, and the results they must lead to."""

    name: Name = Field(description="What is shown to be right.")
    judged: dict[Word, Word] | None = Field(
        None, description="The value of each item; '*' for all items."
    )
    answers: tuple[AnswerEntry, ...] | None = Field(None, description="Rows of an answers file.")
    expect: dict[str, Any] = Field(min_length=1, description="A part of the results.")


class SilenceEntry(Entry):
    """A warning that does not apply here, and why."""

    rule: Word = Field(description="The id in brackets at the end of the warning.")
    at: Id | None = Field(
        None, description="Only in the part with this id: an item, a question, a scale, a form."
    )
    reason: Name = Field(description="Why it does not apply.")


class CriteriaFile(Entry):
    """A body of criteria in one edition."""

    kind: Literal["framework"] = Field(description="Always framework.")
    id: Slug = Field(description="The name of the file without .yaml; a new edition is a new id.")
    title: Title = Field(description="What people call it.")
    edition: Title = Field(description="Which edition of it.")
    language: Language = Field(description="The language of plain texts, such as en.")
    variant_of: Slug | None = Field(
        None,
        alias="variant of",
        description="The id of the framework this one is another edition or a variant of.",
    )
    owner: Title = Field(NO_TEXT, description="Who owns the original model.")
    notice: Text = Field(NO_TEXT, description="Printed in every report.")
    about: Text = Field(NO_TEXT, description="What it is for and whom to ask.")
    doubts: tuple[Text, ...] = Field((), description="What a reader must know; in every report.")
    notes: tuple[Text, ...] = Field((), description="Where the facts come from.")
    scales: dict[Id, Annotated[ScaleEntry, Field(discriminator="answer")]] = Field(
        {}, description="What is answered on, by id."
    )
    forms: dict[Id, FormEntry] = Field(min_length=1, description="Who is asked, by id.")
    context: tuple[ContextEntry, ...] = Field((), description="Key factors, answered in words.")
    categories: tuple[CategoryEntry, ...] = Field(min_length=1, description="The chapters.")
    bands: tuple[BandsEntry, ...] = Field((), description="Classes of summed points.")
    not_applicable: (
        Annotated[
            Annotated[Literal["never"], Tag("<word>")]
            | Annotated[tuple[Title, ...], Field(min_length=1), Tag("<reasons>")],
            Discriminator(lambda value: "<reasons>" if isinstance(value, list) else "<word>"),
        ]
        | None
    ) = Field(None, alias="not applicable", description="never, or the reasons that are allowed.")
    scoring: ScoringEntry = Field(
        ScoringEntry(), description="Which rules turn answers into results."
    )
    silence: tuple[SilenceEntry, ...] = Field((), description="Warnings that do not apply here.")
    golden: tuple[GoldenEntry, ...] = Field((), description="Answers with their known results.")
