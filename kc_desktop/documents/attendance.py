"""Danh sách đại biểu ký tên: everybody asked to a meeting, with room to sign and blank rows for guests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kc_desktop.documents import wording
from kc_desktop.documents.paper import (
    DOTS,
    Align,
    Column,
    Paper,
    Row,
    Signatures,
    Signer,
    StateHead,
    Table,
    Title,
    closed,
    or_dots,
    para,
)
from kc_desktop.domain.meeting import ATTENDEE_ROLES, AttendeeDetail, MeetingDossier
from kc_desktop.domain.office import Office

BLANK_ROWS: Final = 5  # for guests nobody expected
COLUMNS: Final = (
    Column(title="TT", weight=7, align=Align.CENTER),
    Column(title="Họ và tên", weight=32),
    Column(title="Chức vụ, đơn vị", weight=40),
    Column(title="Ký tên", weight=21),
)


def build(dossier: MeetingDossier) -> Paper:
    """Build the sheet everybody signs at the door; the order is that of the record, by role."""
    meeting, office = dossier.meeting, dossier.office
    secretary = dossier.person(meeting.secretary_id)
    start = f"{wording.time_text(meeting.starts_at)}, {wording.day_text(meeting.held_on)}"
    return Paper(
        key="attendance-sheet",
        name=f"Danh sách đại biểu {meeting.title}",
        author=office.name,
        head=StateHead(parent=office.parent_name, body=or_dots(office.name)),
        title=Title(kind="Danh sách đại biểu", subject=meeting.title),
        body=(
            wording.labelled("Thời gian", start, end="." if meeting.held_on else ""),
            wording.labelled("Địa điểm", meeting.place),
            Table(columns=COLUMNS, rows=tuple(_rows(dossier.attendees, office)), for_handwriting=True),
            para(
                closed(f"Danh sách có {len(dossier.attendees):02d} đại biểu được mời; ký tên có mặt: {DOTS} đại biểu")
            ),
        ),
        signatures=Signatures(signers=(Signer(post=("Thư ký",), name=secretary.name if secretary else ""),)),
        is_sample=dossier.is_sample,
    )


def _rows(attendees: Sequence[AttendeeDetail], office: Office) -> Iterable[Row]:
    number = 0
    for role, label in ATTENDEE_ROLES:
        members = [each for each in attendees if each.attendee.role == role]
        if members:
            yield Row(cells=(label, "", "", ""), bold=True, spans=True)
        for each in members:
            number += 1
            yield Row(cells=(str(number), _name(each), wording.work_text(each.delegate or each.person, office), ""))
    for _ in range(BLANK_ROWS):
        number += 1
        yield Row(cells=(str(number), "", "", ""))


def _name(detail: AttendeeDetail) -> str:
    if detail.attendee.state == "delegate":
        name = detail.delegate.address_name if detail.delegate is not None else DOTS
        return f"{name} (dự thay {detail.person.address_name})"
    return detail.person.address_name
