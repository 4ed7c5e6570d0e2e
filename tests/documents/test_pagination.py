"""Nothing stands alone that must not: signatures, headings, single lines, split rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.documents import decree30 as d
from kc_desktop.documents.fonts import font_set
from kc_desktop.documents.pagination import Box, paginate
from kc_desktop.documents.paper import (
    Annex,
    Block,
    Bullets,
    Column,
    Heading,
    HeadingLevel,
    Orientation,
    Row,
    Run,
    Signatures,
    Signer,
    Table,
    closed,
    para,
)
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.documents.text_layout import break_runs
from tests.documents import dossiers
from tests.documents.reading import ReadPage, read_pdf, squeezed

SENTENCE = "Hoạt động khuyến công ngày càng tạo được sức lan tỏa đến các cơ sở công nghiệp nông thôn trên địa bàn. "
FOOT = Signatures(signers=(Signer(post=("Giám đốc",), name="Người ký 01"),), recipients=("Như trên", "Lưu: VT, KC"))
COLUMNS = (Column(title="TT cột", weight=1), Column(title="Nội dung cột", weight=6))


def table_of(rows: int, text: str = "Việc") -> Table:
    return Table(columns=COLUMNS, rows=tuple(Row(cells=(str(place), text)) for place in range(1, rows + 1)))


blocks = st.lists(
    st.one_of(
        st.integers(1, 14).map(lambda count: para(SENTENCE * count)),
        st.just(Heading(level=HeadingLevel.CLAUSE, number="1", title="Tiêu đề khoản")),
        st.integers(1, 6).map(lambda count: Bullets(items=("Một nội dung;",) * count)),
        st.integers(1, 40).map(table_of),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks, st.one_of(st.none(), st.integers(1, 3)))
def test_the_signature_block_always_has_two_lines_of_content_above_it(body: list[Block], last: int | None) -> None:
    content = (*body, *([para(closed(SENTENCE * last))] if last else []))
    paper = dossiers.simple_paper(*content, signatures=FOOT)
    pages = read_pdf(render_pdf(paper, bundled_font=True)).pages
    page = next(page for page in pages if any(line.text == "GIÁM ĐỐC" for line in page.lines))
    post = page.line("GIÁM ĐỐC")
    assert page.line("Người ký 01").top_mm > post.top_mm, "post and name stay on one page"
    above = [line for line in page.body_lines if line.bottom_mm < post.top_mm]
    if len(pages) > 1:
        assert len(above) >= d.SIGNATURE_MIN_LINES


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(5, 120), st.booleans()), min_size=1, max_size=60))
def test_pages_hold_every_box_once_in_order_and_are_never_overfull(sizes: list[tuple[float, bool]]) -> None:
    boxes = [Box(height=height, draw=lambda *_: None, stays_with_next=tied) for height, tied in sizes]
    pages = paginate(boxes, 400)
    placed = [box for page in pages for _, box in page.placed]
    assert [id(box) for box in placed] == [id(box) for box in boxes]
    assert all(page.used <= 400.01 for page in pages)


def test_a_heading_is_never_the_last_line_of_a_page() -> None:
    for lines in range(20, 45):
        body: tuple[Block, ...] = (
            *[para("Dòng.") for _ in range(lines)],
            Heading(level=HeadingLevel.SECTION, number="I", title="Kết quả"),
        )
        pages = pages_of(*body, para(SENTENCE * 4))
        assert all(not page.body_lines[-1].text.startswith("I. KẾT QUẢ") for page in pages)


def test_a_paragraph_never_leaves_one_line_behind_or_carries_one_over() -> None:
    for lines in range(18, 40):
        pages = pages_of(*[para("Dòng.") for _ in range(lines)], para(SENTENCE * 5))
        for page in pages:
            texts = [line for line in page.body_lines if line.text not in ("Dòng.",) and line.size_pt == d.BODY_PT]
            long = [line for line in texts if "khuyến" in line.text or "công" in line.text or "địa bàn" in line.text]
            assert len(long) != 1


def test_the_header_of_a_table_is_repeated_on_each_page_and_rows_are_whole() -> None:
    text = "Một nội dung dài đủ để chiếm hai dòng trong ô của bảng khi in ra giấy khổ A4 theo chiều dọc của trang " * 2
    pages = pages_of(table_of(60, text))
    assert len(pages) > 2
    for page in pages:
        assert [line.text for line in page.lines].count("Nội dung cột") == 1
        for left, right, top, bottom in page.rects:
            assert right > left
            assert d.MARGIN_TOP_MM - 0.1 <= top < bottom <= d.PAGE_HEIGHT_MM - d.MARGIN_BOTTOM_MM + 0.1


def test_a_row_that_fits_a_page_is_never_cut() -> None:
    rows = [page.rects for page in pages_of(table_of(3, SENTENCE * 26))]
    heights = [round(rect[3] - rect[2]) for rects in rows for rect in rects]
    assert max(heights) > 150
    assert heights.count(max(heights)) == 6


def test_a_row_higher_than_a_page_is_cut_and_nothing_is_lost() -> None:
    annex = Annex(
        number="", title="Bảng", reference="", body=(table_of(2, SENTENCE * 60),), orientation=Orientation.LANDSCAPE
    )
    paper = replace(dossiers.simple_paper(table_of(2, SENTENCE * 60), signatures=FOOT), annexes=(annex,))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    for page in pdf.pages:
        assert all(rect[3] <= page.height_mm - d.MARGIN_BOTTOM_MM + 0.1 for rect in page.rects)
    header = squeezed("TT cột Nội dung cột")
    assert pdf.text.replace(header, "") == squeezed(plain_text(paper)).replace(header, "")


@pytest.mark.parametrize("recipients", [0, 1, 40, 120])
def test_a_list_of_recipients_of_any_length_is_printed_whole(recipients: int) -> None:
    foot = Signatures(
        signers=FOOT.signers, recipients=tuple(f"Đơn vị nhận số {place:03d}" for place in range(recipients))
    )
    paper = dossiers.simple_paper(para(SENTENCE), signatures=foot)
    text = read_pdf(render_pdf(paper, bundled_font=True)).text
    for place in range(recipients):
        assert f"Đơnvịnhậnsố{place:03d}" in text


def pages_of(*content: Block) -> list[ReadPage]:
    return read_pdf(render_pdf(dossiers.simple_paper(*content), bundled_font=True)).pages


def test_no_line_ends_between_a_number_and_its_percent_sign() -> None:
    words = (Run(text="Đã giải ngân 48,95 % kế hoạch và 3,90 % vốn ứng trước."),)
    for width in range(80, 400, 3):
        lines = break_runs(words, font_set(), 14, float(width))
        assert len(lines) > 1 or width > 300
        assert not [line for line in lines if line.stretches[0][1].startswith("%")]
