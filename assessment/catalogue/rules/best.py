"""Best answers leave no gap: who does everything right stands at the top, with nothing to mend."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.wording import listed, quoted
from assessment.core.assessed import Assessed, assess
from assessment.core.consensus import judgements
from assessment.core.framework import Framework, Item, Slot
from assessment.core.scales import GRADES
from assessment.core.sheet import Sheet, blank_sheet
from assessment.core.tally import tally_sheets

BEST_VERDICT = "no obstacle found in what was assessed"
_SHOWN = 5


def best_answers(framework: Framework) -> Iterator[Finding]:
    """What is left to mend although everybody gave the best answer to everything."""
    sheets = list(_best_sheets(framework))
    everybody = tally_sheets(framework, sheets).scope()
    assessed = assess(framework, judgements(framework, sheets), everybody)
    yield from _bands(framework, assessed)
    yield from _items(framework, assessed)
    yield from _favourable(framework)
    if assessed.verdict not in (None, BEST_VERDICT) and any(
        form.judges for form in framework.forms.values()
    ):
        sentence = f"With the best answers to everything the verdict is {quoted(assessed.verdict)}."
        yield _finding(("scoring", "total"), sentence)


def _best_sheets(framework: Framework) -> Iterator[Sheet]:
    """One respondent a form, who answers all that it asks, rotating questions included."""
    for name in framework.forms:
        best = {
            framework.slots[place].key: _best(framework.slots[place])
            for place in framework.asks(name)
        }
        yield blank_sheet(framework, name, name).with_values(framework, best)


def _best(slot: Slot) -> int:
    """Conforming is the first of the grades, everything else is best at its highest."""
    return slot.values[0] if slot.scale.answer == "conformity" else slot.values[-1]


def _bands(framework: Framework, assessed: Assessed) -> Iterator[Finding]:
    for place, (bands, reached) in enumerate(zip(framework.bands, assessed.bands, strict=True)):
        if reached.band is not None and reached.band < len(bands.labels):
            sentence = (
                f"The best answers to everything end in band {reached.band} of {len(bands.labels)}."
            )
            yield _finding(("bands", place, "of"), sentence)


def _items(framework: Framework, assessed: Assessed) -> Iterator[Finding]:
    short = [item.id for item in framework.items if _is_short(item, assessed)]
    if short:
        more = " …" if len(short) > _SHOWN else ""
        sentence = f"The best answers to everything leave a gap at: {listed(short[:_SHOWN])}{more}."
        yield _finding(("scoring",), sentence)


def _is_short(item: Item, assessed: Assessed) -> bool:
    """Whether the best judgement of *item* is not the top of its scale."""
    found = assessed.item(item.id)
    if item.judge is None or found.state != "scored":
        return False
    if item.judge.answer == "conformity":
        return found.level != GRADES[0]
    if item.judge.answer == "percent":
        return found.percent != 100
    return found.level != item.judge.highest


def _favourable(framework: Framework) -> Iterator[Finding]:
    """Scales whose best answer is not among the favourable ones."""
    for name, scale in framework.scales.items():
        if scale.favourable and scale.highest not in scale.favourable:
            sentence = f"The highest answer on {quoted(name)} is not favourable."
            yield _finding(("scales", name, "favourable"), sentence)


def _finding(address: Address, sentence: str) -> Finding:
    return Finding(address, "best-answers", sentence, "warning", at_key=True)
