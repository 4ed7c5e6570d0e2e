"""A council and a working session for the tests of their parts and for the pictures of the screens."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

from kc_desktop.domain.council import CouncilDecision, VoteItem
from kc_desktop.domain.meeting import AgendaItem, Attendee, Conclusion, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.services import councils, meetings
from kc_desktop.services.workspace import Workspace

ROLES = ("Chủ tịch", "Phó Chủ tịch", "Ủy viên", "Ủy viên", "Ủy viên")
STATES = ("present", "present", "delegate", "present", "absent")


def council(workspace: Workspace, projects: int = 3) -> Meeting:
    """Keep an appraisal: five members, one stood in for and one absent, and so many projects on the agenda."""
    meeting = workspace.save(
        Meeting(
            kind="tham_dinh",
            title="Họp Hội đồng thẩm định đề án khuyến công đợt 1 năm 2023",
            held_on=date(2023, 6, 20),
            starts_at="08:00",
            ends_at="11:00",
            place="Phòng họp số 2",
            quorum_percent=67,
            number=12,
        )
    )
    stand_in = workspace.save(Person(name="Người dự thay 01"))
    for number, (role, state) in enumerate(zip(ROLES, STATES, strict=True), start=1):
        person = workspace.save(Person(name=f"Thành viên {number:02d}", post="Trưởng phòng"))
        workspace.save(
            Attendee(
                meeting_id=meeting.id,
                person_id=person.id,
                role="authority",
                state=state,
                council_role=role,
                delegate_id=stand_in.id if state == "delegate" else None,
                ordinal=number,
            )
        )
    for number in range(1, projects + 1):
        project = workspace.save(
            Project(
                name=f"Hỗ trợ ứng dụng máy móc tiên tiến tại Cơ sở {number:02d}",
                year=2023,
                state="appraising",
                requested_vnd=200_000_000,
            )
        )
        title = f"Thẩm định đề án Cơ sở {number:02d}"
        workspace.save(AgendaItem(meeting_id=meeting.id, title=title, ordinal=number, project_id=project.id))
    return meeting


def decided(workspace: Workspace, meeting: Meeting) -> None:
    """Take votes and scores, and conclude on the first two projects."""
    councils.items_from_agenda(workspace, meeting.id)
    items = workspace.children(VoteItem, meeting_id=meeting.id)
    workspace.save(dataclasses.replace(items[0], pass_at=Decimal(75)))
    workspace.save(dataclasses.replace(items[-1], kind="score", pass_at=Decimal(70)))
    came = [each for each in councils.members(workspace, meeting.id) if each.state in ("present", "delegate")]
    for attendee, answer in zip(came, ("yes", "yes", "no", "yes"), strict=True):
        councils.vote(workspace, items[0].id, attendee.id, answer=answer)
    for attendee, score in zip(came, ("80", "75.5", "66"), strict=False):
        councils.vote(workspace, items[-1].id, attendee.id, score=Decimal(score))
    councils.decisions_from_agenda(workspace, meeting.id)
    first, second, *_ = workspace.children(CouncilDecision, meeting_id=meeting.id)
    workspace.save(dataclasses.replace(first, verdict="approve", amount_vnd=150_000_000, opinion="Bổ sung báo giá"))
    workspace.save(dataclasses.replace(second, verdict="return", opinion="Làm rõ vốn đối ứng"))


def working(workspace: Workspace) -> Meeting:
    """Keep a working session of four bodies, two people each."""
    meeting = workspace.save(
        Meeting(
            kind="lam_viec",
            title="Kiểm tra tiến độ thực hiện đề án tại cơ sở",
            held_on=date(2023, 8, 9),
            starts_at="08:30",
            ends_at="10:45",
            place="Cơ sở 03, phường An Phú",
            copies=4,
        )
    )
    bodies = ("", "Sở Công Thương", "UBND phường An Phú", "Cơ sở 03")
    for number in range(1, 9):
        person = workspace.save(
            Person(name=f"Đại biểu {number:02d}", post="Chuyên viên", organisation=bodies[number % 4])
        )
        workspace.save(Attendee(meeting_id=meeting.id, person_id=person.id, state="present", ordinal=number))
    for words in ("Cơ sở đã lắp đặt xong thiết bị.", "Trung tâm tổ chức nghiệm thu trong tháng 9/2023."):
        meetings.add(workspace, Conclusion(meeting_id=meeting.id, body=words))
    return meeting
