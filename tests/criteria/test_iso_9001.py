"""ISO 9001 in both editions: its clauses, its verdicts, and a migration that loses nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assessment.catalogue.check import Checked
from assessment.core.crosswalk import Crosswalk
from assessment.core.framework import Framework
from assessment.core.scales import GRADES
from assessment.core.sheet import NOT_ANSWERED, NOT_APPLICABLE, blank_sheet
from assessment.resources import CRITERIA
from assessment.services.checking import check_criteria
from tests.factories import judged, make_release


def listed(clauses: str) -> list[str]:
    return clauses.split()


SHARED = listed("""
    4.1 4.2 4.3 4.4.1 4.4.2
    5.1.1 5.1.2 5.2.1 5.2.2 5.3
    6.1.1 6.1.2 6.2.1 6.2.2 6.3
    7.1.1 7.1.2 7.1.3 7.1.4 7.1.5.1 7.1.5.2 7.1.6 7.2 7.3 7.4 7.5.1 7.5.2 7.5.3.1 7.5.3.2
    8.1 8.2.1 8.2.2 8.2.3.1 8.2.3.2 8.2.4 8.3.1 8.3.2 8.3.3 8.3.4 8.3.5 8.3.6
    8.4.1 8.4.2 8.4.3 8.5.1 8.5.2 8.5.3 8.5.4 8.5.5 8.5.6 8.6 8.7.1 8.7.2
    9.1.1 9.1.2 9.1.3 9.2.1 9.2.2 9.3.1 9.3.2 9.3.3
    10.1 10.2.1 10.2.2
""")
OLD, NEW = "iso-9001-2015", "iso-9001-2026"
CLAUSES = {OLD: {*SHARED, "10.3"}, NEW: {*SHARED, "6.1.3"}}
KEPT_UP_TO_DATE = listed("4.3 4.4.2 5.2.2 6.2.1 8.1")
KEPT_AS_EVIDENCE = listed("""
    4.4.2 7.1.5.1 7.1.5.2 7.2 8.1 8.2.3.2 8.3.2 8.3.3 8.3.4 8.3.5 8.3.6
    8.4.1 8.5.2 8.5.3 8.5.6 8.6 8.7.2 9.1.1 9.2.2 9.3.3 10.2.2
""")
AUDIT_AND_REVIEW = ("9.2.1", "9.2.2", "9.3.1", "9.3.2", "9.3.3")
ONE_OF_EACH = ("4.2", "5.1.1", "6.1.1", "7.1.5.2", "8.6", "10.2.1", *AUDIT_AND_REVIEW)
NO_OBSTACLE = "no obstacle found in what was assessed"


@pytest.fixture(scope="module")
def checked() -> dict[str, Checked]:
    return {Path(each.path).stem: each for each in check_criteria(CRITERIA.glob("iso-9001-*"))}


def framework(checked: dict[str, Checked], name: str) -> Framework:
    found = checked[name].framework
    assert found is not None
    return found


@pytest.fixture(scope="module", params=[OLD, NEW])
def edition(request, checked) -> Framework:
    return framework(checked, request.param)


@pytest.fixture(scope="module")
def migration(checked) -> Crosswalk:
    found = checked["iso-9001-migration"].companion
    assert isinstance(found, Crosswalk)
    return found


def graded(edition: Framework) -> list[str]:
    return [item.id for item in edition.items if item.judge.answer == "conformity"]


def in_order(clause: str) -> list[int]:
    return [int(number) for number in clause.split(".")]


def verdict(edition: Framework, grades: dict[str, int]) -> str | None:
    return make_release(edition, judged(edition, grades)).assessed.verdict


def test_both_editions_have_sixty_five_clauses_in_the_order_of_their_numbers(edition):
    found = graded(edition)
    assert set(found) == CLAUSES[edition.id]
    assert len(found) == 65
    assert found == sorted(found, key=in_order)


def test_a_clause_stands_in_the_chapter_of_its_number_and_has_none_below_it(edition):
    assert [category.id for category in edition.categories] == [*map(str, range(4, 11)), "D"]
    for category in edition.categories[:-1]:
        for item in category.items:
            assert item.id.split(".")[0] == category.id
            assert not any(other.startswith(f"{item.id}.") for other in graded(edition))


def test_auditors_are_asked_how_and_told_where_to_look_and_what_to_do(edition):
    for clause in graded(edition):
        item = edition.item_by_id[clause]
        asked = item.questions_of("assessors")
        assert 1 <= len(asked) <= 3, clause
        assert all(re.match(r"How .*\?$", question.text) for question in asked), clause
        assert len(item.evidence) >= 2, clause
        assert set(item.improve) == {GRADES.index(grade) for grade in ("ofi", "minor", "major")}


def test_staff_are_heard_on_every_chapter_but_context_and_leaders_on_each(edition):
    for form in ("staff", "leaders"):
        heard = {
            category.id
            for category in edition.categories
            for item in category.items
            if item.questions_of(form)
        }
        assert heard == {*map(str, range(4, 11))}


def test_the_checklist_has_twenty_six_documents_by_clause(edition):
    first, *others = edition.category_by_id["D"].items
    assert clauses_of([first]) == KEPT_UP_TO_DATE
    assert clauses_of(others) == KEPT_AS_EVIDENCE
    assert {*KEPT_UP_TO_DATE, *KEPT_AS_EVIDENCE} <= set(graded(edition))


def clauses_of(groups) -> list[str]:
    return [
        criterion.id.removeprefix(f"{item.id}-")
        for item in groups
        for level in item.levels
        for criterion in level.criteria
    ]


def test_audit_and_management_review_are_required(edition):
    assert edition.scoring.required == AUDIT_AND_REVIEW


def test_a_verdict_names_the_greatest_obstacle(edition):
    clean = dict.fromkeys(graded(edition), 0)
    assert verdict(edition, clean) == NO_OBSTACLE
    assert verdict(edition, dict.fromkeys(clean, 1)) == NO_OBSTACLE
    assert verdict(edition, dict.fromkeys(clean, 2)) == "minors open"
    for clause in ONE_OF_EACH:
        assert verdict(edition, clean | {clause: 2}) == "minors open", clause
        assert verdict(edition, clean | {clause: 3}) == "not ready", clause
        unseen = {each: grade for each, grade in clean.items() if each != clause}
        assert verdict(edition, unseen) == "not determined", clause


def test_a_clause_set_aside_with_a_reason_is_no_obstacle_unless_it_is_audit_or_review(edition):
    for clause in ONE_OF_EACH:
        given = dict.fromkeys(graded(edition), 0) | {clause: NOT_APPLICABLE}
        expected = "not ready" if clause in AUDIT_AND_REVIEW else NO_OBSTACLE
        assert verdict(edition, given) == expected, clause


@pytest.mark.parametrize("ticked", [1, 0, NOT_ANSWERED])
def test_no_document_found_or_missing_changes_a_verdict(edition, ticked):
    documents = [
        slot.key for slot in edition.slots if slot.kind == "criterion" and slot.key.startswith("D")
    ]
    sheet = blank_sheet(edition, "auditor", "assessors")
    for grade, expected in ((0, NO_OBSTACLE), (2, "minors open")):
        given = dict.fromkeys(graded(edition), grade) | dict.fromkeys(documents, ticked)
        found = make_release(edition, sheet.with_values(edition, given)).assessed
        assert found.verdict == expected
    only = make_release(edition, sheet.with_values(edition, dict.fromkeys(documents, ticked)))
    assert only.assessed.verdict == "not determined"


def test_reasons_for_leaving_a_clause_out_stand_in_the_scope(edition):
    reasons = [reason for reason in edition.not_applicable if "document" not in reason]
    assert len(reasons) >= 5
    assert all("scope" in reason for reason in reasons)


def test_the_newer_edition_names_itself_one_of_the_older(checked):
    text = (CRITERIA / f"{NEW}.yaml").read_text(encoding="utf-8")
    assert f"variant of: {OLD}\n" in text


def test_what_is_asked_in_the_same_words_keeps_its_id_over_the_editions(checked):
    old, new = (
        {q.text: q.id for q in framework(checked, name).questions if q.scale.is_scored}
        for name in (OLD, NEW)
    )
    moved = {text: (old[text], new[text]) for text in old if old[text] != new.get(text)}
    assert moved == {"My ideas for better work get an answer.": ("10.3-s1", "10.1-s1")}
    assert len(new) == len(old) + 2


def test_every_clause_of_2015_goes_somewhere_and_every_one_of_2026_comes_from_somewhere(
    checked, migration
):
    old, new = (
        {f"{name}/{item.id}" for item in framework(checked, name).items} for name in (OLD, NEW)
    )
    from_, to = [], set()
    for link in migration.links:
        side = old if link.item.framework == OLD else new
        assert str(link.item) in side
        targets = {str(other) for others in link.others.values() for other in others}
        assert targets or link.change in ("dropped", "new"), link.item
        from_ += [str(link.item)] if side is old else []
        to |= targets | ({str(link.item)} if side is new else set())
    assert sorted(from_) == sorted(old)
    assert to == new


def test_the_migration_says_of_every_clause_what_changed_and_what_to_do(migration):
    assert all(link.change and link.note for link in migration.links)
    notes = [link.note for link in migration.links]
    assert len(notes) == len(set(notes))
    changed = {link.item.id: link.change for link in migration.links}
    assert changed["6.1.2"] == "split"
    assert changed["10.1"] == changed["10.3"] == "merged"
    assert {"5.1.1", "6.3", "7.1.6", "7.3", "9.2.2", "9.3.2", "9.3.3"} <= {
        clause for clause, change in changed.items() if change == "reworded"
    }


def test_a_clause_called_the_same_reads_the_same_in_both_files(checked, migration):
    old, new = framework(checked, OLD), framework(checked, NEW)
    for link in migration.links:
        [*targets] = [other for others in link.others.values() for other in others]
        if link.change == "same":
            [target] = targets
            before, after = old.item_by_id[link.item.id], new.item_by_id[target.id]
            assert (before.title, before.about) == (after.title, after.about), link.item


def test_a_migration_carries_evidence_over_and_never_a_grade(migration):
    carried = {strength: taken for strength, taken in migration.takes_over.items() if taken}
    assert carried == {"strong": ("evidence", "comments"), "partial": ("evidence",)}
