"""The papers of a meeting from its records: what they lack, who signs, the petitions of a year."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.meeting import AgendaItem, Attendee, Conclusion, Meeting, Petition
from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.services import batch, papers
from kc_desktop.services.workspace import Workspace

FOR_EACH = [kind for kind in papers.all_kinds() if kind.each]


def _meeting(workspace: Workspace, title: str, on: date) -> int:
    return workspace.save(Meeting(title=title, held_on=on, starts_at="8:00", place="Hội trường")).id


def test_an_invitation_says_what_it_lacks_and_where_to_write_it(empty: Workspace) -> None:
    meeting_id = empty.save(Meeting(title="Họp 01", held_on=date(2023, 4, 13))).id
    found = papers.problems(empty, "invitation", meeting_id)
    for words in ("tên đơn vị", "Chưa mời ai", "chủ trì", "giờ bắt đầu", "địa điểm", "người ký"):
        assert any(words in each for each in found), words
    person = empty.save(Person(name="Đại biểu 01"))
    empty.save(Attendee(meeting_id=meeting_id, person_id=person.id, state="excused"))
    assert any("đều báo vắng" in each for each in papers.problems(empty, "invitation", meeting_id))
    assert papers.parts(empty, "invitation", meeting_id) == ()
    with pytest.raises(KnownError, match="chưa có người nào"):
        batch.together(papers.gather(empty, "invitation", meeting_id), [], ".pdf", _quiet)


def test_the_default_signer_signs_and_the_one_a_conclusion_is_for_is_named(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    person = sample.save(Person(name="Đại biểu 77", honorific="ba", post="Chuyên viên"))
    sample.save(Conclusion(meeting_id=meeting.id, ordinal=9, body="Báo cáo kết quả.", owner_id=person.id))
    text = plain_text(papers.build(sample, "conclusion-notice", meeting.id))
    assert "4. Báo cáo kết quả.\nNgười thực hiện: Bà Đại biểu 77 - Chuyên viên." in text
    assert text.endswith("PHÓ GIÁM ĐỐC\nTrương Thanh Nhàn")


def test_a_programme_says_why_it_has_no_times(empty: Workspace) -> None:
    meeting_id = _meeting(empty, "Họp 01", date(2023, 4, 13))
    assert any("nội dung họp" in each for each in papers.problems(empty, "meeting-programme", meeting_id))
    empty.save(AgendaItem(meeting_id=meeting_id, title="Nội dung 01"))
    assert any("số phút" in each for each in papers.problems(empty, "meeting-programme", meeting_id))
    meeting = empty.get(Meeting, meeting_id)
    empty.save(dataclasses.replace(meeting, starts_at=""))
    assert any("Chưa có giờ bắt đầu" in each for each in papers.problems(empty, "meeting-programme", meeting_id))


def test_a_petition_without_an_answer_is_in_the_paper_of_its_meeting_and_of_the_year(empty: Workspace) -> None:
    first = _meeting(empty, "Họp 01", date(2023, 1, 5))
    second = _meeting(empty, "Họp 02", date(2023, 12, 31))
    elsewhere = _meeting(empty, "Họp 03", date(2024, 1, 1))
    _meeting(empty, "Họp 04", date(2023, 5, 5))
    owner = empty.save(Person(name="Đại biểu 02", post="Trưởng phòng"))
    empty.save(Petition(meeting_id=first, body="Kiến nghị 01", answer="Đã xong."))
    empty.save(Petition(meeting_id=second, body="Kiến nghị 02", answered_by_id=owner.id, due_on=date(2024, 1, 31)))
    empty.save(Petition(meeting_id=elsewhere, body="Kiến nghị 03"))
    owed = "Kiến nghị 02\nChưa trả lời\nĐại biểu 02 - Trưởng phòng\nHạn 31/01/2024"
    assert owed in plain_text(papers.build(empty, "petition-answers", second))
    for meeting_id in (first, second):
        text = plain_text(papers.build(empty, "petition-answers-year", meeting_id))
        assert owed in text
        assert "Kiến nghị 01" in text
        assert "Kiến nghị 03" not in text
        assert "Họp 04" not in text
        assert any(
            "1 kiến nghị chưa trả lời" in each for each in papers.problems(empty, "petition-answers-year", first)
        )
    assert "năm 2023" in papers.file_name(empty, "petition-answers-year", first, ".pdf")


@pytest.mark.parametrize("suffix", papers.SUFFIXES)
@pytest.mark.parametrize("kind", FOR_EACH, ids=[kind.key for kind in FOR_EACH])
def test_every_kind_for_each_prints_all_of_its_parts_or_says_there_are_none(
    sample: Workspace, kind: papers.PaperKind, suffix: str
) -> None:
    for record_id, _name in papers.records_for(sample, kind.record):
        found = papers.gather(sample, kind.key, record_id)
        parts = [each.id for each in found.parts]
        if parts:
            assert batch.together(found, parts, suffix, _quiet)
        else:
            with pytest.raises(KnownError) as caught:
                batch.together(found, parts, suffix, _quiet)
            assert caught.value.remedy


def _quiet(_done: int, _total: int) -> None:
    """Let the work go on."""
