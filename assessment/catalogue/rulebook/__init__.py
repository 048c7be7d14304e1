"""Every rule of the check by its id, in the groups and the order in which they are explained."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.catalogue.rulebook import (
    companions,
    completeness,
    fields,
    forms,
    names,
    points,
    reading,
    scales,
    wording,
)
from assessment.catalogue.rulebook.rule import Rule

GROUPS: Mapping[str, tuple[Rule, ...]] = {
    group.HEADING: group.RULES
    for group in (reading, fields, names, scales, points, forms, wording, completeness, companions)
}
RULES: Mapping[str, Rule] = {rule.id: rule for rules in GROUPS.values() for rule in rules}
