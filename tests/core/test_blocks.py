"""Rotating blocks: one each, all equally often, whatever the order of the list."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from assessment.core.blocks import blocks_of, deal, drawn_blocks, drawn_sheet
from assessment.core.places import places_of
from assessment.core.sheet import NOT_ASKED, blank_sheet
from tests.factories import NOTE, make_framework, make_item, make_question

BLOCKS = ("x", "y", "z")


def framework():
    rotating = [make_question(f"{block}{n}", block=block) for block in BLOCKS for n in (1, 2)]
    return make_framework(
        make_item("1.1", make_question("a"), *rotating),
        make_item("2.1", make_question("why", scale=NOTE, block="y")),
        make_item("3.1", make_question("free", scale=NOTE, block="words only")),
    )


def test_one_block_is_asked_and_the_others_are_not():
    blank = blank_sheet(framework(), "", "staff")
    sheet = drawn_sheet(framework(), blank, "y")
    places = places_of(framework(), sheet)
    assert blocks_of(framework(), "staff") == BLOCKS
    assert drawn_blocks(framework(), sheet.values) == {"y"}
    assert places.slots == {"a", "y1", "y2"}
    assert places.texts == {"why", "free"}
    other = places_of(framework(), drawn_sheet(framework(), blank, "x"))
    assert other.texts == {"free"}
    assert "2.1" not in other


def test_a_group_that_is_no_form_is_asked_nothing():
    assert blocks_of(framework(), "visitors") == ()
    assert set(blank_sheet(framework(), "", "visitors").values) == {NOT_ASKED}


@given(
    sizes=st.lists(st.integers(1, 12), max_size=8),
    late=st.lists(st.integers(0, 8), max_size=12),
    before=st.integers(0, 40),
)
def test_blocks_are_never_more_than_one_apart(sizes, late, before):
    first = [unit for unit, size in enumerate(sizes) for _ in range(size)][:before]
    dealt = list(zip(first, deal(BLOCKS, first), strict=True))
    dealt += zip(late, deal(BLOCKS, late, dealt), strict=True)
    drawn = Counter(block for _unit, block in dealt)
    assert max(drawn.values(), default=0) - min(drawn[block] for block in BLOCKS) <= 1


@given(sizes=st.lists(st.integers(1, 12), max_size=8))
def test_units_that_come_one_after_the_other_have_all_blocks(sizes):
    waiting = [unit for unit, size in enumerate(sizes) for _ in range(size)]
    drawn = Counter(zip(waiting, deal(BLOCKS, waiting), strict=True))
    for unit, size in enumerate(sizes):
        counts = [drawn[unit, block] for block in BLOCKS]
        assert sum(counts) == size
        assert max(counts) - min(counts) <= 1
