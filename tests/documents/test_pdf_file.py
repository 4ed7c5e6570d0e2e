"""The PDF as a file: same bytes, properties, words that copy out, hostile text."""

from __future__ import annotations

import unicodedata

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kc_desktop.documents.catalogue import KINDS, PaperKind
from kc_desktop.documents.fonts import VIETNAMESE_LETTERS
from kc_desktop.documents.paper import (
    Align,
    Annex,
    Column,
    Orientation,
    Paper,
    Row,
    Run,
    Signatures,
    Signer,
    Table,
    bold,
    italic,
    para,
)
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.errors import KnownError
from tests.documents import dossiers
from tests.documents.every_kind import paper_of
from tests.documents.reading import read_pdf, squeezed, without_charts, without_headers

HOSTILE = 'Công ty "A & B" <b>không đậm</b> &amp; 5 < 6 > 4 \\ (ngoặc) %d {x}\tsau tab'

PRINTABLE = VIETNAMESE_LETTERS + "0123456789 \t\n.,;:!?()[]{}<>&\"'`~@#$%^*-_=+|\\/–—“”‘’…•€₫°±×÷§©®™½²³αβγЖ"


@pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])
def test_the_same_paper_gives_the_same_bytes(kind: PaperKind) -> None:
    assert render_pdf(paper_of(kind), bundled_font=True) == render_pdf(paper_of(kind), bundled_font=True)


def test_bytes_do_not_depend_on_what_was_printed_before() -> None:
    paper = dossiers.simple_paper(para("Nội dung ngắn."))
    first = render_pdf(paper, bundled_font=True)
    render_pdf(paper_of("meeting-minutes"), bundled_font=True)
    assert render_pdf(paper, bundled_font=True) == first


def test_the_file_carries_title_author_and_language() -> None:
    pdf = read_pdf(render_pdf(paper_of("meeting-minutes"), bundled_font=True))
    assert pdf.metadata["Title"].startswith("Biên bản Họp tổng kết hoạt động")
    assert pdf.metadata["Author"] == dossiers.OFFICE.name
    assert pdf.catalog["Lang"] == b"vi-VN"


@pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])
def test_the_text_copies_out_as_the_composed_words_that_went_in(kind: PaperKind) -> None:
    paper = without_charts(paper_of(kind))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    assert unicodedata.is_normalized("NFC", pdf.text)
    assert without_headers(pdf.text, paper) == without_headers(squeezed(plain_text(paper)), paper)


def test_another_reader_finds_the_same_words_with_their_spaces() -> None:
    paper = paper_of("meeting-minutes")
    document = pypdfium2.PdfDocument(render_pdf(paper, bundled_font=True))
    text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    assert "Thời gian bắt đầu: 08 giờ 00, ngày 13 tháng 4 năm 2023." in text
    assert "Cuộc họp kết thúc vào 11 giờ 30, ngày 13 tháng 4 năm 2023./." in text
    assert "Trung tâm đã hoàn thiện các đề án chi tiết trình Sở Công Thương thẩm định" in text


def test_hostile_text_comes_out_as_typed() -> None:
    paper = dossiers.simple_paper(
        para(HOSTILE),
        para(bold(HOSTILE), " ", italic(HOSTILE)),
        Table(
            columns=(Column(title="<TT>", weight=1), Column(title="A & B", weight=3)), rows=(Row(cells=("&", HOSTILE)),)
        ),
        signatures=Signatures(signers=(Signer(post=("Giám đốc <&>",), name='"X" & <Y>'),), recipients=("A & B <c>",)),
    )
    assert read_pdf(render_pdf(paper, bundled_font=True)).text == squeezed(plain_text(paper))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=PRINTABLE, min_size=1, max_size=80), min_size=1, max_size=6))
def test_any_text_the_font_can_draw_copies_out_unchanged(texts: list[str]) -> None:
    paper = dossiers.simple_paper(*[para(text) for text in texts])
    assert read_pdf(render_pdf(paper, bundled_font=True)).text == squeezed(plain_text(paper))


def test_loose_marks_and_invisible_characters_are_composed_or_dropped() -> None:
    typed = unicodedata.normalize("NFD", "Khuyến công tỉnh") + "\u200b\ufeff\x07 2023"
    text = read_pdf(render_pdf(dossiers.simple_paper(para(typed)), bundled_font=True)).text
    assert "Khuyếncôngtỉnh2023" in text


def test_every_vietnamese_letter_prints_in_every_face() -> None:
    runs = [Run(text=VIETNAMESE_LETTERS, bold=b, italic=i) for b in (False, True) for i in (False, True)]
    text = read_pdf(render_pdf(dossiers.simple_paper(*[para(run) for run in runs]), bundled_font=True)).text
    assert text.count(VIETNAMESE_LETTERS) == 4


def test_a_character_the_font_lacks_is_named_and_never_dropped() -> None:
    paper = dossiers.simple_paper(para("Cuộc họp thành công 😀 tốt đẹp."))
    with pytest.raises(KnownError, match="U\\+1F600") as caught:
        render_pdf(paper, bundled_font=True)
    assert "😀" in caught.value.message
    assert "họp thành công" in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize("length", [400, 3000])
def test_a_word_longer_than_a_line_is_cut_and_nothing_is_lost(length: int) -> None:
    paper = dossiers.simple_paper(para("Trước " + "x" * length + " sau."))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    assert pdf.text == squeezed(plain_text(paper))
    for page in pdf.pages:
        assert all(line.right_mm <= 190.4 for line in page.body_lines)


def test_an_annex_starts_on_its_own_page_with_its_own_numbers_and_may_lie_across() -> None:
    rows = tuple(Row(cells=(str(place), "Nội dung")) for place in range(60))
    table = Table(columns=(Column(title="TT", weight=1, align=Align.CENTER), Column(title="Việc", weight=5)), rows=rows)
    annex = Annex(
        number="I",
        title="Danh mục việc",
        reference="(Kèm theo Báo cáo số 05/BC-TTXT ngày 13 tháng 4 năm 2023 của Trung tâm)",
        body=(table,),
        orientation=Orientation.LANDSCAPE,
    )
    paper = dossiers.simple_paper(para("Nội dung."))
    pages = read_pdf(render_pdf(with_annexes(paper, annex, annex), bundled_font=True)).pages
    first = [place for place, page in enumerate(pages) if page.lines[0].text == "Phụ lục I"]
    assert len(first) == 2
    assert pages[first[0]].page_number is None
    assert [page.page_number.text for page in pages[first[0] + 1 : first[1]] if page.page_number] == [
        str(number) for number in range(2, first[1] - first[0] + 1)
    ]
    assert pages[first[0]].width_mm == pytest.approx(297, abs=0.1)
    assert pages[first[0]].lines[1].text == "DANH MỤC VIỆC"


def with_annexes(paper: Paper, *annexes: Annex) -> Paper:
    return Paper(
        key=paper.key,
        name=paper.name,
        author=paper.author,
        head=paper.head,
        title=paper.title,
        body=paper.body,
        annexes=annexes,
    )
