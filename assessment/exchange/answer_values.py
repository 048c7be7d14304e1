"""What may stand in the answer cell of one slot, and what to say about anything else."""

from __future__ import annotations

import re

from assessment.core.framework import Framework, Slot
from assessment.core.scales import GRADES
from assessment.core.sentence import Sentence, _
from assessment.core.sheet import CANT_JUDGE, NOT_ANSWERED, NOT_APPLICABLE

WAYS_OUT = {"": NOT_ANSWERED, "unknown": CANT_JUDGE, "na": NOT_APPLICABLE}
"""An empty cell is not answered, `unknown` is "I can't judge this", `na` does not apply."""

_WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)


class NotLegal(ValueError):
    """An answer that the slot does not take, with the sentence for the person."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def answer_code(slot: Slot, typed: str) -> int:
    """The byte for what was *typed* at *slot*; raises NotLegal with a sentence."""
    word = typed.strip().casefold()
    if word in WAYS_OUT:
        return WAYS_OUT[word]
    if slot.kind == "criterion":
        return _one_of(typed, word, {"yes": 1, "no": 0})
    if slot.scale.answer == "conformity":
        return _one_of(typed, word, {grade: place for place, grade in enumerate(GRADES)})
    if _WHOLE.fullmatch(word) and int(word) in slot.values:
        return int(word)
    raise NotLegal(_number_refused(slot, typed.strip()))


def _one_of(typed: str, word: str, words: dict[str, int]) -> int:
    if word in words:
        return words[word]
    raise NotLegal(
        Sentence(
            _("“%(typed)s” is not an answer here: %(words)s, unknown, na or nothing."),
            typed=_short(typed),
            words=", ".join(words),
        )
    )


def _number_refused(slot: Slot, typed: str) -> Sentence:
    values = slot.values
    if slot.scale.answer == "percent":
        refused = Sentence(
            _(
                "“%(typed)s” is not a whole percent from 0 to 100 in steps of %(step)s, nor"
                " unknown, na or nothing."
            ),
            typed=_short(typed),
            step=values[1] - values[0],
        )
    else:
        refused = Sentence(
            _(
                "“%(typed)s” is not a whole number from %(lowest)s to %(highest)s, nor unknown,"
                " na or nothing."
            ),
            typed=_short(typed),
            lowest=values[0],
            highest=values[-1],
        )
    return refused.then(_nearest(slot, typed))


def _nearest(slot: Slot, typed: str) -> Sentence | None:
    try:
        number = float(typed)
    except ValueError:
        return None
    values = slot.values
    if not values[0] <= number <= values[-1]:
        return None
    below = max(value for value in values if value <= number)
    above = min(value for value in values if value >= number)
    if below == above:
        return None
    return Sentence(_("The nearest are %(below)s and %(above)s."), below=below, above=above)


def _short(typed: str) -> str:
    return typed if len(typed) <= 40 else f"{typed[:40]}…"


def answer_text(slot: Slot, code: int) -> str:
    """What stands in the answer cell for the byte *code*."""
    for word, way_out in WAYS_OUT.items():
        if code == way_out:
            return word
    if slot.kind == "criterion":
        return "yes" if code else "no"
    if slot.scale.answer == "conformity":
        return GRADES[code]
    return str(code)


def reason_refused(framework: Framework, reason: str) -> Sentence | None:
    """What is wrong with *reason* as the reason why something does not apply; None if nothing."""
    allowed = framework.not_applicable
    if not reason:
        return Sentence(_("The reason for na is missing: write it as the comment."))
    if allowed not in ("never", "any reason") and reason not in allowed:
        return Sentence(
            _("The reason for na must be one of: %(reasons)s."), reasons="; ".join(allowed)
        )
    return None


def waiver_refused(framework: Framework) -> Sentence | None:
    """Why nothing may be left out of these criteria; None where they allow it."""
    if framework.not_applicable == "never":
        return Sentence(_("These criteria do not allow na: every item applies."))
    return None
