"""The workbook for collaborators: made with their name in it, filled in, brought back as needs, twice the same."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Value
from kc_desktop.domain.people import AdminUnit, Person
from kc_desktop.domain.text import clean_line, clean_text, marked_key
from kc_desktop.errors import KnownError
from kc_desktop.exchange import forms
from kc_desktop.exchange.cells import plain_text
from kc_desktop.exchange.forms import Filling, TableFilling
from kc_desktop.services import importing, lead_templates
from kc_desktop.services.importing import Imported, read_workbook
from kc_desktop.services.workspace import Workspace
from tests.exchange.books import write_xlsx

HEADS = ("Cộng tác viên", "Ngày", "Tên cơ sở", "Mã số thuế", "Nhu cầu", "Nội dung hoạt động")


def _filled(data: bytes, *rows: tuple[Value, ...], cells: dict[str, str] | None = None) -> bytes:
    """Fill a workbook in as a collaborator does, in Excel: ngày, cơ sở, loại hình, mã số thuế, xã, …, nhu cầu."""
    sheet = forms.look(data, "m.xlsx")[0]
    heading = next(row for (row, column), text in sheet.cells.items() if text == "STT" and column == 1)
    table = TableFilling(
        sheet=sheet.name,
        first_row=heading + 1,
        last_row=heading + lead_templates.ROWS,
        columns={chr(66 + place): place for place in range(10)},
        rows=[(*row, *[None] * (10 - len(row))) for row in rows],
    )
    given = {(sheet.name, ref): text for ref, text in (cells or {}).items()}
    return forms.filled(data, "m.xlsx", Filling(cells=given, tables=(table,))).data


def _judged(workspace: Workspace, data: bytes, tmp_path: Path) -> Imported:
    path = tmp_path / "gửi về.xlsx"
    path.write_bytes(data)
    return importing.judge(workspace, "leads", read_workbook(path))


def test_what_a_collaborator_fills_in_comes_back_as_needs_and_once_only(sample: Workspace, tmp_path: Path) -> None:
    person = lead_templates.collaborators(sample, 2023)[0]
    commune = next(each for each in sample.all(AdminUnit) if each.name in lead_templates.communes(sample))
    before = len(sample.all(Lead))
    data = _filled(
        lead_templates.made(sample, person, 2023),
        (date(2023, 4, 15), "Cơ sở 97", "Hợp tác xã", None, commune.name, "Ấp 1", None, "Gỗ", "Cần máy cưa", None),
        (date(2023, 4, 16), "Cơ sở 97", None, None, None, None, None, None, "=1+1 hội chợ", "6. Cung cấp thông tin"),
    )
    found = _judged(sample, data, tmp_path)
    assert [(each.verdict, each.reasons) for each in found.rows] == [("new", ()), ("new", ())]
    assert found.rows[0].readings == (f"Cộng tác viên: {person.name}, ghi ở trên bảng.",)
    importing.write(found)
    one, two = sample.all(Lead)[before:]
    assert (one.person_id, one.found_on, one.need, one.state) == (person.id, date(2023, 4, 15), "Cần máy cưa", "new")
    assert (two.need, two.content) == ("=1+1 hội chợ", "6")
    establishment = sample.get(Establishment, one.establishment_id or 0)
    assert two.establishment_id == establishment.id
    assert (establishment.kind, establishment.commune_id, establishment.address) == ("hop_tac_xa", commune.id, "Ấp 1")
    again = _judged(sample, data, tmp_path)
    assert [each.verdict for each in again.rows] == ["same", "same"]
    assert again.plan.is_empty


def test_the_workbook_guides_and_guards(sample: Workspace) -> None:
    person = lead_templates.collaborators(sample, 2023)[0]
    with zipfile.ZipFile(io.BytesIO(lead_templates.made(sample, person, 2023))) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert "<sheetProtection" in page
    assert re.search(r'name="Danh sách chọn"[^>]*state="hidden"', book)
    rules = re.findall(r"<dataValidation .*?</dataValidation>", page)
    assert len(rules) == 11
    assert all("promptTitle" in each for each in rules[1:])
    assert sum('type="list"' in each for each in rules) == 4
    assert any("DATE($C$5,1,1)" in each for each in rules)
    sheets = forms.look(lead_templates.made(sample, person, 2023), "m.xlsx")
    assert person.name in sheets[0].cells.values()
    assert [each.name for each in sheets[:2]] == ["Nhu cầu", "Cách ghi"]


def test_one_for_each_collaborator_carries_the_name(sample: Workspace, tmp_path: Path) -> None:
    people = lead_templates.collaborators(sample, 2023)[:3]
    told: list[tuple[int, int]] = []
    written = lead_templates.write_each(sample, tmp_path, people, lambda *each: told.append(each), year=2023)
    assert [each.name for each in written] == [f"Mẫu ghi nhu cầu 2023 – {each.name}.xlsx" for each in people]
    assert told[-1] == (3, 3)
    with pytest.raises(KnownError, match="chưa có cộng tác viên"):
        lead_templates.write_each(sample, tmp_path, (), lambda *_: None, year=2031)


def test_a_need_of_nobody_or_of_somebody_unknown_is_told_and_nobody_is_made_up(
    sample: Workspace, tmp_path: Path
) -> None:
    blank = lead_templates.made(sample, None, 2023)
    row = (date(2023, 4, 15), None, None, None, None, None, None, None, "Cần máy cưa")
    people = len(sample.all(Person))
    unknown = _judged(sample, _filled(blank, row, cells={"C3": "Cộng tác viên 99"}), tmp_path)
    assert "“Cộng tác viên 99”" in unknown.rows[0].reasons[0]
    assert "cộng tác viên nào" in _judged(sample, _filled(blank, row), tmp_path).rows[0].reasons[0]
    importing.write(unknown)
    assert len(sample.all(Person)) == people


def test_needs_of_several_collaborators_are_read_from_one_list(sample: Workspace, tmp_path: Path) -> None:
    one, two = lead_templates.collaborators(sample, 2023)[:2]
    rows = (
        (one.name, date(2023, 5, 2), "Cơ sở 03", "", "Cần máy sấy", ""),
        (two.name, date(2023, 5, 2), "Cơ sở 03", "", "Cần máy sấy", "1. Đào tạo nghề, truyền nghề"),
        (two.name, date(2023, 5, 2), "Cơ sở 03", "", "cần  máy sấy", ""),
    )
    found = importing.judge(sample, "leads", read_workbook(write_xlsx(tmp_path / "nc.xlsx", (HEADS, *rows))))
    assert [each.verdict for each in found.rows] == ["new", "new", "same"]
    importing.write(found)
    assert [each.person_id for each in sample.all(Lead)[-2:]] == [one.id, two.id]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=5, max_size=40))
def test_whatever_is_written_as_a_need_is_kept_as_it_is(texts: list[str], empty: Workspace, tmp_path: Path) -> None:
    if not empty.all(Person):
        empty.save(Person(name="Cộng tác viên 07", group_code="collaborator"))
    needs = [plain_text(f"Cần {text}") for text in texts]
    rows = [(None, *[None] * 7, each) for each in needs]
    before = {each.id for each in empty.all(Lead)}
    found = _judged(empty, _filled(lead_templates.made(empty, empty.all(Person)[0], 2026), *rows), tmp_path)
    importing.write(found)
    assert {each.verdict for each in found.rows} <= {"new", "same"}
    kept = {marked_key(clean_line(each.need)) for each in empty.all(Lead)}
    assert {marked_key(clean_line(each)) for each in needs} <= kept
    new = [each.need for each in empty.all(Lead) if each.id not in before]
    assert set(new) <= {clean_text(each).strip() for each in needs}
