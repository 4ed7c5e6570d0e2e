"""How a meeting begins: templates of the office, a copy of last year's without what happened there, phrases."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from kc_desktop.domain.council import MeetingParty, MeetingTemplate, Phrase
from kc_desktop.domain.law import LegalBasis
from kc_desktop.domain.meeting import (
    MEETING_KINDS,
    AgendaItem,
    Attendee,
    Conclusion,
    Entry,
    Meeting,
    Petition,
    Task,
)
from kc_desktop.domain.people import Appointment, Person
from kc_desktop.errors import KnownError
from kc_desktop.services import councils, law, meeting_plans
from kc_desktop.services.workspace import LAW_SETTING, Workspace, this_user
from kc_desktop.storage import data_file

_DAY = date(2023, 6, 1)


def _template(workspace: Workspace, kind: str) -> MeetingTemplate:
    (found,) = (each for each in meeting_plans.templates(workspace) if each.kind == kind)
    return found


def test_every_kind_offices_hold_has_a_template_whose_parts_can_be_read(empty: Workspace) -> None:
    shipped = meeting_plans.templates(empty)
    assert {each.kind for each in shipped} == {code for code, _label in MEETING_KINDS} - {"khac"}
    codes = {each.code for each in empty.all(LegalBasis)}
    for each in shipped:
        points = meeting_plans.agenda_of(each, _DAY)
        assert len(points) == len(each.agenda.splitlines())
        assert all(point.minutes for point in points)
        assert len(meeting_plans.groups_of(each)) == len([part for part in each.groups.split(";") if part])
        assert set(each.bases.splitlines()) <= codes
        assert "{" not in meeting_plans.title_of(each, _DAY)
        assert each.quorum_percent is None, "no share of a council is known to the program"


def test_a_template_is_the_offices_own(empty: Workspace) -> None:
    own = dataclasses.replace(
        _template(empty, "giao_ban"),
        agenda="Điểm tin | mười phút\n\n  | 5\nBáo cáo quý {tháng} |15| Thư ký |",
        groups="Không có nhóm này; khách, đơn vị khác; staff",
    )
    points = meeting_plans.agenda_of(own, _DAY)
    assert [(each.title, each.minutes, each.presenter) for each in points] == [
        ("Điểm tin", None, ""),
        ("Báo cáo quý 6", 15, "secretary_id"),
    ]
    assert meeting_plans.groups_of(own) == ("guest", "staff")
    assert meeting_plans.unknown_groups(own) == ("Không có nhóm này",)


def test_a_meeting_from_a_template_has_agenda_people_bases_and_recipients_in_one_step(sample: Workspace) -> None:
    chair = sample.all(Person)[0]
    template = _template(sample, "tong_ket_ctv")
    template = sample.save(dataclasses.replace(template, quorum_percent=67, bases="30/2020/NĐ-CP\nCăn cứ kế hoạch"))
    meeting = meeting_plans.from_template(
        sample, template.id, Meeting(title="", held_on=_DAY, starts_at="8h", chair_id=chair.id)
    )
    assert meeting.title.startswith("Họp tổng kết hoạt động của cộng tác viên năm 2022 và triển khai")
    assert (meeting.kind, meeting.starts_at, meeting.quorum_percent) == ("tong_ket_ctv", "08:00", 67)
    assert meeting.bases.splitlines()[0].startswith("Căn cứ Nghị định số 30/2020/NĐ-CP")
    assert meeting.bases.splitlines()[1] == "Căn cứ kế hoạch"
    agenda = sample.children(AgendaItem, meeting_id=meeting.id)
    assert (len(agenda), sum(each.planned_minutes or 0 for each in agenda)) == (6, 130)
    assert agenda[-1].presenter_id == chair.id
    attendees = sample.children(Attendee, meeting_id=meeting.id)
    assert [each.role for each in attendees].count("collaborator") == 25
    assert {each.state for each in attendees} == {"invited"}
    assert sample.undo_label == "Thêm cuộc họp 1/6/2023 từ mẫu Tổng kết cộng tác viên"
    sample.undo()
    assert sample.find(Meeting, meeting.id) is None
    assert sample.children(Attendee, meeting_id=meeting.id) == ()


def test_the_bases_of_a_template_are_those_of_the_day(empty: Workspace) -> None:
    template = _template(empty, "tham_dinh")
    before, after = (meeting_plans.bases_of(empty, template, day) for day in (_DAY, date(2026, 6, 1)))
    assert "235/2025/NĐ-CP" not in before
    assert "235/2025/NĐ-CP" in after


def test_roles_of_a_council_come_from_the_templates_of_its_kind(empty: Workspace) -> None:
    assert meeting_plans.roles_for(empty, "tham_dinh") == ("Chủ tịch", "Phó Chủ tịch", "Ủy viên", "Ủy viên, thư ký")
    assert meeting_plans.roles_for(empty, "giao_ban") == ()


def _happened(workspace: Workspace, meeting: Meeting) -> Meeting:
    """Let everything happen at a meeting that a copy must not know."""
    first, second, *_rest = workspace.children(Attendee, meeting_id=meeting.id)
    workspace.save(dataclasses.replace(first, state="excused", reason="Đi công tác", council_role="Ủy viên"))
    workspace.save(dataclasses.replace(second, state="delegate", delegate_id=workspace.all(Person)[0].id))
    for part in (Task(meeting_id=meeting.id, body="Việc"), Conclusion(meeting_id=meeting.id, body="Kết luận")):
        workspace.save(part)
    return workspace.save(
        dataclasses.replace(
            meeting,
            number=5,
            state="held",
            note="Ghi chú",
            bases="Căn cứ kế hoạch",
            starts_at="08:00",
            quorum_percent=50,
            ended_on=meeting.held_on + timedelta(days=1) if meeting.held_on else None,
        )
    )


def test_last_years_meeting_is_copied_without_what_happened_there(sample: Workspace) -> None:
    source = _happened(sample, sample.all(Meeting)[0])
    on = date(2024, 4, 12)
    copied = meeting_plans.copy(sample, source.id, meeting_plans.head_of_copy(source, on))
    assert copied.title == "Họp tổng kết hoạt động của cộng tác viên năm 2023 và triển khai nhiệm vụ công tác năm 2024"
    assert (copied.previous_id, copied.held_on, copied.ended_on) == (source.id, on, date(2024, 4, 13))
    assert (copied.number, copied.state, copied.note, copied.version) == (None, "draft", "", 1)
    for name in ("place", "recipients", "bases", "chair_id", "secretary_id", "kind", "starts_at", "quorum_percent"):
        assert getattr(copied, name) == getattr(source, name)
    asked = sample.children(Attendee, meeting_id=copied.id)
    before = sample.children(Attendee, meeting_id=source.id)
    assert [(each.person_id, each.role, each.council_role) for each in asked] == [
        (each.person_id, each.role, each.council_role) for each in before
    ]
    assert {(each.state, each.reason, each.delegate_id) for each in asked} == {("invited", "", None)}
    agenda = sample.children(AgendaItem, meeting_id=copied.id)
    assert agenda[0].title == "Báo cáo tóm tắt hoạt động khuyến công năm 2023"
    for cls in (Entry, Conclusion, Task, Petition):
        assert sample.children(cls, meeting_id=copied.id) == ()
    assert sample.undo_label == "Thêm cuộc họp 12/4/2024 chép từ cuộc họp 13/4/2023"
    sample.undo()
    assert sample.find(Meeting, copied.id) is None
    assert sample.get(Meeting, source.id) == source


def test_the_parties_that_sign_are_copied_with_whom_they_bring(sample: Workspace) -> None:
    (source,) = sample.all(Meeting)
    councils.make_parties(sample, source.id)
    copied = meeting_plans.copy(sample, source.id, meeting_plans.head_of_copy(source, date(2024, 4, 12)))
    before = sample.children(MeetingParty, meeting_id=source.id)
    after = sample.children(MeetingParty, meeting_id=copied.id)
    assert [(each.name, each.signer_id, each.ordinal) for each in after] == [
        (each.name, each.signer_id, each.ordinal) for each in before
    ]
    places = {each.id: place for place, each in enumerate(before)} | {
        each.id: place for place, each in enumerate(after)
    }

    def seats(meeting_id: int) -> list[tuple[int, int | None]]:
        people = sample.children(Attendee, meeting_id=meeting_id)
        return [(each.person_id, places.get(each.party_id or 0)) for each in people]

    assert seats(copied.id) == seats(source.id)
    assert None not in dict(seats(copied.id)).values()


def test_a_meeting_from_a_template_begins_with_who_led_the_last_of_its_kind(empty: Workspace) -> None:
    template = _template(empty, "giao_ban")
    assert meeting_plans.head_of_template(empty, template, _DAY).chair_id is None
    chair, secretary = (empty.save(Person(name=f"Cán bộ {number:02d}")) for number in (1, 2))
    for day, starts_at in ((5, "08:00"), (12, "14:00")):
        last = Meeting(
            kind="giao_ban",
            title="Giao ban",
            held_on=date(2023, 5, day),
            starts_at=starts_at,
            place="Phòng họp số 1",
            chair_id=chair.id,
            secretary_id=secretary.id,
        )
        empty.save(last)
    begun = meeting_plans.head_of_template(empty, template, _DAY)
    assert (begun.chair_id, begun.secretary_id, begun.starts_at) == (chair.id, secretary.id, "14:00")
    assert begun.place == (template.place or "Phòng họp số 1")
    assert begun.title == "Họp giao ban tháng 6/2023"


def test_what_is_typed_for_the_copy_wins(sample: Workspace) -> None:
    (source,) = sample.all(Meeting)
    head = dataclasses.replace(meeting_plans.head_of_copy(source, _DAY), title="Họp khác", place="", starts_at="14:00")
    copied = meeting_plans.copy(sample, source.id, head)
    assert (copied.title, copied.place, copied.starts_at) == ("Họp khác", "", "14:00")


@pytest.mark.parametrize(
    ("title", "moved"),
    [
        ("Tổng kết năm 2022, nhiệm vụ 2023", "Tổng kết năm 2023, nhiệm vụ 2024"),
        ("Quý II/2023", "Quý II/2024"),
        ("Kế hoạch 2021-2025", "Kế hoạch 2021-2025"),
        ("Quyết định 2023/QĐ-SCT ngày 13/4/2023", "Quyết định 2023/QĐ-SCT ngày 13/4/2023"),
        ("Đề án 20235", "Đề án 20235"),
    ],
)
def test_years_of_a_title_move_on_but_no_numbers_dates_or_periods(title: str, moved: str) -> None:
    assert meeting_plans.shifted(title, 1) == moved


def test_the_month_of_a_title_is_that_of_the_new_day(empty: Workspace) -> None:
    source = empty.save(Meeting(title="Họp giao ban tháng 12/2023", held_on=date(2023, 12, 5)))
    copied = meeting_plans.copy(empty, source.id, Meeting(title="", held_on=date(2024, 1, 9)))
    assert copied.title == "Họp giao ban tháng 1/2024"


def test_a_meeting_needs_a_day(sample: Workspace) -> None:
    with pytest.raises(KnownError, match="Chưa có ngày họp"):
        meeting_plans.from_template(sample, meeting_plans.templates(sample)[0].id, Meeting(title=""))


def test_meetings_to_copy_are_offered_newest_first_and_found_by_their_words(sample: Workspace) -> None:
    (first,) = sample.all(Meeting)
    second = sample.save(Meeting(title="Giao ban", held_on=date(2023, 5, 1)))
    assert [each.id for each in meeting_plans.candidates(sample)] == [second.id, first.id]
    assert [each.id for each in meeting_plans.candidates(sample, "tong ket")] == [first.id]


def test_a_group_of_last_year_whose_term_has_ended_is_not_asked_by_a_template(sample: Workspace) -> None:
    (appointment,) = sample.all(Appointment)
    assert appointment.valid_to is not None
    late = appointment.valid_to + timedelta(days=1)
    meeting = meeting_plans.from_template(sample, _template(sample, "tap_huan").id, Meeting(title="", held_on=late))
    assert sample.children(Attendee, meeting_id=meeting.id) == ()


def test_an_older_file_gets_templates_and_phrases_and_what_the_office_deleted_stays_away(empty: Workspace) -> None:
    shipped, phrases = meeting_plans.templates(empty), empty.all(Phrase)
    empty.delete(MeetingTemplate, shipped[0].id)
    empty.save(dataclasses.replace(shipped[1], agenda="Khai mạc | 5"))
    empty.set_setting(LAW_SETTING, "1", "Tệp của bản trước")
    law.install(empty)
    assert [each.name for each in meeting_plans.templates(empty)] == [each.name for each in shipped[1:]]
    assert meeting_plans.templates(empty)[0].agenda == "Khai mạc | 5"
    assert empty.all(Phrase) == phrases
    path = empty.path.with_name("cũ.kcdb")
    made = data_file.create(path, this_user())
    made.close()
    opened = Workspace.open(path)
    assert len(meeting_plans.templates(opened)) == len(shipped)
    assert opened.undo_label == ""
    opened.close()


def test_a_phrase_is_found_by_a_few_letters_with_marks_or_without_or_by_its_initials(empty: Workspace) -> None:
    assert [each.name for each in meeting_plans.phrases(empty, "ket")][:2] == ["kết luận", "kết thúc"]
    assert meeting_plans.phrases(empty, "kl")[0].name == "kết luận"
    assert meeting_plans.phrases(empty, "kết t")[0].name == "kết thúc"
    assert "kết luận" in [each.name for each in meeting_plans.phrases(empty, "luan")]
    assert len(meeting_plans.phrases(empty)) == len(empty.children(Phrase, scope="minutes")) == 10
    assert meeting_plans.phrases(empty, "xyz") == ()
