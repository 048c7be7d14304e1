"""Minutes of a form: 240 words a minute, 5 seconds a statement, 20 seconds a described level."""

from fractions import Fraction

from assessment.catalogue.check import check_bytes
from assessment.catalogue.minutes import minutes_of_forms
from assessment.core.framework import (
    Category,
    Criterion,
    Form,
    Framework,
    Item,
    MetLevel,
    Question,
)
from assessment.core.scales import Level, Scale
from tests.catalogue.broken import SOUND

AGREEMENT = Scale("agreement", "agreement", labels=("no", "maybe", "yes"))
MATURITY = Scale("maturity", "level", levels=(Level(1, "begun"), Level(2, "lived", "in all parts")))
MET = Scale("met", "met", levels=(Level(1, "begun"), Level(2, "lived")))
WORDS = Scale("text", "text")


def question(name: str, scale: Scale, words: int, block: str | None = None) -> Question:
    return Question(name, "word " * words, scale, frozenset({"staff"}), block=block)


def minutes(*questions: Question, judges: bool = False, **item: object) -> Fraction:
    form = Form("staff", "Everyone", "An introduction is not counted.", judges=judges)
    asked = Item("1.1", "Two words", questions=questions, **item)  # type: ignore[arg-type]
    categories = (Category("1", "Leading", (asked,)),)
    framework = Framework(
        "f", "F", "1", "en", "0" * 64, forms={"staff": form}, categories=categories
    )
    return minutes_of_forms(framework)["staff"]


def test_nothing_takes_no_time():
    assert minutes() == 0


def test_statements_are_read_and_ticked_and_their_labels_are_read_once():
    one, two = question("1", AGREEMENT, 57), question("2", AGREEMENT, 60)
    assert minutes(one) == Fraction(57 + 3, 240) + Fraction(5, 60)
    assert minutes(one, two) == Fraction(57 + 60 + 3, 240) + Fraction(10, 60)


def test_a_described_level_takes_twenty_seconds():
    assert minutes(question("1", MATURITY, 15)) == Fraction(15 + 5, 240) + Fraction(20, 60)


def test_an_answer_in_words_takes_twenty_seconds():
    assert minutes(question("1", WORDS, 24)) == Fraction(24, 240) + Fraction(20, 60)


def test_of_rotating_blocks_the_longest_counts():
    short, long = question("1", WORDS, 24, "A"), question("2", WORDS, 48, "B")
    assert minutes(short, long) == minutes(question("2", WORDS, 48))


def test_a_form_that_judges_reads_each_criterion_and_decides_on_it():
    levels = (MetLevel(1, (Criterion("a", "four words are here"), Criterion("b", "and two"))),)
    spent = minutes(judges=True, judge=MET, levels=levels, about="asks for three things")
    assert spent == Fraction(2 + 4 + 4 + 2 + 2, 240) + Fraction(2 * 5, 60)


def test_a_judgement_in_percent_is_weighed_as_a_whole_and_by_attribute():
    checked = check_bytes(SOUND.encode(), "file.yaml")
    titles, criteria, questions = 3, 3 + 5, 6 + 4
    attributes, ranges, levels = 2, 1 + 6 + 5 + 1 + 5 + 4, 2
    words = titles + criteria + questions + attributes + ranges + levels
    seconds = 2 * (1 + 2) * 20 + 2 * 5 + 20 + 5
    assert checked.minutes["assessors"] == Fraction(words, 240) + Fraction(seconds, 60)
