"""Ten thousand damaged files: each is read or refused, none raises."""

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.catalogue.check import Checked, check_bytes
from assessment.catalogue.rulebook import RULES

SEED = 2026
MUTANTS = 10_000
SMALL = b"""\
kind: framework
id: s
title: {en: A, de: B}
edition: 1
language: en
scales:
  a: {answer: agreement, labels: [x, y, z]}
  p: {answer: percent, attributes: [k], ranges: [{from: 0, to: 100, label: l, k: t}]}
forms: {staff: {audience: all}, assessors: {audience: some}}
categories:
  - id: 1
    title: t
    items:
      - id: 1.1
        title: t
        points: 9
        judge: p
        questions:
          - {id: q, form: staff, scale: a, text: "w\\u00e9", pair: r}
          - {id: r, form: assessors, scale: a, text: 'w', block: B}
bands: [{of: total, limits: [9], labels: [all]}]
golden: [{name: n, judged: {'*': 50}, expect: {assessed: {total: {points: 4.5}}}}]
"""
TOKENS = [
    b"\xed\xa0\x80", b"\xff", b"\x00", b"\x07", b"\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\t",
    b"\r", b"&a ", b"*a", b"!!python/name:os.system ", b"!", b"<<: ", b"? ", b": ", b"- ",
    b"---\n", b"...\n",
    b"%YAML 1.1\n", b"|\n", b">-\n", b"[", b"]", b"{", b"}", b"#", b"'", b'"', b'"\\ud800"', b"\\x",
    b"~", b"null", b"9" * 50, b"1e400", b".nan", b"-1", b"\xef\xbc\x94", b"[[[[", b"\n  ", b"id: ",
    "e\u0301\U0001f600\u202e".encode(), b"title: [a]\n", b"a: b\n" * 20,
]  # fmt: skip


def mutant(chance: random.Random) -> bytes:
    """The small file after one to four accidents."""
    data = bytearray(SMALL)
    for _ in range(chance.randint(1, 4)):
        here = chance.randrange(len(data) + 1)
        there = min(len(data), here + chance.choice((1, 2, 5, 40)))
        match chance.randrange(6):
            case 0 if here < len(data):
                data[here] ^= 1 << chance.randrange(8)
            case 1:
                del data[here:there]
            case 2:
                data[here:here] = data[here:there]
            case 3:
                data[here:here] = chance.choice(TOKENS)
            case 4:
                data[here:there] = chance.choice(TOKENS)
            case _:
                lines = data.split(b"\n")
                chance.shuffle(lines) if chance.random() < 0.1 else lines.reverse()
                data = bytearray(b"\n".join(lines)) if chance.random() < 0.1 else data[: here + 200]
    return bytes(data)


def is_in_order(checked: Checked, data: bytes) -> bool:
    """Each problem is one line, of a known rule, at a place in the file; or it is a framework."""
    lines = (
        data.count(b"\n") + data.count(b"\r") + data.count(b"\xc2\x85") + data.count(b"\xe2\x80")
    )
    return all(
        problem.rule in RULES
        and 1 <= problem.line <= lines + 2
        and problem.column >= 1
        and str(problem).isprintable()
        for problem in checked.problems
    ) and (checked.framework is checked.companion is None) == bool(checked.errors)


def test_the_small_file_is_sound():
    assert check_bytes(SMALL, "small.yaml").errors == ()


def test_ten_thousand_damaged_files_never_raise():
    chance = random.Random(SEED)
    sound = 0
    for number in range(MUTANTS):
        data = mutant(chance)
        checked = check_bytes(data, "mutant.yaml")
        assert is_in_order(checked, data), (number, data)
        sound += checked.framework is not None
    assert 0 < sound < MUTANTS / 2


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    assert is_in_order(check_bytes(data, "bytes.yaml"), data)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_in_any_field_is_read_or_refused(text):
    data = SMALL.replace(b"title: t", b"title: " + text.encode(errors="surrogatepass"), 1)
    assert is_in_order(check_bytes(data, "text.yaml"), data)


def test_a_damaged_shipped_file_never_raises():
    shipped = Path(__file__).resolve().parents[2] / "criteria"
    chance = random.Random(SEED)
    for path in sorted(shipped.glob("*.yaml")):
        data = path.read_bytes()
        for _ in range(10):
            cut = chance.randrange(len(data))
            broken = data[:cut] + chance.choice(TOKENS) + data[cut + chance.randrange(3) :]
            assert is_in_order(check_bytes(broken, path.name), broken)
