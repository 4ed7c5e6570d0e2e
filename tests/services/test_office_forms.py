"""The office's own forms: kept with their map, filled with what a list or a table of figures shows."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from kc_desktop.domain.balance import View
from kc_desktop.domain.office_form import CellMap, MappedCell, MappedTable, OfficeForm, map_from_text
from kc_desktop.domain.project import Project
from kc_desktop.errors import KnownError
from kc_desktop.exchange.reading import Sheet, read_workbook
from kc_desktop.services import attachments, balances, form_sources, lists, office_forms, record_history
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from tests.exchange.form_books import drawn

TODAY = date(2026, 11, 23)


def _form(tmp_path: Path, data: bytes | None = None) -> Path:
    path = tmp_path / "Biểu tổng hợp.xlsx"
    path.write_bytes(data if data is not None else drawn())
    return path


def _untold(_done: int, _total: int) -> None:
    pass


def _export(sample: Workspace, form: OfficeForm, tmp_path: Path, request: ListRequest) -> dict[str, Sheet]:
    path = tmp_path / "ra.xlsx"
    office_forms.export(sample, form.id, request, path, _untold, today=TODAY)
    return {each.name: each for each in read_workbook(path).sheets}


def test_a_form_is_kept_with_the_map_its_headings_ask_for(sample: Workspace, tmp_path: Path) -> None:
    form = office_forms.bring(sample, _form(tmp_path), name="", source="projects")
    assert form.name == "Biểu tổng hợp"
    (table,) = map_from_text(form.cell_map).tables
    assert (table.first_row, table.last_row) == (7, 8)
    assert table.columns == {"A": "#", "B": "name", "C": "implementer", "E": "own_vnd"}
    assert office_forms.file_of(sample, form.id) == ("Biểu tổng hợp.xlsx", drawn())
    assert sample.undo_label == "Thêm mẫu biểu Excel Biểu tổng hợp"
    sample.undo()
    assert office_forms.all_forms(sample) == ()
    assert attachments.of(sample, "office_form", form.id) == ()


def test_a_form_takes_the_rows_of_the_list_with_its_filter_and_order(sample: Workspace, tmp_path: Path) -> None:
    form = office_forms.bring(sample, _form(tmp_path), name="Biểu 05", source="projects")
    given = map_from_text(form.cell_map)
    columns = {**given.tables[0].columns, "D": "approved_vnd"}
    table = MappedTable(sheet="Biểu 1", first_row=7, last_row=8, columns=columns)
    cells = (
        MappedCell(sheet="Biểu 1", cell="C5", value="words:approved_vnd"),
        MappedCell(sheet="Biểu 1", cell="F5", value="unit"),
        MappedCell(sheet="Biểu 1", cell="B12", value="text:=Người lập"),
    )
    form = office_forms.set_map(sample, form.id, CellMap(cells=cells, tables=(table,)), unit="1000000")
    request = ListRequest(year=2023, sort="name", descending=True)
    sheet = _export(sample, form, tmp_path, request)["Biểu 1"]
    expected = [row.cells for row in lists.every_row(sample, "projects", request)]
    names = [each.key for each in lists.LISTS["projects"].columns]
    assert [row[1] for row in sheet.rows[6 : 6 + len(expected)]] == [row[names.index("name")] for row in expected]
    amounts = [row[names.index("approved_vnd")] or 0 for row in expected]
    million = [Decimal(int(str(each))) / 1_000_000 for each in amounts]
    assert [Decimal(str(row[3] or 0)) for row in sheet.rows[6 : 6 + len(expected)]] == million
    assert sheet.rows[0][0] == sample.office.name
    assert sheet.rows[2][0] == "TỔNG HỢP ĐỀ ÁN NĂM 2023"
    assert str(sheet.rows[4][2]).endswith("đồng")
    assert sheet.rows[4][5] == "triệu đồng"
    assert sheet.rows[6 + len(expected)][0] == "Tổng cộng"
    assert any("=Người lập" in row for row in sheet.rows)


def test_what_the_data_holds_in_braces_is_its_own(sample: Workspace, tmp_path: Path) -> None:
    sample.save(Project(name="{{nam}} và {{khac}}", year=2031, implementer="Trung tâm"))
    form = office_forms.bring(sample, _form(tmp_path), name="Biểu", source="projects")
    path = tmp_path / "ra.xlsx"
    done = office_forms.export(sample, form.id, ListRequest(year=2031), path, _untold)
    assert read_workbook(path).sheets[0].rows[6][1] == "{{nam}} và {{khac}}"
    assert [each for each in done.notes if "khac" in each] == []


def _braces(*row: str) -> bytes:
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("Cân đối")
    page.write("A1", "Năm {{nam}}, đơn vị tính: {{don_vi_tinh}}, triệu đồng")
    page.write_row("A4", row)
    page.write("A5", "Tổng cộng")
    page.write_blank("C5", None, book.add_format({"border": 1}))
    book.close()
    return stream.getvalue()


def test_every_table_of_figures_fills_a_form_by_words_in_braces(sample: Workspace, tmp_path: Path) -> None:
    data = _braces("{{tt}}", "{{label}}", "{{Đã giải ngân}}")
    for view in View:
        source = form_sources.source(f"balance-{view.value}")
        form = office_forms.bring(sample, _form(tmp_path, data), name="Cân đối", source=source.key)
        assert form.unit == "1000000"
        given = map_from_text(form.cell_map)
        assert given.tables[0].columns == {"A": "#", "B": "label", "C": "disbursed"}
        assert [(each.cell, each.value) for each in given.cells] == [("C5", "total:disbursed")]
        found = balances.table(sample, 2023, view)
        sheet = _export(sample, form, tmp_path, ListRequest(year=2023))["Cân đối"]
        assert sheet.rows[0][0] == "Năm 2023, đơn vị tính: triệu đồng, triệu đồng"
        assert [row[1] for row in sheet.rows[3 : 3 + len(found.rows)]] == [each.label for each in found.rows]
        total = sheet.rows[3 + len(found.rows)][2]
        assert Decimal(str(total)) * 1_000_000 == found.total.disbursed_vnd


def test_every_source_has_columns_rows_and_words_of_its_own(sample: Workspace) -> None:
    for key, _title in form_sources.sources():
        source = form_sources.source(key)
        assert len({each.key for each in source.columns}) == len(source.columns), key
        columns = [each.key for each in source.columns]
        for row in form_sources.rows(sample, key, ListRequest(year=2023), columns):
            assert len(row) == len(columns)


def test_entries_of_several_kinds_are_not_added_up(sample: Workspace, tmp_path: Path) -> None:
    data = _braces("{{tt}}", "{{payee}}", "{{amount_vnd}}")
    form = office_forms.bring(sample, _form(tmp_path, data), name="Sổ", source="fund-entries")
    path = tmp_path / "ra.xlsx"
    told = office_forms.export(sample, form.id, ListRequest(year=2023), path, _untold)
    assert any("nhiều loại bút toán" in each for each in told.notes)
    request = ListRequest(year=2023, filters=(("kind", ("payment",)),))
    assert not any("bút toán" in each for each in office_forms.export(sample, form.id, request, path, _untold).notes)


def test_what_cannot_be_a_form_is_refused_in_words(sample: Workspace, tmp_path: Path) -> None:
    old = tmp_path / "cũ.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(KnownError, match=r"cũ\.xls"):
        office_forms.bring(sample, old, name="", source="projects")
    with pytest.raises(KnownError, match="Không có số liệu"):
        office_forms.bring(sample, _form(tmp_path), name="", source="gì")
    form = office_forms.bring(sample, _form(tmp_path), name="Biểu", source="projects")
    wrong = CellMap(cells=(MappedCell(sheet="Biểu 1", cell="A1", value="gì"),))
    with pytest.raises(KnownError, match="không có “gì”"):
        office_forms.set_map(sample, form.id, wrong, unit="1")
    with pytest.raises(KnownError, match="Không có mẫu biểu"):
        office_forms.by_name(sample, "khác")
    assert office_forms.by_name(sample, "bieu").id == form.id


def test_another_file_takes_the_place_of_a_forms_own(sample: Workspace, tmp_path: Path) -> None:
    form = office_forms.bring(sample, _form(tmp_path), name="Biểu", source="projects")
    office_forms.bring_anew(sample, form.id, _form(tmp_path, drawn(rows=3)))
    assert office_forms.file_of(sample, form.id)[1] == drawn(rows=3)
    sample.undo()
    assert office_forms.file_of(sample, form.id)[1] == drawn()


def test_the_history_tells_of_a_form_in_words_not_in_its_map(sample: Workspace, tmp_path: Path) -> None:
    form = office_forms.bring(sample, _form(tmp_path), name="Biểu", source="projects")
    office_forms.set_map(sample, form.id, CellMap(), unit="1000000")
    line, *_earlier = record_history.life(sample, "office_form", form.id)
    assert [label for label, _before, _after in line.fields] == ["Đơn vị tính"]
    assert line.label == "Sửa bản đồ ô của mẫu biểu Biểu"


def test_each_table_of_a_sheet_is_proposed_and_filled_with_its_own_columns(sample: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "hai bảng.xlsx"
    book = Workbook(str(path))
    line = book.add_format({"border": 1})
    page = book.add_worksheet("Biểu")
    for at, heads in ((2, ("STT", "Tên đề án", "Đơn vị thực hiện")), (8, ("STT", "Mã đề án", "Tên đề án", "Nguồn"))):
        page.write_row(at, 0, heads, line)
        for row in (at + 1, at + 2):
            page.write_row(row, 0, [""] * len(heads), line)
            for place in range(len(heads)):
                page.write_blank(row, place, None, line)
    book.close()
    form = office_forms.bring(sample, path, name="Hai bảng", source="projects")
    first, second = map_from_text(form.cell_map).tables
    assert (first.first_row, first.last_row, first.columns["B"]) == (4, 5, "name")
    assert (second.first_row, second.last_row, second.columns["C"]) == (10, 11, "name")
    read = _export(sample, form, tmp_path, ListRequest(search="đề án"))["Biểu"]
    names = [row[1] for row in read.rows[3:] if isinstance(row[0], int)]
    count = len(names) // 2
    again = [row[2] for row in read.rows[3 + count :] if isinstance(row[0], int)]
    assert count > 1
    assert names[:count] == again[-count:]
