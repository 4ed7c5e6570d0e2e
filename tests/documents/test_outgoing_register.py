"""Sổ văn bản đi on paper: the ten columns of the decree, nothing left out, however long the year was."""

from __future__ import annotations

import dataclasses
import io

import docx
import pypdfium2
import pytest

from kc_desktop.documents import outgoing_register
from kc_desktop.documents.paper import Table
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.word import render_docx
from tests.documents.reading import read_pdf
from tests.documents.register_dossiers import register_dossier

_TITLES = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)


def _table(rows: int = 6) -> Table:
    (found,) = [each for each in outgoing_register.build(register_dossier(rows)).body if isinstance(each, Table)]
    return found


def test_the_columns_are_the_ten_of_the_decree_with_their_numbers() -> None:
    columns = _table().columns
    assert tuple(each.group for each in columns) == _TITLES
    assert [each.title for each in columns] == [f"({place})" for place in range(1, 11)]


def test_what_became_of_a_number_is_said_in_its_note() -> None:
    notes = [row.cells[-1] for row in _table().rows]
    assert notes == [
        "",
        "",
        "Đã hủy: sai nội dung kết luận 2",
        "Thay bằng số 05/BB-TTKC: sai nội dung kết luận 2",
        "Giữ số\nThay số 04/BB-TTKC",
        "",
    ]


def test_an_empty_register_has_rows_to_write_on_and_dots_for_its_span() -> None:
    paper = outgoing_register.build(dataclasses.replace(register_dossier(), papers=()))
    words = read_pdf(render_pdf(paper)).text
    assert "Từsố………đếnsố………" in words
    assert "Năm2023" in words


@pytest.mark.timeout(300)
def test_a_thousand_rows_flow_over_pages_under_a_header_that_repeats() -> None:
    paper = outgoing_register.build(register_dossier(1000))
    document = pypdfium2.PdfDocument(render_pdf(paper))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(pages) > 60
    assert all("(10)" in page for page in pages)
    words = "".join("".join(pages).split())
    assert all(f"{number:02d}/BB-TTKC" in words for number in range(1, 1001))


def test_the_word_copy_repeats_its_header_and_holds_every_row() -> None:
    paper = outgoing_register.build(register_dossier(120))
    made = docx.Document(io.BytesIO(render_docx(paper)))
    (table,) = [each for each in made.tables if len(each.columns) == 10]
    assert len(table.rows) == 120 + 2
    headers = [row for row in table.rows if row._tr.xpath("./w:trPr/w:tblHeader")]
    assert len(headers) == 2


def test_no_word_of_the_header_is_broken_inside() -> None:
    document = pypdfium2.PdfDocument(render_pdf(outgoing_register.build(register_dossier())))
    words = document[0].get_textpage().get_text_range().split()
    document.close()
    for each in ("lượng", "chuyển", "nhận", "trích"):
        assert each in words
