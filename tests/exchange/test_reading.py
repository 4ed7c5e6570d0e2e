"""Workbooks read into typed cells, whatever program, separator, encoding or font they come from."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from kc_desktop.errors import KnownError
from kc_desktop.exchange.reading import TCVN3, VNI, read_workbook
from tests.exchange.books import write_xlsx


def test_cells_keep_their_types_and_decimals_are_exact(tmp_path: Path) -> None:
    rows = (("Tên", "Số"), ("Cơ sở 01", 187.5), ("Cơ sở 02", 0.1), (date(2022, 9, 30), True))
    (sheet,) = read_workbook(write_xlsx(tmp_path / "bảng.xlsx", rows, name="KH 2022")).sheets
    assert sheet.name == "KH 2022"
    assert sheet.rows == (
        ("Tên", "Số"),
        ("Cơ sở 01", Decimal("187.5")),
        ("Cơ sở 02", Decimal("0.1")),
        (date(2022, 9, 30), True),
    )


def test_rows_keep_their_places_below_empty_ones(tmp_path: Path) -> None:
    (sheet,) = read_workbook(write_xlsx(tmp_path / "b.xlsx", ((), ("", "", "chữ")))).sheets
    assert sheet.rows == (("", "", ""), ("", "", "chữ"))


def test_merged_cells_are_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "b.xlsx", (("Kinh phí", "", ""), ("Tổng", "Hỗ trợ", "Khác")), merged=((0, 0, 0, 2),))
    assert read_workbook(path).sheets[0].merged == (((0, 0), (0, 2)),)


def test_hidden_and_empty_sheets_are_left_out(tmp_path: Path) -> None:
    book = Workbook(str(tmp_path / "b.xlsx"))
    book.add_worksheet("Rỗng")
    shown = book.add_worksheet("Có chữ")
    shown.write_string(0, 0, "chữ")
    shown.activate()
    hidden = book.add_worksheet("Ẩn")
    hidden.write_string(0, 0, "ẩn")
    hidden.hide()
    book.close()
    assert [each.name for each in read_workbook(tmp_path / "b.xlsx").sheets] == ["Có chữ"]


def test_open_document_sheets_are_read(tmp_path: Path) -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="DS"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>Cơ sở 01</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    (sheet,) = read_workbook(tmp_path / "b.ods").sheets
    assert sheet.rows == (("Cơ sở 01", 12),)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = [("Họ và tên", "Điện thoại"), ("Đại biểu 07", "0989966880"), ('"Đại biểu\n08"', "")]
    text = "\r\n".join(separator.join(line) for line in lines)
    (tmp_path / "b.csv").write_bytes(text.encode(encoding))
    (sheet,) = read_workbook(tmp_path / "b.csv").sheets
    assert sheet.rows == (("Họ và tên", "Điện thoại"), ("Đại biểu 07", "0989966880"), ("Đại biểu\n08", ""))


def test_csv_of_the_windows_code_page(tmp_path: Path) -> None:
    words = "Chức vụ"
    data = unicodedata.normalize("NFC", words)
    by_parts = "".join(
        each if each.encode("cp1258", errors="ignore") else unicodedata.normalize("NFD", each) for each in data
    )
    (tmp_path / "b.csv").write_bytes(f"{words[0]}{by_parts[1:]};x".encode("cp1258", errors="ignore"))
    (cell, _x) = read_workbook(tmp_path / "b.csv").sheets[0].rows[0]
    assert isinstance(cell, str)
    assert cell.startswith("Ch")


def test_text_typed_in_tcvn3_is_read_as_unicode(tmp_path: Path) -> None:
    rows = (("Hä vµ tªn", "§Þa bµn phô tr¸ch"), ("Céng t¸c viªn 07", "Th\xadêng T©n"))
    (sheet,) = read_workbook(write_xlsx(tmp_path / "b.xlsx", rows)).sheets
    assert sheet.encoding == TCVN3
    assert sheet.rows == (("Họ và tên", "Địa bàn phụ trách"), ("Cộng tác viên 07", "Thường Tân"))


def test_text_typed_in_vni_is_read_as_unicode(tmp_path: Path) -> None:
    rows = (("Hoï vaø teân", "Ñòa baøn phuï traùch"), ("Coäng taùc vieân 07", "Thöôøng Taân"))
    (sheet,) = read_workbook(write_xlsx(tmp_path / "b.xlsx", rows)).sheets
    assert sheet.encoding == VNI
    assert sheet.rows == (("Họ và tên", "Địa bàn phụ trách"), ("Cộng tác viên 07", "Thường Tân"))


def test_decomposed_text_is_composed(tmp_path: Path) -> None:
    rows = ((unicodedata.normalize("NFD", "Đại biểu 07"),),)
    assert read_workbook(write_xlsx(tmp_path / "b.xlsx", rows)).sheets[0].rows == (("Đại biểu 07",),)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("không có.xlsx", None, "Không tìm thấy"),
        ("rỗng.xlsx", b"", "rỗng"),
        ("giấy.docx", b"x", "không phải bảng tính"),
        ("hỏng.xlsx", b"PK\x03\x04 broken", "hỏng"),
        ("hỏng.xls", b"<html><table></table></html>", "hỏng"),
        ("hỏng.ods", b"\xff\xfe\x00", "hỏng"),
        ("trắng.csv", b"\n\n;;\n", "không có ô nào"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_remedy(
    tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(KnownError, match=words) as refused:
        read_workbook(tmp_path / name)
    assert refused.value.remedy


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="không phải là một tệp"):
        read_workbook(tmp_path)


def test_a_sheet_with_one_cell_far_away_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    book = Workbook(str(tmp_path / "b.xlsx"))
    page = book.add_worksheet()
    page.write_string(0, 0, "Họ và tên")
    page.write_string(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(KnownError, match="quá lớn"):
        read_workbook(tmp_path / "b.xlsx")


def test_formulas_give_what_they_show(tmp_path: Path) -> None:
    book = Workbook(str(tmp_path / "b.xlsx"))
    page = book.add_worksheet()
    page.write_formula(0, 0, '="Cơ sở"&" 01"', None, "Cơ sở 01")
    page.write_formula(0, 1, "=1/0", None, "#DIV/0!")
    page.write_formula(0, 2, "=2*3", None, 6)
    book.close()
    (sheet,) = read_workbook(tmp_path / "b.xlsx").sheets
    assert sheet.rows == (("Cơ sở 01", "#DIV/0!", 6),)
    assert sheet.has_errors


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "ẩn.xlsx"
    book = Workbook(str(path))
    book.add_worksheet("Trước").write_row(0, 0, ("a", "b"))
    page = book.add_worksheet("Có & ẩn")
    for at in range(5):
        page.write_row(at, 0, (f"Cơ sở {at:02}", at, at))
    page.set_row(2, None, None, {"hidden": True})
    page.set_row(3, None, None, {"hidden": True})
    page.set_row(9, None, None, {"hidden": True})
    page.set_column(1, 9, None, None, {"hidden": True})
    book.close()
    shown, hidden = read_workbook(path).sheets
    assert (shown.hidden_rows, shown.hidden_columns) == (0, 0)
    assert (hidden.hidden_rows, hidden.hidden_columns, len(hidden.rows)) == (2, 2, 5)
