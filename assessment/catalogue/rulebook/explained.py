"""Rules in words: one of them with its examples, or all of them as a list."""

from __future__ import annotations

from assessment.catalogue.rulebook import GROUPS, RULES
from assessment.catalogue.rulebook.rule import Rule
from assessment.catalogue.wording import Proposals, quoted

_INDENT = "    "


class UnknownRule(Exception):
    """There is no such rule; the message says which may have been meant."""


def all_rules() -> list[str]:
    """Every rule in a line, by groups."""
    width = max(map(len, RULES))
    lines: list[str] = []
    for heading, rules in GROUPS.items():
        lines += ["", heading] if lines else [heading]
        lines += [f"  {rule.id:<{width}}  {rule.severity:<7}  {rule.means}" for rule in rules]
    return lines


def explained(name: str) -> list[str]:
    """What the rule *name* means, why it matters, an example of each side, and how to silence."""
    rule = RULES.get(name.strip().strip("[]"))
    if rule is None:
        meant = Proposals().did_you_mean(name, RULES)
        hint = meant or " “touchstone explain” lists all rules."
        raise UnknownRule(f"There is no rule {quoted(name)}.{hint}")
    return [
        f"{rule.id} ({rule.severity})",
        "",
        rule.means,
        rule.why,
        "",
        *_example("This breaks it:", rule.breaks),
        "",
        *_example("This does not:", rule.holds),
        "",
        *_silencing(rule),
    ]


def _example(heading: str, lines: str) -> list[str]:
    if not lines:
        return [heading, f"{_INDENT}(these lines left out)"]
    return [heading, *(f"{_INDENT}{line}".rstrip() for line in lines.split("\n"))]


def _silencing(rule: Rule) -> list[str]:
    if rule.severity == "error":
        return ["An error cannot be silenced: the file cannot be used until it is mended."]
    if rule.severity == "note":
        return ["A note says something about this run, not about the file, and is never counted."]
    return [
        "To silence it, at one place or without “at” in the whole file, give a reason:",
        f"{_INDENT}silence:",
        f"{_INDENT}  - rule: {rule.id}",
        f"{_INDENT}    at: the id of an item, a question, a scale or a form",
        f"{_INDENT}    reason: Why it does not apply here.",
    ]
