"""The papers of a meeting: what they are made from, what they still lack."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from kc_desktop.documents import (
    conclusion_notice,
    invitation,
    meeting_parts,
    meeting_programme,
    minutes_excerpt,
    petition_answers,
    wording,
)
from kc_desktop.documents.catalogue import PartOf
from kc_desktop.domain import agenda
from kc_desktop.domain.meeting import MeetingDossier, Petition
from kc_desktop.services import councils, meetings, projects
from kc_desktop.services.workspace import Workspace

_NO_PLACE: Final = "Chưa có địa điểm: ghi ở phần đầu cuộc họp."
_NO_SIGNER: Final = "Chưa có người ký mặc định: thêm ở Danh mục, Thiết lập đơn vị."
_NOBODY_ASKED: Final = "Chưa mời ai: thêm người ở mục Thành phần."


def dossier(workspace: Workspace, key: str, meeting_id: int) -> MeetingDossier:
    """Return everything about a meeting. Raises KnownError when it is gone."""
    given = councils.with_council(workspace, meetings.dossier(workspace, meeting_id))
    if key == petition_answers.YEAR_KEY and given.meeting.held_on is not None:
        given = dataclasses.replace(
            given, of_year=meetings.with_petitions_of_year(workspace, given.meeting.held_on.year)
        )
    return dataclasses.replace(given, signer=projects.default_signer(workspace))


def parts(key: str, given: MeetingDossier) -> Iterable[PartOf]:
    """Return what a kind of paper can be made for alone: an invitation for each who is asked, an
    excerpt for each project decided on or each point of the agenda.
    """
    if key == invitation.KEY:
        asked = ((each, meeting_parts.recipient(each)) for each in invitation.asked(given))
        return [PartOf(each.attendee.id, whom.name, wording.work_text(whom, given.office)) for each, whom in asked]
    if key == minutes_excerpt.KEY and given.council is not None:
        return [PartOf(each.decision.id, each.project.name) for each in given.council.decisions]
    if key == minutes_excerpt.ITEM_KEY:
        return [PartOf(each.id, each.title) for each in given.agenda]
    return ()


def dated(key: str, given: MeetingDossier) -> date | None:
    """Return the day of the meeting, which its papers' files are filed by; the year's bears the day it is printed."""
    return None if key == petition_answers.YEAR_KEY else given.meeting.held_on


def subject(key: str, given: MeetingDossier) -> str:
    """Return what a paper's file is named after: the meeting, or its year."""
    if key == petition_answers.YEAR_KEY and given.meeting.held_on is not None:
        return f"năm {given.meeting.held_on.year}"
    return given.meeting.title


def problems(_workspace: Workspace, key: str, given: MeetingDossier) -> tuple[str, ...]:
    """Return what a paper of a meeting still lacks, in sentences that say the next step."""
    meeting = given.meeting
    if key == "attendance-sheet":
        return () if given.attendees else (_NOBODY_ASKED,)
    if key == minutes_excerpt.KEY and not (given.council and given.council.decisions):
        return ("Chưa có kết luận về đề án nào: ghi ở mục Hội đồng.",)
    if key in _LACKING:
        return tuple(_LACKING[key](given))
    present = any(each.attendee.state in ("present", "delegate") for each in given.attendees)
    is_signed_by_parties = key == "working-minutes"
    checks = (
        (meeting.chair_id or is_signed_by_parties, "Chưa có chủ trì: chọn người chủ trì trước khi in biên bản."),
        (meeting.secretary_id or is_signed_by_parties, "Chưa có thư ký: chọn người ghi biên bản."),
        (_has_signers(given) or not is_signed_by_parties, "Có bên chưa có người ký: chọn ở mục Các bên."),
        (meeting.copies or not is_signed_by_parties, "Chưa ghi số bản biên bản: biên bản in dấu chấm để ghi tay."),
        (present, "Chưa điểm danh ai có mặt: đánh dấu ở mục Thành phần."),
        (not _sent_by_nobody(given), "Có người cử người dự thay mà chưa ghi là ai: ghi ở mục Thành phần."),
        (meeting.starts_at, "Chưa có giờ bắt đầu: biên bản in dấu chấm để ghi tay."),
        (meeting.ends_at, "Chưa có giờ kết thúc: biên bản in dấu chấm để ghi tay."),
        (meeting.place, _NO_PLACE),
        (given.entries, "Chưa ghi diễn biến: ghi ở mục Diễn biến."),
        (given.conclusions or (given.council and given.council.decisions), "Chưa có kết luận nào."),
    )
    return tuple(sentence for there, sentence in checks if not there)


def _has_signers(given: MeetingDossier) -> bool:
    return all(each.signer is not None for each in (given.council.parties if given.council is not None else ()))


def _sent_by_nobody(given: MeetingDossier) -> bool:
    """Whether somebody sent a person whose name is not known yet."""
    return any(each.attendee.state == "delegate" and each.delegate is None for each in given.attendees)


def _invitation_lacks(given: MeetingDossier) -> Iterator[str]:
    meeting = given.meeting
    if not given.attendees:
        yield _NOBODY_ASKED
    elif not invitation.asked(given):
        yield "Người trong danh sách đều báo vắng: mời thêm người ở mục Thành phần."
    checks = (
        (meeting.chair_id, "Chưa có chủ trì: giấy mời in dấu chấm để ghi tay."),
        (meeting.held_on and meeting.starts_at, "Chưa có ngày hoặc giờ bắt đầu: giấy mời in dấu chấm để ghi tay."),
        (meeting.place, _NO_PLACE),
        (given.signer, _NO_SIGNER),
    )
    yield from (sentence for there, sentence in checks if not there)


def _programme_lacks(given: MeetingDossier) -> Iterator[str]:
    meeting = given.meeting
    if not given.agenda:
        yield "Chưa có nội dung họp nào: ghi ở mục Chương trình."
    elif not agenda.slots(meeting, given.agenda)[0].words:
        yield "Chưa có giờ bắt đầu: chương trình không in giờ của từng nội dung."
    elif any(each.planned_minutes is None for each in given.agenda):
        yield "Có nội dung chưa ghi số phút: từ đó chương trình không in giờ."
    if not meeting.place:
        yield _NO_PLACE
    if given.signer is None:
        yield _NO_SIGNER


def _notice_lacks(given: MeetingDossier) -> Iterator[str]:
    if not given.meeting.chair_id:
        yield "Chưa có chủ trì: chọn người chủ trì để thông báo ghi kết luận của ai."
    if not given.conclusions:
        yield "Chưa có kết luận nào: ghi ở mục Kết luận, kiến nghị."
    if not given.meeting.recipients.strip():
        yield "Chưa có nơi nhận: ghi ở phần Thông tin của cuộc họp."
    if given.signer is None:
        yield _NO_SIGNER


def _answers_lack(given: MeetingDossier) -> Iterator[str]:
    yield from _waiting(given.petitions, "Cuộc họp chưa ghi kiến nghị nào: bảng in ra để ghi tay.")


def _year_answers_lack(given: MeetingDossier) -> Iterator[str]:
    if given.meeting.held_on is None:
        yield "Chưa có ngày họp nên chưa biết tổng hợp năm nào: ghi ở phần Thông tin."
        return
    petitions = [each for one in given.of_year for each in one.petitions]
    yield from _waiting(petitions, "Trong năm chưa ghi kiến nghị nào: bảng in ra để ghi tay.")


def _waiting(petitions: Sequence[Petition], nothing: str) -> Iterator[str]:
    if not petitions:
        yield nothing
    waiting = [each for each in petitions if not each.answer.strip() and not each.is_closed]
    if waiting:
        yield f"Có {len(waiting)} kiến nghị chưa trả lời: bảng ghi rõ người phải trả lời và hạn."
    if any(not each.answered_by_id or each.due_on is None for each in waiting):
        yield "Có kiến nghị chưa giao người trả lời hoặc chưa có hạn: ghi ở mục Kết luận, kiến nghị."


_LACKING: Final[Mapping[str, Callable[[MeetingDossier], Iterator[str]]]] = {
    invitation.KEY: _invitation_lacks,
    meeting_programme.KEY: _programme_lacks,
    conclusion_notice.KEY: _notice_lacks,
    petition_answers.KEY: _answers_lack,
    petition_answers.YEAR_KEY: _year_answers_lack,
}
