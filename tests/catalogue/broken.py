"""A small sound criteria file, and more than a hundred ways to break it.

Each way is one edit as a tired person would make it, with every problem that has to be reported:
line, column, rule and sentence, and nothing else.
"""

from typing import NamedTuple

SOUND = """\
kind: framework
id: small-2026
title: A small model
edition: First edition
language: en
notice: For tests only.
scales:
  agreement:
    answer: agreement
    labels: [strongly disagree, disagree, neither, agree, strongly agree]
    favourable: [4, 5]
  process:
    answer: percent
    step: 5
    attributes: [approach, deployment]
    cap: approach
    ranges:
      - from: 0
        to: 45
        label: Early
        approach: There are first ways of working.
        deployment: They are used in places.
      - from: 50
        to: 100
        label: Mature
        approach: Ways of working are improved.
        deployment: They are used everywhere.
  maturity:
    answer: met
    levels:
      - level: 1
        label: Begun
      - level: 2
        label: Lived
  clause:
    answer: conformity
forms:
  staff:
    audience: Everyone
    intro: Ten minutes for your view.
  leaders:
    audience: The leadership team
  assessors:
    audience: Examiners
context:
  - id: P.1
    text: What do you offer, and to whom?
categories:
  - id: 1
    title: Leading
    about: How the organisation is led.
    items:
      - id: 1.1
        title: Direction
        points: 60
        judge: process
        areas:
          - id: 1.1a
            title: Vision
        improve:
          0: Agree on a direction, and say it.
        questions:
          - id: 1.1-s1
            form: staff
            scale: agreement
            text: I know what we want to achieve this year.
            pair: 1.1-l1
          - id: 1.1-l1
            form: leaders
            scale: agreement
            text: Our people know what we want to achieve this year.
          - id: 1.1a-1
            form: assessors
            area: 1.1a
            text: How do leaders set the direction?
            evidence: [plans, minutes of meetings]
      - id: 1.2
        title: Example
        points: 40
        judge: process
        improve:
          0: Ask people what they see.
        questions:
          - id: 1.2-s1
            form: [staff, leaders]
            scale: agreement
            text: Leaders here do what they ask of others.
            hint: Think of the leaders you meet.
  - id: 7
    title: Results
    items:
      - id: 7.1
        title: Customers
        points: 100
        judge: maturity
        drivers: [1.1, 1.2]
        questions: [{id: 7.1-1, form: assessors, scale: clause, text: We ask by plan.}]
        improve: {0: Ask one customer., 1: Ask them all.}
        levels:
          - level: 1
            criteria:
              - id: 7.1-1a
                text: Customers are asked.
          - level: 2
            criteria:
              - id: 7.1-2a
                text: Results are used to decide.
bands:
  - of: total
    limits: [100, 200]
    labels: [Early, Mature]
  - of: process
    from: [0, 50]
    labels: [Early, Mature]
not applicable: never
scoring:
  item: judged
  total: sum
golden:
  - name: half of everything
    judged: {1.1: 50, 1.2: 50, 7.1: 1}
    expect:
      assessed:
        total: {points: 100}
  - name: one person agrees
    answers:
      - {respondent: r1, question: 1.1-s1, answer: 4}
    expect:
      perceived: {questions: [{id: 1.1-s1, n: 1, mean: 4}]}
"""


def edited(*edits: tuple[str, str]) -> str:
    """`SOUND` with each old text replaced by a new one."""
    text = SOUND
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


class Expected(NamedTuple):
    """A problem that has to be found."""

    line: int
    column: int
    rule: str
    sentence: str


class Broken:
    """A name, a text of `SOUND`, what stands in its place, and what is reported."""

    def __init__(self, name: str, old: str, new: str, *expected: Expected) -> None:
        self.name = name
        self.old = old
        self.new = new
        self.expected = list(expected)

    @property
    def text(self) -> str:
        """The broken file. The edited place is unambiguous."""
        before, found, after = SOUND.partition(self.old)
        assert found
        assert self.old not in after
        return before + self.new + after


BROKEN = [
    Broken(
        "a tab indents a line",
        "    intro: Ten",
        "\tintro: Ten",
        Expected(40, 1, "tab", "There is a tab at the start of this line. Indent with spaces."),
    ),
    Broken(
        "a text with a colon is not quoted",
        "title: A small model",
        "title: A small model: the first",
        Expected(
            3,
            21,
            "not-yaml",
            (
                "This colon does not fit here. If it belongs to a text, put the whole text in "
                "quotes. If it ends a field's name, line the name up with the names above it."
            ),
        ),
    ),
    Broken(
        "a text starts with @",
        "title: Direction",
        "title: @Direction",
        Expected(54, 16, "not-yaml", "A text cannot start with “@”. Put it in quotes."),
    ),
    Broken(
        "a text starts with a backtick",
        "title: Vision",
        "title: `Vision`",
        Expected(59, 20, "not-yaml", "A text cannot start with “`”. Put it in quotes."),
    ),
    Broken(
        "a text starts with a percent sign",
        "title: Example",
        "title: %Example",
        Expected(78, 16, "not-yaml", "A text cannot start with “%”. Put it in quotes."),
    ),
    Broken(
        "a text starts with a star",
        "title: Customers",
        "title: *Customers",
        Expected(
            93,
            16,
            "alias",
            (
                "“*” at the start marks a YAML reference, which criteria files do without. If it "
                "belongs to a text, put the text in quotes."
            ),
        ),
    ),
    Broken(
        "a text starts with an ampersand",
        "title: Customers",
        "title: &Customers all",
        Expected(
            93,
            16,
            "alias",
            (
                "“&” at the start marks a YAML reference, which criteria files do without. If it "
                "belongs to a text, put the text in quotes."
            ),
        ),
    ),
    Broken(
        "a text starts with an exclamation mark",
        "title: Customers",
        "title: !Customers all",
        Expected(
            93,
            16,
            "tag",
            (
                "“!” at the start marks a YAML type, which criteria files do without. If it "
                "belongs to a text, put the text in quotes."
            ),
        ),
    ),
    Broken(
        "the star of all items is not quoted",
        "judged: {1.1: 50, 1.2: 50, 7.1: 1}",
        "judged: {*: 50}",
        Expected(121, 14, "not-yaml", "A text cannot start with “*”. Put it in quotes."),
    ),
    Broken(
        "a quote is not closed",
        "title: Vision",
        "title: 'Vision",
        Expected(59, 20, "not-yaml", "This quote is never closed."),
    ),
    Broken(
        "a double quote holds a backslash",
        "title: Vision",
        'title: "a\\Vision"',
        Expected(
            59,
            22,
            "not-yaml",
            (
                "Between double quotes a backslash has a special meaning. Use single quotes for "
                "this text."
            ),
        ),
    ),
    Broken(
        "text follows a closing quote",
        "title: Vision",
        'title: "Vision" and more',
        Expected(
            59,
            29,
            "not-yaml",
            "This does not line up with the fields above it, or follows a closing quote.",
        ),
    ),
    Broken(
        "a list is not closed",
        "drivers: [1.1, 1.2]",
        "drivers: [1.1, 1.2",
        Expected(
            97,
            18,
            "not-yaml",
            "The list opened with “[” in line 96 needs a comma or its “]” before this.",
        ),
    ),
    Broken(
        "a list holds two commas",
        "drivers: [1.1, 1.2]",
        "drivers: [1.1,, 1.2]",
        Expected(96, 23, "not-yaml", "There is nothing before this sign, or it is one too many."),
    ),
    Broken(
        "a brace is closed by a bracket",
        "improve: {0: Ask one customer., 1: Ask them all.}",
        "improve: {0: Ask one customer., 1: Ask them all.]",
        Expected(
            98,
            57,
            "not-yaml",
            "What was opened with “{” in line 98 needs a comma or its “}” before this.",
        ),
    ),
    Broken(
        "a field stands too far left",
        "    about: How",
        "  about: How",
        Expected(
            51,
            3,
            "not-yaml",
            (
                "This line stands where the list above goes on. Start it with “- ”, or line it up "
                "with the field it belongs to."
            ),
        ),
    ),
    Broken(
        "a field stands too far right",
        "    about: How the",
        "     about: How the",
        Expected(
            51,
            11,
            "not-yaml",
            (
                "This colon does not fit here. If it belongs to a text, put the whole text in "
                "quotes. If it ends a field's name, line the name up with the names above it."
            ),
        ),
    ),
    Broken(
        "a list entry starts behind a colon",
        "    attributes: [approach, deployment]",
        "    attributes: - approach",
        Expected(
            15,
            17,
            "not-yaml",
            "A list entry (“- ”) cannot start here. Put it on a line of its own.",
        ),
    ),
    Broken(
        "a line lost its colon",
        "    intro: Ten minutes for your view.",
        "    intro Ten minutes for your view.",
        Expected(
            40,
            5,
            "not-yaml",
            (
                "This line has no colon after a field's name, or continues a text without being "
                "indented."
            ),
        ),
    ),
    Broken(
        "a colon lost its space",
        "edition: First edition",
        "edition:First edition",
        Expected(
            4,
            1,
            "not-yaml",
            (
                "This line has no colon after a field's name, or continues a text without being "
                "indented."
            ),
        ),
    ),
    Broken(
        "a dash is missing",
        "      - level: 2\n        label: Lived",
        "        level: 2\n        label: Lived",
        Expected(
            33,
            9,
            "duplicate-key",
            "The field “level” is given twice, in line 31 and in line 33.",
        ),
        Expected(
            34,
            9,
            "duplicate-key",
            "The field “label” is given twice, in line 32 and in line 34.",
        ),
    ),
    Broken(
        "a field is given twice",
        "edition: First edition",
        "edition: First edition\nedition: Second edition",
        Expected(
            5,
            1,
            "duplicate-key",
            "The field “edition” is given twice, in line 4 and in line 5.",
        ),
    ),
    Broken(
        "a field of a question is given twice",
        "            hint: Think",
        "            scale: agreement\n            hint: Think",
        Expected(
            88,
            13,
            "duplicate-key",
            "The field “scale” is given twice, in line 86 and in line 88.",
        ),
    ),
    Broken(
        "a second document starts",
        "not applicable: never",
        "---\nnot applicable: never",
        Expected(
            115,
            1,
            "second-document",
            "A second document starts here. A file holds one framework.",
        ),
    ),
    Broken(
        "the name of a field is a list",
        "notice: For tests only.",
        "? [notice]\n: For tests only.",
        Expected(6, 3, "key-not-text", "A field's name is a plain word or text."),
    ),
    Broken(
        "the name of a field is missing",
        "notice: For tests only.",
        '"": For tests only.',
        Expected(6, 1, "key-not-text", "There is no field's name before this colon."),
    ),
    Broken(
        "a block of text starts on the line of its sign",
        "notice: For tests only.",
        "notice: | For tests only.",
        Expected(
            6,
            11,
            "not-yaml",
            "After “|” or “>” the text starts on the next line, indented.",
        ),
    ),
    Broken(
        "an invisible character was pasted",
        "title: Vision",
        "title: Vi\x0bsion",
        Expected(
            59,
            22,
            "control-character",
            "There is an invisible control character here (U+000B). Delete it.",
        ),
    ),
    Broken(
        "an escaped control character is in a text",
        "title: Vision",
        'title: "Vi\\asion"',
        Expected(
            59,
            20,
            "control-character",
            "This text holds an invisible control character (U+0007). Leave it out.",
        ),
    ),
    Broken(
        "lists are nested without end",
        "title: Vision",
        "title: " + "[" * 30,
        Expected(59, 33, "too-deep", "This is nested more than 20 levels deep."),
    ),
    Broken(
        "a field is misspelt",
        "hint: Think",
        "hnt: Think",
        Expected(
            88,
            13,
            "unknown-field",
            "I don't know the field “hnt” here. Did you mean “hint”?",
        ),
    ),
    Broken(
        "a top-level field is misspelt",
        "notice: For",
        "notic: For",
        Expected(
            6,
            1,
            "unknown-field",
            "I don't know the field “notic” here. Did you mean “notice”?",
        ),
    ),
    Broken(
        "a field has a name that is used elsewhere",
        "        points: 60",
        "        block: A\n        points: 60",
        Expected(
            55,
            9,
            "unknown-field",
            "The field “block” belongs to a question, not to an item.",
        ),
    ),
    Broken(
        "a field has another name here",
        "title: Leading",
        "name: Leading",
        Expected(
            50,
            5,
            "unknown-field",
            "I don't know the field “name” here. Did you mean “title”?",
        ),
    ),
    Broken(
        "a field is unknown to everything",
        "        points: 60",
        "        colour: blue\n        points: 60",
        Expected(
            55,
            9,
            "unknown-field",
            (
                "I don't know the field “colour” here. An item has: id, title, points, judge, "
                "about, drivers, areas, evidence, improve, questions, levels."
            ),
        ),
    ),
    Broken(
        "weight is misspelt at an attribute",
        "[approach, deployment]",
        "[{id: approach, weigth: 2}, deployment]",
        Expected(
            15,
            33,
            "unknown-field",
            "I don't know the field “weigth” here. Did you mean “weight”?",
        ),
    ),
    Broken(
        "a scale has a field of another kind of scale",
        "    favourable: [4, 5]",
        "    cap: approach",
        Expected(
            11,
            5,
            "unknown-field",
            "The field “cap” belongs to a percent scale, not to an agreement scale.",
        ),
    ),
    Broken(
        "the id is missing",
        "id: small-2026\n",
        "",
        Expected(1, 1, "missing-field", "“id” is missing: a criteria file needs an id."),
    ),
    Broken(
        "the kind is missing",
        "kind: framework\n",
        "",
        Expected(
            1,
            1,
            "missing-field",
            "“kind” is missing: a criteria file needs “kind: framework” as its first line.",
        ),
    ),
    Broken(
        "a category has no items",
        "  - id: 7\n    title: Results\n    items:",
        "  - id: 6\n    title: Middle\n  - id: 7\n    title: Results\n    items:",
        Expected(
            89,
            5,
            "missing-field",
            "“items” is missing: a category needs at least one item.",
        ),
    ),
    Broken(
        "the items of a category are empty",
        "  - id: 7\n    title: Results\n    items:",
        "  - id: 6\n    title: Middle\n    items: []\n  - id: 7\n    title: Results\n    items:",
        Expected(91, 12, "too-few", "“items” is empty: a category needs at least one item."),
    ),
    Broken(
        "a question has no text",
        "            text: Leaders here do what they ask of others.\n",
        "",
        Expected(84, 13, "missing-field", "“text” is missing: a question needs a text."),
    ),
    Broken(
        "an item has no title",
        "        title: Direction\n",
        "",
        Expected(53, 9, "missing-field", "“title” is missing: an item needs a title."),
    ),
    Broken(
        "a form has no audience",
        "    audience: Examiners",
        "    intro: Examiners",
        Expected(43, 3, "missing-field", "“audience” is missing: a form needs an audience."),
    ),
    Broken(
        "a scale does not say what it takes",
        "    answer: conformity",
        "    title: Clause",
        Expected(35, 3, "missing-field", "“answer” is missing: a scale needs an answer."),
    ),
    Broken(
        "a range does not say where it ends",
        "        to: 45\n",
        "",
        Expected(18, 9, "missing-field", "“to” is missing: a range needs a “to”."),
    ),
    Broken(
        "a level has no criteria",
        (
            "            criteria:\n"
            "              - id: 7.1-2a\n"
            "                text: Results are used to decide."
        ),
        "            criteria: []",
        Expected(
            105,
            23,
            "too-few",
            "“criteria” is empty: a level of an item needs at least one criterion.",
        ),
    ),
    Broken(
        "a golden entry expects nothing",
        "    expect:\n      assessed:\n        total: {points: 100}",
        "    expect: {}",
        Expected(
            122,
            13,
            "too-few",
            "“expect” is empty: a golden entry needs results to compare with.",
        ),
    ),
    Broken(
        "a golden answer has no respondent",
        "{respondent: r1, question: 1.1-s1, answer: 4}",
        "{question: 1.1-s1, answer: 4}",
        Expected(
            127,
            9,
            "missing-field",
            "“respondent” is missing: a golden answer needs a respondent.",
        ),
    ),
    Broken(
        "a field has nothing behind its colon",
        "title: Vision",
        "title:",
        Expected(
            59,
            13,
            "empty-value",
            "There is nothing after “title”. Fill it in, or leave the line out.",
        ),
    ),
    Broken(
        "a field holds a tilde",
        "hint: Think of the leaders you meet.",
        "hint: ~",
        Expected(
            88,
            13,
            "empty-value",
            "There is nothing after “hint”. Fill it in, or leave the line out.",
        ),
    ),
    Broken(
        "an entry of a list is empty",
        "evidence: [plans, minutes of meetings]",
        "evidence: [plans, ~]",
        Expected(76, 31, "empty-value", "This entry of “evidence” is empty."),
    ),
    Broken(
        "a text between quotes is empty",
        "title: Vision",
        "title: ''",
        Expected(59, 20, "empty-value", "There is no text between these quotes."),
    ),
    Broken(
        "a text is a list",
        "title: Vision",
        "title: [Vision]",
        Expected(59, 20, "wrong-shape", "“title” takes one value, not a list."),
    ),
    Broken(
        "a list is a text",
        "evidence: [plans, minutes of meetings]",
        "evidence: plans",
        Expected(
            76,
            23,
            "wrong-shape",
            "“evidence” takes a list: [a, b], or lines that start with “- ”.",
        ),
    ),
    Broken(
        "a list has fields",
        "labels: [strongly disagree, disagree, neither, agree, strongly agree]",
        "labels: {1: disagree, 2: neither, 3: agree}",
        Expected(
            10,
            13,
            "wrong-shape",
            "“labels” takes a list: [a, b], or lines that start with “- ”.",
        ),
    ),
    Broken(
        "a form is a text",
        "  leaders:\n    audience: The leadership team",
        "  leaders: The leadership team",
        Expected(
            41,
            12,
            "wrong-shape",
            "“leaders” takes fields of its own, such as “audience: …”, not a text.",
        ),
    ),
    Broken(
        "a question is a text",
        (
            "          - id: 1.1a-1\n"
            "            form: assessors\n"
            "            area: 1.1a\n"
            "            text: How do leaders set the direction?\n"
            "            evidence: [plans, minutes of meetings]"
        ),
        "          - How do leaders set the direction?",
        Expected(
            72,
            13,
            "wrong-shape",
            "An entry of “questions” takes fields of its own, such as “id: …”, not a text.",
        ),
    ),
    Broken(
        "an entry lost the space behind its colon",
        "          - id: 1.1a\n            title: Vision",
        "          - id:1.1a",
        Expected(
            58,
            13,
            "wrong-shape",
            (
                "An entry of “areas” takes fields of its own, such as “id: …”, not a text. Is a "
                "space missing after the colon?"
            ),
        ),
    ),
    Broken(
        "a number is a word",
        "        points: 60",
        "        points: sixty",
        Expected(55, 17, "not-a-number", "“sixty” is not a number."),
    ),
    Broken(
        "a number has a comma",
        "        points: 60",
        "        points: 60,5",
        Expected(55, 17, "not-a-number", "“60,5” is not a number. Did you mean “60.5”?"),
    ),
    Broken(
        "a number has a thousands separator",
        "limits: [100, 200]",
        "limits: [100, '1,200']",
        Expected(110, 19, "not-a-number", "“1,200” is not a number. Did you mean “1200”?"),
    ),
    Broken(
        "a number has an exponent",
        "        points: 60",
        "        points: 1e400",
        Expected(55, 17, "not-a-number", "“1e400” is not a number."),
    ),
    Broken(
        "a number is nan",
        "        points: 60",
        "        points: .nan",
        Expected(55, 17, "not-a-number", "“.nan” is not a number."),
    ),
    Broken(
        "a number has full-width digits",
        "        points: 60",
        "        points: ６０",
        Expected(55, 17, "not-a-number", "“６０” is not a number."),
    ),
    Broken(
        "a number is endless",
        "        points: 60",
        "        points: " + "9" * 5_000,
        Expected(55, 17, "not-a-number", "A number has at most 12 digits; this one is longer."),
    ),
    Broken(
        "a number is a date",
        "        points: 60",
        "        points: 2026-13-45",
        Expected(55, 17, "not-a-number", "“2026-13-45” is not a number."),
    ),
    Broken(
        "a level is a word",
        "      - level: 2\n        label: Lived",
        "      - level: two\n        label: Lived",
        Expected(33, 16, "not-whole", "“two” is not a whole number."),
    ),
    Broken(
        "a percent has a sign",
        "        to: 45",
        "        to: 45 %",
        Expected(19, 13, "not-whole", "“45 %” is not a whole number. Did you mean “45”?"),
    ),
    Broken(
        "a whole number has decimals",
        "    step: 5",
        "    step: 5.0",
        Expected(14, 11, "not-whole", "“5.0” is not a whole number. Did you mean “5”?"),
    ),
    Broken(
        "a kind of answer is misspelt",
        "    answer: percent",
        "    answer: percnt",
        Expected(
            13,
            13,
            "not-a-choice",
            "“percnt” is no choice for “answer”. Did you mean “percent”?",
        ),
    ),
    Broken(
        "a scoring rule is misspelt",
        "  item: judged",
        "  item: juged",
        Expected(
            117,
            9,
            "not-a-choice",
            "“juged” is no choice for “item”. Did you mean “judged”?",
        ),
    ),
    Broken(
        "a kind of file is unknown",
        "kind: framework",
        "kind: survey",
        Expected(
            1,
            7,
            "not-a-choice",
            "“survey” is no choice for “kind”. Choose from: framework, crosswalk, reference.",
        ),
    ),
    Broken(
        "yes or no is neither",
        "    audience: Examiners",
        "    audience: Examiners\n    judges: perhaps",
        Expected(45, 13, "not-a-choice", "“perhaps” is neither yes nor no."),
    ),
    Broken(
        "not applicable is another word",
        "not applicable: never",
        "not applicable: sometimes",
        Expected(
            115,
            17,
            "not-a-choice",
            (
                "“sometimes” is no choice for “not applicable”. Write “never”, or a list of the "
                "reasons that are allowed."
            ),
        ),
    ),
    Broken(
        "a scale has two labels",
        "labels: [strongly disagree, disagree, neither, agree, strongly agree]",
        "labels: [disagree, agree]",
        Expected(10, 13, "too-few", "“labels” has 2 entries; it needs 3 or more."),
    ),
    Broken(
        "a scale has eight labels",
        "labels: [strongly disagree, disagree, neither, agree, strongly agree]",
        "labels: [a, b, c, d, e, f, g, h]",
        Expected(10, 13, "too-many", "“labels” has 8 entries; 7 at most are allowed."),
    ),
    Broken(
        "conformity has three words",
        "    answer: conformity",
        "    answer: conformity\n    labels: [good, better, bad]",
        Expected(
            37,
            13,
            "labels-of-grades",
            "A conformity scale has a label for each of: conforming, ofi, minor, major.",
        ),
    ),
    Broken(
        "an id holds a space",
        "          - id: 1.1a\n",
        "          - id: 1.1 a\n",
        Expected(
            58,
            17,
            "bad-id",
            "The id “1.1 a” holds a space; an id is one word, such as “1.1-a”.",
        ),
    ),
    Broken(
        "an id holds a slash",
        "            hint: Think",
        "            block: a/b\n            hint: Think",
        Expected(
            88,
            20,
            "bad-id",
            "The id “a/b” holds a “/”, which joins an item and an attribute in the answers.",
        ),
    ),
    Broken(
        "an id is too long",
        "- id: P.1\n",
        "- id: P.1" + "x" * 60 + "\n",
        Expected(
            46,
            9,
            "bad-id",
            "The id “P.1xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is longer than 60 characters.",
        ),
    ),
    Broken(
        "the id of the file has capitals",
        "id: small-2026",
        "id: Small 2026",
        Expected(
            2,
            5,
            "bad-id",
            (
                "The id “Small 2026” of a file is made of a to z, 0 to 9 and single hyphens. Did "
                "you mean “small-2026”?"
            ),
        ),
    ),
    Broken(
        "a language is a word",
        "language: en",
        "language: English",
        Expected(5, 11, "bad-language", "“English” is no language code such as en or pt-BR."),
    ),
    Broken(
        "a text in languages uses a word for one",
        "title: Vision",
        "title: {english: Vision}",
        Expected(
            59,
            21,
            "bad-language",
            (
                "“english” is no language code such as en or pt-BR. If its colon belongs to a "
                "text, put the whole text in quotes."
            ),
        ),
    ),
    Broken(
        "a title is too long",
        "title: Vision",
        "title: " + "Vision " * 40,
        Expected(59, 20, "too-long", "This has 279 characters; a title or label has at most 200."),
    ),
    Broken(
        "an id is used twice",
        "  - id: P.1\n",
        "  - id: 1.1a\n",
        Expected(
            58,
            17,
            "duplicate-id",
            "The id “1.1a” is used twice: in line 46 for a key factor, here for an area.",
        ),
    ),
    Broken(
        "a scale is misspelt",
        "            scale: agreement\n            text: Leaders",
        "            scale: agreemnt\n            text: Leaders",
        Expected(
            86,
            20,
            "unknown-scale",
            "This file has no scale “agreemnt”. Did you mean “agreement”?",
        ),
    ),
    Broken(
        "a judge's scale is misspelt",
        "        judge: maturity",
        "        judge: maturty",
        Expected(
            95,
            16,
            "unknown-scale",
            "This file has no scale “maturty”. Did you mean “maturity”?",
        ),
    ),
    Broken(
        "an item is judged on agreement",
        "        points: 40\n        judge: process",
        "        points: 40\n        judge: agreement",
        Expected(
            80,
            16,
            "judge-scale",
            (
                "“agreement” is an agreement scale. An item is judged in percent, levels, stages, "
                "criteria that are met, or conformity."
            ),
        ),
    ),
    Broken(
        "a question is answered on a met scale",
        "            scale: agreement\n            text: Leaders",
        "            scale: maturity\n            text: Leaders",
        Expected(
            86,
            20,
            "question-scale",
            "“maturity” is a met scale: its criteria stand at an item.",
        ),
    ),
    Broken(
        "a form is misspelt",
        "            form: [staff, leaders]",
        "            form: [staf, leaders]",
        Expected(85, 20, "unknown-form", "This file has no form “staf”. Did you mean “staff”?"),
    ),
    Broken(
        "an area is misspelt",
        "            area: 1.1a",
        "            area: 1.1b",
        Expected(74, 19, "unknown-area", "Item “1.1” has no area “1.1b”. Did you mean “1.1a”?"),
    ),
    Broken(
        "a driver is a category",
        "drivers: [1.1, 1.2]",
        "drivers: [1.1, 7]",
        Expected(96, 24, "unknown-item", "“7” is a category, not an item."),
    ),
    Broken(
        "an item drives itself",
        "drivers: [1.1, 1.2]",
        "drivers: [1.1, 7.1]",
        Expected(96, 24, "own-driver", "Item “7.1” cannot be its own driver."),
    ),
    Broken(
        "a pair is misspelt",
        "            pair: 1.1-l1",
        "            pair: 1.1-l2",
        Expected(
            67,
            19,
            "unknown-pair",
            "This file has no question “1.1-l2”. Did you mean “1.1-l1”?",
        ),
    ),
    Broken(
        "a pair is on one form",
        "            form: leaders\n            scale",
        "            form: staff\n            scale",
        Expected(
            67,
            19,
            "pair-same-form",
            "“1.1-l1” and “1.1-s1” are a pair, but both are on the form “staff”.",
        ),
    ),
    Broken(
        "a cap is no attribute",
        "    cap: approach",
        "    cap: aproach",
        Expected(
            16,
            10,
            "unknown-attribute",
            "This scale has no attribute “aproach”. Did you mean “approach”?",
        ),
    ),
    Broken(
        "a range describes an unknown attribute",
        "        approach: Ways",
        "        results: Ways",
        Expected(
            26,
            9,
            "unknown-attribute",
            (
                "“results” is no attribute of this scale. Choose from: approach, deployment, from, "
                "to, label, text."
            ),
        ),
    ),
    Broken(
        "a range leaves an attribute out",
        "        deployment: They are used everywhere.\n",
        "",
        Expected(23, 9, "missing-attribute-text", "This range says nothing about: deployment."),
    ),
    Broken(
        "there is a gap between ranges",
        "      - from: 50",
        "      - from: 60",
        Expected(23, 15, "range-gap", "No range describes 50 to 55 percent."),
    ),
    Broken(
        "ranges overlap",
        "      - from: 50",
        "      - from: 45",
        Expected(
            23,
            15,
            "range-overlap",
            "This range starts at 45 percent, but the one before goes up to 45.",
        ),
    ),
    Broken(
        "ranges end early",
        "        to: 100",
        "        to: 95",
        Expected(24, 13, "range-gap", "No range describes 100 percent."),
    ),
    Broken(
        "a range ends off the step",
        "        to: 45",
        "        to: 47",
        Expected(19, 13, "range-step", "47 is no answer on this scale, which goes in steps of 5."),
    ),
    Broken(
        "a range runs backwards",
        "        to: 45",
        "        to: -5",
        Expected(19, 13, "range-order", "-5 does not lie between 0 and 100 percent."),
    ),
    Broken(
        "steps do not divide 100",
        "    step: 5",
        "    step: 30",
        Expected(14, 11, "step", "Steps of 30 do not divide 100 percent evenly."),
    ),
    Broken(
        "steps of attributes do not divide 100",
        "    step: 5",
        "    step: 5\n    attribute step: 15",
        Expected(15, 21, "step", "Steps of 15 do not divide 100 percent evenly."),
    ),
    Broken(
        "levels jump",
        "      - level: 2\n        label: Lived",
        "      - level: 3\n        label: Lived",
        Expected(33, 16, "level-gap", "Level 2 is expected here, not 3."),
    ),
    Broken(
        "a favourable answer is off the scale",
        "favourable: [4, 5]",
        "favourable: [4, 6]",
        Expected(11, 21, "favourable", "6 is none of the answers 1 to 5."),
    ),
    Broken(
        "an item lacks a level",
        (
            "          - level: 2\n"
            "            criteria:\n"
            "              - id: 7.1-2a\n"
            "                text: Results are used to decide.\n"
        ),
        "",
        Expected(99, 9, "level-without-criteria", "Level 2 of item “7.1” has no criteria."),
    ),
    Broken(
        "an item has a level too many",
        "          - level: 2\n            criteria:",
        "          - level: 3\n            criteria:",
        Expected(104, 20, "unknown-level", "Scale “maturity” has no level 3."),
    ),
    Broken(
        "a met item has no criteria",
        (
            "        levels:\n"
            "          - level: 1\n"
            "            criteria:\n"
            "              - id: 7.1-1a\n"
            "                text: Customers are asked.\n"
            "          - level: 2\n"
            "            criteria:\n"
            "              - id: 7.1-2a\n"
            "                text: Results are used to decide.\n"
        ),
        "",
        Expected(
            95,
            16,
            "met-without-levels",
            "Item “7.1” is judged on criteria, so it needs “levels” that hold them.",
        ),
    ),
    Broken(
        "criteria stand at an item that is not judged",
        "        judge: maturity\n",
        "",
        Expected(
            98,
            9,
            "levels-without-met",
            "“levels” with criteria need “judge”: the id of a met scale.",
        ),
    ),
    Broken(
        "criteria stand at an item judged in percent",
        "        judge: maturity",
        "        judge: process",
        Expected(
            99,
            9,
            "levels-without-met",
            "“levels” with criteria are for met scales; “process” is a percent scale.",
        ),
    ),
    Broken(
        "points are negative",
        "        points: 60",
        "        points: -60",
        Expected(55, 17, "points-not-positive", "Points are greater than 0, not −60."),
    ),
    Broken(
        "points are zero",
        "        points: 60",
        "        points: 0",
        Expected(55, 17, "points-not-positive", "Points are greater than 0, not 0."),
    ),
    Broken(
        "points do not add up to the last limit",
        "        points: 60",
        "        points: 59",
        Expected(
            110,
            19,
            "bands-sum",
            "The last limit is 200, but the points of all judged items add up to 199.",
        ),
    ),
    Broken(
        "one item has no points",
        "        points: 40\n",
        "",
        Expected(
            77,
            13,
            "points-missing",
            "Item “1.2” has no points, but others have. All have or none.",
        ),
    ),
    Broken(
        "limits do not ascend",
        "limits: [100, 200]",
        "limits: [200, 200]",
        Expected(110, 19, "bands-order", "200 comes after 200. Go from low to high."),
    ),
    Broken(
        "there are fewer labels than limits",
        "    limits: [100, 200]\n    labels: [Early, Mature]",
        "    limits: [100, 200]\n    labels: [Early]",
        Expected(111, 5, "bands-labels", "“labels” has 1 entry, but “limits” has 2."),
    ),
    Broken(
        "bands have no bounds",
        "    from: [0, 50]\n",
        "",
        Expected(
            112,
            9,
            "bands-bounds",
            "Bands have either “limits”, the highest points of each, or “from”, the lowest ones.",
        ),
    ),
    Broken(
        "a band starts where nobody gets",
        "from: [0, 50]",
        "from: [0, 101]",
        Expected(
            113,
            15,
            "bands-sum",
            (
                "The last band starts at 101, but the points of the judged items of “process” add "
                "up to 100."
            ),
        ),
    ),
    Broken(
        "bands are of something unknown",
        "  - of: process",
        "  - of: proces",
        Expected(
            112,
            9,
            "unknown-scope",
            "“proces” is not total, nor a category, nor a scale. Did you mean “process”?",
        ),
    ),
    Broken(
        "bands of a scope are given twice",
        "  - of: process\n    from: [0, 50]",
        "  - of: total\n    from: [0, 50]",
        Expected(112, 9, "bands-twice", "There are bands of “total” already, in line 109."),
    ),
    Broken(
        "a rule needs attributes that are not there",
        "  item: judged",
        "  item: mean",
        Expected(
            117,
            9,
            "scoring-fit",
            (
                "“mean” is taken over attributes, but item “7.1” is judged on “maturity”, which "
                "has none."
            ),
        ),
    ),
    Broken(
        "a rule needs criteria that are not there",
        "  item: judged",
        "  item: cumulative",
        Expected(
            117,
            9,
            "scoring-fit",
            (
                "“cumulative” needs met scales, but item “1.1” is judged on “process”, a percent "
                "scale."
            ),
        ),
    ),
    Broken(
        "a verdict needs grades",
        "  total: sum",
        "  total: verdict",
        Expected(
            118,
            10,
            "scoring-fit",
            "A verdict needs items that are judged on a conformity scale.",
        ),
    ),
    Broken(
        "advice stands between ranges",
        "          0: Agree on a direction, and say it.",
        "          20: Agree on a direction, and say it.",
        Expected(
            61,
            11,
            "unknown-improve",
            "No range, level or grade starts at “20”. Did you mean “0”?",
        ),
    ),
    Broken(
        "advice stands at a level that is not there",
        "1: Ask them",
        "3: Ask them",
        Expected(
            98,
            41,
            "unknown-improve",
            "No range, level or grade starts at “3”. Did you mean “2”?",
        ),
    ),
    Broken(
        "golden judgements name an unknown item",
        "judged: {1.1: 50, 1.2: 50, 7.1: 1}",
        "judged: {1.1: 50, 1.3: 50}",
        Expected(
            121,
            23,
            "unknown-answer",
            "No item “1.3” is judged. Choose from: 1.1, 1.2, 7.1.",
        ),
    ),
    Broken(
        "golden answers name an unknown question",
        "question: 1.1-s1, answer",
        "question: 1.1-s2, answer",
        Expected(
            127,
            36,
            "unknown-answer",
            "Nothing that can be answered is called “1.1-s2”. Did you mean “1.1-s1”?",
        ),
    ),
    Broken(
        "a golden entry has no answers",
        "    judged: {1.1: 50, 1.2: 50, 7.1: 1}\n",
        "",
        Expected(
            120,
            5,
            "golden-without-answers",
            "“half of everything” needs “judged” or “answers”.",
        ),
    ),
    Broken(
        "a text in languages holds a list",
        "title: Vision",
        "title: {en: [Vision]}",
        Expected(59, 25, "wrong-shape", "“en” takes one value, not a list."),
    ),
    Broken(
        "a weight is zero",
        "[approach, deployment]",
        "[{id: approach, weight: 0}, deployment]",
        Expected(15, 41, "weight-not-positive", "A weight is greater than 0."),
    ),
    Broken(
        "an attribute has the name of a field",
        "[approach, deployment]",
        "[approach, deployment, label]",
        Expected(
            15,
            40,
            "reserved-id",
            "An attribute cannot be called “label”: ranges have a field of that name.",
        ),
    ),
    Broken(
        "an attribute is given twice",
        "[approach, deployment]",
        "[approach, deployment, approach]",
        Expected(15, 40, "duplicate-id", "The attribute “approach” stands in line 15 already."),
    ),
    Broken(
        "a question is its own pair",
        "            pair: 1.1-l1",
        "            pair: 1.1-s1",
        Expected(67, 19, "pair-with-itself", "A question cannot be its own pair."),
    ),
    Broken(
        "a pair is answered on two scales",
        "            form: leaders\n            scale: agreement",
        "            form: leaders\n            scale: process",
        Expected(
            67,
            19,
            "pair-scales",
            "“1.1-l1” and “1.1-s1” are a pair, but are not answered on the same scale.",
        ),
    ),
    Broken(
        "levels of an item go down",
        "          - level: 1\n            criteria:",
        (
            "          - level: 2\n"
            "            criteria:\n"
            "              - id: x\n"
            "                text: Early.\n"
            "          - level: 1\n"
            "            criteria:"
        ),
        Expected(104, 20, "level-order", "Level 1 comes after level 2. Go from low to high."),
        Expected(108, 20, "level-order", "Level 2 comes after level 2. Go from low to high."),
    ),
    Broken(
        "bands are of two things at once",
        "  - id: 7\n",
        "  - id: total\n",
        Expected(
            109,
            9,
            "bands-unclear",
            "“total” names more than one thing here. Rename one of them.",
        ),
    ),
    Broken(
        "a required item is not graded",
        "  total: sum",
        "  total: sum\n  required: [1.3]",
        Expected(
            119,
            3,
            "required-without-verdict",
            "“required” counts only with “total: verdict”.",
        ),
        Expected(
            119,
            14,
            "unknown-item",
            "This file has no item “1.3”. Choose from: 1.1, 1.2, 7.1.",
        ),
    ),
    Broken(
        "a text has more than one line of quotes",
        "hint: Think of the leaders you meet.",
        'hint: "Think of "the" leaders."',
        Expected(
            88,
            30,
            "not-yaml",
            "This does not line up with the fields above it, or follows a closing quote.",
        ),
    ),
    Broken(
        "a form is described twice",
        "  assessors:",
        "  staff:",
        Expected(
            43,
            3,
            "duplicate-key",
            "The field “staff” is given twice, in line 38 and in line 43.",
        ),
    ),
    Broken(
        "the file goes on after its end",
        "golden:",
        "...\ngolden:",
        Expected(120, 1, "not-yaml", "The file has ended above. Nothing may follow."),
    ),
    Broken(
        "a hint is endless",
        "hint: Think of the leaders you meet.",
        "hint: " + "word " * 2_001,
        Expected(88, 19, "too-long", "This text has 10,004 characters; 10,000 are the limit."),
    ),
    Broken(
        "a leading zero hides in a number",
        "      - from: 50",
        "      - from: 050",
        Expected(23, 15, "not-whole", "“050” is not a whole number. Did you mean “50”?"),
    ),
    Broken(
        "a question asks on a form that is none",
        "            form: assessors",
        "            form: examiners",
        Expected(
            73,
            19,
            "unknown-form",
            "This file has no form “examiners”. Choose from: staff, leaders, assessors.",
        ),
    ),
    Broken(
        "a judgement is given to an area",
        "judged: {1.1: 50, 1.2: 50, 7.1: 1}",
        "judged: {1.1b: 50}",
        Expected(121, 14, "unknown-answer", "No item “1.1b” is judged. Did you mean “1.1”?"),
    ),
    Broken(
        "a comma stands in a text between braces",
        "{0: Ask one customer., 1: Ask them all.}",
        "{0: Ask one, then two., 1: Ask them all.}",
        Expected(
            98,
            31,
            "empty-value",
            (
                "“then two.” is no field. Between braces a comma ends a text: put a text that "
                "holds one in quotes."
            ),
        ),
    ),
]
