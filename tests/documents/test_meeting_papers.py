"""Giấy mời, chương trình, thông báo kết luận, tổng hợp kiến nghị: what they say, to whom, and how long ones flow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kc_desktop.documents import conclusion_notice, invitation, meeting_programme, petition_answers
from kc_desktop.documents import decree30 as d
from kc_desktop.documents.paper import Paper
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.meeting import (
    AgendaItem,
    Attendee,
    AttendeeDetail,
    Conclusion,
    Meeting,
    MeetingDossier,
    Petition,
)
from kc_desktop.domain.people import Person
from kc_desktop.domain.project_dossier import PaperSigner
from tests.documents import dossiers
from tests.documents.reading import ReadPdf, read_pdf

SIGNER = PaperSigner(name="Đại biểu 01", post="Phó Giám đốc", authority="KT.", authority_post="Giám đốc")


def _person(number: int, *, organisation: str = "") -> Person:
    return Person(id=500 + number, name=f"Đại biểu {number:02d}", post="Chuyên viên", organisation=organisation)


def _asked(*states: str, delegate: Person | None = None) -> tuple[AttendeeDetail, ...]:
    return tuple(
        AttendeeDetail(
            attendee=Attendee(id=place, person_id=500 + place, state=state),
            person=_person(place),
            delegate=delegate if state == "delegate" else None,
        )
        for place, state in enumerate(states, start=1)
    )


def _dossier(**fields: Any) -> MeetingDossier:
    return replace(dossiers.meeting_dossier(), signer=SIGNER, **fields)


def _read(paper: Paper) -> ReadPdf:
    return read_pdf(render_pdf(paper, bundled_font=True))


def _keeps_margins(pdf: ReadPdf) -> bool:
    return all(
        line.left_mm >= d.MARGIN_LEFT_MM - 0.5 and line.right_mm <= page.width_mm - d.MARGIN_RIGHT_MM + 0.5
        for page in pdf.pages
        for line in page.body_lines
    )


# Giấy mời


def test_the_invitation_keeps_the_order_of_form_1_7() -> None:
    paper = invitation.build(_dossier(attendees=_asked("invited"), part=1))
    text = plain_text(paper)
    wanted = (
        "/GM-TTXT",
        "Bình Dương, ngày",
        "GIẤY MỜI",
        "Họp tổng kết hoạt động",
        "trân trọng kính mời: Đại biểu 01 - Chuyên viên.",
        "Tới dự: Họp tổng kết",
        "Chủ trì: Ông Trương Thanh Nhàn",
        "Thời gian: 08 giờ 00, ngày 13 tháng 4 năm 2023.",
        "Địa điểm: Hội trường Trung tâm.",
        "Nội dung:",
        "- Phát biểu chỉ đạo của lãnh đạo Trung tâm./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, KC.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Đại biểu 01",
    )
    places = [text.index(words) for words in wanted[:-1]]
    assert places == sorted(places)
    assert text.endswith(wanted[-1])


def test_who_stays_away_is_not_asked_and_who_comes_in_place_is_asked_with_the_words_for_whom() -> None:
    delegate = _person(9, organisation="UBND xã 09")
    details = _asked("invited", "confirmed", "present", "excused", "absent", "delegate", delegate=delegate)
    text = plain_text(invitation.build(_dossier(attendees=details)))
    for number in (1, 2, 3):
        assert f"- Đại biểu {number:02d} - Chuyên viên;" in text
    assert "Đại biểu 04" not in text
    assert "Đại biểu 05" not in text
    assert "- Đại biểu 09 - Chuyên viên, UBND xã 09 (dự thay Đại biểu 06 - Chuyên viên)." in text
    alone = plain_text(invitation.build(_dossier(attendees=details, part=6)))
    assert "kính mời: Đại biểu 09 - Chuyên viên, UBND xã 09 (dự thay Đại biểu 06 - Chuyên viên)." in alone


def test_while_who_comes_in_place_is_not_named_the_person_is_asked() -> None:
    text = plain_text(invitation.build(_dossier(attendees=_asked("delegate"), part=1)))
    assert "kính mời: Đại biểu 01 - Chuyên viên.\n" in text


def test_what_is_to_note_is_there_only_when_the_data_has_it() -> None:
    bare = plain_text(invitation.build(_dossier(attendees=_asked("invited"), part=1, agenda=())))
    assert "Địa điểm: Hội trường Trung tâm./." in bare
    assert "liên hệ" not in bare
    office = replace(dossiers.OFFICE, phone="0274 3822 000", email="ttkc@example.vn")
    meeting = replace(dossiers.meeting_dossier().meeting, bases="Căn cứ Kế hoạch số 01/KH\n- Căn cứ Công văn số 02;")
    full = invitation.build(_dossier(office=office, meeting=meeting, attendees=_asked("invited"), part=1))
    text = plain_text(full)
    assert "Thông tin liên hệ: điện thoại 0274 3822 000, thư điện tử ttkc@example.vn./." in text
    assert full.basis_lines == ("Căn cứ Kế hoạch số 01/KH;", "Căn cứ Công văn số 02.")


def test_an_invitation_nobody_filled_in_is_a_form_to_write_on() -> None:
    meeting = replace(
        dossiers.meeting_dossier().meeting, title="Họp 01", held_on=None, starts_at="", place="", chair_id=None
    )
    paper = invitation.build(replace(_dossier(meeting=meeting, attendees=(), agenda=()), signer=None))
    text = plain_text(paper)
    assert "trân trọng kính mời: ………" in text
    assert "Chủ trì: ………" in text
    assert "Thời gian: …… giờ ……, ngày …… tháng …… năm ……" in text
    assert "GIÁM ĐỐC" in text
    assert _keeps_margins(_read(paper))


@pytest.mark.parametrize(("number", "annexes"), [(1, 0), (5, 0), (6, 1), (300, 1)])
def test_many_names_stand_on_a_list_behind_the_invitation(number: int, annexes: int) -> None:
    paper = invitation.build(_dossier(attendees=_asked(*["invited"] * number)))
    assert len(paper.annexes) == annexes
    text = plain_text(paper)
    assert all(f"Đại biểu {place:02d}" in text for place in range(1, number + 1))
    assert ("theo danh sách" in text or "danh sách kèm theo" in text) == bool(annexes)


def test_a_list_of_300_flows_over_its_pages_with_the_header_on_each() -> None:
    pdf = _read(invitation.build(_dossier(attendees=_asked(*["invited"] * 300))))
    listed = pdf.pages[1:]
    assert len(listed) > 5
    for number, page in enumerate(listed, start=1):
        assert "Họvàtên" in page.stream_text
        assert (page.page_number is None) == (number == 1)
    assert _keeps_margins(pdf)


@settings(max_examples=25, deadline=None)
@given(
    name=st.text(alphabet="aăâđêôơưbcdgh ", min_size=1, max_size=200),
    post=st.text(alphabet="aăâđêôơưbcdgh ", max_size=200),
    organisation=st.text(alphabet="AĂÂĐÊÔƠƯBCDGH ", max_size=200),
)
def test_names_of_any_length_keep_between_the_margins(name: str, post: str, organisation: str) -> None:
    person = Person(id=501, name=name, honorific="ba", post=post, organisation=organisation)
    detail = AttendeeDetail(attendee=Attendee(id=1, person_id=501, state="invited"), person=person)
    assert _keeps_margins(_read(invitation.build(_dossier(attendees=(detail,), part=1))))


# Chương trình


def test_the_programme_says_when_each_point_comes_and_who_presents_it() -> None:
    agenda = (
        AgendaItem(id=1, title="Khai mạc", planned_minutes=15, presenter_id=2),
        AgendaItem(id=2, title="Báo cáo", planned_minutes=90),
        AgendaItem(id=3, title="Thảo luận"),
        AgendaItem(id=4, title="Bế mạc"),
    )
    text = plain_text(meeting_programme.build(_dossier(agenda=agenda)))
    assert "CHƯƠNG TRÌNH" in text
    assert "/CTr-TTXT" in text
    assert "\n1\n08:00–08:15\nKhai mạc\nÔng Trương Thanh Nhàn - Phó Giám đốc Trung tâm\n" in text
    assert "\n2\n08:15–09:45\nBáo cáo\n" in text
    assert "\n3\n09:45\nThảo luận\n4\nBế mạc\n" in text


def test_a_programme_without_a_start_has_no_column_of_times_and_one_without_points_is_a_form() -> None:
    meeting = replace(dossiers.meeting_dossier().meeting, starts_at="")
    timeless = meeting_programme.build(_dossier(meeting=meeting))
    assert "\nThời gian\n" not in plain_text(timeless)
    blank = meeting_programme.build(_dossier(agenda=()))
    assert "\nThời gian\n" in plain_text(blank)
    assert "\n5\n" in plain_text(blank)


def test_a_programme_of_many_points_flows() -> None:
    agenda = tuple(AgendaItem(id=n, title=f"Nội dung {n:02d} " + "rất dài " * 20) for n in range(1, 61))
    pdf = _read(meeting_programme.build(_dossier(agenda=agenda)))
    assert len(pdf.pages) > 3
    assert all("Ngườitrìnhbày" in page.stream_text for page in pdf.pages[:-1])
    assert _keeps_margins(pdf)


# Thông báo kết luận


def test_the_notice_tells_the_conclusions_who_carries_them_out_and_only_who_came() -> None:
    details = (*_asked("present", "present", "invited", "confirmed", "absent"), *_asked("delegate"))
    conclusions = (
        Conclusion(id=1, body="Tổ chức tập huấn.", owner_id=1),
        Conclusion(id=2, body="Rà soát nhu cầu\nở từng xã."),
    )
    text = plain_text(conclusion_notice.build(_dossier(attendees=details, conclusions=conclusions)))
    assert "Kết luận của Phó Giám đốc Trung tâm Trương Thanh Nhàn tại cuộc họp tổng kết hoạt động" in text
    assert "/TB-TTXT" in text
    assert "Ngày 13 tháng 4 năm 2023, tại Hội trường Trung tâm, Ông Trương Thanh Nhàn" in text
    assert "Dự họp có 03 người." in text
    assert "1. Tổ chức tập huấn.\nNgười thực hiện: Ông Hồ Trần Hồng Ân" in text
    assert "2. Rà soát nhu cầu\nở từng xã." in text
    assert "Lập kế hoạch tập huấn cho cộng tác viên\nÔng Hồ Trần Hồng Ân\n05/05/2023" in text
    assert "biết, thực hiện./." in text
    assert "- Sở Công Thương (báo cáo);" in text


def test_a_notice_nobody_filled_in_leaves_room_to_write() -> None:
    meeting = replace(dossiers.meeting_dossier().meeting, chair_id=None, title="UBND xã 01 làm việc", recipients="")
    paper = conclusion_notice.build(_dossier(meeting=meeting, conclusions=(), tasks=(), attendees=()))
    text = plain_text(paper)
    assert "Kết luận của người chủ trì tại UBND xã 01 làm việc" in text
    assert "Dự họp có" not in text
    assert _keeps_margins(_read(paper))


# Kiến nghị và trả lời


def test_petitions_without_an_answer_say_so_with_who_owes_it_and_until_when() -> None:
    petitions = (
        Petition(
            id=1, body="Kiến nghị 01", asked_by_id=101, answered_by_id=2, answer="Đã gửi.", due_on=date(2023, 5, 1)
        ),
        Petition(id=2, body="Kiến nghị 02", asked_by_id=102, answered_by_id=1, due_on=date(2023, 5, 31)),
        Petition(id=3, body="Kiến nghị 03"),
        Petition(id=4, body="Kiến nghị 04", is_closed=True),
    )
    text = plain_text(petition_answers.build(_dossier(petitions=petitions)))
    assert "Tổng số 04 kiến nghị: đã trả lời 01, chưa trả lời 02, đã xong không ghi câu trả lời 01." in text
    owed = "Chưa trả lời\nÔng Hồ Trần Hồng Ân - Chuyên viên phòng Khuyến công\nHạn 31/05/2023"
    assert f"Kiến nghị 02\nCộng tác viên 02 - Cộng tác viên khuyến công\n{owed}" in text
    assert "Kiến nghị 03\nChưa trả lời\nChưa giao\nChưa có hạn" in text
    assert "Kiến nghị 04\nĐã xong, không ghi câu trả lời" in text
    assert "Đã gửi." in text
    assert text.count("Chưa trả lời") == 2


def test_many_petitions_flow_and_none_is_a_table_to_write_on() -> None:
    petitions = tuple(
        Petition(id=n, body=f"Kiến nghị {n:03d} " + "dài " * 30, answer="Trả lời " * 30) for n in range(1, 301)
    )
    pdf = _read(petition_answers.build(_dossier(petitions=petitions)))
    assert all("Ngườikiếnnghị" in page.stream_text for page in pdf.pages[:-1])
    assert all(f"Kiếnnghị{n:03d}" in pdf.text for n in (1, 150, 300))
    assert _keeps_margins(pdf)
    assert "\n5\n" in plain_text(petition_answers.build(_dossier(petitions=())))


def test_the_years_petitions_stand_under_their_meetings_and_are_counted_together() -> None:
    first = replace(_dossier(), meeting=Meeting(id=1, title="Họp 01", held_on=date(2023, 1, 5)))
    second = replace(
        _dossier(petitions=(Petition(id=9, body="Kiến nghị 09", answered_by_id=1),)),
        meeting=Meeting(id=2, title="Họp 02", held_on=date(2023, 6, 30)),
    )
    text = plain_text(petition_answers.build_year(_dossier(of_year=(first, second))))
    assert "Các cuộc họp năm 2023" in text
    assert "Tổng số 02 kiến nghị: đã trả lời 01, chưa trả lời 01, tại 02 cuộc họp." in text
    assert text.index("Họp 01 (05/01/2023)\n1\n") < text.index("Họp 02 (30/06/2023)\n2\nKiến nghị 09\nChưa trả lời\n")
