"""The papers of a meeting: what they are made from, what they still lack."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from kc_desktop.documents import invitation, meeting_parts, minutes_excerpt
from kc_desktop.domain.meeting import MeetingDossier
from kc_desktop.services import councils, meetings, projects
from kc_desktop.services.workspace import Workspace

_NOBODY_ASKED: Final = "Chưa mời ai: thêm người ở mục Thành phần."


def dossier(workspace: Workspace, _key: str, meeting_id: int) -> MeetingDossier:
    """Return everything about a meeting. Raises KnownError when it is gone."""
    given = councils.with_council(workspace, meetings.dossier(workspace, meeting_id))
    return dataclasses.replace(given, signer=projects.default_signer(workspace))


def parts(key: str, given: MeetingDossier) -> Iterable[tuple[int, str]]:
    """Return the ids and names of what a kind of paper can be made for alone: an invitation for each who is asked, an
    excerpt for each project decided on or each point of the agenda.
    """
    if key == invitation.KEY:
        return [(each.attendee.id, meeting_parts.recipient(each).name) for each in invitation.asked(given)]
    if key == minutes_excerpt.KEY and given.council is not None:
        return [(each.decision.id, each.project.name) for each in given.council.decisions]
    if key == minutes_excerpt.ITEM_KEY:
        return [(each.id, each.title) for each in given.agenda]
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
    if key == minutes_excerpt.KEY and not (given.council and given.council.decisions):
        return ("Chưa có kết luận về đề án nào: ghi ở mục Hội đồng.",)
    present = any(each.attendee.state in ("present", "delegate") for each in given.attendees)
    is_signed_by_parties = key == "working-minutes"
    checks = (
        (meeting.chair_id or is_signed_by_parties, "Chưa có chủ trì: chọn người chủ trì trước khi in biên bản."),
        (meeting.secretary_id or is_signed_by_parties, "Chưa có thư ký: chọn người ghi biên bản."),
        (_has_signers(given) or not is_signed_by_parties, "Có bên chưa có người ký: chọn ở mục Các bên."),
        (meeting.copies or not is_signed_by_parties, "Chưa ghi số bản biên bản: biên bản in dấu chấm để ghi tay."),
        (present, "Chưa điểm danh ai có mặt: đánh dấu ở mục Thành phần."),
        (meeting.starts_at, "Chưa có giờ bắt đầu: biên bản in dấu chấm để ghi tay."),
        (meeting.ends_at, "Chưa có giờ kết thúc: biên bản in dấu chấm để ghi tay."),
        (meeting.place, "Chưa có địa điểm: ghi ở phần đầu cuộc họp."),
        (given.entries, "Chưa ghi diễn biến: ghi ở mục Diễn biến."),
        (given.conclusions, "Chưa có kết luận nào."),
    )
    return tuple(sentence for there, sentence in checks if not there)


def _has_signers(given: MeetingDossier) -> bool:
    return all(each.signer is not None for each in (given.council.parties if given.council is not None else ()))


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
