"""Biên bản họp: Mẫu 1.9 with whatever the meeting holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kc_desktop.documents import minutes
from kc_desktop.documents.paper import StateHead
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.meeting import Attendee, AttendeeDetail, Conclusion, Meeting, MeetingDossier, Task
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person
from tests.documents import dossiers
from tests.documents.reading import read_pdf, squeezed

ORDER_OF_THE_FORM = (
    "BIÊN BẢN",
    "Thời gian bắt đầu: 08 giờ 00, ngày 13 tháng 4 năm 2023.",
    "Địa điểm: Hội trường Trung tâm.",
    "Thành phần tham dự:",
    "Chủ trì (chủ tọa): Ông Trương Thanh Nhàn - Phó Giám đốc Trung tâm.",
    "Thư ký (người ghi biên bản): Ông Hồ Trần Hồng Ân - Chuyên viên phòng Khuyến công.",
    "Nội dung (theo diễn biến cuộc họp):",
    "Cuộc họp kết thúc vào 11 giờ 30, ngày 13 tháng 4 năm 2023./.",
    "THƯ KÝ",
    "Nơi nhận:",
    "CHỦ TỌA",
)


def text_of(dossier: MeetingDossier) -> str:
    return plain_text(minutes.build(dossier))


def test_the_order_is_that_of_the_form() -> None:
    text = text_of(dossiers.meeting_dossier())
    places = [text.index(part) for part in ORDER_OF_THE_FORM]
    assert places == sorted(places)


def test_the_minutes_have_no_place_and_date_line() -> None:
    head = minutes.build(dossiers.meeting_dossier()).head
    assert isinstance(head, StateHead)
    assert head.place_date == ""
    assert head.number == "Số: 05/BB-TTXT"


def test_only_people_marked_present_count_as_present() -> None:
    states = ("invited", "confirmed", "present", "excused", "absent", "delegate")
    details = tuple(
        AttendeeDetail(
            attendee=Attendee(person_id=place, role="guest", state=state, reason="ốm" if state == "excused" else ""),
            person=Person(id=place, name=f"Đại biểu {place:02d}"),
            delegate=Person(id=90, name="Đại biểu 90") if state == "delegate" else None,
        )
        for place, state in enumerate(states, start=1)
    )
    text = text_of(replace(dossiers.meeting_dossier(collaborators=0, entries=0), attendees=details))
    assert "có mặt 01 người, dự thay 01 người, vắng 02 người" in text
    assert "- Đại biểu 03." in text or "- Đại biểu 03;" in text
    assert "Đại biểu 90 (dự thay Đại biểu 06)" in text
    assert "Đại biểu 04 (vắng có phép, lý do: ốm)" in text
    assert "Đại biểu 05 (vắng, lý do: ………)" in text
    assert "Đại biểu 01" not in text
    assert "Đại biểu 02" not in text


def test_entries_stand_under_their_agenda_item_with_their_speaker() -> None:
    text = text_of(dossiers.meeting_dossier(entries=3))
    first, second, third = (text.index(f"\n{number}. ") for number in (1, 2, 3))
    speeches = [place for place in range(len(text)) if text.startswith(dossiers.SPEECH[:30], place)]
    assert first < speeches[0] < second < speeches[1] < third < speeches[2]
    assert "Ông Hồ Trần Hồng Ân - Chuyên viên phòng Khuyến công: Trong năm 2022" in text


def test_petitions_conclusions_and_tasks_are_numbered_sections() -> None:
    text = text_of(dossiers.meeting_dossier())
    for line in (
        "II. KIẾN NGHỊ VÀ TRẢ LỜI",
        "1. Cộng tác viên 01 - Cộng tác viên khuyến công kiến nghị: Đề nghị cung cấp tài liệu",
        "Ông Trương Thanh Nhàn - Phó Giám đốc Trung tâm trả lời: Trung tâm tiếp thu",
        "III. KẾT LUẬN",
        "2. Cộng tác viên phối hợp chặt chẽ hơn nữa với Trung tâm.",
        "IV. PHÂN CÔNG NHIỆM VỤ",
        "05/05/2023",
    ):
        assert line in text


def test_a_meeting_without_sections_has_no_roman_number() -> None:
    dossier = replace(dossiers.meeting_dossier(), petitions=(), conclusions=(), tasks=())
    assert "I. DIỄN BIẾN" not in text_of(dossier)


def test_what_the_meeting_before_left_stands_first_with_what_became_of_it() -> None:
    dossier = dossiers.meeting_dossier()
    tasks = (
        Task(
            id=1, body="Khảo sát cơ sở 01", carried_from_id=7, state="done", done_on=date(2023, 4, 3), result="Đã gửi"
        ),
        Task(id=2, body="Khảo sát cơ sở 02", carried_from_id=8),
        Task(id=3, body="Khảo sát cơ sở 03", carried_from_id=9, state="dropped"),
        Task(id=4, body="Lập kế hoạch"),
        Task(id=5, body="Bỏ việc này", state="dropped"),
    )
    text = text_of(replace(dossier, tasks=tasks))
    before, after = text.split("Việc mới:")
    assert "Đã xong ngày 03/04/2023; Đã gửi" in before.split("Việc kỳ trước:")[1]
    assert "Không làm nữa" in before
    assert "Lập kế hoạch" in after
    assert "Bỏ việc này" not in text


def test_a_conclusion_names_who_carries_it_out() -> None:
    dossier = dossiers.meeting_dossier()
    owner = dossier.attendees[0].person
    concluded = (Conclusion(id=1, body="Mở lớp tập huấn", owner_id=owner.id),)
    text = text_of(replace(dossier, conclusions=concluded, people={**(dossier.people or {}), owner.id: owner}))
    assert f"1. Mở lớp tập huấn\nNgười thực hiện: {owner.address_name}" in text


def test_an_empty_meeting_prints_as_a_form_to_fill_in_by_hand() -> None:
    dossier = MeetingDossier(office=Office(name="Trung tâm Khuyến công"), meeting=Meeting(title="Họp giao ban"))
    paper = minutes.build(dossier)
    text = plain_text(paper)
    assert "None" not in text
    assert "Số: ……/BB-………" in text
    assert "Thời gian bắt đầu: …… giờ ……, ngày …… tháng …… năm ……" in text
    assert "Chủ trì (chủ tọa): ………" in text
    assert len(read_pdf(render_pdf(paper, bundled_font=True)).pages) == 1


def test_a_conference_is_called_a_conference() -> None:
    dossier = dossiers.meeting_dossier()
    text = text_of(replace(dossier, meeting=replace(dossier.meeting, kind="hoi_nghi")))
    assert "Nội dung (theo diễn biến hội nghị):" in text
    assert "Hội nghị kết thúc vào 11 giờ 30, ngày 13 tháng 4 năm 2023./." in text


def test_the_recipients_end_with_the_archive() -> None:
    text = text_of(dossiers.meeting_dossier())
    assert "- Sở Công Thương (báo cáo);\n- Như thành phần tham dự;\n- Lưu: VT, Hồ sơ." in text


@pytest.mark.parametrize(("collaborators", "entries"), [(0, 0), (1, 1), (0, 30), (60, 0), (60, 200)])
def test_any_number_of_attendees_and_entries_prints_whole(collaborators: int, entries: int) -> None:
    paper = minutes.build(dossiers.meeting_dossier(collaborators=collaborators, entries=entries))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    header = squeezed("TTCông việc Người thực hiện Thời hạn")
    assert pdf.text.replace(header, "") == squeezed(plain_text(paper)).replace(header, "")
    last = pdf.pages[-1]
    above = [line for line in last.body_lines if line.bottom_mm < last.line("CHỦ TỌA").top_mm]
    assert len(above) >= 2


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 120), st.integers(20, 120), st.randoms(use_true_random=False))
def test_names_of_bodies_of_20_to_120_characters_fit_their_column(parent: int, body: int, random: object) -> None:
    def name(length: int) -> str:
        words = [
            "Trung",
            "tâm",
            "Khuyến",
            "công",
            "và",
            "Tư",
            "vấn",
            "phát",
            "triển",
            "công",
            "nghiệp,",
            "thương",
            "mại,",
            "đầu",
            "tư",
            "và",
            "hỗ",
            "trợ",
            "doanh",
            "nghiệp",
        ]
        text = " ".join(random.choices(words, k=40))  # type: ignore[attr-defined] # hypothesis gives random.Random
        return text[:length].strip().ljust(length, "a")

    office = replace(dossiers.OFFICE, parent_name=name(parent), name=name(body))
    paper = minutes.build(dossiers.meeting_dossier(collaborators=2, entries=1, office=office))
    page = read_pdf(render_pdf(paper, bundled_font=True)).pages[0]
    national = page.line("CỘNG HÒA")
    number = page.line("Số: ")
    left = [line for line in page.lines if line.bottom_mm < number.top_mm and line.centre_mm < 90]
    assert squeezed("".join(line.text for line in left)) == squeezed((office.parent_name + office.name).upper())
    for line in left:
        assert line.left_mm >= 29.9
        assert line.right_mm < national.left_mm


def test_people_of_the_office_itself_are_named_without_its_name_and_guests_with_theirs() -> None:
    own = replace(dossiers.CHAIR, organisation=dossiers.OFFICE.name)
    details = (dossiers.attendee(own, "chair_side"), dossiers.attendee(dossiers.GUEST, "authority"))
    text = text_of(replace(dossiers.meeting_dossier(entries=0), attendees=details))
    assert "- Ông Trương Thanh Nhàn - Phó Giám đốc Trung tâm.\n" in text
    assert "- Bà Lê Thị Thanh Tâm - Phó phòng QLCN, Sở Công Thương.\n" in text
