"""The minutes parties sign, excerpts, votes in the minutes: every word on paper, everybody has a place to sign."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import docx
import pytest

from kc_desktop.documents import minutes, minutes_excerpt, working_minutes
from kc_desktop.documents.paper import CitizenHead, Paper
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.documents.word import render_docx
from kc_desktop.domain.council import (
    Ballot,
    CouncilDecision,
    CouncilDossier,
    CountedItem,
    DecidedProject,
    MeetingParty,
    PartyDetail,
    Quorum,
    VoteItem,
    tally,
)
from kc_desktop.domain.meeting import MeetingDossier
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from tests.documents import dossiers
from tests.documents.reading import read_pdf, squeezed


def _party(number: int) -> PartyDetail:
    person = Person(id=500 + number, name=f"Đại biểu {number:02d}", honorific="ong", post="Trưởng phòng")
    came = dossiers.attendee(person, "guest")
    name = f"Phòng Kinh tế {number:02d}" if number % 2 else f"Đại diện Ủy ban nhân dân phường số {number:02d}"
    return PartyDetail(party=MeetingParty(id=number, name=name), people=(came,), signer=person)


def working(parties: int, *, copies: int | None = None, entries: int = 4) -> MeetingDossier:
    """Build a working session with so many parties."""
    given = dossiers.meeting_dossier(collaborators=0, entries=entries)
    council = CouncilDossier(
        quorum=Quorum(members=0, came=0, needed=0), parties=tuple(_party(number) for number in range(1, parties + 1))
    )
    meeting = replace(given.meeting, kind="lam_viec", copies=copies, bases="Căn cứ Kế hoạch năm\nCăn cứ hợp đồng")
    people = tuple(each.people[0] for each in council.parties)
    return replace(given, meeting=meeting, council=council, attendees=people)


def _both(paper: Paper) -> tuple[str, str]:
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    word = docx.Document(io.BytesIO(render_docx(paper)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return pdf.text, " ".join([*(each.text for each in word.paragraphs), *cells])


@pytest.mark.parametrize("parties", range(1, 9))
def test_every_party_is_named_with_its_people_and_signs_in_both_forms(parties: int) -> None:
    paper = working_minutes.build(working(parties))
    assert isinstance(paper.head, CitizenHead)
    pdf, word = _both(paper)
    assert pdf == squeezed(plain_text(paper))
    assert paper.signatures is not None
    assert len(paper.signatures.signers) == parties
    for number in range(1, parties + 1):
        assert squeezed(f"Ông Đại biểu {number:02d}; chức vụ: Trưởng phòng") in pdf
        assert f"Đại biểu {number:02d}" in word
        assert "ĐẠI DIỆN ĐẠI DIỆN" not in word


@pytest.mark.parametrize("entries", [0, 4, 40])
def test_the_grid_of_eight_parties_flows_over_pages_with_content_above_it(entries: int) -> None:
    pdf = read_pdf(render_pdf(working_minutes.build(working(8, entries=entries)), bundled_font=True))
    for number in range(1, 9):
        page = next(each for each in pdf.pages if any(f"Đại biểu {number:02d}" == line.text for line in each.lines))
        assert page.body_lines


def test_the_opening_the_agreements_and_the_copies_are_worded_as_offices_do() -> None:
    words = plain_text(working_minutes.build(working(3, copies=6)))
    assert "Hôm nay, hồi 08 giờ 00 phút, ngày 13 tháng 4 năm 2023, tại Hội trường Trung tâm, chúng tôi gồm:" in words
    assert "Một là, Tổ chức các lớp tập huấn" in words
    assert "Hai là, Cộng tác viên phối hợp" in words
    assert "kết thúc vào hồi 11 giờ 30 phút cùng ngày, được lập thành 06 bản có giá trị như nhau" in words
    assert "mỗi bên giữ 02 bản" in words
    assert "Căn cứ Kế hoạch năm;" in words


def test_what_is_not_known_is_left_to_be_written_by_hand() -> None:
    given = working(2, copies=3)
    given = replace(given, meeting=replace(given.meeting, starts_at="", ends_at="", place=""))
    words = plain_text(working_minutes.build(given))
    assert "hồi …… giờ …… phút" in words
    assert "03 bản có giá trị như nhau, mỗi bên giữ …… bản" in words


def test_without_parties_each_body_whose_people_came_is_one() -> None:
    given = replace(dossiers.meeting_dossier(collaborators=2), council=None)
    paper = working_minutes.build(given)
    assert paper.signatures is not None
    posts = [signer.post[1] for signer in paper.signatures.signers]
    assert posts == [given.office.name.upper(), "SỞ CÔNG THƯƠNG"]


def test_who_belongs_to_no_party_took_part_and_does_not_sign() -> None:
    given = working(2)
    guest = dossiers.attendee(Person(id=700, name="Khách 01"), "guest")
    words = plain_text(working_minutes.build(replace(given, attendees=(*given.attendees, guest))))
    assert "3. Cùng tham gia" in words
    assert "Khách 01" in words


def council(*, projects: int = 2) -> MeetingDossier:
    """Build an appraisal of so many projects: the first voted on, the others scored."""
    given = dossiers.meeting_dossier(collaborators=0)
    items, decisions = [], []
    for number in range(1, projects + 1):
        project = Project(id=number, name=f"Đề án {number:02d}", year=2023)
        kind = "vote" if number == 1 else "score"
        item = VoteItem(id=number, title=project.name, kind=kind, project_id=number, pass_at=Decimal(50))
        ballots = (
            Ballot(vote_item_id=number, attendee_id=1, answer="yes", score=None if kind == "vote" else Decimal("82.5")),
            Ballot(vote_item_id=number, attendee_id=2, answer="no", score=None if kind == "vote" else Decimal(71)),
            Ballot(vote_item_id=number, attendee_id=3, answer="abstain"),
        )
        items.append(CountedItem(item=item, tally=tally(item, ballots, 3), ballots=ballots))
        decision = CouncilDecision(
            id=30 + number, project_id=number, verdict="approve", amount_vnd=150_000_000, opinion="Bổ sung báo giá"
        )
        decisions.append(DecidedProject(decision=decision, project=project))
    agenda = tuple(replace(each, project_id=each.id) for each in given.agenda)
    found = CouncilDossier(
        quorum=Quorum(members=4, came=3, needed=3), items=tuple(items), decisions=tuple(decisions), parties=()
    )
    return replace(given, council=found, agenda=agenda)


def test_the_minutes_of_a_council_print_the_tally_of_each_item_and_the_decisions() -> None:
    paper = minutes.build(council())
    pdf, _word = _both(paper)
    assert pdf == squeezed(plain_text(paper))
    words = plain_text(paper)
    assert "BIỂU QUYẾT, CHẤM ĐIỂM" in words
    assert "Hội đồng có 04 thành viên, có mặt 03 thành viên (đủ số thành viên tối thiểu là 03)." in words
    rows = [" ".join(line.split()) for line in words.splitlines()]
    assert any("76,75" in row for row in rows)
    assert "KẾT LUẬN VỀ TỪNG ĐỀ ÁN" in words
    assert "Không thông qua" in words


def test_the_minutes_name_the_members_of_a_council_by_their_roles() -> None:
    given = council()
    first, second = given.attendees[:2]
    roles = (
        replace(first, attendee=replace(first.attendee, council_role="Chủ tịch")),
        replace(second, attendee=replace(second.attendee, council_role="Thư ký hội đồng")),
    )
    words = plain_text(minutes.build(replace(given, attendees=(*roles, *given.attendees[2:]))))
    assert "Ông Trương Thanh Nhàn - Phó Giám đốc Trung tâm, Chủ tịch Hội đồng" in words
    assert "Thư ký hội đồng" in words
    assert "hội đồng Hội đồng" not in words


def test_an_excerpt_says_what_concerns_its_project_and_nothing_else() -> None:
    paper = minutes_excerpt.build(replace(council(), part=31))
    words = plain_text(paper)
    assert "TRÍCH BIÊN BẢN" in words
    assert "Đề án 01" in words
    assert "Đề án 02" not in words
    assert "Báo cáo tóm tắt hoạt động khuyến công năm 2022" in words
    assert "Thảo luận nhiệm vụ công tác năm 2023" not in words.replace(council().meeting.title, "")
    assert "150.000.000 đồng (Bằng chữ: Một trăm năm mươi triệu đồng)" in words
    assert paper.followed_by == ()
    assert _both(paper)[0] == squeezed(plain_text(paper))


def test_excerpts_of_all_projects_follow_each_other_and_without_one_there_is_a_form() -> None:
    assert len(minutes_excerpt.build(council(projects=5)).followed_by) == 4
    blank = minutes_excerpt.build(dossiers.meeting_dossier())
    assert "Trích biên bản".upper() in plain_text(blank)
    (first, second) = (minutes_excerpt.build_item(replace(council(), part=part)) for part in (1, 2))
    assert first.title.subject != second.title.subject
