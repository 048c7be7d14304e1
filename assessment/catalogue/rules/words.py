"""The words by which statements are recognised that are hard to answer, by language.

Short lists with few false alarms rather than long ones: a rule that is often wrong is silenced, and
then is no rule. A language without a list is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def _phrases(phrases: Iterable[str], *patterns: str) -> re.Pattern[str]:
    return _any(*map(re.escape, phrases), *patterns)


JOINING = {"en": _any("and", "or"), "de": _any("und", "oder")}
JOINED = {
    "en": _phrases(
        (
            "health and safety",
            "terms and conditions",
            "research and development",
            "now and then",
            "again and again",
            "more and more",
            "day and night",
            "on and off",
            "more or less",
            "sooner or later",
            "whether or not",
            "one way or another",
            "trial and error",
            "cause and effect",
            "dos and don'ts",
        ),
        r"between \w+(?: \w+){0,4}? and",
        r"(?:one|two|three|four|five|once|\d+) (?:and|or) (?:two|three|four|five|six|twice|\d+)",
        r"(?:day|week|month|year) (?:and|or) (?:night|month|year)",
        r"(\w+) and \1",
    ),
    "de": _phrases(
        (
            "nach und nach",
            "ab und zu",
            "mehr oder weniger",
            "früher oder später",
            "Tag und Nacht",
            "hin und wieder",
            "Forschung und Entwicklung",
            "nach wie vor",
            "kurz und bündig",
        ),
        r"zwischen \w+(?: \w+){0,4}? und",
        r"(?:ein|zwei|drei|vier|\d+) (?:und|oder) (?:zwei|drei|vier|fünf|\d+)",
        r"(\w+) und \1",
    ),
}
"""Phrases in which “and” or “or” joins nothing that could be answered by itself."""

LEADING = {
    "en": _phrases(
        (
            "of course",
            "obviously",
            "needless to say",
            "undoubtedly",
            "without doubt",
            "surely",
            "everyone knows",
            "everybody knows",
            "as we all know",
            "it is clear that",
            "excellent",
            "excellently",
            "outstanding",
            "superb",
            "exceptional",
            "perfect",
            "perfectly",
            "amazing",
            "world-class",
            "first-class",
            "best-in-class",
            "state-of-the-art",
        ),
        r"(?:is|are|has|have|gets?|gives?|makes?|offers?) the (?:very )?(?:best|greatest|finest)",
    ),
    "de": _phrases(
        (
            "natürlich",
            "selbstverständlich",
            "offensichtlich",
            "zweifellos",
            "ohne Zweifel",
            "bekanntlich",
            "wie wir alle wissen",
            "exzellent",
            "hervorragend",
            "ausgezeichnet",
            "herausragend",
            "perfekt",
            "erstklassig",
            "Weltklasse",
        ),
        r"(?:exzellente|hervorragende|ausgezeichnete|herausragende|perfekte|erstklassige)[rnms]?",
    ),
}
"""Words that praise or take for granted what they ask about. A “should” early in the sentence says
what ought to be."""

LEADING["en"] = re.compile(
    rf"{LEADING['en'].pattern}|(?<=\A)(?:\S+ ){{1,4}}(?:should|ought to)\b", re.IGNORECASE
)
LEADING["de"] = re.compile(
    rf"{LEADING['de'].pattern}|(?<=\A)(?:\S+ ){{1,4}}(?:soll|sollen|sollte|sollten)\b",
    re.IGNORECASE,
)

ASKING = {
    "en": _any(
        "how",
        "why",
        "in what way",
        "to what extent",
        "do you",
        "does your",
        "is there",
        "are there",
        "are you",
        "have you",
    ),
    "de": _any("wie", "warum", "weshalb", "inwiefern", "inwieweit"),
}
"""How a question begins that “I agree” does not answer, if it has lost its question mark. “Who” and
“which” begin statements too."""

NEGATION = {
    "en": _any(
        "not", "no", "never", "nobody", "nothing", "none", "nor", "neither", "nowhere", "cannot",
        r"\w+n['’]t",
    ),
    "de": _any(
        "nicht", "nichts", "nie", "niemals", "niemand(?:en|em)?", "nirgends",
        "kein(?:e[rnms]?)?",
    ),
}  # fmt: skip
