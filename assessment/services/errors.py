"""Refusals: each is named for what happened and carries a plain sentence.

A sentence is a template with values beside it, so that the edge can translate the one and put in
the other. `_` marks it for the translators and leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

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


def _(sentence: str) -> str:
    return sentence


class Sentence:
    """A sentence for people: a template in the `%(name)s` way, and its values."""

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template % self.values if self.values else self.template

    def __repr__(self) -> str:
        return f"Sentence({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


class Refusal(Exception):
    """A deed that was not done; nothing has changed."""

    default = _("This was not possible.")

    def __init__(self, template: str | None = None, **values: object) -> None:
        self.sentence = Sentence(template or self.default, **values)
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
        if kept is None:
            super().__init__(_("“%(title)s” is closed and takes no more answers."), title=title)
        else:
            super().__init__(
                _(
                    "“%(title)s” is closed and takes no more answers."
                    " The %(kept)d you gave before are kept."
                ),
                title=title,
                kept=kept,
            )


class AlreadySubmitted(Refusal):
    """The sheet was handed in and stays as it is."""

    default = _("You have submitted your answers already. They are kept as they were then.")


class NotComplete(Refusal):
    """A submission with places still open, by somebody who has not said that this is meant."""

    def __init__(self, places: tuple[str, ...]) -> None:
        self.places = places
        super().__init__(
            _("%(open)d answers are still open. You may answer them or submit without them."),
            open=len(places),
        )


class Refused(Refusal):
    """What was typed cannot be kept: a sentence for each field, by its name."""

    def __init__(self, fields: Mapping[str, Sentence]) -> None:
        self.fields = dict(fields)
        listed = " ".join(str(sentence) for sentence in fields.values())
        super().__init__("%(sentences)s", sentences=listed)
