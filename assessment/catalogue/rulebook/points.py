"""Points add up, and rules find what they work on."""

from assessment.catalogue.rulebook.rule import Rule

HEADING = "Points, bands and rules of scoring"
RULES = (
    Rule(
        "points-missing",
        "All items have points, or none has.",
        "An item without points would weigh nothing, without anybody having said so.",
        breaks="",
        holds="points: 40",
    ),
    Rule(
        "points-not-positive",
        "Points are greater than 0.",
        "An item of 0 points is asked for nothing.",
        breaks="points: 0",
        holds="points: 60",
    ),
    Rule(
        "bands-bounds",
        "Bands have either limits or from.",
        "Both at once may contradict each other; with neither there is no band.",
        breaks=("limits: [100, 200]\nfrom: [0, 101]"),
        holds="limits: [100, 200]",
    ),
    Rule(
        "bands-labels",
        "There is a label, and if any a text, for each band.",
        "A band without its label could not be named.",
        breaks="limits: [50, 100, 200]",
        holds="limits: [100, 200]",
    ),
    Rule(
        "bands-order",
        "The bounds of bands ascend.",
        "A band that ends before it begins holds no points.",
        breaks="limits: [200, 200]",
        holds="limits: [100, 200]",
    ),
    Rule(
        "bands-sum",
        "The last limit is what all points of its scope add up to.",
        "A total that does not add up is a typing error in some item's points.",
        breaks="points: 99",
        holds="points: 100",
    ),
    Rule(
        "bands-twice",
        "A scope has one list of bands.",
        "The same points would stand in two bands.",
        breaks=("- of: total\n  from: [0, 50]"),
        holds=("- of: process\n  from: [0, 50]"),
    ),
    Rule(
        "bands-unclear",
        "A scope names one thing.",
        "The bands of “7” would be those of a category or of a scale.",
        breaks="- id: total",
        holds="- id: 7",
    ),
    Rule(
        "scoring-fit",
        "A scoring rule finds what it works on: attributes, criteria, points or grades.",
        "The rule would never be used, and another one would.",
        breaks="item: mean",
        holds="item: judged",
    ),
    Rule(
        "required-not-graded",
        "Items required for a verdict are judged on conformity.",
        "A percent or a level is neither conforming nor a nonconformity.",
        breaks=(
            "judge: clause\n"
            "improve: {minor: Ask them all., major: Ask.}\n"
            "…\n"
            "total: verdict\n"
            "required: [1.1]"
        ),
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
            "total: sum"
        ),
    ),
    Rule(
        "required-without-verdict",
        "Required items matter to a verdict only.",
        "They decide nothing where there is no verdict.",
        severity="warning",
        breaks=("total: sum\nrequired: [7.1]"),
        holds="total: sum",
    ),
    Rule(
        "category-points",
        "The items of a category add up to the points it declares.",
        "What a category is worth is known from the model; a difference is a typing error.",
        breaks=("points: 110\nabout: How the organisation is led."),
        holds="about: How the organisation is led.",
    ),
    Rule(
        "points-sum",
        "All points add up to a round number.",
        "Most models add up to a round number; one that misses it by a little has a typing error.",
        severity="warning",
        breaks=("points: 59\n…\n- of: process"),
        holds=(
            "points: 60\n"
            "…\n"
            "- of: total\n"
            "  limits: [100, 200]\n"
            "  labels: [Early, Mature]\n"
            "- of: process"
        ),
    ),
    Rule(
        "unused-weight",
        "Weights are used.",
        "A weight counts with the rule “weighted mean” alone.",
        severity="warning",
        breaks="attributes: [approach, {id: deployment, weight: 2}]",
        holds="attributes: [approach, deployment]",
    ),
    Rule(
        "unreachable-band",
        "Some judgements lead to every band.",
        "Nobody could ever stand in it, and the ladder of bands would show it all the same.",
        severity="warning",
        breaks=("limits: [100, 100.5, 200]\nlabels: [Early, Halfway, Mature]"),
        holds=("limits: [100, 200]\nlabels: [Early, Mature]"),
    ),
    Rule(
        "best-answers",
        "The best answers to everything lead to the top, and leave no gap.",
        "Whoever does everything right must stand at the top with nothing left to mend.",
        severity="warning",
        breaks="favourable: [1, 2]",
        holds="favourable: [4, 5]",
    ),
)
