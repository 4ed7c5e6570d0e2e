"""A workspace: records kept, refused, undone, found, and told in words."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.meeting import Attendee, Conclusion, Meeting
from kc_desktop.domain.office import Office, Signer
from kc_desktop.domain.people import AppointmentMember, Person
from kc_desktop.domain.programme import AnnualPlan, Target
from kc_desktop.domain.project import EstimateLine, Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import lists, record_history
from kc_desktop.services.workspace import Workspace


def test_what_is_typed_is_kept_clean_and_composed(empty: Workspace) -> None:
    typed = unicodedata.normalize("NFD", "  Hồ   Trần Hồng\u200b Ân \n")
    saved = empty.save(
        Person(name=typed, phone="+84 912 345 678", note=unicodedata.normalize("NFD", "Dòng một\nDòng hai"))
    )
    assert saved.name == "Hồ Trần Hồng Ân"
    assert saved.phone == "0912345678"
    assert empty.get(Person, saved.id).note == "Dòng một\nDòng hai"


REFUSED: list[tuple[Any, str]] = [
    (Person(name="   "), "name"),
    (Person(name="Đại biểu 01", phone="12"), "phone"),
    (Person(name="Đại biểu 01", email="không phải"), "email"),
    (Person(name="Đại biểu 01", citizen_id="123"), "citizen_id"),
    (Person(name="x" * 501), "name"),
    (Person(name="Đại biểu 01", group_code="khác"), "group_code"),
    (Establishment(name="Cơ sở 01", tax_code="0123456789"), "tax_code"),
    (Meeting(title="Họp"), "held_on"),
    (Meeting(title="Họp", held_on=date(1066, 1, 1)), "held_on"),
    (Meeting(title="Họp", held_on=date(2023, 1, 1), starts_at="25:00"), "starts_at"),
    (Meeting(title="Họp", held_on=date(2023, 1, 1), starts_at="9:00", ends_at="8:00"), "ends_at"),
    (Meeting(title="Họp", held_on=date(2023, 1, 2), ended_on=date(2023, 1, 1)), "ended_on"),
    (Project(name="Đề án", year=23), "year"),
    (Project(name="Đề án", year=2023, starts_on=date(2023, 2, 1), ends_on=date(2023, 1, 1)), "ends_on"),
    (Project(name="Đề án", year=2023, own_vnd=-1), "own_vnd"),
    (Project(name="Đề án", year=2023, own_vnd=10**15 + 1), "own_vnd"),
    (Target(programme_id=1, name="Chỉ tiêu", planned_from=2, planned_to=1), "planned_to"),
    (EstimateLine(project_id=1, content="Máy", total_vnd=3, support_vnd=1), "total_vnd"),
    (FundEntry(happened_on=date(2023, 1, 1), plan_id=1, amount_vnd=0), "amount_vnd"),
    (FundEntry(happened_on=date(2023, 1, 1), plan_id=0, amount_vnd=1), "plan_id"),
    (FundEntry(happened_on=date(2023, 1, 1), plan_id=1, amount_vnd=1, kind="reversal"), "kind"),
    (Person(name="Đại biểu 01", birth_year=19), "birth_year"),
    (Establishment(name="Cơ sở 01", workers=-1), "workers"),
    (EstimateLine(project_id=1, content="Máy", quantity=Decimal("NaN")), "quantity"),
    (EstimateLine(project_id=1, content="Máy", quantity=Decimal("Infinity")), "quantity"),
    (EstimateLine(project_id=1, content="Máy", quantity=Decimal("1E+100000")), "quantity"),
    (EstimateLine(project_id=1, content="Máy", quantity=Decimal("0.0000001")), "quantity"),
    (EstimateLine(project_id=1, content="Máy", quantity=Decimal(-1)), "quantity"),
    (Meeting(title="Họp", held_on=date(2023, 1, 1), chair_id=77), "chair_id"),
]


@pytest.mark.parametrize(("record", "field"), REFUSED, ids=[f"{type(r).__name__}.{f}" for r, f in REFUSED])
def test_what_cannot_be_kept_is_refused_at_its_field_in_words(empty: Workspace, record: Any, field: str) -> None:
    with pytest.raises(FieldError) as caught:
        empty.save(record)
    assert caught.value.field == field
    assert caught.value.message[0].isupper()
    assert caught.value.message.endswith(".")
    assert caught.value.remedy[0].isupper()
    assert caught.value.remedy.endswith(".")
    assert empty.undo_label == ""


def test_the_same_person_twice_under_one_decision_is_told_at_the_field(sample: Workspace) -> None:
    member = sample.all(AppointmentMember)[0]
    revision = sample.revision
    with pytest.raises(FieldError, match="Đã có cộng tác viên khác cùng Quyết định, Cộng tác viên") as caught:
        sample.save(dataclasses.replace(member, id=0))
    assert caught.value.field == "person_id"
    assert sample.revision == revision


def test_a_part_of_what_is_gone_is_told_with_the_way_to_find_it(empty: Workspace) -> None:
    with pytest.raises(KnownError, match="cuộc họp của nó không còn trong tệp") as caught:
        empty.save(Conclusion(meeting_id=77, body="Giữ nguyên tiến độ"))
    assert not isinstance(caught.value, FieldError)
    assert "Thùng rác" in caught.value.remedy


def _fail_at_the_very_end(workspace: Workspace) -> None:
    with workspace.change("Nhập"):
        with workspace.reading() as connection:
            connection.execute("PRAGMA defer_foreign_keys = ON")
        workspace.save(Meeting(title="Họp", held_on=date(2023, 1, 1), chair_id=77))


def test_a_save_that_fails_says_of_no_table_that_it_was_touched(empty: Workspace) -> None:
    empty.save(Person(name="Đại biểu 01"))
    with pytest.raises(KnownError, match="chưa hợp lệ"):
        _fail_at_the_very_end(empty)
    assert empty.last_touched == {"person"}
    assert empty.all(Meeting) == ()


@pytest.mark.parametrize("odd", ["a\0b", "a\ud800b", "\u202ea", "😀" * 300, "x" * 1_000_000])
def test_text_of_any_kind_is_saved_found_told_and_undone(empty: Workspace, odd: str) -> None:
    meeting = empty.save(Meeting(title="Họp", held_on=date(2023, 1, 1), note=odd), f"Ghi {odd}")
    empty.set_setting("thử", odd, f"Đặt {odd}")
    lists.page(empty, "meetings", lists.ListRequest(search=odd))
    empty.suggest("person", odd)
    assert record_history.life(empty, "meeting", meeting.id)
    before = empty.get(Meeting, meeting.id)
    empty.delete(Meeting, meeting.id)
    empty.undo()
    assert empty.get(Meeting, meeting.id) == before


def test_each_step_is_named_and_undone_by_name(empty: Workspace) -> None:
    meeting = empty.save(Meeting(title="Họp giao ban", held_on=date(2023, 4, 13)))
    assert empty.undo_label == "Thêm cuộc họp 13/4/2023"
    empty.save(dataclasses.replace(meeting, place="Hội trường"))
    assert empty.undo_label == "Sửa cuộc họp 13/4/2023"
    empty.delete(Meeting, meeting.id)
    assert empty.undo_label == "Xóa cuộc họp 13/4/2023"
    assert empty.undo() == frozenset({"meeting"})
    assert empty.redo_label == "Xóa cuộc họp 13/4/2023"
    assert empty.get(Meeting, meeting.id).place == "Hội trường"
    empty.undo()
    empty.undo()
    assert empty.undo_label == ""
    with pytest.raises(KnownError):
        empty.undo()
    assert [empty.redo() for _ in range(3)][-1] == frozenset({"meeting"})
    with pytest.raises(KnownError):
        empty.redo()
    with pytest.raises(KnownError, match="Không còn cuộc họp"):
        empty.get(Meeting, meeting.id)


def test_several_saves_in_one_change_are_one_step(empty: Workspace) -> None:
    with empty.change("Nhập hai người"):
        empty.save(Person(name="Đại biểu 01"))
        empty.save(Person(name="Đại biểu 02"))
    assert empty.last_touched == {"person"}
    assert empty.undo_label == "Nhập hai người"
    empty.undo()
    assert empty.all(Person) == ()


def test_a_person_somebody_needs_is_not_deleted_and_the_message_says_where(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 01"))
    meeting = empty.save(Meeting(title="Họp", held_on=date(2023, 4, 13), chair_id=person.id))
    empty.save(Attendee(meeting_id=meeting.id, person_id=person.id))
    with pytest.raises(KnownError, match="1 người dự") as caught:
        empty.delete(Person, person.id)
    assert "1 cuộc họp" in caught.value.message
    empty.delete(Meeting, meeting.id)
    empty.delete(Person, person.id)
    assert {each.title for each in record_history.deleted(empty)} == {"13/4/2023", "Đại biểu 01"}


def test_who_signs_the_papers_is_not_deleted_unnoticed(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 01"))
    signer = empty.save(Signer(person_id=person.id, post="Giám đốc"))
    with pytest.raises(KnownError, match="1 người ký"):
        empty.delete(Person, person.id)
    assert empty.get(Signer, signer.id) == signer


def test_a_form_left_open_on_a_record_that_was_deleted_says_so_and_makes_no_second_one(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 01"))
    empty.delete(Person, person.id)
    with pytest.raises(KnownError, match="đã bị xóa trong lúc đang sửa"):
        empty.save(dataclasses.replace(person, post="Chủ tịch"))
    assert empty.all(Person) == ()


def test_restoring_from_the_bin_is_a_step_of_its_own(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 01"))
    empty.delete(Person, person.id)
    (item,) = record_history.deleted(empty)
    record_history.restore(empty, item)
    assert empty.get(Person, person.id) == person
    assert empty.undo_label == "Khôi phục người Đại biểu 01"
    assert record_history.deleted(empty) == ()


def test_a_records_history_is_told_in_words_and_hides_what_is_protected(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 01"))
    empty.save(dataclasses.replace(person, group_code="staff", citizen_id="079090123456"))
    newest = record_history.life(empty, "person", person.id)[0]
    assert ("Nhóm", "Khách, đơn vị khác", "Cán bộ Trung tâm") in newest.fields
    assert ("Số định danh", "", "••••••") in newest.fields
    assert newest.label == "Sửa người Đại biểu 01"


def test_another_value_of_a_protected_field_is_a_change_that_the_history_tells(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 01", citizen_id="079090123456"))
    empty.save(dataclasses.replace(person, citizen_id="079090123457"))
    newest, first = record_history.life(empty, "person", person.id)
    assert newest.fields == (("Số định danh", "••••••", "••••••"),)
    assert ("Số định danh", "", "••••••") in first.fields
    assert "Ghi chú" not in [label for label, _, _ in first.fields]


def test_what_is_protected_is_found_by_no_search_and_stands_in_no_representation(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 01", citizen_id="079090123456", bank_account="0071000123456"))
    for secret in ("079090123456", "0071000123456"):
        assert secret not in repr(person)
        assert lists.count(empty, "people", lists.ListRequest(search=secret)) == 0
        assert empty.suggest("person", secret) == ()
    assert "Đại biểu 01" in repr(person)


def test_a_plan_stands_once_for_a_year_and_source(empty: Workspace) -> None:
    plan = empty.save(AnnualPlan(year=2023))
    with pytest.raises(FieldError, match="Đã có kế hoạch năm 2023"):
        empty.save(AnnualPlan(year=2023))
    empty.save(dataclasses.replace(plan, decision="01/QĐ"))
    empty.save(AnnualPlan(year=2023, source="KCQG"))


def test_people_are_suggested_by_a_few_letters(sample: Workspace) -> None:
    assert [label.split(" – ")[0] for _, label in sample.suggest("person", "hong an")] == ["Hồ Trần Hồng Ân"]
    assert sample.suggest("person", "hồ trân") == ()
    assert len(sample.suggest("person", "cong tac vien", limit=5)) == 5
    assert sample.suggest("programme", "tieu bieu")[0][1].startswith("Chương trình phát triển sản phẩm")
    assert sample.suggest("annual_plan", "")[0][1].startswith("202")
    assert sample.suggest("meeting", "tong ket")[0][1].startswith("13/4/2023")


def test_a_second_window_reads_and_says_why_it_cannot_write(sample: Workspace) -> None:
    second = Workspace.open(sample.path)
    assert second.is_read_only
    assert "đóng ở đó rồi mở lại" in second.read_only_reason
    with pytest.raises(KnownError, match="chỉ để đọc"):
        second.save(Person(name="Đại biểu 01"))
    assert second.office.abbreviation == "TTXT"
    second.close()


def test_a_worker_reads_beside_the_window(sample: Workspace) -> None:
    beside = sample.second()
    sample.save(Person(name="Đại biểu 77"))
    assert [each.name for each in beside.all(Person) if each.name == "Đại biểu 77"] == ["Đại biểu 77"]
    with pytest.raises(KnownError):
        beside.save(Person(name="Đại biểu 78"))
    beside.close()


def test_a_new_file_may_begin_with_its_office_and_no_undo_takes_that_away(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "mới.kcdb", Office(name="Trung tâm Khuyến công"))
    assert made.office.name == "Trung tâm Khuyến công"
    assert made.undo_label == ""
    made.save(Person(name="Đại biểu 01"))
    made.undo()
    assert (made.undo_label, made.redo_label) == ("", "Thêm người Đại biểu 01")
    with pytest.raises(KnownError):
        made.undo()
    made.close()


def test_the_sample_is_not_undone_away(sample: Workspace) -> None:
    assert sample.undo_label == ""
    assert sample.office.abbreviation == "TTXT"
