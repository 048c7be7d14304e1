"""Refusals: each is named for what happened and carries a plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from assessment.core.sentence import Sentence, _
from assessment.store.faults import Broken, Busy, NoRoom, NotKept

__all__ = [
    "AlreadySubmitted",
    "Broken",
    "Busy",
    "CycleClosed",
    "LinkUsedUp",
    "NoRoom",
    "NotAllowed",
    "NotComplete",
    "NotKept",
    "NotOpenYet",
    "NotThere",
    "Refusal",
    "Refused",
    "Sentence",
    "_",
]


class Refusal(Exception):
    """A deed that was not done; nothing has changed."""

    default = _("This was not possible.")

    def __init__(self, said: Sentence | str | None = None, **values: object) -> None:
        self.sentence = (
            said if isinstance(said, Sentence) else Sentence(said or self.default, **values)
        )
        super().__init__(str(self.sentence))


class NotThere(Refusal):
    """No such thing in this organisation; another organisation's is the same as none."""

    default = _("There is nothing here. Perhaps the address was cut short.")


class NotAllowed(Refusal):
    """The person may not do this."""

    default = _("Your role does not include this. An administrator can change that.")


class LinkUsedUp(Refusal):
    """A link or pass that does not open anything: unknown, used, replaced, expired or too late."""

    default = _(
        "This link does not work any more. Ask the person who sent it to you for a new one."
    )


class NotOpenYet(Refusal):
    """A cycle that takes no answers yet."""

    default = _("This opens later. Nothing can be answered before then.")


class CycleClosed(Refusal):
    """A cycle takes no more answers. `kept` is how many of this respondent's it has."""

    def __init__(self, title: str, kept: int | None = None) -> None:
        self.kept = kept
        closed = Sentence(_("“%(title)s” is closed and takes no more answers."), title=title)
        before = Sentence.plural(
            "The answer you gave before is kept.",
            "The %(num)s answers you gave before are kept.",
            kept or 0,
        )
        super().__init__(closed.then(before if kept else None))


class AlreadySubmitted(Refusal):
    """The sheet was handed in and stays as it is."""

    default = _("You have submitted your answers already. They are kept as they were then.")


class NotComplete(Refusal):
    """A submission with places still open, by somebody who has not said that this is meant."""

    def __init__(self, places: tuple[str, ...]) -> None:
        self.places = places
        super().__init__(
            Sentence.plural(
                "One answer is still open. You may give it or submit without it.",
                "%(num)s answers are still open. You may give them or submit without them.",
                len(places),
            )
        )


class Refused(Refusal):
    """What was typed cannot be kept: a sentence for each field, by its name."""

    def __init__(self, fields: Mapping[str, Sentence]) -> None:
        self.fields = dict(fields)
        first, *rest = fields.values() or [Sentence(self.default)]
        super().__init__(reduce(Sentence.then, rest, first))
