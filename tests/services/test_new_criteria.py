"""A new file names what is left to fill in, and is sound once it is filled in."""

from pathlib import Path

import pytest

from assessment.catalogue.problems import CriteriaError
from assessment.catalogue.skeleton import JUDGED_IN, Wishes
from assessment.services.checking import check_criteria
from assessment.services.new_criteria import NotBegun, begin_file, copy_file, refuse_bad_name
from tests.catalogue.broken import SOUND


def filled(text: str) -> str:
    """*text* with a word of its own in every place that was left open."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        word = f"“{'x' * (number % 7)}{number}”"
        is_open = line.endswith(":") and line.strip(" -:") in (
            "about", "intro", "audience", "title", "text", "0", "1", "2", "minor", "major",
        )  # fmt: skip
        lines.append(f"{line} {word}" if is_open else line.replace("text: }", f"text: {word}}}"))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("judging", JUDGED_IN)
@pytest.mark.parametrize("is_asked", [True, False])
def test_a_skeleton_lacks_only_what_its_check_names(tmp_path, judging, is_asked):
    path = tmp_path / "our-2026.yaml"
    wishes = Wishes("our-2026", "Our: model", "1", "en", is_asked, judging, ("Leading", "Doing"))
    begun = begin_file(path, wishes)
    assert {problem.rule for problem in begun.problems} == {"empty-value"}
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    [checked] = check_criteria([path])
    assert [problem.rule for problem in checked.problems] == ["no-golden"]
    assert checked.framework is not None
    assert (checked.framework.title, len(checked.framework.categories)) == ("Our: model", 2)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "small-2026.yaml"
    path.write_text(SOUND, encoding="utf-8")
    return path


def test_a_clone_is_the_same_under_another_id_and_edition(model, tmp_path):
    begun = copy_file(tmp_path / "small-2027.yaml", model, "Second: new", as_variant=False)
    assert begun.problems == ()
    assert begun.framework is not None
    assert (begun.framework.id, begun.framework.edition) == ("small-2027", "Second: new")
    assert len(begun.framework.questions) == 5
    clone, own = check_criteria([Path(begun.path), model])
    assert "shared-sentence" not in [problem.rule for problem in clone.problems]
    assert "shared-sentence" in [problem.rule for problem in own.problems]


def test_an_extension_says_whose_variant_it_is_and_may_share_its_sentences(model, tmp_path):
    begun = copy_file(tmp_path / "small-health.yaml", model, "Second", as_variant=True)
    assert begun.file is not None
    assert begun.file.variant_of == "small-2026"
    assert [one.problems for one in check_criteria([Path(begun.path), model])] == [(), ()]


def test_an_edition_in_several_languages_is_replaced_as_a_whole(model, tmp_path):
    text = SOUND.replace("edition: First edition", "edition:\n  en: First\n  de: Erste")
    model.write_text(text, encoding="utf-8")
    begun = copy_file(tmp_path / "small-2027.yaml", model, "Second", as_variant=False)
    assert begun.framework is not None
    assert begun.framework.edition == "Second"


def test_nothing_is_overwritten(model):
    before = model.read_bytes()
    with pytest.raises(NotBegun, match="is there already"):
        begin_file(model, Wishes("small-2026", "Other", "1"))
    with pytest.raises(NotBegun, match="is there already"):
        copy_file(model, model, "2", as_variant=False)
    assert model.read_bytes() == before


@pytest.mark.parametrize("name", ["Our Model.yaml", "our-model.yml", "our-model", "-x.yaml"])
def test_a_file_is_called_as_its_id_will_be(tmp_path, name):
    with pytest.raises(NotBegun, match="called as its id"):
        refuse_bad_name(tmp_path / name)


def test_a_file_with_errors_is_not_copied(model, tmp_path):
    model.write_text(SOUND.replace("hint:", "hnt:"), encoding="utf-8")
    with pytest.raises(CriteriaError, match="Did you mean “hint”"):
        copy_file(tmp_path / "new-2026.yaml", model, "2", as_variant=True)
    assert not (tmp_path / "new-2026.yaml").exists()
