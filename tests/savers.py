"""Processes that save through the services in a loop, made to be killed: see test_faults.py.

Run as `python -m tests.savers URL ORGANISATION HOW RESPONDENT...`. For every line it reads it forks
a saver for each respondent, says their process ids, and says `gone` when all have ended. A saver
writes one page after the other, all its fields holding the same number, and after each commit says
`saved RESPONDENT NUMBER`. HOW is `honest`, `hasty` (it says so before the commit, and the test must
notice), `once` (one page, then the name of what happened), or a journal such as `WAL/FULL`: pages
saved with it, checkpoints in between, to be recorded (test_power_cut.py).
"""

from __future__ import annotations

import os
import sys
import time
import uuid

from sqlalchemy import event

from assessment.services.answers import Change, save_answers
from assessment.services.fillings import Filling, reading
from assessment.store import engine as engine_module
from assessment.store.engine import open_engine, open_sessions
from assessment.store.faults import NotKept
from tests.rounds import NOW

SLOTS = ("1.1-s1", "1.1-s2", "1.2-s1", "2.1-s1")
RECORDED = 25
"""How many pages are saved where each call is recorded."""


def page_of(filling: Filling) -> set[int]:
    """The numbers on a page; more than one is half a page."""
    numbers = {int(filling.shown(place, "comment") or 0) for place in SLOTS}
    answers = {int(filling.shown(place) or 0) for place in SLOTS}
    whole = len(numbers) == 1 and answers == {answer_for(number) for number in numbers}
    return numbers if whole else numbers | {-1}


def answer_for(number: int) -> int:
    return number % 5 + 1 if number else 0


def changes_to(filling: Filling, number: int) -> list[Change]:
    """A page of eight fields that all say *number*."""
    answers = [
        Change(place, "answer", filling.shown(place), str(answer_for(number))) for place in SLOTS
    ]
    return answers + [
        Change(place, "comment", filling.shown(place, "comment"), str(number)) for place in SLOTS
    ]


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def save_pages(url: str, organisation_id: uuid.UUID, how: str, respondent: uuid.UUID) -> None:
    engine = open_engine(url)
    sessions = open_sessions(engine)
    if "/" in how:
        # A recording is short: checkpoints come after a few pages, not after a thousand.
        event.listen(engine, "connect", lambda opened, _: opened.execute(_EARLY).close())
    while True:
        with sessions() as session:
            filling = reading(session, organisation_id, respondent)
            number = max(page_of(filling)) + 1
            saved = save_answers(session, filling, changes_to(filling, number), NOW)
            assert saved.is_whole
            if how == "hasty":
                say("saved", respondent, number)
                time.sleep(0.005)
            session.commit()
        if how != "hasty":
            say("saved", respondent, number)
        if how == "once" or ("/" in how and number == RECORDED):
            engine.dispose()
            return


_EARLY = "PRAGMA wal_autocheckpoint=40"


def _named(journal: str) -> tuple[str, str]:
    mode, _slash, synchronous = journal.partition("/")
    return mode, synchronous


def _warm_up(url: str, organisation_id: uuid.UUID, respondent: uuid.UUID) -> None:
    """Savers inherit the edition and every compiled statement, so that they save at once."""
    engine = open_engine(url)
    with open_sessions(engine)() as session:
        reading(session, organisation_id, respondent)
    engine.dispose()


def main() -> None:
    url, organisation, how, *respondents = sys.argv[1:]
    if "/" in how:
        engine_module.journal = lambda *_version: _named(how)
    if how == "once" or "/" in how:
        try:
            save_pages(url, uuid.UUID(organisation), how, uuid.UUID(respondents[0]))
        except NotKept as fault:
            say(type(fault).__name__)
        return
    _warm_up(url, uuid.UUID(organisation), uuid.UUID(respondents[0]))
    for _line in sys.stdin:
        children = []
        for respondent in respondents:
            child = os.fork()
            if child == 0:
                try:
                    save_pages(url, uuid.UUID(organisation), how, uuid.UUID(respondent))
                finally:
                    os._exit(1)
            children.append(child)
        say("savers", *children)
        for child in children:
            os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
