"""Bảng thanh toán thù lao: every amount with how it comes about, in the PDF and in Word, for none and for many."""

from __future__ import annotations

import dataclasses
import io

import pytest
from docx import Document

from kc_desktop.documents import remuneration_list
from kc_desktop.documents.paper import Table
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.word import render_docx
from kc_desktop.domain.network import RemunerationDossier, months_words
from tests.documents.pay_dossiers import AFTER, line, pay_dossier
from tests.documents.reading import read_pdf, squeezed


def _table(dossier: RemunerationDossier) -> Table:
    (table,) = (each for each in remuneration_list.build(dossier).body if isinstance(each, Table))
    return table


def _column(table: Table, title: str) -> list[str]:
    place = [each.title for each in table.columns].index(title)
    return [row.cells[place] for row in table.rows]


def test_months_of_two_base_salaries_stand_on_rows_of_their_own_and_are_summed_for_the_person() -> None:
    table = _table(pay_dossier())
    assert _column(table, "Họ và tên") == ["Cộng tác viên 01", "", "Cộng tác viên 02", "", "Tổng cộng"]
    assert _column(table, "Tháng") == ["05–06/2024", "07/2024"] * 2 + [""]
    assert _column(table, "Lương cơ sở") == ["1.800.000", "2.340.000"] * 2 + [""]
    assert _column(table, "Mức một tháng") == ["540.000", "702.000"] * 2 + [""]
    assert _column(table, "Thành tiền") == ["1.080.000", "702.000"] * 2 + ["3.564.000"]
    assert _column(table, "Được nhận") == ["1.782.000", "", "1.782.000", "", "3.564.000"]
    assert table.unit_note == "Đơn vị tính: đồng"


def test_a_list_of_one_base_salary_has_no_second_sum_and_without_accounts_no_column_for_them() -> None:
    table = _table(pay_dossier((line(1, ("2024-05", "2024-06")),)))
    titles = [each.title for each in table.columns]
    assert titles == [
        *("TT", "Họ và tên", "Cấp", "Tháng", "Số tháng", "Hệ số"),
        *("Lương cơ sở", "Mức một tháng", "Thành tiền", "Ký nhận"),
    ]


def test_a_fixed_sum_leaves_coefficient_and_base_salary_empty() -> None:
    fixed = dataclasses.replace(
        line(1, ("2024-05",)), level="hiep_hoi", coefficient=None, base_salary_vnd=None, monthly_vnd=500_000
    )
    (row, _total) = _table(pay_dossier((fixed,))).rows
    assert row.cells[2:9] == ("Hiệp hội ngành hàng", "05/2024", "1", "", "", "500.000", "500.000")


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (("2024-05",), "05/2024"),
        (("2024-05", "2024-06", "2024-08"), "05–06/2024, 08/2024"),
        (("2023-12", "2024-01"), "12/2023 – 01/2024"),
        ((), ""),
    ],
)
def test_months_are_written_as_runs(months: tuple[str, ...], words: str) -> None:
    assert months_words(months) == words


def test_the_pdf_and_the_word_copy_say_the_same_in_figures_and_words() -> None:
    paper = remuneration_list.build(pay_dossier())
    printed = squeezed(read_pdf(render_pdf(paper)).text)
    document = Document(io.BytesIO(render_docx(paper)))
    words = [each.text for each in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    typed = squeezed(" ".join(words))
    for expected in (
        "BẢNG THANH TOÁN THÙ LAO",
        "Cộng tác viên khuyến công từ tháng 5 đến tháng 7 năm 2024",
        "Mức thù lao theo: Quyết định số 01/QĐ-UBND.",
        "Chứng từ: UNC 05.",
        "Bằng chữ: Ba triệu năm trăm sáu mươi bốn nghìn đồng",
        "chi cho 02 người",
        "ngày 05 tháng 8 năm 2024",
        "Ký nhận",
        "KẾ TOÁN TRƯỞNG",
        "Đại biểu 01",
    ):
        assert squeezed(expected) in printed
        assert squeezed(expected) in typed


@pytest.mark.parametrize("number", [0, 200])
def test_a_list_of_nobody_and_one_of_two_hundred_print_in_both_forms(number: int) -> None:
    lines = tuple(
        each
        for place in range(1, number + 1)
        for each in (line(place, ("2024-06",)), line(place, ("2024-07",), AFTER, account="•••••7890\nNgân hàng 01"))
    )
    paper = remuneration_list.build(pay_dossier(lines))
    read = read_pdf(render_pdf(paper))
    assert len(Document(io.BytesIO(render_docx(paper))).tables) >= 1
    assert f"chi cho {number:02d} người".replace(" ", "") in squeezed(read.text)
    if number:
        assert len(read.pages) > 10
        assert squeezed("Cộng tác viên 200") in squeezed(read.text)
