"""Lists as workbooks, read back with calamine: what is on show, as it is on show, and nothing protected."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import Project
from kc_desktop.errors import KnownError
from kc_desktop.exchange import writing
from kc_desktop.services import exporting, funding, list_groups, lists
from kc_desktop.services.exporting import Figures
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.workspace import Workspace

TODAY = date(2026, 11, 23)


def _quiet(_done: int, _total: int) -> None:
    pass


def _read(path: Path) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()]


def _table(path: Path) -> tuple[list[object], list[list[object]]]:
    """Return the heading and the numbered rows."""
    rows = _read(path)
    head = next(place for place, row in enumerate(rows) if row[0] == "STT")
    return rows[head], [row for row in rows[head + 1 :] if isinstance(row[0], float)]


def _export(workspace: Workspace, path: Path, key: str, request: ListRequest, **more: tuple[str, ...]) -> int:
    return exporting.export_list(workspace, key, request, path, _quiet, today=TODAY, **more)


@pytest.mark.parametrize("key", sorted(LISTS))
def test_every_list_is_written_with_all_its_rows(sample: Workspace, tmp_path: Path, key: str) -> None:
    path = tmp_path / "a.xlsx"
    number = _export(sample, path, key, ListRequest())
    heading, rows = _table(path)
    assert number == len(rows) == lists.count(sample, key, ListRequest())
    assert [str(each).split(" (")[0] for each in heading[1:]] == [each.label for each in LISTS[key].columns]


def test_groups_stand_under_their_headings_even_where_the_screen_folds_them(sample: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    request = ListRequest(group="state", columns=("content",), year=2023)
    folded = list_groups.groups(sample, "projects", request)[0]
    number = _export(sample, path, "projects", replace(request, folded=(folded.key,)), columns=("name", "content"))
    assert number == lists.count(sample, "projects", request)
    told = [row for row in _read(path) if str(row[0]).startswith("Trạng thái: ")]
    assert [str(row[0]) for row in told] == [
        f"Trạng thái: {each.value}" for each in list_groups.groups(sample, "projects", request)
    ]
    heading, rows = _table(path)
    assert heading == ["STT", "Tên đề án", "Nội dung hoạt động"]
    assert [row[0] for row in rows if isinstance(row[0], int | float)] == list(range(1, number + 1))


def test_what_is_on_show_is_written_in_its_order_with_its_filter_in_words(sample: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    request = ListRequest(
        search="máy móc", sort="name", descending=True, year=2023, filters=(("state", ("approved", "implementing")),)
    )
    number = _export(sample, path, "projects", request, columns=("name", "approved_vnd", "code"))
    heading, rows = _table(path)
    shown = lists.page(sample, "projects", request)
    assert number == len(shown) > 1
    assert heading == ["STT", "Tên đề án", "Hỗ trợ được duyệt", "Mã đề án"]
    assert [row[1] for row in rows] == [each.cells[1] for each in shown]
    said = next(str(row[0]) for row in _read(path) if str(row[0]).startswith("Năm"))
    assert said.startswith("Năm 2023; Trạng thái: ")
    assert "Có chữ “máy móc”" in said
    assert "Xếp theo Tên đề án, giảm dần" in said


def test_money_is_summed_and_its_unit_stated(sample: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    _export(sample, path, "projects", ListRequest(year=2023))
    rows = _read(path)
    (total,) = [row for row in rows if "Tổng cộng" in row]
    approved = [row[5] for row in _table(path)[1]]
    assert total[5] == sum(each for each in approved if isinstance(each, float)) > 0
    assert any("Đơn vị tính: đồng" in row for row in rows)


def test_entries_of_one_kind_are_summed_less_what_was_reversed_and_of_several_not_at_all(
    sample: Workspace, tmp_path: Path
) -> None:
    plan = sample.all(AnnualPlan)[0]
    made = [
        sample.save(
            FundEntry(happened_on=date(plan.year, 3, day), kind="allocation", plan_id=plan.id, amount_vnd=amount)
        )
        for day, amount in ((1, 700), (2, 40))
    ]
    funding.reverse(sample, made[1].id, "Ghi nhầm")
    path = tmp_path / "a.xlsx"
    _export(sample, path, "fund-entries", ListRequest(filters=(("kind", ("allocation",)), ("plan_id", plan.id))))
    entries = _table(path)[1]
    (total,) = [row for row in _read(path) if any(str(each).startswith("Tổng cộng") for each in row)]
    signed = [-row[3] if row[2] == "Đảo bút toán" else row[3] for row in entries]  # type: ignore[operator]  # amounts
    assert total[3] == sum(signed)  # type: ignore[arg-type]  # amounts
    assert any("đã trừ bút toán đảo" in str(each) for each in total)
    _export(sample, path, "fund-entries", ListRequest())
    assert not any(str(each).startswith("Tổng cộng") for row in _read(path) for each in row)


def test_protected_numbers_are_masked_and_codes_keep_their_zeros(sample: Workspace, tmp_path: Path) -> None:
    sample.save(Establishment(name="Cơ sở 90", tax_code="001099000017"))
    sample.save(Person(name="Đại biểu 90", phone="0912000090", citizen_id="001099000017", bank_account="0451000090017"))
    path = tmp_path / "a.xlsx"
    _export(sample, path, "establishments", ListRequest(search="Cơ sở 90"))
    assert "001099000017" not in str(_read(path))
    assert "0010••••••17" in str(_read(path))
    _export(sample, path, "people", ListRequest(search="Đại biểu 90"))
    (row,) = _table(path)[1]
    assert row[-1] == "0912000090"


def test_the_office_the_sample_and_who_signs_are_named(sample: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    _export(sample, path, "projects", ListRequest())
    words = [str(each) for row in _read(path) for each in row if each]
    assert sample.office.name in words[0]
    assert "ĐỀ ÁN" in words
    assert "DỮ LIỆU MẪU" in words
    assert "Xuất ngày 23/11/2026" in words
    assert "NGƯỜI LẬP BIỂU" in words


def test_text_of_a_record_that_looks_like_a_formula_stays_text(sample: Workspace, tmp_path: Path) -> None:
    sample.save(Project(year=2023, name="=HYPERLINK(1) dự án"))
    path = tmp_path / "a.xlsx"
    _export(sample, path, "projects", ListRequest(search="HYPERLINK"))
    assert _table(path)[1][0][2] == "=HYPERLINK(1) dự án"


def test_figures_are_written_as_they_stand(sample: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    figures = Figures(
        title="Cân đối kinh phí",
        headings=("Chương trình", "Được\ngiao", "Tỷ lệ"),
        rows=(("Tổng cộng", 12, "40%"), ("A", 12, "40%")),
        said=("Năm 2023",),
        unit="triệu đồng",
    )
    assert exporting.export_figures(sample, figures, path, _quiet, today=TODAY) == 2
    rows = _read(path)
    assert ["Chương trình", "Được giao", "Tỷ lệ"] in rows
    assert ["A", 12.0, "40%"] in rows
    assert any("Đơn vị tính: triệu đồng" in row for row in rows)


def test_an_ending_that_is_not_excel_is_refused(sample: Workspace, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="đuôi"):
        _export(sample, tmp_path / "a.xls", "projects", ListRequest())
    assert list(tmp_path.glob("*.xls")) == []


def test_a_list_that_does_not_exist_is_told(sample: Workspace, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="Không có bảng"):
        _export(sample, tmp_path / "a.xlsx", "nothing", ListRequest())


def test_more_rows_than_excel_takes_are_refused_before_any_work(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 3)
    with pytest.raises(KnownError, match="nhiều hơn một trang Excel"):
        _export(sample, tmp_path / "a.xlsx", "projects", ListRequest())


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "đã đầy"), (errno.EACCES, "tệp đang mở ở chương trình khác")]
)
def test_a_full_disk_and_a_file_open_in_excel_are_told(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"earlier")

    def fail(*_: object, **__: object) -> int:
        raise OSError(number, "the system says so")

    monkeypatch.setattr(writing, "write", fail)
    with pytest.raises(KnownError, match=words):
        _export(sample, path, "projects", ListRequest())
    assert path.read_bytes() == b"earlier"


def test_the_file_is_named_after_the_list_the_year_and_the_day() -> None:
    assert exporting.suggested_name("projects", 2023, TODAY) == "Đề án 2023 (23.11.2026).xlsx"
    assert exporting.file_name("A/B: “C”?", None, TODAY) == "A B “C” (23.11.2026).xlsx"
