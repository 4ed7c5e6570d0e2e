"""Chương trình họp: what a meeting goes through and when, in the layout of Mẫu 1.4, Phụ lục III of NĐ 30/2020/NĐ-CP.

The decree names "chương trình" among the papers of that form; the table of points is what offices put into it. A point
has its time where the meeting says when it begins and the points before say how long they take.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kc_desktop.documents import meeting_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import Block, Column, Paper, Table, Title
from kc_desktop.domain import agenda
from kc_desktop.domain.meeting import MeetingDossier

KEY: Final = "meeting-programme"
KIND: Final = "Chương trình"
SYMBOL: Final = "CTr"


def build(dossier: MeetingDossier) -> Paper:
    """Build the programme of a meeting; without an agenda, a table to be filled in by hand."""
    meeting = dossier.meeting
    return Paper(
        key=KEY,
        name=f"{KIND} {meeting.title}",
        author=dossier.office.name,
        head=parts.office_head(dossier, SYMBOL),
        title=Title(kind=KIND, subject=meeting.title),
        bases=parts.basis_lines(meeting),
        body=parts.with_end(_body(dossier)),
        signatures=parts.office_signatures(dossier, "Thành phần dự họp"),
        is_sample=dossier.is_sample,
    )


def _body(dossier: MeetingDossier) -> Iterator[Block]:
    meeting = dossier.meeting
    chair, secretary = dossier.person(meeting.chair_id), dossier.person(meeting.secretary_id)
    yield parts.start_line(meeting)
    yield wording.labelled("Địa điểm", meeting.place)
    yield wording.labelled("Chủ trì", wording.person_text(chair, dossier.office) if chair else "")
    if secretary is not None:
        yield wording.labelled("Thư ký", wording.person_text(secretary, dossier.office))
    yield _table(dossier)


def _table(dossier: MeetingDossier) -> Table:
    slots = agenda.slots(dossier.meeting, dossier.agenda)
    has_times = any(each.words for each in slots) or not dossier.agenda
    columns: tuple[Column, ...] = (
        tables.number_column(),
        *([tables.centred_column("Thời gian", 19)] if has_times else []),
        tables.text_column("Nội dung", 44),
        tables.text_column("Người trình bày", 30),
    )
    rows = tables.numbered(
        (
            *([slot.words] if has_times else []),
            item.title,
            wording.speaker_text(presenter) if (presenter := dossier.person(item.presenter_id)) else "",
        )
        for item, slot in zip(dossier.agenda, slots, strict=True)
    )
    return tables.table(columns, rows)
