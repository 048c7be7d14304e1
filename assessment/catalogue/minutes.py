"""How long a form takes to fill in, told before it starts.

Reading: 240 words a minute over what the form shows, which is each question with its hint, each
item that is judged with what it asks, each criterion, and once only the words of every scale on the
form. Answering: 5 seconds a statement (agreement, conformity, a criterion), 20 seconds where a
described level, stage or percent is weighed (each attribute is weighed by itself), and 20 seconds
for an answer in words, which may stay empty. Of rotating blocks a respondent meets one; the
longest counts. [our convention]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from assessment.core.framework import Form, Framework, Item, Question
from assessment.core.scales import AnswerKind, Scale

WORDS_A_MINUTE = 240
STATEMENT, DESCRIBED, IN_WORDS = 5, 20, 20
SECONDS: Mapping[AnswerKind, int] = {
    "agreement": STATEMENT,
    "conformity": STATEMENT,
    "met": STATEMENT,
    "level": DESCRIBED,
    "stage": DESCRIBED,
    "percent": DESCRIBED,
    "text": IN_WORDS,
}


def minutes_of_forms(framework: Framework) -> Mapping[str, Fraction]:
    """Form id -> minutes, not rounded."""
    return {name: _minutes(framework, form) for name, form in framework.forms.items()}


def minutes_of_draw(framework: Framework, form_id: str, drawn: Collection[str]) -> Fraction:
    """The same for somebody who has drawn the blocks *drawn* of the form."""
    return _minutes(framework, framework.forms[form_id], drawn)


def _minutes(framework: Framework, form: Form, drawn: Collection[str] | None = None) -> Fraction:
    words = seconds = 0
    blocks: dict[str, Fraction] = {}
    scales: dict[str, Scale] = {}
    for question in framework.questions_of(form.id):
        scales[question.scale.id] = question.scale
        if question.block is None:
            words += _words_of_question(question)
            seconds += SECONDS[question.scale.answer]
        elif drawn is None or question.block in drawn:
            spent = _spent(_words_of_question(question), SECONDS[question.scale.answer])
            blocks[question.block] = blocks.get(question.block, Fraction(0)) + spent
    if form.judges:
        for item in framework.items:
            if item.judge is not None:
                scales[item.judge.id] = item.judge
                words += _words_of_item(item)
                seconds += _judgements(item) * SECONDS[item.judge.answer]
    words += sum(_words_of_scale(scale) for scale in scales.values())
    met = sum(blocks.values()) if drawn else max(blocks.values(), default=Fraction(0))
    return _spent(words, seconds) + met


def _spent(words: int, seconds: int) -> Fraction:
    return Fraction(words, WORDS_A_MINUTE) + Fraction(seconds, 60)


def _judgements(item: Item) -> int:
    if item.judge is not None and item.judge.answer == "met":
        return sum(len(level.criteria) for level in item.levels)
    return 1 + len(item.judge.attributes if item.judge else ())


def _words_of_question(question: Question) -> int:
    return _words([question.text, question.hint])


def _words_of_item(item: Item) -> int:
    criteria = [criterion.text for level in item.levels for criterion in level.criteria]
    return _words([item.title, item.about, *criteria])


def _words_of_scale(scale: Scale) -> int:
    ranges = [text for one in scale.ranges for text in (one.label, one.text, *one.texts.values())]
    levels = [text for level in scale.levels for text in (level.label, level.text)]
    attributes = [attribute.title for attribute in scale.attributes]
    return _words([*scale.labels, *attributes, *ranges, *levels])


def _words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)
