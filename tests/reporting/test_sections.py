"""A document printed in sections and put together reads as if it had been printed in one piece."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from assessment.reporting.pdf import print_document, render_pdf
from tests.reporting.make_charts import make_profile
from tests.reporting.make_sections import CHAPTERS, document, write_design
from tests.reporting.pdf_checks import broken_rules, figures_of, language_of, streams_of, text_of

PAGES = 1 + 2 * len(CHAPTERS)


@pytest.fixture(scope="module")
def design(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_design(tmp_path_factory.mktemp("design"))


@pytest.fixture(scope="module")
def paper(design: Path) -> bytes:
    return render_pdf(design, document(), "a4")


@pytest.fixture
def opened(paper: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        yield pdf


def pages_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def page_number(pdf: pikepdf.Pdf, destination: pikepdf.Object) -> int:
    return [page.objgen for page in pdf.pages].index(destination[0].objgen) + 1


def test_no_rule_of_pdf_ua_is_broken(paper):
    assert broken_rules(paper) == {}


def test_every_page_carries_its_number_and_the_running_head(paper):
    pages = pages_of(paper)
    assert len(pages) == PAGES
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {PAGES}" in page
        assert "Running head" in page


def test_page_numbers_are_artifacts(paper):
    drawn = re.findall(rb"/Artifact <</Type /Pagination>> BDC q /Number\d+ Do", streams_of(paper))
    assert len(drawn) == PAGES


def test_the_contents_name_the_page_on_which_each_part_begins(paper):
    contents, *_ = pages = pages_of(paper)
    for anchor, title in CHAPTERS.items():
        begins, goes_on = map(int, re.findall(rf"{title} (\d+)", contents))
        assert pages[begins - 1].startswith(f"{title}\r\n")
        assert (f"More of {title}\r\n{anchor}" in pages[goes_on - 1], goes_on) == (True, begins + 1)


def test_links_lead_to_the_pages_that_the_contents_name(opened):
    contents, *others = [list(page.get("/Annots", [])) for page in opened.pages]
    assert [page for page, _ in groupby(contents, lambda link: page_number(opened, link.Dest))] == [
        *range(2, PAGES + 1)
    ]
    back = [link for links in others for link in links]
    assert [page_number(opened, link.Dest) for link in back] == [2] * len(CHAPTERS)
    assert all("/A" not in link for link in [*contents, *back])


def test_contents_of_several_pages_count_their_own(design):
    pages = pages_of(render_pdf(design, document(lines=80), "a4"))
    assert len(pages) == PAGES + 2
    assert "First words 4" in pages[0]
    assert "First words" in pages[3]


def test_headings_are_bookmarks_that_lead_to_their_pages(opened):
    with opened.open_outline() as outline:
        found = [
            (
                str(item.title),
                page_number(opened, item.destination),
                [
                    (str(child.title), page_number(opened, child.destination))
                    for child in item.children
                ],
            )
            for item in outline.root
        ]
    assert found[0] == ("Contents", 1, [])
    assert found[1:] == [
        (title, page, [(f"More of {title}", page + 1)])
        for page, title in zip((2, 4, 6), CHAPTERS.values(), strict=True)
    ]


def test_title_language_and_date_are_kept(paper, opened):
    assert language_of(paper) == "en"
    assert str(opened.docinfo["/Title"]) == "Gap report"
    assert str(opened.docinfo["/CreationDate"]).startswith("D:20270312")
    assert b"Gap report" in opened.Root.Metadata.read_bytes()
    assert opened.Root.ViewerPreferences.DisplayDocTitle


def test_every_figure_says_in_words_what_it_shows(paper):
    assert figures_of(paper) == [make_profile(3, label=title).alt for title in CHAPTERS.values()]


def test_table_cells_find_their_headers_among_those_of_all_sections(opened):
    elements = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
    names = [bytes(each.ID) for each in elements if "/ID" in each and each.get("/S") == "/TH"]
    wanted = {
        bytes(header)
        for each in elements
        if "/A" in each and "/Headers" in each.A
        for header in each.A.Headers
    }
    assert len(names) == len(set(names)) == 3 * len(CHAPTERS)
    assert wanted
    assert wanted <= set(names)


def test_every_element_of_the_tree_is_where_the_parent_tree_says(opened):
    flat = list(opened.Root.StructTreeRoot.ParentTree.Nums)
    found = dict(zip(map(int, flat[::2]), flat[1::2], strict=True))
    assert [int(page.StructParents) for page in opened.pages] == sorted(
        int(page.StructParents) for page in opened.pages
    )
    for page in opened.pages:
        assert any(
            str(element.get("/Type")) == "/StructElem" for element in found[page.StructParents]
        )
        for link in page.get("/Annots", []):
            assert found[link.StructParent].S == "/Link"


def test_a_face_is_embedded_once_though_each_section_has_its_own_letters(opened, paper):
    fonts = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
    described = [each for each in fonts if "/FontFile2" in each]
    faces = {str(each.FontName) for each in described}
    assert len(described) > len(faces)
    assert len({each.FontFile2.objgen for each in described}) == len(faces)
    assert all(title in text_of(paper) for title in CHAPTERS.values())


def test_a_section_looks_as_it_does_when_printed_alone(design, paper):
    whole = document()
    head, _, rest = whole.partition("<body>")
    pieces = re.split("<!-- section[a-z ]* -->", rest.removesuffix("</body></html>"))[2:]
    for place, (anchor, piece) in enumerate(zip(CHAPTERS, pieces, strict=True)):
        body = piece.replace('href="#first"', f'href="#{anchor}"')
        alone = render_pdf(design, f"{head}<body>{body}</body></html>", "a4")
        for page in (0, 1):
            assert picture(alone, page) == picture(paper, 1 + 2 * place + page)


def picture(pdf: bytes, page: int) -> bytes:
    """The page without its foot."""
    drawn = pypdfium2.PdfDocument(pdf)[page].render(scale=1, grayscale=True).to_numpy()
    return bytes(drawn[: int(drawn.shape[0] * 0.92)].tobytes())


def test_a_section_without_words_is_no_empty_page(design):
    assert print_document(design, document(empty=True), "a4").pages == PAGES


def test_what_is_wrong_in_several_sections_is_said_once(design):
    faulty = document(head="<style>p { no-such-property: 1 }</style>")
    (remark,) = print_document(design, faulty, "a4").remarks
    assert "no-such-property" in remark
