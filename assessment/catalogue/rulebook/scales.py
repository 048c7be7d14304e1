"""A scale describes every answer once."""

from assessment.catalogue.rulebook.rule import Rule

HEADING = "Scales"
RULES = (
    Rule(
        "favourable",
        "Favourable answers are answers of the scale.",
        "Favourable answers are counted by their number on the scale.",
        breaks="favourable: [4, 6]",
        holds="favourable: [4, 5]",
    ),
    Rule(
        "level-gap",
        "Levels count 1, 2, 3 without gaps.",
        "Nobody could be at the level that is left out, and percents would count it all the same.",
        breaks=("- level: 3\n  label: Lived"),
        holds=("- level: 2\n  label: Lived"),
    ),
    Rule(
        "level-order",
        "An item's levels stand from low to high, each once.",
        "Levels build on each other; out of order, the climb would stop too early.",
        breaks=(
            "- level: 2\n"
            "  criteria:\n"
            "    - id: 7.1-2a\n"
            "      text: Results are used to decide.\n"
            "- level: 1\n"
            "  criteria:\n"
            "    - id: 7.1-1a\n"
            "      text: Customers are asked."
        ),
        holds=(
            "- level: 1\n"
            "  criteria:\n"
            "    - id: 7.1-1a\n"
            "      text: Customers are asked.\n"
            "- level: 2\n"
            "  criteria:\n"
            "    - id: 7.1-2a\n"
            "      text: Results are used to decide."
        ),
    ),
    Rule(
        "level-without-criteria",
        "Every level of a met scale has criteria at every item judged on it.",
        "Everybody would reach it for nothing.",
        breaks=("- level: 1\n  criteria:\n    - id: 7.1-1a\n      text: Customers are asked."),
        holds=(
            "- level: 1\n"
            "  criteria:\n"
            "    - id: 7.1-1a\n"
            "      text: Customers are asked.\n"
            "- level: 2\n"
            "  criteria:\n"
            "    - id: 7.1-2a\n"
            "      text: Results are used to decide."
        ),
    ),
    Rule(
        "levels-without-met",
        "Criteria by level belong to items judged on a met scale.",
        "On any other scale criteria decide nothing.",
        breaks="judge: process",
        holds="judge: maturity",
    ),
    Rule(
        "met-without-levels",
        "An item judged on a met scale lists its criteria by level.",
        "Without criteria there is nothing to be met.",
        breaks=("judge: maturity\nimprove:\n  0: Ask people what they see."),
        holds=("judge: process\nimprove:\n  0: Ask people what they see."),
    ),
    Rule(
        "labels-of-grades",
        "A conformity scale has four labels, or none.",
        "Each grade has a word of its own: conforming, ofi, minor, major.",
        breaks=("answer: conformity\nlabels: [good, better, bad]"),
        holds="answer: conformity",
    ),
    Rule(
        "step",
        "Steps divide 100 percent evenly.",
        "With steps of 30 nobody could answer 100 percent.",
        breaks="step: 30",
        holds="step: 5",
    ),
    Rule(
        "range-step",
        "Ranges start and end at percents that can be answered.",
        "A range that ends between two steps looks as if it could be reached there.",
        breaks="to: 47",
        holds="to: 45",
    ),
    Rule(
        "range-order",
        "A range goes from a lower to a higher percent between 0 and 100.",
        "A range turned round holds no answer.",
        breaks="to: -5",
        holds="to: 45",
    ),
    Rule(
        "range-gap",
        "Every percent that can be answered is described by a range.",
        "Whoever stands there would read nothing about themselves.",
        breaks="to: 95",
        holds="to: 100",
    ),
    Rule(
        "range-overlap",
        "No percent is described by two ranges.",
        "Whoever stands there would read two things about themselves.",
        breaks="- from: 45",
        holds="- from: 50",
    ),
    Rule(
        "missing-attribute-text",
        "If ranges describe attributes, each describes all of them.",
        "Judges compare the texts of one attribute from range to range.",
        breaks="approach: Ways of working are improved.",
        holds=("approach: Ways of working are improved.\ndeployment: They are used everywhere."),
    ),
    Rule(
        "weight-not-positive",
        "A weight is greater than 0.",
        "A weight of 0 leaves the attribute out, a negative one turns it round.",
        breaks="attributes: [{id: approach, weight: 0}, deployment]",
        holds="attributes: [approach, deployment]",
    ),
    Rule(
        "judge-scale",
        "Items are judged in percent, levels, stages, met criteria or conformity.",
        "Agreement is an opinion and text has no value; neither is a judgement on evidence.",
        breaks=("points: 40\njudge: agreement"),
        holds=("points: 40\njudge: process"),
    ),
    Rule(
        "question-scale",
        "Criteria that are met or not stand at items, not at questions.",
        "A criterion counts for the level of its item.",
        breaks=("scale: maturity\ntext: Leaders here do what they ask of others."),
        holds=("scale: agreement\ntext: Leaders here do what they ask of others."),
    ),
    Rule(
        "undescribed-level",
        "Every level and range that can be picked is described.",
        "Two people who pick the same bare number mean different things by it.",
        severity="warning",
        breaks=(
            "clause:\n"
            "  answer: stage\n"
            "  levels:\n"
            "    - {level: 1, label: Low}\n"
            "    - {level: 2, label: High, text: We lead.}"
        ),
        holds=("clause:\n  answer: conformity"),
    ),
    Rule(
        "cap-without-effect",
        "A cap lowers something.",
        "The weakest attribute is never above the cap, so the cap does nothing.",
        severity="warning",
        breaks=("judge: process\nimprove: {0: Ask them all.}\n…\nitem: weakest link"),
        holds=(
            "judge: maturity\n"
            "drivers: [1.1, 1.2]\n"
            "questions: [{id: 7.1-1, form: assessors, scale: clause, text: We ask by plan.}]\n"
            "improve: {0: Ask one customer., 1: Ask them all.}\n"
            "levels:\n"
            "  - level: 1\n"
            "    criteria:\n"
            "      - id: 7.1-1a\n"
            "        text: Customers are asked.\n"
            "  - level: 2\n"
            "    criteria:\n"
            "      - id: 7.1-2a\n"
            "        text: Results are used to decide.\n"
            "…\n"
            "item: judged"
        ),
    ),
)
