"""Editions as cycles use them: in one language, with minutes for that language."""

from __future__ import annotations

from assessment.services.editions import edition_of

TWO_LANGUAGES = """\
kind: framework
id: two-languages
title: {en: Two languages, de: Zwei Sprachen}
edition: '1'
language: en
scales:
  agreement: {answer: agreement, labels: [no, perhaps, yes]}
forms:
  staff: {audience: {en: All, de: Alle}}
categories:
  - id: 1
    title: {en: Lead, de: Führung}
    items:
      - id: 1.1
        title: {en: Goals, de: Ziele}
        questions:
          - id: 1.1-s1
            form: staff
            scale: agreement
            text:
              en: I know my goals.
              de: Ich kenne alle Ziele, an denen meine Arbeit in diesem Jahr gemessen werden soll.
"""


def test_the_minutes_are_those_of_the_language_people_read():
    english, german = (edition_of(TWO_LANGUAGES.encode(), each) for each in ("en", "de"))
    assert german.framework.title == "Zwei Sprachen"
    assert german.minutes["staff"] > english.minutes["staff"]
