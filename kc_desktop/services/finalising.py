"""Chốt biên bản: a meeting is closed with its minutes kept byte for byte, and opened again only with a reason."""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kc_desktop.domain.council import MeetingVersion
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import describe
from kc_desktop.domain.meeting import Attendee, Meeting, MeetingDossier
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import meetings
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import meetings as stored

_CAME = frozenset({"present", "delegate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A line that the minutes have now and had not when they were closed (`is_new`), or the other way round."""

    text: str
    is_new: bool


def minutes_kind(meeting: Meeting) -> str:
    """Return the kind of minutes a meeting closes with: those of a working session are signed by parties."""
    return "working-minutes" if meeting.kind == "lam_viec" else "meeting-minutes"


def warnings(workspace: Workspace, meeting_id: int) -> tuple[str, ...]:
    """Return what a person should know before closing a meeting, in sentences; none of it forbids it."""
    return tuple(_warnings(meetings.dossier(workspace, meeting_id)))


def _warnings(dossier: MeetingDossier) -> Iterator[str]:
    meeting = dossier.meeting
    if not any(each.attendee.state in _CAME for each in dossier.attendees):
        yield "Chưa điểm danh ai có mặt: đánh dấu ở mục Thành phần."
    if not meeting.chair_id:
        yield "Chưa có chủ trì: chọn người chủ trì."
    if not meeting.secretary_id:
        yield "Chưa có thư ký: chọn người ghi biên bản."
    if not dossier.conclusions:
        yield "Chưa có kết luận nào."
    for number, conclusion in enumerate(dossier.conclusions, start=1):
        if not conclusion.owner_id:
            yield f"Kết luận {number} chưa có người thực hiện."
    for number, task in enumerate(dossier.tasks, start=1):
        if not task.owner_id:
            yield f"Việc {number} chưa có người làm."
        if task.state == "open" and task.due_on is None:
            yield f"Việc {number} chưa có hạn."


def finalise(workspace: Workspace, meeting_id: int, *, on: date) -> MeetingVersion:
    """Close a meeting: its minutes are printed, kept with their SHA-256, and nothing of it can be edited any more.

    One step of the history. Raises KnownError for a meeting that is closed already or a paper that cannot be made.
    """
    from kc_desktop.services import papers

    meeting = workspace.get(Meeting, meeting_id)
    if meeting.state == "finalised":
        raise KnownError("Biên bản cuộc họp này đã chốt.", "Muốn sửa thì mở lại và ghi lý do.")
    pdf = papers.render(workspace, minutes_kind(meeting), meeting_id, ".pdf")
    snapshot = json.dumps(lines_of(meetings.dossier(workspace, meeting_id)), ensure_ascii=False)
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


def differences(workspace: Workspace, meeting_id: int) -> tuple[Difference, ...]:
    """Return what a meeting says now and did not when it was closed last, and the other way round, in its order."""
    known = versions(workspace, meeting_id)
    if not known:
        return ()
    before: list[str] = json.loads(known[-1].snapshot)
    now = lines_of(meetings.dossier(workspace, meeting_id))
    return tuple(
        Difference(text=line[2:], is_new=line[0] == "+")
        for line in difflib.ndiff(before, now)
        if line[:2] in ("+ ", "- ")
    )


def lines_of(dossier: MeetingDossier) -> list[str]:
    """Return everything a meeting says, a line each, to hold two versions against each other."""
    return list(_lines(dossier))


def _lines(dossier: MeetingDossier) -> Iterator[str]:
    meeting = dossier.meeting

    def name(person_id: int | None) -> str:
        person = dossier.person(person_id)
        return person.name if person is not None else ""

    yield f"Cuộc họp: {meeting.title}"
    yield f"Thời gian: {_day(meeting.held_on)} {meeting.starts_at}–{_day(meeting.ended_on)} {meeting.ends_at}"
    yield f"Địa điểm: {meeting.place}"
    yield f"Chủ trì: {name(meeting.chair_id)}; thư ký: {name(meeting.secretary_id)}"
    states = describe(Attendee).field("state")
    for each in dossier.attendees:
        stood_in = f", dự thay: {each.delegate.name}" if each.delegate else ""
        why = f" ({each.attendee.reason})" if each.attendee.reason else ""
        yield f"{each.person.name}: {states.choice_label(each.attendee.state)}{why}{stood_in}"
    for item in dossier.agenda:
        yield f"Nội dung: {item.title} ({name(item.presenter_id)})"
        for entry in dossier.entries:
            if entry.agenda_item_id == item.id:
                yield f"{name(entry.speaker_id)}: {entry.body}"
    for entry in dossier.entries:
        if entry.agenda_item_id is None:
            yield f"{name(entry.speaker_id)}: {entry.body}"
    for conclusion in dossier.conclusions:
        yield f"Kết luận: {conclusion.body} ({name(conclusion.owner_id)})"
    for task in dossier.tasks:
        yield f"Việc: {task.body} ({name(task.owner_id)}, hạn {_day(task.due_on)})"
    for petition in dossier.petitions:
        yield f"Kiến nghị: {petition.body} ({name(petition.asked_by_id)})"


def _day(day: date | None) -> str:
    return format_date(day) if day is not None else "…"
