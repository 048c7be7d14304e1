"""What the single fields may hold."""

from assessment.catalogue.rulebook.rule import Rule

HEADING = "Its fields"
RULES = (
    Rule(
        "unknown-field",
        "Only the fields of the format are read; a misspelt one would be lost.",
        "You would believe it counts.",
        breaks="hnt: Think of the leaders you meet.",
        holds="hint: Think of the leaders you meet.",
    ),
    Rule(
        "missing-field",
        "Some fields must be there.",
        "Without them there is nothing to show or to count.",
        breaks="points: 60",
        holds=("title: Direction\npoints: 60"),
    ),
    Rule(
        "empty-value",
        "A field that is there says something.",
        "What is left open is easily forgotten. “touchstone new” leaves it open on purpose.",
        breaks="title:",
        holds="title: Vision",
    ),
    Rule(
        "wrong-shape",
        "Some fields take one value, some a list, some fields of their own.",
        "A list in the place of a word, or the other way round, is a slip of indentation.",
        breaks="title: [Vision]",
        holds="title: Vision",
    ),
    Rule(
        "not-a-number",
        "Numbers are written with the digits 0 to 9 and a point: 65, 58.25, 200/3.",
        "58,25 may be 58 and a quarter or two numbers; 1,000 may be one or a thousand.",
        breaks="points: 58,25",
        holds="points: 60",
    ),
    Rule(
        "not-whole",
        "Whole numbers are written with the digits 0 to 9 alone.",
        "Steps and levels are counted.",
        breaks="step: 5.0",
        holds="step: 5",
    ),
    Rule(
        "not-a-choice",
        "Some fields take one of a few words.",
        "Each of the words is a rule of its own; no other is known.",
        breaks="item: juged",
        holds="item: judged",
    ),
    Rule(
        "too-few",
        "A list has fewer entries than it needs.",
        "A scale of one label measures nothing; a golden entry that expects nothing shows nothing.",
        breaks="expect: {}",
        holds=("expect:\n  assessed:\n    total: {points: 100}"),
    ),
    Rule(
        "too-many",
        "A list has more entries than it may.",
        "More than seven answers are more than people tell apart, or than fit a screen.",
        breaks="labels: [never, hardly, rarely, at times, now and then, often, mostly, always]",
        holds="labels: [strongly disagree, disagree, neither, agree, strongly agree]",
    ),
    Rule(
        "too-long",
        "A text has at most 10,000 characters, a title or label 200.",
        "Titles stand in tables and charts; a text of 10,000 characters is a document.",
        breaks="title: " + "Vision " * 30,
        holds="title: Vision",
    ),
    Rule(
        "bad-id",
        "An id is one short word that can stand in a spreadsheet.",
        "Ids are typed into spreadsheets and stand in addresses, for years.",
        breaks="id: Small 2026",
        holds="id: small-2026",
    ),
    Rule(
        "bad-language",
        "Languages are named by codes such as en, de or pt-BR.",
        "The code decides how screens read the text aloud and break its lines.",
        breaks="language: English",
        holds="language: en",
    ),
)
