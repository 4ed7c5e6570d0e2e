"""Two records that are the same one: found by what they share, merged with every link kept, taken apart by an undo."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kc_desktop.domain.collaborator import CollaboratorReport, Lead
from kc_desktop.domain.council import Ballot, MeetingParty, VoteItem
from kc_desktop.domain.directory import Disclosure, PersonContact, PersonPost
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Kind, describe, described_tables
from kc_desktop.domain.meeting import Attendee, Meeting
from kc_desktop.domain.network import Evaluation, Remuneration, RemunerationList
from kc_desktop.domain.paper import Attachment
from kc_desktop.domain.people import AdminUnit, Appointment, AppointmentMember, MemberArea, Person
from kc_desktop.domain.project import Project, ProjectBeneficiary
from kc_desktop.errors import KnownError
from kc_desktop.services import merging
from kc_desktop.services.workspace import Workspace


def _establishments(empty: Workspace) -> tuple[Establishment, Establishment]:
    first = empty.save(Establishment(name="Cơ sở 01", tax_code="0100109106", address="Xã Dầu Tiếng"))
    second = empty.save(Establishment(name="co so 01", phone="0903123456", address="xa dau tieng", trade="Mộc"))
    return first, second


def test_the_same_tax_code_or_the_same_name_at_one_place_is_found(empty: Workspace) -> None:
    first, second = _establishments(empty)
    third = empty.save(Establishment(name="Cơ sở 02", tax_code="0100109106"))
    found = merging.alike(empty, Establishment)
    assert [(set(each.ids), each.reason) for each in found] == [
        ({first.id, third.id}, "cùng mã số thuế"),
        ({first.id, second.id}, "cùng tên và địa điểm"),
    ]


def test_two_people_of_one_name_at_different_places_are_two_people(empty: Workspace) -> None:
    for organisation in ("Xã 01", "Xã 02"):
        empty.save(Person(name="Đại biểu 07", organisation=organisation))
    assert merging.alike(empty, Person) == ()


def test_after_a_save_what_may_be_the_same_is_told_at_once(empty: Workspace) -> None:
    first, second = _establishments(empty)
    (told,) = merging.alike_to(empty, second)
    assert (told.ids, told.reason) == ((first.id,), "cùng tên và địa điểm")
    here = empty.save(Person(name="Đại biểu 01", citizen_id="074085001234"))
    again = empty.save(Person(name="Đại biểu một", citizen_id="074085001234"))
    assert [each.ids for each in merging.alike_to(empty, again)] == [(here.id,)]
    home = empty.save(Establishment(name="Cơ sở 03", kind="ho_kinh_doanh", tax_code="074085001234"))
    household = empty.save(Establishment(name="Hộ 03", kind="ho_kinh_doanh", tax_code="074085001234"))
    assert [each.ids for each in merging.alike_to(empty, household)] == [(home.id,)]


def test_a_merged_establishment_keeps_what_either_knew_and_every_link(empty: Workspace) -> None:
    first, second = _establishments(empty)
    project = empty.save(Project(name="Đề án 01", year=2023))
    other = empty.save(Project(name="Đề án 02", year=2023))
    for owner, given, support in ((first, project, 100), (second, project, 50), (second, other, 70)):
        empty.save(ProjectBeneficiary(project_id=given.id, establishment_id=owner.id, support_vnd=support))
    empty.save(Attachment(owner_table="establishment", owner_id=second.id, name="Giấy phép.pdf", sha256="0" * 64))
    before = empty.revision
    one = merging.merge(empty, Establishment, first.id, second.id)
    assert (one.name, one.tax_code, one.phone, one.trade) == ("Cơ sở 01", "0100109106", "0903123456", "Mộc")
    assert empty.find(Establishment, second.id) is None
    assert [each.support_vnd for each in empty.children(ProjectBeneficiary, establishment_id=first.id)] == [150, 70]
    assert [each.owner_id for each in empty.all(Attachment)] == [first.id]
    assert empty.revision == before + 1


def test_an_undo_takes_a_merger_apart_again(empty: Workspace) -> None:
    first, second = _establishments(empty)
    project = empty.save(Project(name="Đề án 01", year=2023))
    for owner in (first, second):
        empty.save(ProjectBeneficiary(project_id=project.id, establishment_id=owner.id, support_vnd=50))
    kept = empty.children(ProjectBeneficiary, project_id=project.id)
    merging.merge(empty, Establishment, first.id, second.id)
    assert empty.undo_label == "Gộp cơ sở CNNT co so 01 vào Cơ sở 01"
    empty.undo()
    assert empty.get(Establishment, first.id) == first
    assert empty.get(Establishment, second.id) == second
    assert empty.children(ProjectBeneficiary, project_id=project.id) == kept


def test_a_person_merged_from_two_keeps_every_meeting_and_appointment(empty: Workspace) -> None:
    first = empty.save(Person(name="Cộng tác viên 01", phone="0903123456"))
    second = empty.save(Person(name="Cộng tác viên 1", phone="0903123456"))
    both = empty.save(Meeting(title="Họp 01", held_on=date(2023, 4, 13), chair_id=second.id))
    only = empty.save(Meeting(title="Họp 02", held_on=date(2023, 5, 13)))
    empty.save(Attendee(meeting_id=both.id, person_id=first.id, state="invited"))
    empty.save(Attendee(meeting_id=both.id, person_id=second.id, state="present"))
    empty.save(Attendee(meeting_id=only.id, person_id=second.id, state="excused", reason="Đi công tác"))
    appointment = empty.save(Appointment(number="49/QĐ-SCT"))
    members = [
        empty.save(AppointmentMember(appointment_id=appointment.id, person_id=each.id)) for each in (first, second)
    ]
    commune = empty.save(AdminUnit(code="99999", name="Xã 01", kind="xa"))
    empty.save(MemberArea(member_id=members[1].id, commune_id=commune.id))
    merging.merge(empty, Person, first.id, second.id)
    states = {each.meeting_id: each.state for each in empty.children(Attendee, person_id=first.id)}
    assert states == {both.id: "present", only.id: "excused"}
    assert empty.get(Meeting, both.id).chair_id == first.id
    (member,) = empty.children(AppointmentMember, appointment_id=appointment.id)
    assert member.person_id == first.id
    assert len(empty.children(MemberArea, member_id=member.id)) == 1


def test_who_stood_in_for_their_own_twin_was_there_themselves(empty: Workspace) -> None:
    first = empty.save(Person(name="Đại biểu 01"))
    second = empty.save(Person(name="Đại biểu 1"))
    meeting = empty.save(Meeting(title="Họp 01", held_on=date(2023, 4, 13)))
    empty.save(Attendee(meeting_id=meeting.id, person_id=first.id, state="delegate", delegate_id=second.id))
    merging.merge(empty, Person, first.id, second.id)
    (attendee,) = empty.children(Attendee, meeting_id=meeting.id)
    assert (attendee.state, attendee.delegate_id) == ("present", None)


def test_fields_both_know_differently_are_asked_about_and_the_chosen_one_is_kept(empty: Workspace) -> None:
    first = empty.save(Person(name="Đại biểu 01", post="Trưởng phòng", email="a@example.vn"))
    second = empty.save(Person(name="Đại biểu 1", post="Phó phòng", phone="0903123456"))
    asked = merging.differences(empty, first, second)
    assert [(each.field.name, each.kept, each.other) for each in asked] == [
        ("name", "Đại biểu 01", "Đại biểu 1"),
        ("post", "Trưởng phòng", "Phó phòng"),
    ]
    one = merging.merge(empty, Person, first.id, second.id, frozenset({"post"}))
    assert (one.name, one.post, one.email, one.phone) == ("Đại biểu 01", "Phó phòng", "a@example.vn", "0903123456")


def test_a_record_is_not_merged_with_itself(empty: Workspace) -> None:
    first, _second = _establishments(empty)
    with pytest.raises(KnownError, match="cùng một bản ghi"):
        merging.merge(empty, Establishment, first.id, first.id)


def test_a_person_merged_from_two_keeps_every_payment_and_each_list_its_sum(empty: Workspace) -> None:
    first, second = (empty.save(Person(name=name)) for name in ("Cộng tác viên 01", "Cộng tác viên 1"))
    lists = [
        empty.save(RemunerationList(name=f"Bảng {each:02d}", first_month="2024-05", last_month="2024-06"))
        for each in (1, 2)
    ]
    for listed, person, period, amount in (
        (lists[0], first, "2024-05", 540_000),
        (lists[1], second, "2024-05", 450_000),
        (lists[1], second, "2024-06", 450_000),
    ):
        empty.save(
            Remuneration(
                list_id=listed.id, person_id=person.id, period=period, base_salary_vnd=1_800_000, amount_vnd=amount
            )
        )
    merging.merge(empty, Person, first.id, second.id)
    kept = empty.children(Remuneration, person_id=first.id)
    assert sorted((each.list_id, each.period, each.amount_vnd, each.base_salary_vnd) for each in kept) == [
        (lists[0].id, "2024-05", 540_000, 1_800_000),
        (lists[1].id, "2024-05", 450_000, 1_800_000),
        (lists[1].id, "2024-06", 450_000, 1_800_000),
    ]


def test_ballots_parties_evaluations_leads_reports_posts_and_disclosures_follow(empty: Workspace) -> None:
    first, second = (empty.save(Person(name=name)) for name in ("Cộng tác viên 01", "Cộng tác viên 1"))
    meeting = empty.save(Meeting(title="Họp 01", held_on=date(2023, 4, 13)))
    item = empty.save(VoteItem(meeting_id=meeting.id, title="Đề án 01"))
    seats = [empty.save(Attendee(meeting_id=meeting.id, person_id=each.id)) for each in (first, second)]
    empty.save(Ballot(vote_item_id=item.id, attendee_id=seats[1].id, answer="yes"))
    empty.save(MeetingParty(meeting_id=meeting.id, name="Bên 01", signer_id=second.id))
    empty.save(Evaluation(person_id=first.id, year=2023, strengths="Báo cáo đều"))
    empty.save(Evaluation(person_id=second.id, year=2023, grade="good", strengths="Tìm 02 đề án", is_proposed=True))
    empty.save(Evaluation(person_id=second.id, year=2024, grade="done"))
    empty.save(Lead(person_id=second.id, need="Máy 01", found_on=date(2023, 5, 1)))
    for person in (first, second):
        empty.save(CollaboratorReport(person_id=person.id, period="2023-04", content=f"Báo cáo {person.id:02d}"))
    empty.save(PersonPost(person_id=second.id, post="Phó phòng", valid_from=date(2023, 1, 1)))
    empty.save(
        Disclosure(person_id=second.id, field="Số định danh", shown_at=datetime(2026, 1, 1, 8), reason="Đối chiếu")
    )
    merging.merge(empty, Person, first.id, second.id)
    (seat,) = empty.children(Attendee, meeting_id=meeting.id)
    assert [each.answer for each in empty.children(Ballot, attendee_id=seat.id)] == ["yes"]
    assert [each.signer_id for each in empty.all(MeetingParty)] == [first.id]
    judged = {each.year: each for each in empty.children(Evaluation, person_id=first.id)}
    assert (judged[2023].grade, judged[2023].is_proposed) == ("good", True)
    assert judged[2023].strengths == "Báo cáo đều\nTìm 02 đề án"
    assert judged[2024].grade == "done"
    assert [each.person_id for each in empty.all(Lead)] == [first.id]
    (report,) = empty.all(CollaboratorReport)
    assert (report.person_id, report.content) == (first.id, f"Báo cáo {first.id:02d}\nBáo cáo {second.id:02d}")
    assert [each.person_id for each in empty.all(PersonPost)] == [first.id]
    assert [each.person_id for each in empty.all(Disclosure)] == [first.id]


def test_no_link_to_a_merged_person_is_left_anywhere(empty: Workspace) -> None:
    """Every table that leads to people is told to the merger by its description, those declared late, too."""
    first, second = (empty.save(Person(name=name)) for name in ("Đại biểu 01", "Đại biểu 1"))
    leading = [
        (described.table, spec.name)
        for described in described_tables().values()
        for spec in described.fields
        if spec.kind is Kind.LINK and spec.target == describe(Person).table
    ]
    assert {"remuneration", "evaluation", "ballot", "person_contact"} - {table for table, _ in leading} <= {"ballot"}
    merging.merge(empty, Person, first.id, second.id)
    with empty.reading() as connection:
        for table, name in leading:
            query = f"SELECT count(*) FROM {table} WHERE {name} = ?"
            assert connection.execute(query, (second.id,)).fetchone() == (0,)


def test_phones_and_addresses_the_person_has_no_field_for_become_further_ones(empty: Workspace) -> None:
    first = empty.save(Person(name="Đại biểu 01", phone="0903123456", email="a@example.vn"))
    second = empty.save(Person(name="Đại biểu 1", phone="0903999888", email="b@example.vn"))
    for owner, value in ((first, "0903999888"), (second, "0903123456"), (second, "02743814163")):
        empty.save(PersonContact(person_id=owner.id, value=value))
    before = empty.revision
    merging.merge(empty, Person, first.id, second.id)
    found = {(each.kind, each.value) for each in empty.children(PersonContact, person_id=first.id)}
    assert found == {("phone", "0903999888"), ("phone", "02743814163"), ("email", "b@example.vn")}
    assert len(empty.children(PersonContact, person_id=first.id)) == 3
    assert empty.revision == before + 1
    empty.undo()
    assert empty.get(Person, second.id) == second
    assert len(empty.all(PersonContact)) == 3


def test_the_same_further_phone_tells_that_two_are_one(empty: Workspace) -> None:
    first = empty.save(Person(name="Đại biểu 01", phone="0903123456"))
    second = empty.save(Person(name="Đại biểu hai"))
    empty.save(PersonContact(person_id=second.id, value="0903123456"))
    (found,) = merging.alike(empty, Person)
    assert (set(found.ids), found.reason) == ({first.id, second.id}, "cùng số điện thoại")
    assert [each.ids for each in merging.alike_to(empty, second)] == [(first.id,)]
    assert [each.ids for each in merging.alike_to(empty, first)] == [(second.id,)]


def test_protected_fields_are_told_apart_masked(empty: Workspace) -> None:
    first = empty.save(Person(name="Đại biểu 01", citizen_id="079085001234"))
    second = empty.save(Person(name="Đại biểu 01", citizen_id="079085005678"))
    (asked,) = merging.differences(empty, first, second)
    assert (asked.kept, asked.other) == ("0790••••••34", "0790••••••78")
