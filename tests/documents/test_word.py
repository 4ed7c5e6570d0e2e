"""The Word copy: real styles, a table for the head, numbered pages, and the words of the PDF."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from kc_desktop.documents import decree30 as d
from kc_desktop.documents.catalogue import KINDS, PaperKind
from kc_desktop.documents.paper import (
    Align,
    Annex,
    BlankLines,
    Column,
    Orientation,
    Paper,
    Row,
    Signatures,
    Signer,
    Table,
    bold,
    para,
)
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.documents.word import render_docx
from kc_desktop.errors import KnownError
from tests.documents import dossiers
from tests.documents.every_kind import paper_of
from tests.documents.reading import read_pdf, squeezed

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed on this machine")
KIND_IDS = [kind.key for kind in KINDS]


def opened(paper: Paper) -> Any:
    return docx.Document(io.BytesIO(render_docx(paper, bundled_font=True)))


def words_of(document: Any) -> str:
    """Return the words of the body in order, each merged cell once."""
    texts = [node.text or "" for node in document.element.body.iter(qn("w:t"))]
    return squeezed("".join(texts))


@pytest.mark.parametrize("kind", KINDS, ids=KIND_IDS)
def test_the_word_copy_holds_the_same_words_in_the_same_order(kind: PaperKind) -> None:
    paper = paper_of(kind)
    text = words_of(opened(paper))
    assert text == squeezed(plain_text(paper))
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("kind", KINDS, ids=KIND_IDS)
def test_the_same_paper_gives_the_same_word_bytes(kind: PaperKind) -> None:
    assert render_docx(paper_of(kind), bundled_font=True) == render_docx(paper_of(kind), bundled_font=True)


@pytest.mark.parametrize("kind", KINDS, ids=KIND_IDS)
def test_every_paragraph_has_a_named_style_and_the_sheet_lies_as_in_the_pdf(kind: PaperKind) -> None:
    paper = paper_of(kind)
    document = opened(paper)
    paragraphs = [*document.paragraphs, *[p for t in document.tables for c in t._cells for p in c.paragraphs]]
    assert {p.style.name.split()[0] for p in paragraphs if p.text} == {"KC"}
    sheets = [each.orientation for each in (paper, *paper.followed_by) if not each.is_annex]
    sheets += [each.orientation for each in paper.annexes]
    widths = [d.PAGE_HEIGHT_MM if each is Orientation.LANDSCAPE else d.PAGE_WIDTH_MM for each in sheets]
    assert [section.page_width.mm for section in document.sections] == pytest.approx(widths, abs=0.1)


def test_the_body_is_set_in_times_new_roman() -> None:
    document = opened(paper_of("meeting-minutes"))
    assert document.styles["Normal"].font.name == "Times New Roman"
    body = document.styles["KC Lời văn"]
    assert body.font.size.pt == d.BODY_PT
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(d.FIRST_LINE_MM, abs=0.1)
    assert body.paragraph_format.space_before.pt >= d.PARAGRAPH_GAP_MIN_PT


def test_the_head_is_a_table_of_two_columns_with_rules_of_the_right_length() -> None:
    document = opened(paper_of("meeting-minutes"))
    head = document.tables[0]
    assert len(head.columns) == 2
    left, right = head.rows[0].cells
    assert right.paragraphs[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert head.rows[1].cells[0].text == "Số: 05/BB-TTXT"
    for cell in (left, right):
        rule = cell.paragraphs[-1]
        assert rule._p.pPr.find(qn("w:pBdr")) is not None
        length = cell.width.pt - rule.paragraph_format.left_indent.pt - rule.paragraph_format.right_indent.pt
        assert length == pytest.approx(159.1 if cell is right else 184 * d.SHORT_RULE, abs=6)


def test_pages_are_numbered_by_a_field_but_not_the_first() -> None:
    section = opened(paper_of("meeting-minutes")).sections[0]
    field = section.header.paragraphs[0]._p.find(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert section.left_margin.mm == pytest.approx(d.MARGIN_LEFT_MM, abs=0.1)
    assert section.top_margin.mm == pytest.approx(d.MARGIN_TOP_MM, abs=0.1)


def test_table_headers_repeat_and_rows_do_not_split() -> None:
    table = opened(paper_of("attendance-sheet")).tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_file_carries_title_author_language_and_the_sample_mark() -> None:
    document = opened(paper_of("meeting-minutes"))
    assert document.core_properties.title.startswith("Biên bản Họp tổng kết")
    assert document.core_properties.author == dossiers.OFFICE.name
    assert document.core_properties.language == "vi-VN"
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "vi-VN"
    section = document.sections[0]
    assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == "DỮ LIỆU MẪU"


def test_an_annex_is_a_section_that_counts_its_own_pages() -> None:
    document = opened(paper_with_annex())
    first, annex = document.sections
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert annex.page_width.mm == pytest.approx(297, abs=0.1)
    assert first.page_width.mm == pytest.approx(210, abs=0.1)
    assert annex.different_first_page_header_footer


def test_hostile_text_is_kept_as_typed() -> None:
    paper = dossiers.simple_paper(
        para('A & B <c> "d" \\ {e}\ttab'),
        para(bold("đậm"), " thường"),
        signatures=Signatures(signers=(Signer(post=("Giám đốc",), name="<X> & Y"),), recipients=("A & <b>",)),
    )
    assert words_of(opened(paper)) == squeezed(plain_text(paper))


def test_a_character_the_font_lacks_is_refused_like_in_the_pdf() -> None:
    with pytest.raises(KnownError, match="U\\+1F600"):
        render_docx(dossiers.simple_paper(para("Tốt 😀")), bundled_font=True)


def test_the_parts_of_the_package_carry_a_fixed_time() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(paper_of("meeting-minutes"), bundled_font=True))) as package:
        assert {info.date_time[0] for info in package.infolist()} == {2000}


@needs_libreoffice
def test_libreoffice_opens_every_paper_with_the_pages_and_words_of_the_pdf(tmp_path: Path) -> None:
    papers = {kind.key: paper_of(kind) for kind in KINDS} | {"annex": paper_with_annex()}
    converted = convert(tmp_path, papers)
    for key, paper in papers.items():
        ours, theirs = read_pdf(render_pdf(paper, bundled_font=True)), read_pdf(converted[key])
        assert len(ours.pages) == len(theirs.pages), key
        for page, its_page in zip(ours.pages, theirs.pages, strict=True):
            assert bool(page.page_number) == bool(its_page.page_number), key
            if page.page_number and its_page.page_number:
                assert page.page_number.text == its_page.page_number.text.strip()
        mine, other = (
            sorted(pdf.text.replace(".", "")) for pdf in (ours, theirs)
        )  # dotted lines are dots or a drawing
        assert mine == other, key


def paper_with_annex() -> Paper:
    columns = (
        Column(title="TT", weight=1, align=Align.CENTER),
        Column(title="Khuyến công quốc gia", weight=3, group="Kinh phí", align=Align.RIGHT),
        Column(title="Khuyến công địa phương", weight=3, group="Kinh phí", align=Align.RIGHT),
    )
    rows = tuple(Row(cells=(str(place), "1.000.000", "2.000.000")) for place in range(1, 31))
    annex = Annex(
        number="",
        title="Biểu kinh phí",
        reference="(Kèm theo Báo cáo số 05/BC-TTXT của Trung tâm)",
        body=(Table(columns=columns, rows=rows, unit_note="Đơn vị tính: đồng"),),
        orientation=Orientation.LANDSCAPE,
    )
    base = dossiers.simple_paper()
    return Paper(
        key="annex",
        name="Có phụ lục",
        author="",
        head=base.head,
        title=base.title,
        addressees=("Sở Công Thương", "Sở Tài chính"),
        bases=("Căn cứ nhiệm vụ được giao", "Theo đề nghị của Phòng Khuyến công"),
        body=(para("Nội dung báo cáo."), BlankLines(count=3), para("Hết./.")),
        annexes=(annex,),
    )


def convert(folder: Path, papers: dict[str, Paper]) -> dict[str, bytes]:
    """Let LibreOffice turn Word copies into PDF."""
    assert SOFFICE is not None
    for key, paper in papers.items():
        (folder / f"{key}.docx").write_bytes(render_docx(paper, bundled_font=True))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(folder / f"{key}.docx") for key in papers]
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    return {key: (folder / f"{key}.pdf").read_bytes() for key in papers}
