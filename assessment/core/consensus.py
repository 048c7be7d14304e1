"""Where examiners part, and what they agreed on: judgements of items, one judge or many.

One judge: that judgement. Several: the middle one, provisional until they have agreed. A consensus
beats all. Each judge's own view of an item is settled first (a level climbed, attributes averaged
and capped), then the judges are brought together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from assessment.core.framework import CONSENSUS, Framework, Item
from assessment.core.scales import Scale
from assessment.core.sheet import (
    CANT_JUDGE,
    HIGHEST_VALUE,
    NOT_ANSWERED,
    NOT_APPLICABLE,
    NOT_ASKED,
    Sheet,
)
from assessment.core.trace import Input, LeftOut, State, Trace

Codes = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one judge's answers to one item come to. `attributes` inform; they may be empty."""

    item_id: str
    group: str
    unit: str | None
    state: State
    value: Fraction | None
    trace: Trace | None
    attributes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the judges of an item come to together. `value` is a percent, a level or a grade."""

    state: State
    value: Fraction | None
    judges: int
    provisional: bool
    consensus: bool
    trace: Trace | None


def judgements(framework: Framework, sheets: Iterable[Sheet]) -> tuple[Judgement, ...]:
    """Every judgement that anybody gave, in an order that does not depend on who came first."""
    judged = [(item, _places(framework, item)) for item in framework.items if item.judge]
    found = []
    for sheet in sheets:
        for item, places in judged:
            given = {key: sheet.values[place] for key, place in places.items()}
            if all(code == NOT_ASKED for code in given.values()):
                continue
            waived = item.id in sheet.not_applicable
            if waived or any(code not in (NOT_ASKED, NOT_ANSWERED) for code in given.values()):
                found.append(_judge(framework, item, sheet, given, waived))
    return tuple(sorted(found, key=_order))


def _places(framework: Framework, item: Item) -> dict[str, int]:
    """Where on a sheet the judgement of *item*, its attributes or its criteria stand."""
    return {
        slot.key: framework.position[slot.key]
        for slot in framework.slots_by_item[item.id]
        if slot.kind != "question"
    }


def _order(judgement: Judgement) -> tuple[str, str, str, str, Fraction, str]:
    return (
        judgement.item_id,
        judgement.group,
        judgement.unit or "",
        judgement.state,
        Fraction(-1) if judgement.value is None else judgement.value,
        repr(sorted(judgement.attributes.items())),
    )


def _judge(framework: Framework, item: Item, sheet: Sheet, given: Codes, waived: bool) -> Judgement:
    scale = item.judge
    assert scale is not None  # noqa: S101 - only judged items have these slots
    if scale.answer == "met":
        state, trace = _climb(item, given)
    else:
        state, trace = _weigh(framework, item, scale, given)
    if trace is None and state != "not determined" and waived:
        state = "not applicable"
    attributes = {
        attribute.id: given[f"{item.id}/{attribute.id}"]
        for attribute in scale.attributes
        if given.get(f"{item.id}/{attribute.id}", NOT_ASKED) <= HIGHEST_VALUE
    }
    value = trace.value if trace else None
    return Judgement(item.id, sheet.group, sheet.unit, state, value, trace, attributes)


def _climb(item: Item, given: Codes) -> tuple[State, Trace | None]:
    """The level reached: up from level 1 until a criterion is missing.

    Not determined, never lower, when the level that decides holds a "can't judge" or an open
    criterion. Criteria that do not apply drop out.
    """
    if all(code in (NOT_APPLICABLE, NOT_ASKED) for code in given.values()):
        return "not applicable", None
    inputs: list[Input] = []
    left_out: list[LeftOut] = []
    for level in item.levels:
        codes = {criterion.id: given[criterion.id] for criterion in level.criteria}
        left_out += [
            LeftOut(key, "not applicable") for key, code in codes.items() if code == NOT_APPLICABLE
        ]
        counted = [code for code in codes.values() if code != NOT_APPLICABLE]
        met = all(code == 1 for code in counted)
        inputs.append(
            Input(f"{item.id} level {level.number}", Fraction(level.number), Fraction(met))
        )
        if 0 in counted:
            break
        if not met:
            return "not determined", None
    return "scored", Trace("climbed", tuple(inputs), tuple(left_out))


def _weigh(
    framework: Framework, item: Item, scale: Scale, given: Codes
) -> tuple[State, Trace | None]:
    """The judgement itself; without one, what the file's rule makes of the attributes."""
    direct = given[item.id]
    if direct <= HIGHEST_VALUE:
        return "scored", Trace("one judgement", (Input(item.id, Fraction(direct)),))
    if direct == NOT_APPLICABLE:
        return "not applicable", None
    trace = _from_attributes(framework, item, scale, given)
    return ("scored", trace) if trace else ("not scored", None)


def _from_attributes(framework: Framework, item: Item, scale: Scale, given: Codes) -> Trace | None:
    rule = framework.scoring.item
    if rule in ("judged", "cumulative"):
        return None
    keys = {attribute.id: f"{item.id}/{attribute.id}" for attribute in scale.attributes}
    inputs = tuple(
        Input(
            keys[attribute.id],
            Fraction(given[keys[attribute.id]]),
            attribute.weight if rule == "weighted mean" else Fraction(1),
        )
        for attribute in scale.attributes
        if given[keys[attribute.id]] <= HIGHEST_VALUE
    )
    left_out = tuple(
        LeftOut(key, "can't judge" if given[key] == CANT_JUDGE else "not answered")
        for key in keys.values()
        if given[key] > HIGHEST_VALUE
    )
    if not inputs:
        return None
    trace = Trace(rule, inputs, left_out)
    cap = keys.get(scale.cap or "")
    if cap is None or given[cap] > HIGHEST_VALUE or trace.value <= given[cap]:
        return trace
    return Trace(
        "capped",
        (Input(f"{rule} of the attributes", trace.value), Input(cap, Fraction(given[cap]))),
        left_out,
    )


def agree(item: Item, given: Sequence[Judgement]) -> Agreed:
    """What *given*, the judgements of *item*, come to. One of the group `consensus` beats all."""
    for judgement in given:
        if judgement.group == CONSENSUS and judgement.state in ("scored", "not applicable"):
            return _settled(judgement)
    independent = [judgement for judgement in given if judgement.group != CONSENSUS]
    scored = [judgement for judgement in independent if judgement.value is not None]
    if not scored:
        return Agreed(_state_without_value(independent), None, 0, False, False, None)
    left_out = tuple(
        LeftOut("a judgement", judgement.state)
        for judgement in independent
        if judgement.value is None
    )
    if len(scored) == 1:
        trace = scored[0].trace
        assert trace is not None  # noqa: S101 - a value comes with its trace
        whole = Trace(trace.rule, trace.inputs, trace.left_out + left_out)
        return Agreed("scored", whole.value, 1, False, False, whole)
    trace = Trace(_rule_for(item), _numbered(_values(scored)), left_out)
    return Agreed("scored", trace.value, len(scored), True, False, trace)


def agree_on_attributes(item: Item, given: Sequence[Judgement]) -> dict[str, Trace]:
    """Each attribute as the judges of *item* see it together, by id: agreed, or the middle one.

    They tell why an item stands where it does. Nothing is computed from them: a rule that counts
    attributes counts those of each judge.
    """
    consensus = [judgement for judgement in given if judgement.group == CONSENSUS]
    found = {}
    for attribute in item.judge.attributes if item.judge else ():
        values = [
            Fraction(judgement.attributes[attribute.id])
            for judgement in consensus or given
            if attribute.id in judgement.attributes
        ]
        if consensus and values:
            found[attribute.id] = Trace("consensus", (Input("consensus", values[0]),))
        elif len(values) == 1:
            found[attribute.id] = Trace("one judgement", _numbered(values))
        elif values:
            found[attribute.id] = Trace(_rule_for(item), _numbered(values))
    return found


def _numbered(values: Iterable[Fraction]) -> tuple[Input, ...]:
    """The judgements in the order of their values: never in that of the people who gave them."""
    return tuple(
        Input(f"judgement {number}", value) for number, value in enumerate(sorted(values), start=1)
    )


def _settled(consensus: Judgement) -> Agreed:
    if consensus.value is None:
        return Agreed("not applicable", None, 0, False, True, None)
    trace = Trace("consensus", (Input("consensus", consensus.value),))
    return Agreed("scored", consensus.value, 1, False, True, trace)


def _values(scored: Iterable[Judgement]) -> list[Fraction]:
    return [judgement.value for judgement in scored if judgement.value is not None]


def _rule_for(item: Item) -> str:
    """How several judgements meet: median of percents, lower middle of levels, the worst grade."""
    kind = item.judge.answer if item.judge else "percent"
    if kind == "percent":
        return "median"
    return "most severe" if kind == "conformity" else "lower middle"


def _state_without_value(independent: Sequence[Judgement]) -> State:
    """Not applicable only if every judge who gave anything said so."""
    states = {judgement.state for judgement in independent}
    if "not determined" in states:
        return "not determined"
    return "not applicable" if states == {"not applicable"} else "not scored"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far the independent judges of an item lie apart. `spread` is highest − lowest."""

    item_id: str
    values: tuple[Fraction, ...]
    spread: Fraction
    agreed: Fraction | None
    settled: bool

    @property
    def judges(self) -> int:
        return len(self.values)


def disagreements(framework: Framework, given: Sequence[Judgement]) -> tuple[Disagreement, ...]:
    """Every item with two independent judgements or more, in the order of the framework."""
    by_item: dict[str, list[Judgement]] = {item.id: [] for item in framework.items}
    for judgement in given:
        by_item[judgement.item_id].append(judgement)
    found = []
    for item in framework.items:
        own = by_item[item.id]
        values = sorted(_values(judgement for judgement in own if judgement.group != CONSENSUS))
        if len(values) > 1:
            agreed = agree(item, own)
            found.append(
                Disagreement(
                    item.id, tuple(values), values[-1] - values[0], agreed.value, agreed.consensus
                )
            )
    return tuple(found)
