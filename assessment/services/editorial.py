"""The report's own words: written in versions, checked for facts, signed off by a leader.

A version is never changed. Whoever saves names the version they started from, so that nobody's
words are lost; whatever changes the words takes a check and a signature away again.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from assessment.core.editorial import (
    Decision,
    Editorial,
    EditorialState,
    EditorialWords,
    Theme,
    ThemeKind,
)
from assessment.core.framework import Framework
from assessment.services.cycles import locked
from assessment.services.errors import NotAllowed, Refusal, Refused, Sentence, _
from assessment.services.permissions import Deed, Member, units_of
from assessment.services.typed import Fields
from assessment.store.tables import Cycle, EditorialVersion

HEADLINE, SUMMARY, THEME, DECISION, COST = 200, 1200, 400, 400, 80
MOST_THEMES, MOST_DECISIONS = 12, 12


class EditorialChanged(Refusal):
    """Somebody else has saved a version since this one was shown; `kept` is the newest."""

    default = _("Somebody saved other words meanwhile. Nothing of yours was saved yet.")

    def __init__(self, kept: Editorial) -> None:
        super().__init__()
        self.kept = kept


class NotChecked(Refusal):
    """Nobody signs what nobody has checked."""

    default = _("The facts have to be checked first. Whoever checks them says so on this page.")


@dataclass(frozen=True, slots=True)
class Version:
    """One version in the history: how it stood, when it was made, and what was noted of it."""

    editorial: Editorial
    at: datetime.datetime
    note: str


def editorial(session: Session, row: Cycle) -> Editorial:
    """The newest version, without quotes; version 0 where nobody has written anything."""
    newest = newest_version(session, row)
    return newest.editorial if newest else Editorial()


def editorial_version(session: Session, row: Cycle, number: int) -> Editorial:
    """That version as it was saved; version 0 is the empty one."""
    found = session.get(EditorialVersion, (row.organisation_id, row.id, number))
    return _editorial(found) if found else Editorial()


def newest_version(session: Session, row: Cycle) -> Version | None:
    """The newest version; None where nobody has written anything."""
    found = session.scalar(_versions(row).limit(1))
    return Version(_editorial(found), found.made_at, found.note) if found else None


def versions(session: Session, row: Cycle) -> list[Version]:
    """The history, the newest first."""
    return [
        Version(_editorial(each), each.made_at, each.note)
        for each in session.scalars(_versions(row))
    ]


def save_words(
    session: Session,
    member: Member,
    row: Cycle,
    framework: Framework,
    shown: int,
    words: EditorialWords,
    now: datetime.datetime,
) -> Editorial:
    """Save *words* as a new version after the *shown* one; the same words again are none."""
    _need(member, "edit_report")
    row = locked(session, row)
    kept = editorial(session, row)
    words = _checked(words, framework)
    if words == kept.words:
        return kept
    if kept.version != shown:
        raise EditorialChanged(kept)
    return _add(session, member, row, Editorial(words, version=kept.version + 1), "", now)


def check_facts(
    session: Session, member: Member, row: Cycle, shown: int, note: str, now: datetime.datetime
) -> Editorial:
    """Say that every figure and name in the words is right; *note* is what was looked at."""
    _need(member, "edit_report")
    fields = Fields()
    note = fields.text("note", note, SUMMARY)
    fields.refuse_wrong()
    return _step(session, member, row, shown, "checked", note, now)


def sign_off(
    session: Session, member: Member, row: Cycle, shown: int, now: datetime.datetime
) -> Editorial:
    """A leader of the whole organisation stands for the report with their name."""
    _need(member, "sign_report")
    if editorial(session, row).state == "draft":
        raise NotChecked
    return _step(session, member, row, shown, "signed off", "", now)


def _step(
    session: Session,
    member: Member,
    row: Cycle,
    shown: int,
    state: EditorialState,
    note: str,
    now: datetime.datetime,
) -> Editorial:
    """The same words in another state, as a version of its own. Twice is once."""
    row = locked(session, row)
    kept = editorial(session, row)
    if kept.version != shown:
        if (kept.state, kept.by) == (state, member.name):
            return kept
        raise EditorialChanged(kept)
    added = Editorial(kept.words, version=kept.version + 1, state=state)
    return _add(session, member, row, added, note, now)


def _add(
    session: Session,
    member: Member,
    row: Cycle,
    added: Editorial,
    note: str,
    now: datetime.datetime,
) -> Editorial:
    version = EditorialVersion(
        organisation_id=row.organisation_id,
        cycle_id=row.id,
        version=added.version,
        state=added.state,
        content=asdict(added.words),
        note=note,
        made_by=member.name,
        made_at=now,
    )
    session.add(version)
    session.flush()
    return _editorial(version)


def _need(member: Member, deed: Deed) -> None:
    """Who leads one unit has no say on the whole organisation's report."""
    if units_of(member, deed) is not None:
        raise NotAllowed


def _versions(row: Cycle) -> Select[EditorialVersion]:
    return (
        select(EditorialVersion)
        .where(
            EditorialVersion.organisation_id == row.organisation_id,
            EditorialVersion.cycle_id == row.id,
        )
        .order_by(EditorialVersion.version.desc())
    )


def _editorial(version: EditorialVersion) -> Editorial:
    return Editorial(
        words=_words(version.content),
        version=version.version,
        state=cast("EditorialState", version.state),
        by=version.made_by,
        on=version.made_at.date().isoformat(),
    )


def _words(content: Mapping[str, Any]) -> EditorialWords:
    return EditorialWords(
        content["headline"],
        content["summary"],
        tuple(Theme(each["kind"], each["text"]) for each in content["themes"]),
        tuple(content["gaps"]),
        tuple(Decision(**each) for each in content["decisions"]),
    )


def _checked(words: EditorialWords, framework: Framework) -> EditorialWords:
    """*words* cleaned and in order, strengths first; Refused names every field that is wrong."""
    fields = Fields()
    headline = " ".join(fields.text("headline", words.headline, HEADLINE).split())
    summary = fields.text("summary", words.summary, SUMMARY)
    themes = _themes(fields, words)
    places = {*framework.item_by_id, *framework.question_by_id}
    gaps = tuple(dict.fromkeys(gap for gap in words.gaps if gap in places))
    decisions = _decisions(fields, words, places)
    if len(themes) > MOST_THEMES:
        fields.wrong["themes"] = _too_many(MOST_THEMES)
    if len(decisions) > MOST_DECISIONS:
        fields.wrong["decisions"] = _too_many(MOST_DECISIONS)
    if fields.wrong:
        raise Refused(fields.wrong)
    return EditorialWords(headline, summary, themes, gaps, decisions)


def _themes(fields: Fields, words: EditorialWords) -> tuple[Theme, ...]:
    found: dict[ThemeKind, list[Theme]] = {"strength": [], "opportunity": []}
    for number, theme in enumerate(words.themes):
        text = fields.text(f"theme-{number}", theme.text, THEME)
        if text:
            found[theme.kind].append(Theme(theme.kind, text))
    return (*found["strength"], *found["opportunity"])


def _decisions(
    fields: Fields, words: EditorialWords, places: Collection[str]
) -> tuple[Decision, ...]:
    found = []
    for number, decision in enumerate(words.decisions):
        due = fields.day(f"due-{number}", decision.due)
        own = Decision(
            fields.text(f"what-{number}", decision.what, DECISION),
            fields.text(f"owner-{number}", decision.owner),
            fields.text(f"cost-{number}", decision.cost, COST),
            due.isoformat() if due else "",
            decision.gap if decision.gap in places else "",
        )
        if own.what:
            found.append(own)
        elif own.owner or own.cost or own.due:
            fields.wrong[f"what-{number}"] = Sentence(_("Say what is to be decided."))
    return tuple(found)


def _too_many(most: int) -> Sentence:
    return Sentence(_("Keep it to %(most)s: more than that nobody reads."), most=most)
