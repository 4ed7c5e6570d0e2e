"""Filling an office's own form: its drawing stays, rows come in, everything under them follows."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from xml.dom import minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from kc_desktop.domain.fields import Value
from kc_desktop.errors import KnownError
from kc_desktop.exchange import form_formulas, forms
from kc_desktop.exchange.form_formulas import Insertion, Moves
from kc_desktop.exchange.forms import Filled, Filling, TableFilling
from kc_desktop.exchange.reading import Sheet, read_workbook
from tests.exchange.form_books import FIRST, drawn

SHEET = "Biểu 1"
COLUMNS = {"A": 0, "B": 1, "C": 2, "D": 3, "E": 4}
BOOKS = {"biểu 1": Moves([Insertion(after=8, rows=3, grows=True)])}


def _row(number: int, name: str = "", amount: int = 0) -> tuple[int, str, str, int, Decimal]:
    return number, name or f"Đề án {number:02d}", "Trung tâm", amount or number * 1_000_000, Decimal("2.5")


def _filled(count: int, *, rows: int = 2, **more: object) -> Filled:
    table = TableFilling(
        sheet=SHEET,
        first_row=FIRST,
        last_row=FIRST + rows - 1,
        columns=COLUMNS,
        rows=[_row(each) for each in range(1, count + 1)],
    )
    return forms.filled(drawn(rows=rows), "biểu.xlsx", Filling(tables=(table,), **more))  # type: ignore[arg-type]  # as given


def _read(data: bytes, folder: Path) -> dict[str, Sheet]:
    path = folder / "ra.xlsx"
    path.write_bytes(data)
    return {each.name: each for each in read_workbook(path).sheets}


def _bytes(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part)


def _part(data: bytes, part: str) -> str:
    return _bytes(data, part).decode()


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_rows_come_in_and_what_stands_under_them_moves_down(rows: int, tmp_path: Path) -> None:
    sheet = _read(_filled(5, rows=rows).data, tmp_path)[SHEET]
    assert [row[1] for row in sheet.rows[6:11]] == [f"Đề án {each:02d}" for each in range(1, 6)]
    assert sheet.rows[11][0] == "Tổng cộng"
    assert sheet.rows[11][3] == 15_000_000
    assert sheet.rows[11][4] == Decimal("12.5")
    assert sheet.rows[13][4] == "GIÁM ĐỐC"
    assert ((11, 0), (11, 2)) in sheet.merged


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_formulas_areas_names_and_pictures_follow(rows: int) -> None:
    data = _filled(5, rows=rows).data
    page = _part(data, "xl/worksheets/sheet1.xml")
    assert re.findall(r"<f>(.*?)</f>", page) == [
        *(f"D{row}+E{row}" for row in range(7, 12)),
        *(f"SUM({column}7:{column}11)" for column in "DEF"),
    ]
    assert 'conditionalFormatting sqref="D7:E11"' in page
    assert re.search(r'<dataValidation [^>]*sqref="C7:C11"', page)
    assert "'Biểu 1'!D12" in _part(data, "xl/worksheets/sheet2.xml")
    book = _part(data, "xl/workbook.xml")
    assert f"'Biểu 1'!$A$1:$F${rows + 14 + 5 - rows}" in book
    assert "'Biểu 1'!$D$12" in book
    assert "'Biểu 1'!$6:$6" in book
    assert 'fullCalcOnLoad="1"' in book
    assert [
        int(each) for each in re.findall(r"<xdr:from>.*?<xdr:row>(\d+)", _part(data, "xl/drawings/drawing1.xml"))
    ] == [
        14,
        14,
    ]
    assert 'ref="E14"' in _part(data, "xl/comments1.xml")


def test_widths_styles_print_settings_and_pictures_are_the_forms_own() -> None:
    before, after = drawn(), _filled(9).data
    for part in ("xl/styles.xml", "xl/media/image1.png", "xl/theme/theme1.xml", "xl/sharedStrings.xml"):
        assert _bytes(after, part) == _bytes(before, part)
    for tag in ("cols", "pageSetup", "pageMargins", "sheetFormatPr"):
        pattern = rf"<{tag}\b.*?(?:/>|</{tag}>)"
        pages = (_part(each, "xl/worksheets/sheet1.xml") for each in (before, after))
        one, two = (re.findall(pattern, each, re.DOTALL) for each in pages)
        assert one == two != []


def test_fewer_rows_than_drawn_leave_the_drawn_ones_empty(tmp_path: Path) -> None:
    sheet = _read(_filled(1, rows=3).data, tmp_path)[SHEET]
    assert sheet.rows[6][1] == "Đề án 01"
    assert sheet.rows[7] == sheet.rows[8] == ("",) * 6
    assert sheet.rows[9][0] == "Tổng cộng"


def test_words_in_braces_are_filled_with_their_looks_and_unknown_ones_are_told(tmp_path: Path) -> None:
    words: dict[str, Value] = {"ten_don_vi": "Trung tâm", "nam": 2026}
    done = forms.filled(drawn(), "biểu.xlsx", Filling(words=words, cells={(SHEET, "B3"): "đè"}))
    sheet = _read(done.data, tmp_path)[SHEET]
    assert sheet.rows[0][0] == "Trung tâm"
    assert sheet.rows[2][0] == "đè", "a cell under a merge is the merge's first one"
    assert sheet.rows[3][0] == "Kèm theo Tờ trình {{chua_biet}}"
    assert "“{{chua_biet}}” ở ô A4" in " ".join(done.notes)
    again = forms.filled(drawn(), "biểu.xlsx", Filling(words={**words, "chua_biet": "số 5"}))
    assert "<i/>" in _part(again.data, "xl/worksheets/sheet1.xml"), "the slanted part of the line stays slanted"
    assert _read(again.data, tmp_path)[SHEET].rows[2][0] == "TỔNG HỢP ĐỀ ÁN NĂM 2026"


def test_days_show_as_days_in_a_cell_without_a_look_of_its_own(tmp_path: Path) -> None:
    cells: dict[tuple[str, str], Value] = {
        (SHEET, "C5"): date(2026, 11, 23),
        (SHEET, "D5"): datetime(2026, 11, 23, 14, 30),
        (SHEET, "E5"): date(1899, 1, 2),
    }
    sheet = _read(forms.filled(drawn(), "biểu.xlsx", Filling(cells=cells)).data, tmp_path)[SHEET]
    assert sheet.rows[4][2:5] == (date(2026, 11, 23), datetime(2026, 11, 23, 14, 30), "02/01/1899")


hostile = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.sampled_from(["=1+1", "+84", "-5", "@SUM(A1)", "<t>&amp;</t>", "]]>", "_x0041_", "\x00\x1f\r\n", "x" * 40_000]),
)


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(hostile, min_size=1, max_size=6),
    amounts=st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=6),
)
def test_whatever_a_row_holds_is_read_back_as_it_was(
    texts: list[str], amounts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    from kc_desktop.domain.text import clean_text
    from kc_desktop.exchange.cells import plain_text

    rows = [_row(at + 1, text, amounts[at] or 1) for at, text in enumerate(texts)]
    table = TableFilling(sheet=SHEET, first_row=FIRST, last_row=FIRST + 1, columns=COLUMNS, rows=rows)
    done = forms.filled(drawn(), "biểu.xlsx", Filling(tables=(table,)))
    sheet = _read(done.data, tmp_path_factory.mktemp("ra"))[SHEET]
    for row, found in zip(rows, sheet.rows[6:], strict=False):
        assert found[1] == clean_text(plain_text(row[1])).strip()
        assert found[3] == row[3]
    assert "<f>1+1" not in _part(done.data, "xl/worksheets/sheet1.xml")


def test_a_number_longer_than_excel_keeps_stays_whole_as_text(tmp_path: Path) -> None:
    cells: dict[tuple[str, str], Value] = {
        (SHEET, "C5"): 1234567890123456789,
        (SHEET, "D5"): Decimal("0.1234567890123456789"),
    }
    sheet = _read(forms.filled(drawn(), "biểu.xlsx", Filling(cells=cells)).data, tmp_path)[SHEET]
    assert sheet.rows[4][2:4] == ("1234567890123456789", "0,1234567890123456789")


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(A7:A8)", "SUM(A7:A11)"),
        ("A8+A9", "A8+A12"),
        ("$A$9*B$9", "$A$12*B$12"),
        ("'Biểu 1'!A9", "'Biểu 1'!A12"),
        ("'Biểu 2'!A9", "'Biểu 2'!A9"),
        ("'[1]Biểu 1'!A9", "'[1]Biểu 1'!A9"),
        ("[1]Trang!A9", "[1]Trang!A9"),
        ('"A9"&A9', '"A9"&A12'),
        ("LOG10(A9)", "LOG10(A12)"),
        ("Bảng[A9]+A9", "Bảng[A9]+A12"),
        ("SUM(A:A)+SUM(9:9)", "SUM(A:A)+SUM(12:12)"),
        ("TongA9+A9B", "TongA9+A9B"),
        ("ABCD9", "ABCD9"),
    ],
)
def test_a_formula_follows_the_rows_and_nothing_else(formula: str, after: str) -> None:
    assert form_formulas.moved(formula, "Biểu 1", BOOKS) == after


@pytest.mark.parametrize(
    ("formula", "after"),
    [("D8+E8", "D10+E10"), ("F7+D8", "F9+D10"), ("D8/D$9", "D10/D$12"), ("D8/D9", "D10/D12"), ("$B$2*D8", "$B$2*D10")],
)
def test_a_copied_row_reckons_with_itself_and_with_the_same_sum(formula: str, after: str) -> None:
    assert form_formulas.copied(formula, "Biểu 1", BOOKS, row=8, down=2) == after


def test_shared_formulas_are_written_out_before_rows_come_between() -> None:
    with zipfile.ZipFile(io.BytesIO(drawn(rows=3))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    page = parts["xl/worksheets/sheet1.xml"].decode()
    page = page.replace("<f>D7+E7</f>", '<f t="shared" ref="F7:F9" si="0">D7+E7</f>')
    page = page.replace("<f>D8+E8</f>", '<f t="shared" si="0"/>').replace("<f>D9+E9</f>", '<f t="shared" si="0"/>')
    parts["xl/worksheets/sheet1.xml"] = page.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    table = TableFilling(
        sheet=SHEET, first_row=7, last_row=9, columns=COLUMNS, rows=[_row(each) for each in range(1, 6)]
    )
    made = _part(forms.filled(stream.getvalue(), "b", Filling(tables=(table,))).data, "xl/worksheets/sheet1.xml")
    assert re.findall(r"<f>(D\d+\+E\d+)</f>", made) == [f"D{row}+E{row}" for row in range(7, 12)]
    assert "shared" not in made


def test_a_form_whose_elements_carry_a_prefix_is_filled_alike(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(drawn())) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    page = parts["xl/worksheets/sheet1.xml"].decode()
    page = re.sub(r"<(/?)([a-zA-Z0-9]+)(?=[ />])", r"<\1x:\2", page).replace("xmlns=", "xmlns:x=")
    parts["xl/worksheets/sheet1.xml"] = page.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    table = TableFilling(sheet=SHEET, first_row=7, last_row=8, columns=COLUMNS, rows=[_row(each) for each in (1, 2, 3)])
    done = forms.filled(stream.getvalue(), "b", Filling(tables=(table,), words={"chua_biet": "số 5"}))
    minidom.parseString(_bytes(done.data, "xl/worksheets/sheet1.xml"))
    sheet = _read(done.data, tmp_path)[SHEET]
    assert [row[1] for row in sheet.rows[6:9]] == ["Đề án 01", "Đề án 02", "Đề án 03"]
    assert sheet.rows[3][0] == "Kèm theo Tờ trình số 5"
    assert sheet.rows[9][3] == 6_000_000


def test_a_formula_that_names_the_drawn_rows_one_by_one_is_told() -> None:
    with zipfile.ZipFile(io.BytesIO(drawn())) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    page = parts["xl/worksheets/sheet1.xml"].decode().replace("<f>SUM(E7:E8)</f>", "<f>E7+E8</f>")
    parts["xl/worksheets/sheet1.xml"] = page.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    told = []
    for count in (2, 3):
        rows = [_row(each) for each in range(1, count + 1)]
        table = TableFilling(sheet=SHEET, first_row=7, last_row=8, columns=COLUMNS, rows=rows)
        told.append(
            [each for each in forms.filled(stream.getvalue(), "b", Filling(tables=(table,))).notes if "E1" in each]
        )
    assert told[0] == []
    assert "ô E10" in told[1][0]


def test_a_column_that_a_merged_cell_covers_is_the_cells_own(tmp_path: Path) -> None:
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    page = book.add_worksheet(SHEET)
    page.write_row("A1", ["TT", "Tên", "", "Tiền"])
    page.merge_range("B2:C2", "")
    book.close()
    table = TableFilling(sheet=SHEET, first_row=2, last_row=2, columns={"C": 0}, rows=[("một",), ("hai",), ("ba",)])
    sheet = _read(forms.filled(stream.getvalue(), "b", Filling(tables=(table,))).data, tmp_path)[SHEET]
    assert [row[1] for row in sheet.rows[1:]] == ["một", "hai", "ba"]
    assert sheet.merged == tuple(((row, 1), (row, 2)) for row in (1, 2, 3))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200, b"<html>"])
def test_what_is_no_workbook_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(KnownError, match=r"biểu\.xls"):
        forms.look(data, "biểu.xls")


def test_a_sheet_or_a_cell_the_form_does_not_have_is_told() -> None:
    with pytest.raises(KnownError, match="Biểu 9"):
        forms.filled(drawn(), "b.xlsx", Filling(cells={("Biểu 9", "A1"): 1}))
    with pytest.raises(KnownError, match="XYZA1"):
        forms.filled(drawn(), "b.xlsx", Filling(cells={(SHEET, "XYZA1"): 1}))
    table = TableFilling(sheet=SHEET, first_row=7, last_row=8, columns={}, rows=())
    with pytest.raises(KnownError, match="cùng lấy dòng 7"):
        forms.filled(drawn(), "b.xlsx", Filling(tables=(table, table)))


_DECLARING = '<?xml version="1.0" encoding="{}"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("xl/worksheets/sheet1.xml", _DECLARING.format("UTF-8").encode()),
        ("xl/worksheets/sheet1.xml", _DECLARING.format("UTF-16").encode("utf-16")),
        ("xl/sharedStrings.xml", b"<sst>" + b"<si><t/></si>" * 1_200_000 + b"</sst>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</worksheet>"),
    ],
    ids=["entities", "entities in UTF-16", "too many texts", "too deep"],
)
def test_a_part_made_to_fill_the_memory_is_refused_or_left_alone(part: str, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(drawn())) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, held in (parts | {part: data}).items():
            archive.writestr(name, held)
    with pytest.raises(KnownError, match=re.escape(part)):
        forms.filled(stream.getvalue(), "b.xlsx", Filling(words={"nam": 2026}))


def test_a_form_is_seen_as_it_is_drawn() -> None:
    sheet = forms.look(drawn(), "biểu.xlsx")[0]
    assert sheet.name == SHEET
    assert sheet.cells[1, 1] == "{{ten_don_vi}}"
    assert sheet.cells[6, 2] == "Tên đề án"
    assert sheet.cells[4, 1] == "Kèm theo Tờ trình {{chua_biet}}"
    assert (9, 4) in sheet.formulas
    assert (9, 1, 9, 3) in sheet.merged


@settings(max_examples=40, deadline=None)
@given(part=st.integers(0, 100), at=st.integers(0, 10_000), value=st.sampled_from(["", "-1", "99999999999", "x", "A0"]))
def test_a_damaged_form_is_filled_or_refused_by_name(part: int, at: int, value: str) -> None:
    with zipfile.ZipFile(io.BytesIO(drawn())) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    names = [each for each in parts if each.endswith((".xml", ".rels"))]
    name = names[part % len(names)]
    text = parts[name].decode()
    found = list(re.finditer(r'="[^"]*"', text))
    hit = found[at % len(found)]
    parts[name] = f'{text[: hit.start()]}="{value}"{text[hit.end() :]}'.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for each, data in parts.items():
            archive.writestr(each, data)
    table = TableFilling(sheet=SHEET, first_row=7, last_row=8, columns=COLUMNS, rows=[_row(each) for each in (1, 2, 3)])
    with contextlib.suppress(KnownError):
        forms.look(stream.getvalue(), "b.xlsx")
        made = forms.filled(stream.getvalue(), "b.xlsx", Filling(tables=(table,), words={"nam": 2026}))
        with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
            assert archive.testzip() is None
            assert set(archive.namelist()) <= set(parts)
