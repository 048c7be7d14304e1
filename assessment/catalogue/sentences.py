"""What does not fit the shape -> plain sentences with a proposal, each at its value or its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from pydantic_core import ErrorDetails

from assessment.catalogue import crosswalk, reference, schema
from assessment.catalogue.heading import KINDS
from assessment.catalogue.located import Value
from assessment.catalogue.problems import Address, Finding
from assessment.catalogue.wording import Proposals, counted, listed, quoted, with_article

ENTRIES: Mapping[str, type[schema.Entry]] = {
    "criteria file": schema.CriteriaFile,
    "form": schema.FormEntry,
    "key factor": schema.ContextEntry,
    "category": schema.CategoryEntry,
    "item": schema.ItemEntry,
    "area": schema.AreaEntry,
    "question": schema.QuestionEntry,
    "level": schema.LevelEntry,
    "level of an item": schema.MetLevelEntry,
    "criterion": schema.CriterionEntry,
    "range": schema.RangeEntry,
    "attribute": schema.AttributeEntry,
    "entry of bands": schema.BandsEntry,
    "choice of scoring rules": schema.ScoringEntry,
    "silence": schema.SilenceEntry,
    "golden entry": schema.GoldenEntry,
    "golden answer": schema.AnswerEntry,
    "agreement scale": schema.AgreementScale,
    "percent scale": schema.PercentScale,
    "level scale": schema.LevelScale,
    "stage scale": schema.LevelScale,
    "met scale": schema.MetScale,
    "conformity scale": schema.ConformityScale,
    "text scale": schema.TextScale,
    "crosswalk": crosswalk.CrosswalkFile,
    "rule of taking over": crosswalk.TakesOverEntry,
    "link": crosswalk.LinkEntry,
    "profile": reference.ProfileFile,
    "file of requirements": reference.RequirementsFile,
    "requirement": reference.RequirementEntry,
}
_KIND_IN = {
    "context": "key factor",
    "categories": "category",
    "items": "item",
    "areas": "area",
    "questions": "question",
    "criteria": "criterion",
    "ranges": "range",
    "attributes": "attribute",
    "bands": "entry of bands",
    "scoring": "choice of scoring rules",
    "silence": "silence",
    "golden": "golden entry",
    "answers": "golden answer",
    "takes over": "rule of taking over",
    "links": "link",
    "requirements": "requirement",
}
_FIELDS = {
    kind: tuple(field.alias or name for name, field in entry.model_fields.items())
    for kind, entry in ENTRIES.items()
}
_ALL_FIELDS = {field for fields in _FIELDS.values() for field in fields}
_CHOICES: Mapping[Address, tuple[str, ...]] = {("kind",): KINDS, ("of",): reference.OF}
"""What can be chosen at the top of a file, whichever kind it was taken for."""
# Words people reach for, and what is meant by them here.
_SYNONYMS = {
    "name": ("title", "label"),
    "weight": ("points",),
    "description": ("about", "text"),
    "question": ("text",),
    "questions": ("items",),
    "statements": ("questions",),
    "type": ("answer", "judge"),
    "options": ("labels",),
    "scale": ("judge",),
    "help": ("hint",),
    "forms": ("form",),
    "max": ("to",),
    "min": ("from",),
}
_NEEDS = {
    "items": "at least one item",
    "categories": "at least one category",
    "forms": "at least one form",
    "criteria": "at least one criterion",
    "labels": "labels",
    "levels": "levels",
    "expect": "results to compare with",
    "answer": "an answer",
    "kind": "“kind: framework” as its first line",
    "of": "an “of” that says what it is about",
    "n": "an “n”: how many they are",
    "frameworks": "the ids of two frameworks or more",
    "links": "at least one link",
    "requirements": "at least one requirement",
    "relations": "relations of requirements with items",
    "percents": "percents",
    "from": "a “from”",
    "to": "a “to”",
}


@dataclass(frozen=True, slots=True)
class _Misfit:
    """What the schema refuses: its kind of error and its own way there, the address and value."""

    type: str
    loc: Address
    address: Address
    value: Value
    context: Mapping[str, Any]
    proposals: Proposals
    whole: str


def shape_findings(
    errors: Iterable[ErrorDetails],
    tree: Value,
    proposals: Proposals,
    whole: str = "criteria file",
) -> list[Finding]:
    """One finding for each thing that does not fit, however many errors it led to.

    *whole* is what the file is taken for, a word of `ENTRIES`.
    """
    nothing = {finding.address: finding for finding in _without_value((), tree)}
    found = list(nothing.values())
    for error in errors:
        address, at_key = _address(error, tree)
        finding: Finding | None = Finding(address, error["type"], error["msg"])
        if error["type"] in _SENTENCE_FOR:
            value = reduce(_inside, address, tree)
            context = error.get("ctx", {})
            misfit = _Misfit(error["type"], error["loc"], address, value, context, proposals, whole)
            finding = _SENTENCE_FOR[error["type"]](misfit)
        if finding is not None and finding.address not in nothing:
            found.append(replace(finding, at_key=at_key or finding.at_key))
    return list(_without_misspelt(found))


def _without_misspelt(found: list[Finding]) -> Iterator[Finding]:
    """A required field that is there, but misspelt, is not reported as missing too."""
    meant = {(one.address[:-1], one.missing) for one in found if one.rule == "unknown-field"}
    for finding in found:
        if finding.rule != "missing-field" or (finding.address, finding.missing) not in meant:
            yield finding


def _without_value(address: Address, tree: Value) -> Iterator[Finding]:
    """Fields and entries with nothing in them. Expected results may be nothing: not scored."""
    if tree is None:
        name = address[-1]
        if isinstance(name, int):
            sentence = f"This entry of {quoted(_field(address))} is empty."
        elif " " in name and name not in _ALL_FIELDS:
            sentence = (
                f"{quoted(name)} is no field. Between braces a comma ends a text: put a text that"
                " holds one in quotes."
            )
        else:
            sentence = f"There is nothing after {quoted(name)}. Fill it in, or leave the line out."
        yield Finding(address, "empty-value", sentence, at_key=True)
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            yield from _without_value((*address, place), value)
    elif isinstance(tree, dict):
        for name, value in tree.items():
            if not (name == "expect" and address[:1] == ("golden",)):
                yield from _without_value((*address, name), value)


def _address(error: ErrorDetails, tree: Value) -> tuple[Address, bool]:
    """The longest way into the file that the error's own goes, and whether it means a name."""
    address: list[str | int] = []
    for step in error["loc"]:
        if step == "[key]":
            return tuple(address), True
        try:
            tree = _inside(tree, step)
        except LookupError:  # a step of the schema, such as the kind of a scale
            continue
        address.append(step)
    return tuple(address), False


def _inside(tree: Value, step: str | int) -> Value:
    if isinstance(tree, dict) and isinstance(step, str):
        return tree[step]
    if isinstance(tree, list) and isinstance(step, int):
        return tree[step]
    raise LookupError(step)


def _unknown_field(misfit: _Misfit) -> Finding:
    address = misfit.address
    name, kind = str(address[-1]), _kind(address[:-1], misfit.whole)
    if kind == "scale":
        kind = f"{misfit.loc[2]} scale"  # the schema's own step says which kind of scale it is
    known = _FIELDS[kind]
    near = misfit.proposals.near
    meant = next((word for word in _SYNONYMS.get(name, ()) if word in known), near(name, known))
    elsewhere = next((other for other, fields in _FIELDS.items() if name in fields), None)
    sure = name in _SYNONYMS or (meant and near(name, (meant,), nearness=0.85))
    if elsewhere and not (meant and sure):
        sentence = (
            f"The field {quoted(name)} belongs to {with_article(elsewhere)}, not to"
            f" {with_article(kind)}."
        )
    elif meant:
        sentence = f"I don't know the field {quoted(name)} here. Did you mean “{meant}”?"
    else:
        holder = with_article(kind).capitalize()
        sentence = f"I don't know the field {quoted(name)} here. {holder} has: {listed(known)}."
    return Finding(address, "unknown-field", sentence, at_key=True, missing=meant)


def _missing_field(misfit: _Misfit) -> Finding:
    name = "answer" if misfit.type == "union_tag_not_found" else str(misfit.loc[-1])
    needs = _NEEDS.get(name, with_article(name))
    sentence = (
        f"“{name}” is missing: {with_article(_kind(misfit.address, misfit.whole))} needs {needs}."
    )
    return Finding(misfit.address, "missing-field", sentence, at_key=True, missing=name)


def _no_kind_of_scale(misfit: _Misfit) -> Finding:
    answer = misfit.value.get("answer") if isinstance(misfit.value, dict) else None
    options = misfit.context["expected_tags"]
    return _no_choice(replace(misfit, address=(*misfit.address, "answer"), value=answer), options)


def _no_option(misfit: _Misfit) -> Finding:
    return _no_choice(misfit, misfit.context["expected"])


def _no_choice(misfit: _Misfit, expected: object) -> Finding:
    address, value = misfit.address, misfit.value
    subject = _subject(address)
    if not isinstance(value, str):
        return Finding(address, "wrong-shape", f"{subject} takes one word, {_not(value)}.")
    options = list(_CHOICES.get(address, ())) or re.findall("'([^']*)'", str(expected))
    near = misfit.proposals.near(value, options)
    if _field(address) == "not applicable":
        meant = "Write “never”, or a list of the reasons that are allowed."
    elif near:
        meant = f"Did you mean “{near}”?"
    else:
        meant = f"Choose from: {listed(options)}." if options[1:] else f"Write “{options[0]}”."
    return Finding(address, "not-a-choice", f"{quoted(value)} is no choice for {subject}. {meant}")


def _count(misfit: _Misfit) -> Finding | None:
    """Too few or too many; entries that are wrong inside do count, although they are left out."""
    address = misfit.address
    least, most = misfit.context.get("min_length"), misfit.context.get("max_length")
    length = len(misfit.value or ())
    if isinstance(most, int) and length > most:
        sentence = (
            f"{_subject(address)} has {counted(length, 'entry')}; {most} at most are allowed."
        )
        return Finding(address, "too-many", sentence)
    if isinstance(least, int) and 0 < length < least:
        sentence = f"{_subject(address)} has {counted(length, 'entry')}; it needs {least} or more."
        return Finding(address, "too-few", sentence)
    if length == 0:
        name, kind = _field(address), _kind(address[:-1], misfit.whole)
        needs = _NEEDS.get(name, "at least one entry")
        sentence = f"“{name}” is empty: {with_article(kind)} needs {needs}."
        return Finding(address, "too-few", sentence)
    return None


def _needs_one_value(misfit: _Misfit) -> Finding:
    sentence = f"{_subject(misfit.address)} takes one value, {_not(misfit.value)}."
    return Finding(misfit.address, "wrong-shape", sentence)


def _needs_list(misfit: _Misfit) -> Finding:
    sentence = f"{_subject(misfit.address)} takes a list: [a, b], or lines that start with “- ”."
    return Finding(misfit.address, "wrong-shape", sentence)


def _needs_fields(misfit: _Misfit) -> Finding:
    address, value = misfit.address, misfit.value
    if not address:
        sentence = "A criteria file consists of fields such as “kind: framework”."
        return Finding(address, "wrong-shape", sentence)
    example = _FIELDS.get(_kind(address, misfit.whole), ("en",))[0]
    sentence = (
        f"{_subject(address)} takes fields of its own, such as “{example}: …”, {_not(value)}."
    )
    if isinstance(value, str) and re.match(r"[a-z ]+:\S", value):
        sentence += " Is a space missing after the colon?"
    return Finding(address, "wrong-shape", sentence)


_SENTENCE_FOR: Mapping[str, Callable[[_Misfit], Finding | None]] = {
    "dict_type": _needs_fields,
    "extra_forbidden": _unknown_field,
    "list_type": _needs_list,
    "literal_error": _no_option,
    "missing": _missing_field,
    "model_attributes_type": _needs_fields,
    "model_type": _needs_fields,
    "string_type": _needs_one_value,
    "too_long": _count,
    "too_short": _count,
    "tuple_type": _needs_list,
    "union_tag_invalid": _no_kind_of_scale,
    "union_tag_not_found": _missing_field,
}


def _kind(address: Address, whole: str) -> str:
    """What the fields at *address* describe: a word of `ENTRIES`, or that word's nearest holder."""
    names = [step for step in address if isinstance(step, str)]
    if not names:
        return whole
    if names[0] == "forms" and len(address) == 2:
        return "form"
    if names[0] == "scales" and len(address) == 2:
        return "scale"
    if names[-1] == "levels":
        return "level" if names[0] == "scales" else "level of an item"
    return _KIND_IN.get(names[-1], names[-1])


def _field(address: Address) -> str:
    """The name of the field that a value belongs to, itself or as an entry of its list."""
    return next((step for step in reversed(address) if isinstance(step, str)), "file")


def _subject(address: Address) -> str:
    if address and isinstance(address[-1], int):
        return f"An entry of {quoted(_field(address))}"
    return quoted(_field(address))


def _not(value: Value) -> str:
    if isinstance(value, list):
        return "not a list"
    return "not fields of its own" if isinstance(value, dict) else "not a text"
