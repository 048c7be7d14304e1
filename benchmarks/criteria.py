"""Criteria files of any size, valid ones, to measure a check with."""

from __future__ import annotations

ITEMS_A_CATEGORY = 10
QUESTIONS_AN_ITEM = 10

_HEAD = """\
kind: framework
id: measured-{count}
title: A file with {count} questions
edition: For measuring
language: en
scales:
  agreement:
    answer: agreement
    labels: [strongly disagree, disagree, neither, agree, strongly agree]
    favourable: [4, 5]
  process:
    answer: percent
    step: 5
    attributes: [approach, deployment]
    ranges:
      - from: 0
        to: 45
        label: Early
        approach: There are first ways of working.
        deployment: They are used in a few places.
      - from: 50
        to: 100
        label: Mature
        approach: The ways of working are improved regularly.
        deployment: They are used everywhere.
forms:
  respondents:
    audience: Everyone
  assessors:
    audience: Examiners
categories:
"""
_CATEGORY = """\
  - id: c{category}
    title: Chapter {category}
    items:
"""
_ITEM = """\
      - id: c{category}.{item}
        title: Subject {item} of chapter {category}
        points: 10
        judge: process
        about: Asks how this subject is led and improved from year to year.
        improve:
          0: Agree on a way of working, and try it in one place.
        questions:
"""
_QUESTION = """\
          - id: c{category}.{item}-{question}
            form: [respondents, assessors]
            scale: agreement
            text: In my part of the organisation we see subject {item} improve.
"""
_TAIL = """\
bands:
  - of: total
    limits: [{half}, {points}]
    labels: [Early, Mature]
golden:
  - name: every item at 50 percent
    judged: {{'*': 50}}
    expect:
      assessed:
        total: {{points: {half}}}
"""


def thousand_questions() -> str:
    """The file by which the budget of a check is measured."""
    return questions_file(1_000)


def questions_file(count: int) -> str:
    """A valid criteria file with *count* questions, a multiple of ten."""
    items = count // QUESTIONS_AN_ITEM
    parts = [_HEAD.format(count=count)]
    for number in range(items):
        category, item = divmod(number, ITEMS_A_CATEGORY)
        if item == 0:
            parts.append(_CATEGORY.format(category=category + 1))
        parts.append(_ITEM.format(category=category + 1, item=item + 1))
        parts += [
            _QUESTION.format(category=category + 1, item=item + 1, question=question + 1)
            for question in range(QUESTIONS_AN_ITEM)
        ]
    parts.append(_TAIL.format(half=items * 5, points=items * 10))
    return "".join(parts)
