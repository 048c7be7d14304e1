"""More than a hundred broken files: each slip is named at its line and column, and nothing else."""

import pytest

from assessment.catalogue.check import check_bytes
from tests.catalogue.broken import BROKEN, SOUND, Broken


def test_the_file_that_is_broken_is_sound_before():
    checked = check_bytes(SOUND.encode(), "small.yaml")
    assert checked.problems == ()
    assert checked.framework is not None


def test_there_are_a_hundred_different_slips():
    assert len({broken.name for broken in BROKEN}) == len(BROKEN) >= 100
    assert len({broken.text for broken in BROKEN}) == len(BROKEN)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_slip_is_named_at_its_place_in_plain_words(broken: Broken):
    checked = check_bytes(broken.text.encode(), "small.yaml")
    assert [
        (found.line, found.column, found.rule, found.sentence) for found in checked.problems
    ] == broken.expected
    assert checked.framework is None


def test_a_problem_reads_as_one_line():
    [broken] = [one for one in BROKEN if one.name == "a field is misspelt"]
    [problem] = check_bytes(broken.text.encode(), "small.yaml").problems
    assert str(problem) == (
        "small.yaml:88:13: error: I don't know the field “hnt” here. Did you mean “hint”?"
        " [unknown-field]"
    )


def test_sentences_are_plain():
    sentences = [expected.sentence for broken in BROKEN for expected in broken.expected]
    jargon = ["mapping", "scalar", "NoneType", "please", "!", "Input should", "tuple", "string"]
    plain = [sentence.replace("“!”", "") for sentence in sentences]
    assert [(word, text) for text in plain for word in jargon if word in text] == []
