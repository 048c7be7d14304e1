"""What a report would miss."""

from assessment.catalogue.rulebook.rule import Rule

HEADING = "Completeness"
RULES = (
    Rule(
        "missing-improve",
        "Each place below the top says what to do next.",
        "Leaders who read a low result want to know what to do on Monday.",
        severity="warning",
        breaks="50: Agree on a direction, and say it.",
        holds="0: Agree on a direction, and say it.",
    ),
    Rule(
        "missing-language",
        "A language that is offered is there in every text.",
        "A person would meet a sentence in another language in the middle of a page.",
        severity="warning",
        breaks="title: {en: A small model, de: Ein kleines Modell}",
        holds="title: A small model",
    ),
    Rule(
        "no-golden",
        "Golden answers show that a file counts as it is meant.",
        "A slip in points or rules changes results without a sign of it.",
        severity="warning",
        breaks="notes: [The results are not worked out yet.]",
        holds=(
            "golden:\n"
            "  - name: half of everything\n"
            "    judged: {1.1: 50, 1.2: 50, 7.1: 1}\n"
            "    expect:\n"
            "      assessed:\n"
            "        total: {points: 100}\n"
            "  - name: one person agrees\n"
            "    answers:\n"
            "      - {respondent: r1, question: 1.1-s1, answer: 4}\n"
            "    expect:\n"
            "      perceived: {questions: [{id: 1.1-s1, n: 1, mean: 4}]}"
        ),
    ),
    Rule(
        "golden-without-answers",
        "A golden entry holds judgements or answers.",
        "There would be nothing to count.",
        breaks="- name: half of everything",
        holds=("- name: half of everything\n  judged: {1.1: 50, 1.2: 50, 7.1: 1}"),
    ),
    Rule(
        "golden-mismatch",
        "Golden answers lead to the results that are expected.",
        "Either the file does not count as you mean it, or you counted wrong.",
        breaks="total: {points: 110}",
        holds="total: {points: 100}",
    ),
)
