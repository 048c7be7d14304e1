"""Bytes -> values with their places; whatever is in the way is named in words, never raised."""

import pytest

from assessment.catalogue.decoding import LIMIT
from assessment.catalogue.located import DEPTH, NODES, Located, locate


def read(text: str | bytes) -> Located:
    return locate(text.encode() if isinstance(text, str) else text, "file.yaml")


def problem(text: str | bytes) -> tuple[int, int, str, str]:
    """The one problem of a file, as line, column, rule and sentence."""
    [found] = read(text).problems
    return found.line, found.column, found.rule, found.sentence


def test_values_know_their_line_and_column():
    located = read("kind: framework\nitems:\n  - id: 1.1\n    title: Direction\n")
    title = located.place(("items", 0, "title"))
    assert (title.line, title.column) == (4, 12)


def test_names_of_fields_know_theirs():
    located = read("kind: framework\nitems:\n  - id: 1.1\n    title: Direction\n")
    name = located.place(("items", 0, "title"), at_key=True)
    assert (name.line, name.column) == (4, 5)


def test_a_value_that_is_not_there_stands_where_its_holder_stands():
    located = read("items:\n  - id: 1.1\n")
    assert located.place(("items", 0, "title", "en")).line == 2


def test_columns_count_characters_not_bytes():
    located = read("{größe: ä, b: c}")
    assert located.place(("b",)).column == 15


@pytest.mark.parametrize(
    "typed",
    ["no", "010", "12:30", "2026-01-01", "1.10", "1e3", "0x1F", ".5", "+1", "True", "=", "<<"],
)
def test_a_value_stays_the_text_that_was_typed(typed):
    assert read(f"id: {typed}").value == {"id": typed}


@pytest.mark.parametrize("typed", ["no", "010", "null", "~"])
def test_the_name_of_a_field_stays_the_text_that_was_typed(typed):
    assert read(f"{typed}: text").value == {typed: "text"}


@pytest.mark.parametrize("typed", ["", "~", "null"])
def test_only_nothing_is_nothing(typed):
    assert read(f"id: {typed}").value == {"id": None}
    assert read(f"id: '{typed}'").value == {"id": typed}


def test_texts_are_composed():
    assert read("id: e\u0301").value == read("id: \u00e9").value


def test_a_byte_order_mark_changes_nothing():
    with_mark = read(b"\xef\xbb\xbfid: 1")
    assert with_mark.value == {"id": "1"}
    assert with_mark.place(("id",)).column == 5


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_any_kind_of_line_break_is_counted_once(line_break):
    located = read(line_break.join(["a: 1", "b: 2", "c: 3"]))
    assert located.place(("c",)).line == 3


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-16", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-32", "UTF-32")],
)
def test_another_encoding_is_called_by_its_name(encoding, name):
    line, column, rule, sentence = problem("id: 1\ntitle: A model\n".encode(encoding))
    assert (line, column, rule) == (1, 1, "not-utf8")
    assert name in sentence
    assert "Save it as UTF-8." in sentence


def test_latin_1_is_named_with_the_place_and_the_character():
    line, column, rule, sentence = problem("id: 1\ntitle: Für alle\n".encode("latin-1"))
    assert (line, column, rule) == (2, 9, "not-utf8")
    assert "byte FC would be “ü” in Windows-1252 (Latin-1). Save it as UTF-8." in sentence


def test_half_a_surrogate_pair_is_refused_with_its_place():
    line, column, rule, _ = problem(b"id: 1\ntitle: \xed\xa0\x80")
    assert (line, column, rule) == (2, 8, "not-utf8")


def test_an_escaped_surrogate_is_refused_with_its_place():
    line, _, rule, _ = problem('id: 1\ntitle: "\\ud800"')
    assert (line, rule) == (2, "not-yaml")


def test_a_picture_is_no_text_file():
    assert problem(b"\x89PNG\r\n\x1a\n\x00\x00" + b"pixels " * 20)[2] == "not-text"


def test_a_control_character_is_refused_with_its_place():
    assert problem("id: 1\ntitle: a\x07b")[:3] == (2, 9, "control-character")


@pytest.mark.parametrize("text", ["", "   \n\n", "# nothing but a remark\n", "---\n", "~", "null"])
def test_an_empty_file_says_so(text):
    assert problem(text)[2] == "empty-file"
    assert read(text).value is None


def test_a_tab_in_the_indentation_is_called_a_tab():
    assert problem("a:\n  b: 1\n \tc: 2\n")[:3] == (3, 2, "tab")


def test_a_tab_between_words_does_no_harm():
    assert read("a:\tb\tc").value == {"a": "b\tc"}


def test_an_object_tag_is_refused_with_its_line_and_nothing_runs(tmp_path):
    made = tmp_path / "made"
    text = f'id: 1\ntitle: !!python/object/apply:os.system ["touch {made}"]\n'
    assert problem(text)[:3] == (2, 8, "tag")
    assert not made.exists()


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    assert problem(bomb)[:3] == (1, 4, "alias")


def test_an_alias_without_anchor_is_refused():
    assert problem("a: 1\nb: *a\n")[:3] == (2, 4, "alias")


def test_five_thousand_opening_brackets_are_refused():
    assert problem("a: " + "[" * 5_000)[2] == "too-deep"


def test_nesting_is_allowed_up_to_its_limit():
    assert read("[" * DEPTH + "]" * DEPTH).problems == ()
    assert problem("[" * (DEPTH + 1) + "]" * (DEPTH + 1))[:3] == (1, DEPTH + 1, "too-deep")


def test_values_are_allowed_up_to_their_limit():
    assert read("- \n" * (NODES - 1)).problems == ()
    assert problem("- \n" * NODES)[:3] == (NODES, 2, "too-many-values")


def test_size_is_allowed_up_to_its_limit():
    assert read("a: " + "x" * (LIMIT - 3)).problems == ()
    assert problem("a: " + "x" * (LIMIT - 2))[2] == "too-large"


def test_a_second_document_is_refused_where_it_starts():
    assert read("---\na: 1\n").value == {"a": "1"}
    assert problem("---\na: 1\n---\nb: 2\n")[:3] == (3, 1, "second-document")


def test_a_field_given_twice_names_both_lines():
    assert problem("a: 1\nb: 2\na: 3\n") == (
        3,
        1,
        "duplicate-key",
        "The field “a” is given twice, in line 1 and in line 3.",
    )


def test_every_field_given_twice_is_reported():
    assert [found.line for found in read("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n").problems] == [
        2,
        3,
        4,
    ]


@pytest.mark.parametrize("key", ["? [a]\n", "? {a: b}\n", '""', "? "])
def test_the_name_of_a_field_is_text(key):
    assert problem(f"{key}: 1\n")[2] == "key-not-text"
