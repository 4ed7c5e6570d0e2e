"""Tổng hợp kiến nghị và trả lời, of a meeting or of its year: what was asked for, who answers, what waits for it.

Offices' own table; no form of it is in our sources. A petition counts as answered when its answer is written; one
without says "Chưa trả lời" with who owes the answer and until when: none is lost on the way to the next meeting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kc_desktop.documents import meeting_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import (
    DOTS,
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
YEAR_KEY: Final = "petition-answers-year"
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
    meeting = dossier.meeting
    body = (
        parts.start_line(meeting),
        wording.labelled("Địa điểm", meeting.place),
        para(count_line(dossier.petitions)),
        _table(tables.numbered(_cells(each, dossier) for each in dossier.petitions)),
    )
    return _paper(dossier, KEY, meeting.title, body)


def build_year(dossier: MeetingDossier) -> Paper:
    """Build the table of all petitions of the meeting's year, meeting by meeting in the order they were held."""
    held_on = dossier.meeting.held_on
    petitions = [each for one in dossier.of_year for each in one.petitions]
    body = (
        para(f"{count_line(petitions)[:-1]}, tại {len(dossier.of_year):02d} cuộc họp."),
        _table(tuple(_year_rows(dossier.of_year))),
    )
    return _paper(dossier, YEAR_KEY, f"Các cuộc họp năm {held_on.year if held_on else DOTS}", body)


def _table(rows: Sequence[Row]) -> Table:
    """Return the table; even a short one may be parted, for a few long answers fill more than a page."""
    return replace(tables.table(_COLUMNS, rows), is_whole=False)


def _paper(dossier: MeetingDossier, key: str, subject: str, body: tuple[Block, ...]) -> Paper:
    office = dossier.office
    return Paper(
        key=key,
        name=f"{KIND} {subject}",
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            place_date=wording.place_and_date(office.place, None),
        ),
        title=Title(kind=KIND, subject=subject),
        body=body,
        signatures=Signatures(
            signers=(Signer(post=("Người tổng hợp",)), wording.signer_block(dossier.signer, post="Giám đốc"))
        ),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def _year_rows(meetings: Sequence[MeetingDossier]) -> Iterator[Row]:
    number = 0
    for each in meetings:
        day = format_date(each.meeting.held_on) if each.meeting.held_on else ""
        title = f"{each.meeting.title} ({day})" if day else each.meeting.title
        yield Row(cells=(title, *[""] * (len(_COLUMNS) - 1)), bold=True, spans=True)
        for petition in each.petitions:
            number += 1
            yield Row(cells=(str(number), *_cells(petition, each)))


def count_line(petitions: Sequence[Petition]) -> str:
    """Return how many petitions there are, how many have an answer and how many wait for one."""
    answered = sum(bool(each.answer.strip()) for each in petitions)
    waiting = sum(not each.answer.strip() and not each.is_closed for each in petitions)
    closed = len(petitions) - answered - waiting
    words = [f"đã trả lời {answered:02d}", f"chưa trả lời {waiting:02d}"]
    if closed:
        words.append(f"đã xong không ghi câu trả lời {closed:02d}")
    return f"Tổng số {len(petitions):02d} kiến nghị: {', '.join(words)}."


def _cells(petition: Petition, dossier: MeetingDossier) -> tuple[str, ...]:
    answers = _answer_cells(petition, _named(dossier.person(petition.answered_by_id)))
    return (petition.body, _named(dossier.person(petition.asked_by_id)), *answers)


def _answer_cells(petition: Petition, owner: str) -> tuple[str, str, str]:
    """Return answer, who answers and the day; where none is written yet, that, and until when it is owed."""
    if petition.answer.strip():
        return petition.answer, owner, tables.day_cell(petition.answered_on)
    if petition.is_closed:
        return CLOSED, owner, tables.day_cell(petition.answered_on)
    due = f"Hạn {format_date(petition.due_on)}" if petition.due_on else "Chưa có hạn"
    return UNANSWERED, owner or "Chưa giao", due


def _named(person: Person | None) -> str:
    return wording.speaker_text(person) if person is not None else ""
