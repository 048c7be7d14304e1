"""Who is asked what, and how much of it."""

from assessment.catalogue.rulebook.rule import Rule

HEADING = "Forms and questions"
RULES = (
    Rule(
        "unused-form",
        "A form asks something.",
        "Whoever is invited to it would see an empty page.",
        severity="warning",
        breaks=("leaders:\n  audience: The leadership team\npartners:\n  audience: Suppliers"),
        holds=("leaders:\n  audience: The leadership team"),
    ),
    Rule(
        "nobody-judges",
        "Items that are judged are asked about on some form.",
        "Every item would stay without a judgement.",
        severity="warning",
        breaks=("audience: Examiners\njudges: no"),
        holds="audience: Examiners",
    ),
    Rule(
        "nothing-asked",
        "An item has a question or a judgement.",
        "The item would stand in the report without a figure.",
        severity="warning",
        breaks="about: What leaders show.",
        holds=(
            "judge: process\n"
            "improve:\n"
            "  0: Ask people what they see.\n"
            "questions:\n"
            "  - id: 1.2-s1\n"
            "    form: [staff, leaders]\n"
            "    scale: agreement\n"
            "    text: Leaders here do what they ask of others.\n"
            "    hint: Think of the leaders you meet."
        ),
    ),
    Rule(
        "pair-with-itself",
        "A pair joins two questions.",
        "A statement has no gap to itself.",
        breaks="pair: 1.1-s1",
        holds="pair: 1.1-l1",
    ),
    Rule(
        "pair-same-form",
        "A pair joins statements of different forms.",
        "The gap is one between two audiences.",
        breaks="form: staff",
        holds="form: leaders",
    ),
    Rule(
        "pair-scales",
        "Both statements of a pair are answered on the same scale.",
        "The difference of answers on two scales means nothing.",
        breaks=("form: leaders\nscale: process"),
        holds=("form: leaders\nscale: agreement"),
    ),
    Rule(
        "pair-across-items",
        "Both statements of a pair usually belong to one item.",
        "The gap would be shown with one of the items, and be about the other.",
        severity="warning",
        breaks=("text: I know what we want to achieve this year.\npair: 1.2-s1"),
        holds=("text: I know what we want to achieve this year.\npair: 1.1-l1"),
    ),
    Rule(
        "single-block",
        "Blocks rotate when a form has two or more.",
        "One block alone is drawn by everybody: nothing rotates.",
        severity="warning",
        breaks=("pair: 1.1-l1\nblock: A"),
        holds="pair: 1.1-l1",
    ),
    Rule(
        "many-questions",
        "Staff answer about 20 questions with care, leaders about 40.",
        "After that people tick without reading, or stop.",
        severity="warning",
        breaks="a staff form of 30 statements",
        holds="a staff form of 18 statements",
        in_words=True,
    ),
    Rule(
        "long-form",
        "Staff give about ten minutes.",
        "People fill it in during their work; what takes longer is put off.",
        severity="warning",
        breaks="a staff form of 15 minutes",
        holds="a staff form of 8 minutes",
        in_words=True,
    ),
    Rule(
        "too-many-questions",
        "A file has at most 10,000 questions.",
        "No page, report or person could take them.",
        breaks="a file of 12,000 questions",
        holds="a file of 400 questions",
        in_words=True,
    ),
    Rule(
        "long-question",
        "A question has at most 120 characters, one that is answered in words 160.",
        "On a small phone it takes more than four lines, so that its answers slip off the screen.",
        severity="warning",
        breaks=(
            "text: >\n"
            "  I know what we want to achieve this year, what my team adds to it,\n"
            "  and what I can add to it myself in the weeks that come."
        ),
        holds="text: I know what we want to achieve this year.",
    ),
)
