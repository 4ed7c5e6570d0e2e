"""The papers of a meeting: what they are made from, what they still lack."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from kc_desktop.documents import invitation, meeting_parts
from kc_desktop.domain.meeting import MeetingDossier
from kc_desktop.services import meetings, projects
from kc_desktop.services.workspace import Workspace

_NOBODY_ASKED: Final = "Chưa mời ai: thêm người ở mục Thành phần."


def dossier(workspace: Workspace, _key: str, meeting_id: int) -> MeetingDossier:
    """Return everything about a meeting. Raises KnownError when it is gone."""
    return dataclasses.replace(meetings.dossier(workspace, meeting_id), signer=projects.default_signer(workspace))


def parts(key: str, given: MeetingDossier) -> Iterable[tuple[int, str]]:
    """Return the ids and names of those a kind of paper can be made for alone: an invitation for each who is asked."""
    if key == invitation.KEY:
        return [(each.attendee.id, meeting_parts.recipient(each).name) for each in invitation.asked(given)]
    return ()


def dated(_key: str, given: MeetingDossier) -> date | None:
    """Return the day of the meeting, which its papers' files are filed by."""
    return given.meeting.held_on


def subject(_key: str, given: MeetingDossier) -> str:
    """Return what a paper's file is named after: the meeting."""
    return given.meeting.title


def problems(_workspace: Workspace, key: str, given: MeetingDossier) -> tuple[str, ...]:
    """Return what a paper of a meeting still lacks, in sentences that say the next step."""
    meeting = given.meeting
    if key == "attendance-sheet":
        return () if given.attendees else (_NOBODY_ASKED,)
    if key == invitation.KEY:
        return tuple(_invitation_lacks(given))
    present = any(each.attendee.state in ("present", "delegate") for each in given.attendees)
    checks = (
        (meeting.chair_id, "Chưa có chủ trì: chọn người chủ trì trước khi in biên bản."),
        (meeting.secretary_id, "Chưa có thư ký: chọn người ghi biên bản."),
        (present, "Chưa điểm danh ai có mặt: đánh dấu ở mục Thành phần."),
        (meeting.starts_at, "Chưa có giờ bắt đầu: biên bản in dấu chấm để ghi tay."),
        (meeting.ends_at, "Chưa có giờ kết thúc: biên bản in dấu chấm để ghi tay."),
        (meeting.place, "Chưa có địa điểm: ghi ở phần đầu cuộc họp."),
        (given.entries, "Chưa ghi diễn biến: ghi ở mục Diễn biến."),
        (given.conclusions, "Chưa có kết luận nào."),
    )
    return tuple(sentence for there, sentence in checks if not there)


def _invitation_lacks(given: MeetingDossier) -> Iterator[str]:
    meeting = given.meeting
    if not given.attendees:
        yield _NOBODY_ASKED
    elif not invitation.asked(given):
        yield "Người trong danh sách đều báo vắng: mời thêm người ở mục Thành phần."
    checks = (
        (meeting.chair_id, "Chưa có chủ trì: giấy mời in dấu chấm để ghi tay."),
        (meeting.held_on and meeting.starts_at, "Chưa có ngày hoặc giờ bắt đầu: giấy mời in dấu chấm để ghi tay."),
        (meeting.place, "Chưa có địa điểm: ghi ở phần đầu cuộc họp."),
        (given.signer, "Chưa có người ký mặc định: thêm ở Danh mục, Thiết lập đơn vị."),
    )
    yield from (sentence for there, sentence in checks if not there)
