"""The report's own words: versions, a check of the facts, a signature, quotes with two readers."""

from __future__ import annotations

import uuid

import pytest

from assessment.core.editorial import Decision, EditorialWords, Theme
from assessment.core.release import Comment
from assessment.services.editorial import (
    EditorialChanged,
    NotChecked,
    check_facts,
    editorial,
    editorial_version,
    save_words,
    sign_off,
    versions,
)
from assessment.services.errors import NotAllowed, NotThere, Refused
from assessment.services.people import invite_person
from assessment.services.permissions import Grant, Member
from assessment.services.quotes import by_key, key_of, quotable, read_comments, read_quote
from tests.factories import make_framework, make_item
from tests.rounds import NOW, draft

FRAMEWORK = make_framework(make_item("1.1"), make_item("1.2"))
WORDS = EditorialWords(
    "Measurement lags",
    "Two pages.",
    (Theme("opportunity", "Few measures are used."), Theme("strength", "Leaders are trusted.")),
    ("1.2",),
    (Decision("Choose ten measures", "Ada", "20 k", "2027-03-31", "1.2"),),
)
REMARK = Comment("1.1-s1", "comment", "staff", "North", "We count what nobody reads.")


@pytest.fixture
def row(session):
    return draft(session)


@pytest.fixture
def people(session, row):
    """Three people of the organisation, who may be asked to read and to sign."""
    found = []
    for number in range(3):
        name, email = f"Person {number}", f"p{number}@example.org"
        person = invite_person(session, row.organisation_id, email, name, "leader", now=NOW)
        found.append(member(row, person.id, name))
    return found


def member(row, person=None, name="Lea", role="leader", units=None) -> Member:
    return Member(
        row.organisation_id, person or uuid.uuid4(), name, "x@example.org", (Grant(role, units),)
    )


def test_nothing_is_written_at_first(session, row):
    assert editorial(session, row).version == 0
    assert versions(session, row) == []


def test_every_save_is_a_version_and_none_is_lost(session, row):
    first = save_words(session, member(row), row, FRAMEWORK, 0, WORDS, NOW)
    second = save_words(
        session, member(row), row, FRAMEWORK, 1, EditorialWords(headline="Other words"), NOW
    )
    assert (first.version, second.version) == (1, 2)
    assert editorial(session, row).words.headline == "Other words"
    assert editorial_version(session, row, 1).words.headline == "Measurement lags"
    assert [each.editorial.version for each in versions(session, row)] == [2, 1]


def test_strengths_stand_first(session, row):
    kept = save_words(session, member(row), row, FRAMEWORK, 0, WORDS, NOW)
    assert [theme.kind for theme in kept.words.themes] == ["strength", "opportunity"]


def test_the_same_words_again_are_no_new_version(session, row):
    save_words(session, member(row), row, FRAMEWORK, 0, WORDS, NOW)
    again = save_words(session, member(row), row, FRAMEWORK, 0, WORDS, NOW)
    assert again.version == 1


def test_an_older_page_overwrites_nobody(session, row):
    save_words(session, member(row), row, FRAMEWORK, 0, WORDS, NOW)
    with pytest.raises(EditorialChanged) as refused:
        save_words(session, member(row), row, FRAMEWORK, 0, EditorialWords(headline="Mine"), NOW)
    assert refused.value.kept.words.headline == "Measurement lags"
    assert editorial(session, row).version == 1


def test_nobody_signs_what_nobody_has_checked(session, row):
    save_words(session, member(row), row, FRAMEWORK, 0, WORDS, NOW)
    with pytest.raises(NotChecked):
        sign_off(session, member(row), row, 1, NOW)


def test_a_change_takes_check_and_signature_away(session, row):
    lea = member(row)
    save_words(session, lea, row, FRAMEWORK, 0, WORDS, NOW)
    check_facts(session, lea, row, 1, "All figures read against the release.", NOW)
    signed = sign_off(session, lea, row, 2, NOW)
    assert (signed.state, signed.by, signed.version) == ("signed off", "Lea", 3)
    changed = save_words(session, lea, row, FRAMEWORK, 3, EditorialWords(headline="New"), NOW)
    assert changed.state == "draft"
    assert editorial_version(session, row, 3).state == "signed off"


def test_signing_twice_is_once(session, row):
    lea = member(row)
    save_words(session, lea, row, FRAMEWORK, 0, WORDS, NOW)
    check_facts(session, lea, row, 1, "", NOW)
    sign_off(session, lea, row, 2, NOW)
    assert sign_off(session, lea, row, 2, NOW).version == 3


@pytest.mark.parametrize(
    ("role", "units"), [("leader", frozenset({uuid.uuid4()})), ("administrator", None)]
)
def test_whoever_does_not_lead_the_whole_does_not_write_its_report(session, row, role, units):
    with pytest.raises(NotAllowed):
        save_words(session, member(row, role=role, units=units), row, FRAMEWORK, 0, WORDS, NOW)


def test_a_consultant_writes_but_does_not_sign(session, row):
    own = member(row, role="consultant")
    save_words(session, own, row, FRAMEWORK, 0, WORDS, NOW)
    check_facts(session, own, row, 1, "", NOW)
    with pytest.raises(NotAllowed):
        sign_off(session, own, row, 2, NOW)


def test_everything_that_is_wrong_is_named_at_once(session, row):
    words = EditorialWords(
        "x" * 201,
        themes=(Theme("strength", "y" * 401),),
        decisions=(Decision("", "Ada"), Decision("Do it", due="tomorrow")),
    )
    with pytest.raises(Refused) as refused:
        save_words(session, member(row), row, FRAMEWORK, 0, words, NOW)
    assert sorted(refused.value.fields) == ["due-1", "headline", "theme-0", "what-0"]


def test_one_reader_is_not_enough_to_quote(session, row, people):
    read_quote(session, people[0], row, [REMARK], (key_of(REMARK), "release"), NOW)
    assert quotable(session, row, [REMARK]) == ()


def test_the_same_reader_twice_is_one_reader(session, row, people):
    for _ in range(2):
        read_quote(session, people[0], row, [REMARK], (key_of(REMARK), "release"), NOW)
    assert quotable(session, row, [REMARK]) == ()


def test_two_readers_release_a_quote(session, row, people):
    for reader in people[:2]:
        read_quote(session, reader, row, [REMARK], (key_of(REMARK), "release"), NOW)
    assert quotable(session, row, [REMARK]) == (REMARK,)
    read = read_comments(session, row, by_key([REMARK]))
    assert read[key_of(REMARK)].names == ("Person 0", "Person 1")


def test_one_no_keeps_a_quote_out(session, row, people):
    for reader in people[:2]:
        read_quote(session, reader, row, [REMARK], (key_of(REMARK), "release"), NOW)
    read_quote(session, people[2], row, [REMARK], (key_of(REMARK), "withhold"), NOW)
    assert quotable(session, row, [REMARK]) == ()


def test_a_comment_that_is_not_in_the_release_cannot_be_quoted(session, row, people):
    with pytest.raises(NotThere):
        read_quote(session, people[0], row, [], (key_of(REMARK), "release"), NOW)
