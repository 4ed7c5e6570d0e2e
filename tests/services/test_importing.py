"""Office workbooks brought into the data file: right records, nothing invented, one step, twice in a row the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kc_desktop.domain.directory import PersonContact
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import Project, ProjectBeneficiary
from kc_desktop.errors import KnownError
from kc_desktop.services import importing
from kc_desktop.services.importing import Imported, read_workbook
from kc_desktop.services.workspace import Workspace
from tests.exchange.books import COLLABORATORS, PROJECTS, PROJECTS_MERGED, Rows, Span, write_xlsx


def _judged(workspace: Workspace, what: str, path: Path) -> Imported:
    return importing.judge(workspace, what, read_workbook(path))


def _imported(workspace: Workspace, what: str, path: Path) -> Imported:
    found = _judged(workspace, what, path)
    importing.write(found)
    return found


def _counts(found: Imported) -> tuple[int, int, int, int]:
    counts = found.counts
    return counts["new"], counts["changed"], counts["same"], counts["wrong"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A list of three collaborators as offices write it."""
    return write_xlsx(tmp_path / "danh sách.xlsx", COLLABORATORS, name="DS CTV")


def _people(tmp_path: Path, *rows: tuple[object, ...], merged: tuple[Span, ...] = ()) -> Path:
    heading: Rows = (("Họ và tên", "Đơn vị công tác", "Điện thoại", "Năm sinh", "Số định danh"), *rows)
    return write_xlsx(tmp_path / "người.xlsx", heading, merged=merged)


def test_a_list_of_people_is_read_under_its_title_without_total_and_signature(empty: Workspace, book: Path) -> None:
    found = _imported(empty, "people", book)
    assert _counts(found) == (3, 0, 0, 0)
    people = {each.name: each for each in empty.all(Person)}
    assert list(people) == ["Cộng tác viên 01", "Cộng tác viên 02", "Cộng tác viên 03"]
    first = people["Cộng tác viên 01"]
    assert (first.birth_year, first.post, first.organisation) == (1998, "Chuyên viên", "UBND xã Long Hoà")
    assert [each.kind for each in found.skipped] == ["total", "closing"]


def test_a_lost_zero_is_put_back_where_the_rule_allows_and_flagged(empty: Workspace, book: Path) -> None:
    found = _imported(empty, "people", book)
    assert [each.phone for each in empty.all(Person)] == ["0976599511", "0920351920", ""]
    assert "đã thêm số 0 ở đầu, đọc là 0976599511" in found.rows[0].readings[0]
    (other,) = empty.all(PersonContact)
    assert (other.kind, other.value) == ("other", "955117771")
    assert "955117771" in found.rows[2].readings[0]


@pytest.mark.parametrize("what", ["people", "collaborators"])
def test_the_second_import_changes_nothing(empty: Workspace, book: Path, what: str) -> None:
    _imported(empty, what, book)
    revision = empty.revision
    assert _counts(_imported(empty, what, book)) == (0, 0, 3, 0)
    assert empty.revision == revision


@pytest.mark.parametrize("what", ["people", "collaborators"])
def test_the_import_is_one_step_to_undo(empty: Workspace, book: Path, what: str) -> None:
    _imported(empty, what, book)
    assert empty.undo_label.startswith("Nhập ")
    empty.undo()
    assert not [*empty.all(Person), *empty.all(PersonContact), *empty.all(Appointment)]


def test_judging_writes_nothing(empty: Workspace, book: Path) -> None:
    revision = empty.revision
    assert _counts(_judged(empty, "collaborators", book)) == (3, 0, 0, 0)
    assert empty.revision == revision


def test_collaborators_stand_under_the_decision_the_list_names(empty: Workspace, book: Path) -> None:
    _imported(empty, "collaborators", book)
    (decision,) = empty.all(Appointment)
    assert (decision.number, str(decision.decided_on)) == ("49/QĐ-SCT", "2023-03-30")
    assert (decision.valid_from, decision.valid_to) == (None, None)
    members = empty.children(AppointmentMember, appointment_id=decision.id)
    assert [(each.level, each.area) for each in members] == [
        ("xa", "Long Hoà"),
        ("hiep_hoi", "Bàu Bàng"),
        ("huyen", "Phú Giáo"),
    ]
    assert {each.group_code for each in empty.all(Person)} == {"collaborator"}


def test_a_list_without_a_decision_is_wrong_row_by_row(empty: Workspace, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "b.xlsx", COLLABORATORS[6:9])
    found = _judged(empty, "collaborators", path)
    assert _counts(found) == (0, 0, 0, 2)
    assert "Quyết định số" in found.rows[0].reasons[0]


def test_who_is_kept_already_is_changed_and_never_doubled(empty: Workspace, tmp_path: Path) -> None:
    kept = empty.save(Person(name="Đại biểu 07", organisation="UBND xã An Long", email="a@b.vn"))
    path = _people(tmp_path, ("Đại biểu 07", "UBND xã An Long", 989966880, 1983, ""))
    found = _imported(empty, "people", path)
    assert _counts(found) == (0, 1, 0, 0)
    assert [(each.label, each.before, each.after) for each in found.rows[0].changes] == [
        ("Điện thoại", "", "0989966880"),
        ("Năm sinh", "", "1983"),
    ]
    (now,) = empty.all(Person)
    assert (now.id, now.email, now.phone) == (kept.id, "a@b.vn", "0989966880")


def test_an_empty_cell_takes_nothing_away(empty: Workspace, tmp_path: Path) -> None:
    empty.save(Person(name="Đại biểu 07", organisation="UBND xã An Long", phone="0989966880"))
    found = _imported(empty, "people", _people(tmp_path, ("Đại biểu 07", "UBND xã An Long", "", "", "")))
    assert _counts(found) == (0, 0, 1, 0)


def test_namesakes_elsewhere_are_two_people(empty: Workspace, tmp_path: Path) -> None:
    empty.save(Person(name="Đại biểu 07", organisation="UBND xã An Long"))
    path = _people(tmp_path, ("Đại biểu 07", "UBND xã Thanh An", "", "", ""))
    assert _counts(_imported(empty, "people", path)) == (1, 0, 0, 0)


def test_who_may_be_one_of_two_is_refused_not_guessed(empty: Workspace, tmp_path: Path) -> None:
    for place in ("UBND xã An Long", "UBND xã Thanh An"):
        empty.save(Person(name="Đại biểu 07", organisation=place))
    found = _judged(empty, "people", _people(tmp_path, ("Đại biểu 07", "", "0989966880", "", "")))
    assert _counts(found) == (0, 0, 0, 1)
    assert "Có 2 bản ghi cùng tên" in found.rows[0].reasons[0]


def test_a_row_typed_twice_is_kept_once(empty: Workspace, tmp_path: Path) -> None:
    row = ("Đại biểu 07", "UBND xã An Long", "0989966880", 1983, "")
    found = _imported(empty, "people", _people(tmp_path, row, row))
    assert _counts(found) == (1, 0, 1, 0)
    assert "Trùng với trang Trang 1, dòng 2" in found.rows[1].readings[-1]


def test_a_wrong_row_says_why_and_the_others_are_kept(empty: Workspace, tmp_path: Path) -> None:
    path = _people(
        tmp_path,
        ("Đại biểu 07", "UBND xã An Long", "", "mười", ""),
        ("Đại biểu 08", "UBND xã An Long", "", 1700, ""),
        ("", "UBND xã An Long", "0989966880", 1983, ""),
        ("Đại biểu 09", "UBND xã An Long", "", 1983, "12345"),
        ("Đại biểu 10", "UBND xã An Long", "", 1983, ""),
    )
    found = _imported(empty, "people", path)
    assert _counts(found) == (1, 0, 0, 4)
    reasons = [" ".join(each.reasons) for each in found.rows]
    assert "mười" in reasons[0]
    assert "Năm sinh phải từ" in reasons[1]
    assert "Chưa có Họ và tên" in reasons[2]
    assert "5 chữ số" in reasons[3]
    assert [each.name for each in empty.all(Person)] == ["Đại biểu 10"]


def test_wrong_rows_come_back_with_their_errors_and_only_they_are_imported_again(
    empty: Workspace, tmp_path: Path
) -> None:
    rows = [list(each) for each in COLLABORATORS]
    rows[8][2] = "mười"
    found = _imported(empty, "collaborators", write_xlsx(tmp_path / "b.xlsx", rows, name="DS CTV"))
    assert _counts(found) == (2, 0, 0, 1)
    (tmp_path / "lỗi.xlsx").write_bytes(importing.wrong_rows(found))
    (sheet,) = read_workbook(tmp_path / "lỗi.xlsx").sheets
    assert sheet.name == "DS CTV"
    assert sheet.rows[6][-1] == "Lỗi"
    assert [row[1] for row in sheet.rows[7:]] == ["Cộng tác viên 02"]
    assert "mười" in str(sheet.rows[7][-1])
    mended = [list(each) for each in sheet.rows]
    mended[7][2] = 1993
    again = _imported(empty, "collaborators", write_xlsx(tmp_path / "sửa.xlsx", mended, name="DS CTV"))
    assert _counts(again) == (1, 0, 0, 0)
    assert len(empty.all(AppointmentMember)) == 3
    assert len(empty.all(Appointment)) == 1


def test_a_workbook_without_such_a_table_is_refused(empty: Workspace, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "b.xlsx", (("Tháng", "Điện năng"), (1, 20)))
    with pytest.raises(KnownError, match="Không thấy bảng danh bạ"):
        _judged(empty, "people", path)


def test_stopping_leaves_nothing_behind(empty: Workspace, book: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise StoppedError

    found = _judged(empty, "collaborators", book)
    with pytest.raises(StoppedError):
        importing.write(found, progress=stop)
    assert empty.all(Person) == ()


@pytest.mark.parametrize(
    "hostile",
    ['=HYPERLINK("http://x")', "=1+1", "+1", "@SUM(A1)", "<b>đậm</b>", "'; DROP TABLE person; --", "{{7*7}}", "%s%n"],
)
def test_hostile_cells_land_as_the_text_they_are(empty: Workspace, tmp_path: Path, hostile: str) -> None:
    path = _people(tmp_path, ("Đại biểu 07", hostile, "", "", ""))
    assert _counts(_imported(empty, "people", path)) == (1, 0, 0, 0)
    assert [each.organisation for each in empty.all(Person)] == [hostile]


def test_control_characters_are_dropped_and_what_is_too_long_is_refused_by_name(
    empty: Workspace, tmp_path: Path
) -> None:
    path = _people(
        tmp_path,
        ("Đại biểu\x01\u202e 07\u200b", "x\u2028y", "", "", ""),
        ("Đại biểu 08", "x" * 32_767, "", "", ""),
    )
    found = _imported(empty, "people", path)
    assert _counts(found) == (1, 0, 0, 1)
    assert "Đơn vị công tác dài quá 500 chữ" in found.rows[1].reasons[0]
    assert [(each.name, each.organisation) for each in empty.all(Person)] == [("Đại biểu 07", "x y")]


# --- establishments, projects, the ledger -----------------------------------------------------------------------------


def _projects(tmp_path: Path, rows: Rows = PROJECTS) -> Path:
    return write_xlsx(tmp_path / "đề án.xlsx", rows, merged=PROJECTS_MERGED, name="KH 2022")


def test_projects_under_two_levels_of_headings_with_groups_units_and_dates(empty: Workspace, tmp_path: Path) -> None:
    found = _imported(empty, "projects", _projects(tmp_path))
    assert _counts(found) == (3, 0, 0, 0)
    projects = empty.all(Project)
    assert [(each.name, each.year, each.source, each.content) for each in projects] == [
        ("Hỗ trợ máy cắt laser", 2022, "KCDP", "3"),
        ("Hỗ trợ máy sấy gỗ", 2022, "KCDP", "3"),
        ("Hỗ trợ máy sấy gỗ", 2022, "KCDP", "4"),
    ]
    assert [(each.approved_vnd, each.own_vnd, each.requested_vnd) for each in projects] == [
        (100_000_000, 225_000_000, None),
        (187_500_000, 281_250_000, None),
        (300_000_000, 450_000_000, None),
    ]
    assert [str(each.approved_on) for each in projects] == ["2022-09-30", "2022-03-13", "2022-06-18"]
    assert {each.state for each in projects} == {"approved"}
    assert [each.text for each in found.skipped if each.kind == "group"] == [
        "I. Mô hình trình diễn, ứng dụng máy móc tiên tiến",
        "II. Phát triển sản phẩm công nghiệp nông thôn tiêu biểu",
    ]


def test_beneficiaries_become_establishments_with_their_share(empty: Workspace, tmp_path: Path) -> None:
    found = _imported(empty, "projects", _projects(tmp_path))
    establishments = empty.all(Establishment)
    assert [(each.name, each.tax_code) for each in establishments] == [
        ("Cơ sở 01", "4279728306"),
        ("Cơ sở 02", "9625992442"),
        ("Cơ sở 03", "0970307580"),
    ]
    assert "đã thêm số 0 ở đầu, đọc là 0970307580" in found.rows[2].readings[0]
    shares = empty.all(ProjectBeneficiary)
    assert [each.support_vnd for each in shares] == [100_000_000, 187_500_000, 300_000_000]


def test_projects_imported_again_change_nothing(empty: Workspace, tmp_path: Path) -> None:
    _imported(empty, "projects", _projects(tmp_path))
    revision = empty.revision
    assert _counts(_imported(empty, "projects", _projects(tmp_path))) == (0, 0, 3, 0)
    assert empty.revision == revision


def test_a_total_rounded_to_its_unit_is_told_and_a_wrong_one_refused(empty: Workspace, tmp_path: Path) -> None:
    rows = [list(each) for each in PROJECTS]
    rows[7][4] = "468,8"
    rows[9][4] = "800,0"
    found = _judged(empty, "projects", _projects(tmp_path, rows))
    assert _counts(found) == (2, 0, 0, 1)
    assert "đã làm tròn trong bảng" in " ".join(found.rows[1].readings)
    assert "ghi 800.000.000 đồng, các phần cộng lại 750.000.000 đồng" in found.rows[2].reasons[0]


def test_amounts_of_an_english_sheet_and_in_dong(empty: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Tên đề án", "Năm", "Kinh phí hỗ trợ (đồng)"),
        ("Đề án 01", 2023, "150,000,000"),
        ("Đề án 02", 2023, "1,250,000,000.00"),
    )
    _imported(empty, "projects", write_xlsx(tmp_path / "b.xlsx", rows))
    assert [each.requested_vnd for each in empty.all(Project)] == [150_000_000, 1_250_000_000]


def test_wrong_rows_of_projects_come_back_with_headings_unit_and_group(empty: Workspace, tmp_path: Path) -> None:
    rows = [list(each) for each in PROJECTS]
    rows[9][4] = "800,0"
    found = _imported(empty, "projects", _projects(tmp_path, rows))
    (tmp_path / "lỗi.xlsx").write_bytes(importing.wrong_rows(found))
    (sheet,) = read_workbook(tmp_path / "lỗi.xlsx").sheets
    assert [row[0] for row in sheet.rows[5:]] == ["II. Phát triển sản phẩm công nghiệp nông thôn tiêu biểu", 1]
    mended = [list(each) for each in sheet.rows]
    mended[6][4] = 750
    again = _imported(empty, "projects", write_xlsx(tmp_path / "sửa.xlsx", mended, merged=[(3, 4, 3, 6)]))
    assert _counts(again) == (1, 0, 0, 0)
    assert [(each.content, each.approved_vnd) for each in empty.all(Project)][-1] == ("4", 300_000_000)


def test_establishments_with_who_represents_them(empty: Workspace, tmp_path: Path) -> None:
    rows = (
        ("STT", "Tên cơ sở", "Loại hình", "Mã số thuế", "Người đại diện", "Số lao động", "Vốn (triệu đồng)"),
        (1, "Cơ sở 01", "Hộ kinh doanh", "4279728306", "Đại biểu 07", 12, "1.250,5"),
        (2, "Cơ sở 02", "Hợp tác xã", "4279728307", "", "", ""),
    )
    path = write_xlsx(tmp_path / "b.xlsx", rows)
    found = _imported(empty, "establishments", path)
    assert _counts(found) == (1, 0, 0, 1)
    assert "số kiểm tra" in found.rows[1].reasons[0]
    (kept,) = empty.all(Establishment)
    assert (kept.kind, kept.workers, kept.capital_vnd) == ("ho_kinh_doanh", 12, 1_250_500_000)
    (person,) = empty.all(Person)
    assert (person.id, person.group_code) == (kept.representative_id, "establishment")
    assert _counts(_imported(empty, "establishments", path)) == (0, 0, 1, 1)


def test_entries_of_the_ledger_are_added_once_and_never_changed(empty: Workspace, tmp_path: Path) -> None:
    plan = empty.save(AnnualPlan(year=2023))
    rows = (
        ("Ngày", "Loại", "Số tiền", "Số chứng từ", "Đơn vị nhận"),
        (45029, "Giao vốn", 900_000_000, "QĐ 01", ""),
        ("20/4/2023", "Tạm ứng", "50.000.000", "UNC 02", "Cơ sở 01"),
        ("20/4/2021", "Tạm ứng", "50.000.000", "UNC 03", "Cơ sở 01"),
        ("20/4/2023", "", "50.000.000", "UNC 04", "Cơ sở 01"),
    )
    path = write_xlsx(tmp_path / "b.xlsx", rows)
    found = _imported(empty, "fund-entries", path)
    assert _counts(found) == (2, 0, 0, 2)
    assert "Chưa có kế hoạch năm 2021" in found.rows[2].reasons[0]
    assert "Chưa có Loại bút toán" in found.rows[3].reasons[0]
    entries = empty.all(FundEntry)
    assert [(each.kind, each.amount_vnd, str(each.happened_on), each.plan_id) for each in entries] == [
        ("allocation", 900_000_000, "2023-04-13", plan.id),
        ("advance", 50_000_000, "2023-04-20", plan.id),
    ]
    assert _counts(_imported(empty, "fund-entries", path)) == (0, 0, 2, 2)
    empty.undo()
    assert empty.all(FundEntry) == ()


def test_entries_over_the_years_money_are_refused_row_by_row(empty: Workspace, tmp_path: Path) -> None:
    plan = empty.save(AnnualPlan(year=2023))
    empty.save(FundEntry(happened_on=date(2023, 1, 5), kind="allocation", plan_id=plan.id, amount_vnd=100_000_000))
    rows = (
        ("Ngày", "Loại", "Số tiền", "Số chứng từ"),
        ("20/4/2023", "Thanh toán", 60_000_000, "UNC 01"),
        ("21/4/2023", "Thanh toán", 50_000_000, "UNC 02"),
        ("22/4/2023", "Thanh toán", 40_000_000, "UNC 03"),
        ("23/4/2023", "Thanh toán", 1_000_000, "UNC 04"),
    )
    found = _imported(empty, "fund-entries", write_xlsx(tmp_path / "b.xlsx", rows))
    assert [each.verdict for each in found.rows] == ["new", "wrong", "new", "wrong"]
    assert "100.000.000" in found.rows[1].reasons[0]
    assert [each.document for each in empty.all(FundEntry)[1:]] == ["UNC 01", "UNC 03"]


class _StoppedError(Exception):
    """Whoever waits has had enough."""


def test_the_rehearsal_of_entries_tells_how_far_it_is_and_stops_at_any_word_without_a_trace(
    empty: Workspace, tmp_path: Path
) -> None:
    plan = empty.save(AnnualPlan(year=2023))
    empty.save(FundEntry(happened_on=date(2023, 1, 5), kind="allocation", plan_id=plan.id, amount_vnd=100_000_000))
    entries = [("20/4/2023", "Thanh toán", 1_000_000, f"UNC {at:03}") for at in range(120)]
    book = read_workbook(write_xlsx(tmp_path / "b.xlsx", (("Ngày", "Loại", "Số tiền", "Số chứng từ"), *entries)))
    told: list[tuple[int, int]] = []
    found = importing.judge(empty, "fund-entries", book, progress=lambda *each: told.append(each))
    assert found.counts == {"new": 100, "changed": 0, "same": 0, "wrong": 20}
    assert told == sorted(told)
    assert {total for _, total in told} == {4000}
    assert sum(2000 <= done < 3000 for done, _ in told) >= 3
    for last in range(len(told)):
        left = iter(range(last))

        def stop(_done: int, _total: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise _StoppedError

        with pytest.raises(_StoppedError):
            importing.judge(empty, "fund-entries", book, progress=stop)
        assert len(empty.all(FundEntry)) == 1
    assert "Thử" not in empty.undo_label


def test_what_a_list_masks_is_read_as_nothing_said(empty: Workspace, tmp_path: Path) -> None:
    kept = empty.save(Person(name="Cộng tác viên 01", organisation="UBND xã 01", citizen_id="079098000134"))
    path = _people(tmp_path, ("Cộng tác viên 01", "UBND xã 01", "", 1998, "0790••••••34"))
    found = _imported(empty, "people", path)
    assert _counts(found) == (0, 1, 0, 0)
    assert "đang che" in found.rows[0].readings[0]
    assert empty.get(Person, kept.id).citizen_id == "079098000134"


def test_approvals_over_the_years_money_are_kept_as_asked_for_until_it_is_there(
    empty: Workspace, tmp_path: Path
) -> None:
    plan = empty.save(AnnualPlan(year=2022))
    empty.save(FundEntry(happened_on=date(2022, 1, 5), kind="allocation", plan_id=plan.id, amount_vnd=200_000_000))
    path = _projects(tmp_path)
    found = _imported(empty, "projects", path)
    assert _counts(found) == (3, 0, 0, 0)
    assert "Hỗ trợ đề nghị, chưa ghi là được duyệt" in found.rows[0].readings[-1]
    assert [(each.requested_vnd, each.approved_vnd, each.state) for each in empty.all(Project)] == [
        (100_000_000, None, "draft"),
        (187_500_000, None, "draft"),
        (300_000_000, None, "draft"),
    ]
    assert _counts(_imported(empty, "projects", path)) == (0, 0, 3, 0)
    empty.save(FundEntry(happened_on=date(2022, 2, 5), kind="supplement", plan_id=plan.id, amount_vnd=900_000_000))
    assert _counts(_imported(empty, "projects", path)) == (0, 3, 0, 0)
    assert {each.state for each in empty.all(Project)} == {"approved"}
    assert _counts(_imported(empty, "projects", path)) == (0, 0, 3, 0)
