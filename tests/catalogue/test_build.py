"""A checked file -> the framework of the core, with nothing lost on the way."""

from assessment.catalogue.check import check_bytes
from assessment.core.framework import Framework
from tests.catalogue.broken import SOUND, edited


def framework_of(text: str = SOUND, language: str | None = None) -> Framework:
    checked = check_bytes(text.encode(), "file.yaml")
    assert [str(problem) for problem in checked.errors] == []
    assert checked.framework is not None
    return checked.framework if language is None else checked.in_language(language)


def test_scales_carry_their_answers():
    scales = framework_of().scales
    assert scales["agreement"].values == (1, 2, 3, 4, 5)
    assert scales["agreement"].favourable == {4, 5}
    assert scales["process"].values == tuple(range(0, 101, 5))
    assert scales["process"].cap == "approach"
    assert scales["process"].ranges[1].texts["deployment"] == "They are used everywhere."
    assert scales["maturity"].values == (0, 1, 2)
    assert scales["clause"].label_of(1) == "ofi"


def test_without_a_choice_the_answers_above_the_middle_are_favourable():
    five = edited(("    favourable: [4, 5]\n", ""))
    assert framework_of(five).scales["agreement"].favourable == {4, 5}
    four = five.replace("disagree, neither, agree", "disagree, agree")
    assert framework_of(four).scales["agreement"].favourable == {3, 4}


def test_an_attribute_goes_by_its_id_until_it_has_a_title():
    titled = edited(("[approach, deployment]", "[approach, {id: deployment, title: Spread}]"))
    assert [one.title for one in framework_of(titled).scales["process"].attributes] == [
        "approach",
        "Spread",
    ]


def test_attributes_may_be_given_in_larger_steps_than_the_item():
    own = framework_of(edited(("    step: 5\n", "    step: 5\n    attribute step: 25\n")))
    slots = {slot.key: slot for slot in own.slots}
    assert slots["1.1/approach"].values == (0, 25, 50, 75, 100)
    assert len(slots["1.1"].values) == 21


def test_without_a_step_of_their_own_attributes_take_that_of_the_item():
    slots = {slot.key: slot for slot in framework_of().slots}
    assert slots["1.1/approach"].values == slots["1.1"].values


def test_a_question_without_scale_is_answered_in_words():
    assert framework_of().question_by_id["1.1a-1"].scale.answer == "text"


def test_a_scale_for_words_is_not_scored():
    text = edited(("  clause:\n    answer: conformity\n", "  clause:\n    answer: text\n"))
    assert not framework_of(text).scales["clause"].is_scored


def test_a_question_without_form_is_on_every_form():
    everywhere = framework_of(edited(("            form: [staff, leaders]\n", "")))
    assert everywhere.question_by_id["1.2-s1"].forms == {"staff", "leaders", "assessors"}


def test_both_wordings_of_a_pair_share_one_pair_id():
    questions = framework_of().question_by_id
    assert questions["1.1-s1"].pair_id == questions["1.1-l1"].pair_id == "1.1-s1"
    assert questions["1.2-s1"].pair is None


def test_a_pair_may_be_named_by_the_second_wording_or_by_both():
    second = edited(
        ("            pair: 1.1-l1\n", ""),
        ("form: leaders\n", "form: leaders\n            pair: 1.1-s1\n"),
    )
    both = edited(("form: leaders\n", "form: leaders\n            pair: 1.1-s1\n"))
    for text in (second, both):
        assert framework_of(text).question_by_id["1.1-l1"].pair_id == "1.1-s1"


def test_assessors_judge_and_others_do_so_if_they_say_so():
    forms = framework_of(edited(("team\n", "team\n    judges: yes\n"))).forms
    assert {name for name, form in forms.items() if form.judges} == {"leaders", "assessors"}


def test_rules_left_open_follow_from_the_items():
    chosen = framework_of(edited(("scoring:\n  item: judged\n  total: sum\n", ""))).scoring
    assert (chosen.item, chosen.total) == ("judged", "sum")


def test_where_everything_is_met_or_not_levels_are_cumulative():
    start, end = SOUND.index("categories:"), SOUND.index("  - id: 7\n")
    text = SOUND[:start] + "categories:\n" + SOUND[end:]
    text = (
        text[: text.index("bands:")]
        .replace("        points: 100\n", "")
        .replace("[1.1, 1.2]", "[]")
    )
    chosen = framework_of(text).scoring
    assert (chosen.item, chosen.total) == ("cumulative", "none")


def test_not_applicable_is_never_or_reasons_or_any():
    assert framework_of().not_applicable == "never"
    reasons = edited(("not applicable: never", "not applicable: [no such product, too young]"))
    assert framework_of(reasons).not_applicable == ("no such product", "too young")
    assert framework_of(edited(("not applicable: never\n", ""))).not_applicable == "any reason"


def test_bands_keep_upper_or_lower_bounds():
    total, process = framework_of().bands
    assert (total.limits, total.starts) == ((100, 200), ())
    assert (process.limits, process.starts) == ((), (0, 50))


def test_a_framework_speaks_the_language_asked_for_as_far_as_it_goes():
    text = edited(("title: Vision", "title: {en: Vision, de: Leitbild}"))
    assert framework_of(text).items[0].areas[0].title == "Vision"
    german = framework_of(text, language="de")
    assert german.language == "de"
    assert german.items[0].areas[0].title == "Leitbild"
    assert german.items[0].title == "Direction"


def test_a_framework_is_known_by_its_bytes():
    assert framework_of().sha256 == framework_of().sha256
    assert len(framework_of().sha256) == 64
    assert framework_of(SOUND + "# a remark\n").sha256 != framework_of().sha256


def test_texts_lose_the_blanks_around_them():
    text = edited(("notice: For tests only.", "notice: >\n  For tests\n  only.\n"))
    assert framework_of(text).notice == "For tests only."
