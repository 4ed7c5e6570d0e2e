"""Workbooks out, read back with calamine: every value lands as what it is, and nothing half-made is left."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kc_desktop.domain.fields import Kind, Value
from kc_desktop.exchange.cells import SheetColumn, plain_text
from kc_desktop.exchange.writing import Sheet, Signature, write


class _StoppedError(Exception):
    pass


def _quiet(_done: int) -> None:
    pass


def _read(path: Path, tab: str = "") -> list[list[object]]:
    book = CalamineWorkbook.from_path(str(path))
    sheet = book.get_sheet_by_name(tab) if tab else book.get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python()]


def _sheet(kind: Kind, *values: Value, name: str = "") -> Sheet:
    column = SheetColumn(heading="Cột", kind=kind, name=name)
    return Sheet(tab="Trang", title="BẢNG", columns=(column,), rows=[[each] for each in values])


def _written(path: Path, kind: Kind, *values: Value, name: str = "") -> list[object]:
    write(path, (_sheet(kind, *values, name=name),), _quiet)
    rows = _read(path)
    return [row[1] for row in rows[2:]]


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-5", "@SUM(A1)", "0912000007", "=HYPERLINK(1)", "http://a.vn"])
def test_text_that_looks_like_a_formula_a_number_or_a_link_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    assert _written(path, Kind.LINE, text) == [text]
    inside = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inside
    assert "<hyperlink" not in inside


def test_markup_of_the_format_itself_stays_text(tmp_path: Path) -> None:
    hostile = "<r><t>&amp;</t></r>"
    assert [str(each).rstrip() for each in _written(tmp_path / "a.xlsx", Kind.LINE, hostile)] == [hostile]


def test_control_characters_are_left_out_and_lines_are_kept(tmp_path: Path) -> None:
    assert _written(tmp_path / "a.xlsx", Kind.TEXT, "một\x00\x07\nhai\r\nba") == ["một\nhai\nba"]


@pytest.mark.parametrize("letter", ["a", "ệ", "😀"])
def test_text_longer_than_a_cell_is_cut_with_a_word_about_it(tmp_path: Path, letter: str) -> None:
    (found,) = _written(tmp_path / "a.xlsx", Kind.TEXT, letter * 40_000)
    assert len(str(found).encode("utf-16-le")) // 2 <= 32_767
    assert "40000 chữ" in str(found)
    assert str(found).startswith(letter * 15_000)


def test_text_of_exactly_what_a_cell_holds_is_whole(tmp_path: Path) -> None:
    assert _written(tmp_path / "a.xlsx", Kind.TEXT, "a" * 32_767) == ["a" * 32_767]


def test_numbers_are_numbers_and_what_excel_would_round_is_text(tmp_path: Path) -> None:
    found = _written(tmp_path / "a.xlsx", Kind.MONEY, 2_735_000_000, 0, -5, 10**15, None)
    assert found == [2_735_000_000.0, 0.0, -5.0, "1000000000000000", ""]


def test_decimals_keep_their_digits(tmp_path: Path) -> None:
    found = _written(
        tmp_path / "a.xlsx", Kind.DECIMAL, Decimal("1.50"), Decimal("12000"), Decimal("0.0000000000000001")
    )
    assert found == [1.5, 12_000.0, 1e-16]
    assert _written(tmp_path / "b.xlsx", Kind.DECIMAL, Decimal("1234567890123456.5")) == ["1234567890123456,5"]


def test_days_are_days_and_those_excel_does_not_know_are_text(tmp_path: Path) -> None:
    found = _written(tmp_path / "a.xlsx", Kind.DATE, date(2023, 4, 13), date(1890, 5, 19), None)
    assert found == [date(2023, 4, 13), "19/05/1890", ""]
    moments = _written(tmp_path / "b.xlsx", Kind.MOMENT, datetime(2023, 4, 13, 8, 30))
    assert moments == [datetime(2023, 4, 13, 8, 30)]


def test_yes_and_no_are_words(tmp_path: Path) -> None:
    assert _written(tmp_path / "a.xlsx", Kind.FLAG, True, False, None) == ["Có", "Không", ""]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    kept = [plain_text(each) for each in texts]
    found = _written(tmp_path_factory.mktemp("x") / "a.xlsx", Kind.TEXT, *texts)
    found += [""] * (len(kept) - len(found))
    assert [str(each) for each in found] == kept


def _money_sheet(rows: list[list[Value]]) -> Sheet:
    return Sheet(
        tab="Kinh phí: năm [2023]",
        title="KINH PHÍ",
        owner="Trung tâm 01",
        said=("Năm 2023",),
        dated="Xuất ngày 23/11/2026",
        unit="đồng",
        columns=(
            SheetColumn(heading="Tên", kind=Kind.LINE),
            SheetColumn(heading="Số tiền", kind=Kind.MONEY, unit="đồng", is_summed=True),
            SheetColumn(heading="Tỷ lệ", kind=Kind.DECIMAL, unit="%"),
        ),
        rows=rows,
        signatures=(Signature(post=("NGƯỜI LẬP BIỂU",)), Signature(post=("GIÁM ĐỐC",), name="Đại biểu 07")),
    )


def test_the_sheet_has_head_sums_and_signatures(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write(path, (_money_sheet([["A", 5, Decimal("1.5")], ["B", 7, None]]),), _quiet) == 2
    rows = _read(path, "Kinh phí năm 2023")
    assert rows[0][0] == "Trung tâm 01"
    assert [row[0] for row in rows[1:3]] == ["KINH PHÍ", "Năm 2023"]
    assert (rows[3][0], rows[3][3]) == ("Xuất ngày 23/11/2026", "Đơn vị tính: đồng")
    assert rows[4] == ["STT", "Tên", "Số tiền", "Tỷ lệ (%)"]
    assert rows[5:8] == [[1.0, "A", 5.0, 1.5], [2.0, "B", 7.0, ""], ["", "Tổng cộng", 12.0, ""]]
    assert [each for row in rows[8:] for each in row if each] == ["NGƯỜI LẬP BIỂU", "GIÁM ĐỐC", "Đại biểu 07"]


def test_the_page_is_set_up_for_landscape_a4_with_its_heading_on_each_page(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, (_money_sheet([["A", 5, None], ["B", 7, None]]),), _quiet)
    book = zipfile.ZipFile(path)
    page, names, styles = (book.read(f"xl/{each}.xml").decode() for each in ("worksheets/sheet1", "workbook", "styles"))
    assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in page
    assert '<pane ySplit="5" topLeftCell="A6"' in page
    assert '<autoFilter ref="A5:D7"/>' in page
    assert "<f>SUBTOTAL(109,C6:C7)</f><v>12</v>" in page
    assert "$5:$5" in names
    assert 'name val="Times New Roman"' in styles
    assert "Calibri" not in styles


def test_an_empty_table_has_its_heading_and_no_sums(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write(path, (_money_sheet([]),), _quiet) == 0
    assert not any("Tổng cộng" in row for row in _read(path))


def test_tabs_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheet = Sheet(tab="Đề án " * 9, title="A", columns=(SheetColumn(heading="Tên", kind=Kind.LINE),), rows=())
    write(path, (sheet, sheet), _quiet)
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    assert len(names) == 2
    assert all(len(each) <= 31 for each in names)
    assert names[1].endswith(" (2)")


def _many(stop_at: int | None = None) -> Iterator[list[Value]]:
    for number in range(1_000):
        if number == stop_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        yield [f"Cơ sở {number:02d}"]


def _long_sheet(stop_at: int | None = None) -> Sheet:
    return Sheet(tab="A", title="A", columns=(SheetColumn(heading="Tên", kind=Kind.LINE),), rows=_many(stop_at))


def test_one_that_is_stopped_leaves_the_file_that_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"earlier")

    def stop(done: int) -> None:
        if done >= 400:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        write(path, (_long_sheet(),), stop)
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "a.xlsx", (_long_sheet(stop_at=500),), _quiet)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "không có" / "a.xlsx", (_long_sheet(),), _quiet)


def test_progress_is_told_and_ends_at_the_last_row(tmp_path: Path) -> None:
    told: list[int] = []
    write(tmp_path / "a.xlsx", (_long_sheet(),), told.append)
    assert told == sorted(told)
    assert told[-1] == 1_000
    assert len(told) > 4
