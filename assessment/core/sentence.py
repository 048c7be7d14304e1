"""Sentences for people, said in English and put into another language only where somebody reads.

`_` marks a template for the translators and leaves it as it is. The command line prints a sentence
as it stands; a page translates the template and then puts the values in.
"""

from __future__ import annotations

from functools import total_ordering


def _(template: str) -> str:
    return template


@total_ordering
class Sentence:
    """A template in the `%(name)s` way, and its values; a value may be a sentence itself."""

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.many = ""
        self.number = 0
        self.values = values

    @classmethod
    def plural(cls, one: str, many: str, number: int, **values: object) -> Sentence:
        """*one* or *many* by *number*, which both may name as `%(num)s`."""
        made = cls(one, num=number, **values)
        made.many, made.number = many, number
        return made

    def then(self, other: Sentence | None) -> Sentence:
        """This sentence with *other* behind it, if there is one."""
        return self if other is None else Sentence("%(this)s %(next)s", this=self, next=other)

    def __str__(self) -> str:
        template = self.many if self.many and self.number != 1 else self.template
        return template % self.values if self.values else template

    def __repr__(self) -> str:
        return f"Sentence({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __lt__(self, other: object) -> bool:
        return str(self) < str(other)

    def __hash__(self) -> int:
        return hash(str(self))
