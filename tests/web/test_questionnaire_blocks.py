"""Rotating blocks on the pages: what somebody has not drawn is nowhere on their way."""

from __future__ import annotations

import pytest

from tests.web.questionnaires import item_address, make_round, small_criteria

BLOCKS = ("A", "B", "C")
LINE = "          - {id: 1.2-s1,"


def rotating() -> str:
    added = "".join(
        f"          - {{id: block-{block}-{n}, form: staff, scale: agreement, block: {block},"
        f" text: Statement {block}{n}.}}\n"
        for block in BLOCKS
        for n in (1, 2)
    )
    # The last part asks staff about one block only: without it the part is not theirs.
    last = "          - {id: 2.2-s1, form: [staff, leaders],"
    return (
        small_criteria()
        .replace(LINE, added + LINE)
        .replace(last, last.replace("form: [staff, leaders],", "form: staff, block: B,"))
    )


@pytest.fixture
def round_(installation):
    return make_round(installation, rotating(), {f"p{n}": "staff" for n in range(3)})


def test_each_sees_one_block_and_is_told_of_no_other(round_):
    for code, mine in zip(("p0", "p1", "p2"), BLOCKS, strict=True):
        client = round_.enter(code)
        asked = 7 if mine == "B" else 6
        assert f"{asked} questions" in client.get("/r/welcome").text
        hub = client.get("/r/parts").text
        assert f"{asked} questions" in hub
        page = client.get(item_address("1.2")).text
        whole = page + client.get("/r/review").text + client.get("/r/copy").text
        for block in BLOCKS:
            assert (f"Statement {block}1." in page) == (block == mine)
            assert (f"Statement {block}2." in whole) == (block == mine)
        assert client.get(item_address("2.2")).status_code == (200 if mine == "B" else 404)
        assert client.get("/r/review").text.count('class="answer"') == asked


def test_a_sheet_is_complete_with_the_block_that_was_drawn(round_):
    client = round_.enter("p0")
    for item_id, places in (
        ("1.1", ("1.1-s1", "1.1-s2")),
        ("1.2", ("block-A-1", "block-A-2", "1.2-s1")),
        ("2.1", ("2.1-s1",)),
    ):
        given = {
            f"{kind}answer:{place}": said
            for place in places
            for kind, said in (("", "3"), ("was:", ""))
        }
        assert client.send(item_address(item_id), **given).status_code == 303
    assert "Everything is answered" in client.get("/r/review").text
    assert client.send("/r/submit", open="").location == "/r/thanks"


def test_a_field_of_another_block_changes_nothing(round_):
    client = round_.enter("p0")
    given = {"answer:block-B-1": "3", "was:answer:block-B-1": ""}
    assert client.send(item_address("1.2"), **given).status_code == 303
    assert round_.filling("p0").version == 0
