"""Tổng hợp kiến nghị và trả lời: what was asked for at a meeting, who answers it, and which wait for an answer.

Offices' own table; no form of it is in our sources. A petition counts as answered when its answer is written; one
without says "Chưa trả lời" with who owes the answer and until when: none is lost on the way to the next meeting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kc_desktop.documents import meeting_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import (
    Block,
    Orientation,
    Paper,
    Row,
    Signatures,
    Signer,
    StateHead,
    Table,
    Title,
    or_dots,
    para,
)
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.meeting import MeetingDossier, Petition
from kc_desktop.domain.people import Person

KEY: Final = "petition-answers"
KIND: Final = "Tổng hợp kiến nghị và trả lời"
UNANSWERED: Final = "Chưa trả lời"
CLOSED: Final = "Đã xong, không ghi câu trả lời"

_COLUMNS: Final = (
    tables.number_column(),
    tables.text_column("Kiến nghị", 34),
    tables.text_column("Người kiến nghị", 18),
    tables.text_column("Trả lời", 34),
    tables.text_column("Người trả lời", 18),
    tables.centred_column("Ngày trả lời", 14),
)


def build(dossier: MeetingDossier) -> Paper:
    """Build the table of a meeting's petitions, in the order they were made."""
    office, meeting = dossier.office, dossier.meeting
    return Paper(
        key=KEY,
        name=f"{KIND} {meeting.title}",
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            place_date=wording.place_and_date(office.place, None),
        ),
        title=Title(kind=KIND, subject=meeting.title),
        body=tuple(_body(dossier)),
        signatures=Signatures(
            signers=(Signer(post=("Người tổng hợp",)), wording.signer_block(dossier.signer, post="Giám đốc"))
        ),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def _body(dossier: MeetingDossier) -> Iterator[Block]:
    yield parts.start_line(dossier.meeting)
    yield wording.labelled("Địa điểm", dossier.meeting.place)
    yield para(count_line(dossier.petitions))
    yield _table(dossier)


def count_line(petitions: Sequence[Petition]) -> str:
    """Return how many petitions there are, how many have an answer and how many wait for one."""
    answered = sum(bool(each.answer.strip()) for each in petitions)
    waiting = sum(not each.answer.strip() and not each.is_closed for each in petitions)
    closed = len(petitions) - answered - waiting
    words = [f"đã trả lời {answered:02d}", f"chưa trả lời {waiting:02d}"]
    if closed:
        words.append(f"đã xong không ghi câu trả lời {closed:02d}")
    return f"Tổng số {len(petitions):02d} kiến nghị: {', '.join(words)}."


def _table(dossier: MeetingDossier) -> Table:
    return tables.table(_COLUMNS, _rows(dossier))


def _rows(dossier: MeetingDossier) -> tuple[Row, ...]:
    return tables.numbered(
        (
            each.body,
            _named(dossier.person(each.asked_by_id)),
            *answer_cells(each, _named(dossier.person(each.answered_by_id))),
        )
        for each in dossier.petitions
    )


def answer_cells(petition: Petition, owner: str) -> tuple[str, str, str]:
    """Return answer, who answers and the day; where none is written yet, that, and until when it is owed."""
    if petition.answer.strip():
        return petition.answer, owner, tables.day_cell(petition.answered_on)
    if petition.is_closed:
        return CLOSED, owner, tables.day_cell(petition.answered_on)
    due = f"Hạn {format_date(petition.due_on)}" if petition.due_on else "Chưa có hạn"
    return UNANSWERED, owner or "Chưa giao", due


def _named(person: Person | None) -> str:
    return wording.speaker_text(person) if person is not None else ""
