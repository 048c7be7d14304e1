"""What stands on the sheets of the workbook: rows of the result JSON with titles beside the ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assessment.core.findings import Target
from assessment.core.framework import STAFF, TOTAL, Framework
from assessment.core.release import Release
from assessment.exchange.result import Json, number, result_json
from assessment.exchange.workbook_findings import finding_sheets
from assessment.exchange.workbook_rows import PLACE, Row, Sheet, picked, titles_of

PERCEIVED = (
    ("Perceived, %", 11), ("n", 7), ("Completeness, perceived", 13), ("State, perceived", 13),
)  # fmt: skip
POINTS = (
    ("Points", 9), ("Of", 9), ("Assessed, %", 10), ("Complete", 9),
    ("Completeness, assessed", 13), ("State, assessed", 13),
)  # fmt: skip


def sheets(release: Release, targets: Mapping[str, Target]) -> Iterator[Sheet]:
    """Every sheet that has something to say."""
    for sheet in _all(release, targets):
        if sheet.rows:
            yield sheet


def _all(release: Release, targets: Mapping[str, Target]) -> Iterator[Sheet]:
    framework, result = release.framework, result_json(release)
    yield Sheet("Categories", (*PLACE, *POINTS, *PERCEIVED), tuple(_categories(framework, result)))
    yield Sheet("Bands", _BANDS, tuple(_bands(result)))
    yield _items(framework, result)
    yield Sheet("Questions", _QUESTIONS, tuple(_questions(framework, result)))
    yield Sheet("Distribution", _DISTRIBUTION, tuple(_distribution(framework, result)))
    yield Sheet("Units", (("Unit", 24), *_SCOPE), tuple(_scopes(framework, result["units"])))
    yield Sheet("Groups", (("Group", 16), *_SCOPE), tuple(_scopes(framework, result["groups"])))
    yield from finding_sheets(release, result, targets)


def _perceived(node: Json) -> Row:
    return picked(node, "percent", "n", "completeness", "state")


def _points(node: Json) -> Row:
    return picked(node, "points", "possible", "percent", "complete", "completeness", "state")


def _by_id(nodes: Iterable[Json]) -> dict[str, Json]:
    return {node["id"]: node for node in nodes}


def _categories(framework: Framework, result: Json) -> Iterator[Row]:
    """The whole, then each category; assessed by all judges, perceived by staff."""
    assessed, perceived = result["assessed"], result["perceived"]
    yield TOTAL, "The whole", *_points(assessed["total"]), *_perceived(perceived)
    judged, seen = _by_id(assessed["categories"]), _by_id(perceived["categories"])
    for each in framework.categories:
        yield each.id, each.title, *_points(judged[each.id]), *_perceived(seen[each.id])


_BANDS = (
    ("Of", 20), ("Band", 7), ("Name", 40), ("Points", 9), ("Of points", 9), ("State", 14),
)  # fmt: skip


def _bands(result: Json) -> Iterator[Row]:
    for band in result["assessed"]["bands"]:
        yield picked(band, "of", "band", "label", "points", "possible", "state")
    if result["assessed"]["verdict"] is not None:
        yield "verdict", None, result["assessed"]["verdict"]


def _items(framework: Framework, result: Json) -> Sheet:
    """Items with what the judges saw in them, attribute by attribute."""
    judged = _by_id(result["assessed"]["items"])
    seen = _by_id(result["perceived"]["items"])
    attributes = list(dict.fromkeys(key for each in judged.values() for key in each["attributes"]))
    rows = []
    for item in framework.items:
        own = judged[item.id]
        rows.append(
            (
                framework.category_of[item.id].id,
                item.id,
                item.title,
                *picked(own, "percent", "points"),
                number(item.points),
                *picked(own, "level", "judges", "provisional", "consensus"),
                *picked(own, "completeness", "state"),
                *_perceived(seen[item.id]),
                *(own["attributes"].get(key) for key in attributes),
            )
        )
    heads = (
        ("Category", 9), *PLACE, ("Assessed, %", 10), ("Points", 9), ("Of", 9), ("Level", 9),
        ("Judges", 8), ("Provisional", 11), ("Consensus", 10), ("Completeness, assessed", 13),
        ("State, assessed", 13), *PERCEIVED, *((key, 12) for key in attributes),
    )  # fmt: skip
    return Sheet("Items", heads, tuple(rows))


_ASKED = (("Group", 12), ("Item", 8), ("Question", 11), ("Text", 60))
_QUESTIONS = (
    *_ASKED, ("n", 7), ("Mean", 9), ("Perceived, %", 11), ("Favourable, %", 11),
    ("Can’t judge", 9), ("Not applicable", 10), ("Completeness", 13), ("State", 13),
)  # fmt: skip
_DISTRIBUTION = (*_ASKED, ("Value", 7), ("Answer", 28), ("Count", 8))


def _asked(framework: Framework, result: Json) -> Iterator[tuple[Row, Json]]:
    """Every question with each group that was asked it, staff first."""
    groups = sorted(result["groups"], key=lambda group: (group != STAFF, group))
    for item in framework.items:
        for question in item.questions:
            for group in groups:
                own = _by_id(result["groups"][group]["perceived"]["questions"]).get(question.id)
                if own and (own["completeness"] is not None or own["na"]):
                    yield (group, item.id, question.id, question.text), own


def _questions(framework: Framework, result: Json) -> Iterator[Row]:
    keys = ("n", "mean", "percent", "favourable", "unknown", "na", "completeness", "state")
    for about, own in _asked(framework, result):
        yield *about, *picked(own, *keys)


def _distribution(framework: Framework, result: Json) -> Iterator[Row]:
    for about, own in _asked(framework, result):
        scale = framework.question_by_id[own["id"]].scale
        for value, count in own["counts"].items():
            yield *about, int(value), scale.label_of(int(value)), count


_SCOPE = (
    ("People", 8), *PLACE, *PERCEIVED, ("Points", 9), ("Assessed, %", 10), ("Level", 9),
    ("Completeness, assessed", 13), ("State, assessed", 13),
)  # fmt: skip


def _scopes(framework: Framework, scopes: Mapping[str, Json]) -> Iterator[Row]:
    """The whole, categories and items as each unit or group sees and judges them; by name."""
    titles = titles_of(framework)
    for name in sorted(scopes):
        own = scopes[name]
        perceived, assessed = own["perceived"], own["assessed"]
        pairs = [({"id": TOTAL, **perceived}, {"level": None, **assessed["total"]})]
        for part in ("categories", "items"):
            pairs += zip(perceived[part], assessed[part], strict=True)
        for seen, judged in pairs:
            yield (
                name,
                own["answered"],
                seen["id"],
                titles[seen["id"]],
                *_perceived(seen),
                *picked(judged, "points", "percent"),
                judged.get("level"),
                *picked(judged, "completeness", "state"),
            )
