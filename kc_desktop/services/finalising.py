"""Chốt biên bản: a meeting is closed with its minutes kept byte for byte, and opened again only with a reason."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from datetime import date

from kc_desktop.domain.council import CAME, MeetingVersion
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.meeting import Meeting, MeetingDossier
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import councils, meeting_words, meetings
from kc_desktop.services.meeting_words import Difference
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import meetings as stored

_BY_PARTIES = "working-minutes"


def minutes_kind(meeting: Meeting) -> str:
    """Return the kind of minutes a meeting closes with: those of a working session are signed by parties."""
    return _BY_PARTIES if meeting.kind == councils.WORKING_KIND else "meeting-minutes"


def warnings(workspace: Workspace, meeting_id: int) -> tuple[str, ...]:
    """Return what a person should know before closing a meeting, in sentences; none of it forbids it."""
    return tuple(_warnings(_whole(workspace, meeting_id)))


def _warnings(dossier: MeetingDossier) -> Iterator[str]:
    meeting = dossier.meeting
    if not any(each.attendee.state in CAME for each in dossier.attendees):
        yield "Chưa điểm danh ai có mặt: đánh dấu ở mục Thành phần."
    if minutes_kind(meeting) == _BY_PARTIES:
        yield from _party_warnings(dossier)
    else:
        if not meeting.chair_id:
            yield "Chưa có chủ trì: chọn người chủ trì."
        if not meeting.secretary_id:
            yield "Chưa có thư ký: chọn người ghi biên bản."
    yield from _council_warnings(dossier)
    if not dossier.conclusions and not (dossier.council and dossier.council.decisions):
        yield "Chưa có kết luận nào."
    for number, conclusion in enumerate(dossier.conclusions, start=1):
        if not conclusion.owner_id:
            yield f"Kết luận {number} chưa có người thực hiện."
    for number, task in enumerate(dossier.tasks, start=1):
        if not task.owner_id:
            yield f"Việc {number} chưa có người làm."
        if task.state == "open" and task.due_on is None:
            yield f"Việc {number} chưa có hạn."


def _party_warnings(dossier: MeetingDossier) -> Iterator[str]:
    parties = dossier.council.parties if dossier.council is not None else ()
    if not parties:
        yield "Chưa lập các bên: biên bản lấy mỗi cơ quan có người dự làm một bên."
    for each in parties:
        if each.signer is None:
            yield f"{each.party.name} chưa có người ký."
        if not each.people:
            yield f"{each.party.name} chưa có người nào."


def _council_warnings(dossier: MeetingDossier) -> Iterator[str]:
    council = dossier.council
    if council is None:
        return
    if not council.quorum.is_met:
        yield f"Hội đồng có mặt {council.quorum.came}, chưa đủ {council.quorum.needed} thành viên."
    for number, each in enumerate(council.items, start=1):
        voted = each.tally.voted if each.item.kind == "vote" else sum(one.score is not None for one in each.ballots)
        if voted < each.tally.members:
            yield f"Nội dung lấy ý kiến {number} còn {each.tally.members - voted} thành viên chưa có phiếu."
    waiting = sum(not each.decision.verdict for each in council.decisions)
    if waiting:
        yield f"Còn {waiting} đề án chưa có kết luận."


def finalise(workspace: Workspace, meeting_id: int, *, on: date) -> MeetingVersion:
    """Close a meeting: its minutes are printed, kept with their SHA-256, and nothing of it can be edited any more.

    One step of the history. Raises KnownError for a meeting that is closed already or a paper that cannot be made.
    """
    from kc_desktop.services import papers

    meeting = workspace.get(Meeting, meeting_id)
    if meeting.state == "finalised":
        raise KnownError("Biên bản cuộc họp này đã chốt.", "Muốn sửa thì mở lại và ghi lý do.")
    pdf = papers.render(workspace, minutes_kind(meeting), meeting_id, ".pdf")
    snapshot = json.dumps(meeting_words.lines_of(_whole(workspace, meeting_id)), ensure_ascii=False)
    with workspace.change(f"Chốt biên bản {workspace.title_of('meeting', meeting_id)}"):
        version = workspace.save(
            MeetingVersion(
                meeting_id=meeting_id,
                version=meeting.version,
                finalised_on=on,
                sha256=hashlib.sha256(pdf).hexdigest(),
                snapshot=snapshot,
            )
        )
        with workspace.reading() as connection:
            stored.keep_minutes(connection, version.id, pdf)
        workspace.save(dataclasses.replace(meeting, state="finalised"))
    return version


def reopen(workspace: Workspace, meeting_id: int, reason: str, *, on: date) -> Meeting:
    """Open a closed meeting again as its next version; the closed one stays as it was. One step of the history.

    Raises FieldError without a reason, KnownError for a meeting that is not closed.
    """
    meeting = workspace.get(Meeting, meeting_id)
    if meeting.state != "finalised":
        raise KnownError("Cuộc họp này chưa chốt biên bản.", "Sửa rồi bấm Chốt biên bản.")
    if not clean_line(reason):
        raise FieldError("reason", "Chưa có lý do mở lại biên bản.", "Ghi lý do, ví dụ: bổ sung ý kiến của đại biểu.")
    with workspace.change(f"Mở lại biên bản {workspace.title_of('meeting', meeting_id)}"):
        for version in versions(workspace, meeting_id)[-1:]:
            workspace.save(dataclasses.replace(version, reopened_on=on, reason=reason))
        return workspace.save(dataclasses.replace(meeting, state="held", version=meeting.version + 1))


def versions(workspace: Workspace, meeting_id: int) -> tuple[MeetingVersion, ...]:
    """Return the closed versions of a meeting's minutes, the oldest first."""
    return tuple(sorted(workspace.children(MeetingVersion, meeting_id=meeting_id), key=lambda each: each.version))


def closed_pdf(workspace: Workspace, version_id: int) -> bytes:
    """Return the minutes as they were closed. Raises KnownError when the bytes are not what their SHA-256 says."""
    version = workspace.get(MeetingVersion, version_id)
    with workspace.reading() as connection:
        pdf = stored.minutes_of(connection, version_id)
    if pdf is None or hashlib.sha256(pdf).hexdigest() != version.sha256:
        raise KnownError(
            f"Biên bản đã chốt ngày {format_date(version.finalised_on) if version.finalised_on else '…'} không còn "
            "nguyên vẹn trong tệp.",
            "Kiểm tra tệp dữ liệu (Công cụ) và phục hồi từ bản sao lưu gần nhất.",
        )
    return pdf


def differences(
    workspace: Workspace, meeting_id: int, *, since: int | None = None, until: int | None = None
) -> tuple[Difference, ...]:
    """Return what differs between two closed versions, by their ids.

    `since` None is the version closed last, `until` None what the meeting says now. () for a meeting never closed.
    """
    known = {each.id: each for each in versions(workspace, meeting_id)}
    if not known:
        return ()
    first = known[since] if since is not None else next(reversed(known.values()))
    if until is None:
        after = meeting_words.lines_of(_whole(workspace, meeting_id))
    else:
        after = json.loads(known[until].snapshot)
    return meeting_words.differences(json.loads(first.snapshot), after)


def _whole(workspace: Workspace, meeting_id: int) -> MeetingDossier:
    return councils.with_council(workspace, meetings.dossier(workspace, meeting_id))
