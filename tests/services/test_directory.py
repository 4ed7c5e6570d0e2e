"""The directory: several phones, posts over time, and what is protected nowhere whole."""

from __future__ import annotations

import dataclasses
import logging
from datetime import date, datetime, timedelta

import pytest

from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.directory import Disclosure, PersonContact, PersonPost
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.meeting import Attendee, Meeting
from kc_desktop.domain.network import Remuneration, RemunerationList
from kc_desktop.domain.people import Person
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import directory, disclosure, lists, papers, record_history
from kc_desktop.services.workspace import Workspace
from tests.end2end.program import kc

_ID, _ACCOUNT = "079085001234", "0123456789012"


def _found(workspace: Workspace, typed: str) -> list[str]:
    return [str(row.cells[0]) for row in lists.page(workspace, "people", lists.ListRequest(search=typed))]


@pytest.fixture
def person(empty: Workspace) -> Person:
    return empty.save(Person(name="Cộng tác viên 07", phone="0903123456", citizen_id=_ID, bank_account=_ACCOUNT))


# --- phones ---


def test_a_person_is_found_by_any_of_their_phones(empty: Workspace, person: Person) -> None:
    more = empty.save(PersonContact(person_id=person.id, value="0274 3814 163"))
    assert more.value == "02743814163"
    for typed in ("0903", "027438", "02743814163", "cong tac 0274"):
        assert _found(empty, typed) == ["Cộng tác viên 07"]
    assert [number for number, _title in empty.suggest("person", "0274381", 5)] == [person.id]
    empty.save(dataclasses.replace(person, post="Trưởng ban"))
    assert _found(empty, "0274") == ["Cộng tác viên 07"]


def test_a_phone_that_is_gone_finds_nobody_until_it_is_back(empty: Workspace, person: Person) -> None:
    more = empty.save(PersonContact(person_id=person.id, value="02743814163"))
    empty.save(dataclasses.replace(more, value="02743814999"))
    assert _found(empty, "02743814163") == []
    assert _found(empty, "02743814999") == ["Cộng tác viên 07"]
    empty.delete(PersonContact, more.id)
    assert _found(empty, "02743814999") == []
    (gone,) = [each for each in record_history.deleted(empty) if each.table == "person_contact"]
    record_history.restore(empty, gone)
    assert _found(empty, "02743814999") == ["Cộng tác viên 07"]
    empty.undo()
    assert _found(empty, "02743814999") == []


def test_a_further_phone_or_address_is_checked_as_the_first_is(empty: Workspace, person: Person) -> None:
    for kind, value in (("phone", "12345"), ("email", "không rõ")):
        with pytest.raises(FieldError) as told:
            empty.save(PersonContact(person_id=person.id, kind=kind, value=value))
        assert told.value.field == "value"
    assert empty.save(PersonContact(person_id=person.id, kind="other", value="Zalo: 07")).value == "Zalo: 07"


# --- posts ---


@pytest.mark.parametrize(
    ("day", "post"),
    [
        (date(2022, 12, 31), "Chuyên viên"),
        (date(2023, 4, 13), "Phó phòng"),
        (date(2024, 1, 1), "Trưởng phòng"),
        (date(2020, 1, 1), "Giám đốc"),
        (None, "Giám đốc"),
    ],
)
def test_the_post_of_a_day_is_the_one_held_then(empty: Workspace, day: date | None, post: str) -> None:
    person = empty.save(Person(name="Đại biểu 07", post="Giám đốc", organisation="Đơn vị 04"))
    for number, (name, first, last) in enumerate(
        (
            ("Chuyên viên", date(2021, 1, 1), date(2022, 12, 31)),
            ("Phó phòng", date(2023, 1, 1), date(2023, 12, 31)),
            ("Trưởng phòng", date(2024, 1, 1), None),
        ),
        start=1,
    ):
        empty.save(
            PersonPost(
                person_id=person.id, post=name, organisation=f"Đơn vị {number:02d}", valid_from=first, valid_to=last
            )
        )
    found = directory.as_of(empty, {person.id: person}, day)[person.id]
    assert found.post == post
    assert (found.organisation == "Đơn vị 04") is (post == "Giám đốc")


def test_a_paper_of_2023_printed_today_bears_the_post_of_2023(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 07", post="Giám đốc", organisation="Sở 02"))
    empty.save(
        PersonPost(
            person_id=person.id,
            post="Phó phòng",
            organisation="Sở 01",
            valid_from=date(2022, 1, 1),
            valid_to=date(2024, 6, 30),
        )
    )
    meeting = empty.save(Meeting(title="Họp 01", held_on=date(2023, 4, 13), chair_id=person.id))
    empty.save(Attendee(meeting_id=meeting.id, person_id=person.id, state="present"))
    pdf = _words(empty, meeting.id)
    assert "Phó phòng, Sở 01" in pdf
    assert "Giám đốc, Sở 02" not in pdf
    later = empty.save(dataclasses.replace(meeting, held_on=date(2025, 4, 13)))
    assert "Giám đốc, Sở 02" in _words(empty, later.id)


def _words(workspace: Workspace, meeting_id: int) -> str:
    return " ".join(plain_text(papers.build(workspace, "meeting-minutes", meeting_id)).split())


# --- what is protected ---


def test_protected_data_stands_whole_nowhere_but_in_its_record(
    empty: Workspace, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    empty.save(dataclasses.replace(person, citizen_id="079085005678", bank_account="9999456789012"))
    told = [str(lists.page(empty, "people", lists.ListRequest()))]
    told += [str(empty.suggest("person", "cong tac", 5)), str(empty.suggest("person", _ID, 5))]
    told.append(str(record_history.life(empty, "person", person.id)))
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("kc_desktop").error("kept %r", empty.get(Person, person.id))
    told.append(caplog.text)
    told += [kc("list", "people", "--data", empty.path, *more).out for more in ([], ["--json"])]
    for each in told:
        for secret in (_ID, _ACCOUNT, "079085005678", "9999456789012"):
            assert secret not in each
    assert "Cộng tác viên 07" in told[-1]


def test_a_households_tax_code_that_is_a_citizen_id_is_masked_in_the_list_and_the_history(empty: Workspace) -> None:
    home = empty.save(Establishment(name="Cơ sở 03", kind="ho_kinh_doanh", tax_code=_ID))
    firm = empty.save(Establishment(name="Cơ sở 04", tax_code="0100109106"))
    rows = lists.page(empty, "establishments", lists.ListRequest())
    assert [each.cells[2] for each in rows] == ["0790••••••34", "0100109106"]
    for typed in (_ID, _ID[:4], f"co so 03 {_ID[:7]}"):
        assert lists.page(empty, "establishments", lists.ListRequest(search=typed)) == (), typed
    assert [each.id for each in lists.page(empty, "establishments", lists.ListRequest(search="0100"))] == [firm.id]
    assert _ID not in str(record_history.life(empty, "establishment", home.id))
    assert "0100109106" in str(record_history.life(empty, "establishment", firm.id))


def test_the_order_of_a_list_tells_nothing_of_a_households_tax_code_but_what_is_shown(empty: Workspace) -> None:
    for number, code in enumerate(("079085001234", "079085009934", "079085000034"), start=1):
        empty.save(Establishment(name=f"Cơ sở {number:02d}", kind="ho_kinh_doanh", tax_code=code))
    rows = lists.page(empty, "establishments", lists.ListRequest(sort="tax_code"))
    assert [each.cells[0] for each in rows] == ["Cơ sở 01", "Cơ sở 02", "Cơ sở 03"]


def test_showing_one_needs_a_purpose_and_is_recorded_for_good(empty: Workspace, person: Person) -> None:
    with pytest.raises(FieldError, match="mục đích"):
        disclosure.show(empty, person.id, "citizen_id", " ")
    assert empty.all(Disclosure) == ()
    now = datetime(2026, 11, 23, 9, 30)
    assert disclosure.show(empty, person.id, "citizen_id", "Đối chiếu hồ sơ", at=now) == _ID
    (kept,) = empty.all(Disclosure)
    assert (kept.field, kept.shown_at, kept.reason) == ("Số định danh", now, "Đối chiếu hồ sơ")
    assert not empty.undo_label.startswith("Xem")
    for act in (
        lambda: empty.save(dataclasses.replace(kept, reason="Khác")),
        lambda: empty.delete(Disclosure, kept.id),
    ):
        with pytest.raises(KnownError, match="Nhật ký"):
            act()
    (row,) = lists.page(empty, "disclosures", lists.ListRequest(search="doi chieu"))
    assert row.cells[1:4] == ("Cộng tác viên 07", "Số định danh", "Đối chiếu hồ sơ")


def test_a_file_open_for_reading_shows_nothing_for_nothing_can_be_recorded(empty: Workspace, person: Person) -> None:
    reader = empty.second()
    with pytest.raises(KnownError, match="chỉ để đọc"):
        disclosure.show(reader, person.id, "citizen_id", "Đối chiếu hồ sơ")
    reader.close()


def test_leave_to_print_accounts_ends_after_a_while_and_is_of_one_list(empty: Workspace, person: Person) -> None:
    first, second = (
        empty.save(RemunerationList(name=f"Bảng {each:02d}", first_month="2024-05", last_month="2024-05"))
        for each in (1, 2)
    )
    for each in (first, second):
        empty.save(Remuneration(list_id=each.id, person_id=person.id, period="2024-05", amount_vnd=1))
    now = datetime(2026, 11, 23, 9, 30)
    assert disclosure.grant_accounts(empty, first.id, "Lập chứng từ", at=now) == 1
    assert disclosure.granted_accounts(empty, first.id, at=now + timedelta(minutes=14)) == {person.id}
    assert disclosure.granted_accounts(empty, first.id, at=now + timedelta(minutes=16)) == frozenset()
    assert disclosure.granted_accounts(empty, second.id, at=now) == frozenset()


def test_a_list_without_accounts_says_where_to_write_them(empty: Workspace) -> None:
    listed = empty.save(RemunerationList(name="Bảng 01", first_month="2024-05", last_month="2024-05"))
    with pytest.raises(KnownError) as told:
        disclosure.grant_accounts(empty, listed.id, "Lập chứng từ")
    assert "Danh bạ" in told.value.remedy
