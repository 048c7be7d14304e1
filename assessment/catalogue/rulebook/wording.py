"""What makes a statement hard to answer, or its answer hard to read."""

from assessment.catalogue.rulebook.rule import Rule

HEADING = "Wording"
RULES = (
    Rule(
        "double-barrelled",
        "A statement holds one idea: no “and” or “or” joins two.",
        "Whoever agrees with one half and not with the other cannot answer.",
        severity="warning",
        breaks="text: I know what we want and what it takes.",
        holds="text: I know what we want to achieve this year.",
    ),
    Rule(
        "leading",
        "A statement neither praises what it asks about nor says what ought to be.",
        "It tells people what to answer, and they do.",
        severity="warning",
        breaks="text: Of course I know what we want.",
        holds="text: I know what we want to achieve this year.",
    ),
    Rule(
        "how-on-agreement",
        "What is answered by agreeing is a statement, not a question.",
        "“Agree” is no answer to “how”.",
        severity="warning",
        breaks="text: How well do I know what we want?",
        holds="text: I know what we want to achieve this year.",
    ),
    Rule(
        "negation",
        "A statement is said without not, no or never.",
        "To disagree with a “not” is a double negation; many tick the wrong end.",
        severity="warning",
        breaks="text: I do not know what we want.",
        holds="text: I know what we want to achieve this year.",
    ),
    Rule(
        "reading-level",
        "Statements for staff are plain: reading ease 60 or more together, 10 or more each.",
        "What only some understand is answered by guessing.",
        severity="warning",
        breaks="text: Organisational objectives are communicated systematically.",
        holds="text: I know what we want to achieve this year.",
    ),
    Rule(
        "shared-sentence",
        "A longer sentence stands in one framework only, its variants set aside.",
        "One sentence for two things fits neither, and a person asked both notices.",
        severity="warning",
        breaks="the same sentence of more than four words in two files, neither a variant",
        holds="two files, each in words of its own",
        in_words=True,
    ),
)
