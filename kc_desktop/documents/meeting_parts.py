"""What the papers of a meeting share: the head, who signs, whom a paper is for, the end of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kc_desktop.documents import wording
from kc_desktop.documents.paper import (
    DOTS,
    END_MARK,
    Align,
    Block,
    Bullets,
    Column,
    Paragraph,
    Row,
    Run,
    Signatures,
    StateHead,
    Table,
    closed,
    or_dots,
    para,
    sentence_end,
)
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.meeting import TASK_STATES, AttendeeDetail, Conclusion, Meeting, MeetingDossier, Task
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person

_MEETING: Final = "Họp "


def office_head(dossier: MeetingDossier, symbol: str) -> StateHead:
    """Return the head of a paper the office issues; its number and day are given when it is issued."""
    office = dossier.office
    return StateHead(
        parent=office.parent_name,
        body=or_dots(office.name),
        number=wording.number_and_symbol(None, wording.symbol_of(symbol, office)),
        place_date=wording.place_and_date(office.place, None),
    )


def office_signatures(dossier: MeetingDossier, recipients: str) -> Signatures:
    """Return the signature of the office's default signer, with Nơi nhận one a line."""
    return Signatures(
        signers=(wording.signer_block(dossier.signer, post="Giám đốc"),),
        recipients=wording.recipients_with_archive(recipients, dossier.office.department_abbreviation),
    )


def basis_lines(meeting: Meeting) -> tuple[str, ...]:
    """Return the bases typed for a meeting, one a line."""
    return tuple(line.strip().lstrip("-–• ") for line in meeting.bases.splitlines() if line.strip())


def goes_with(kind: str, office: Office) -> str:
    """Return the line under the title of an annex: "(Kèm theo Giấy mời số … ngày … của …)", the number by hand."""
    return f"(Kèm theo {kind} số {DOTS} ngày …… tháng …… năm …… của {office.name or DOTS})"


def start_line(meeting: Meeting) -> Paragraph:
    """Return "Thời gian: 08 giờ 00, ngày 13 tháng 4 năm 2023."; dots to write over where it is not known."""
    start = f"{wording.time_text(meeting.starts_at)}, {wording.day_text(meeting.held_on)}"
    return para(f"Thời gian: {sentence_end(start, '.') if meeting.held_on else start}")


def in_text(title: str) -> str:
    """Return a title as it stands inside a sentence: "cuộc họp tổng kết …"; a first word in capitals keeps them."""
    title = title.strip().rstrip(".")
    if title.startswith(_MEETING):
        return f"cuộc {title[:1].lower()}{title[1:]}"
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def owner_line(conclusion: Conclusion, dossier: MeetingDossier) -> Iterator[Paragraph]:
    """Yield who is to carry a conclusion out, nothing where nobody is named."""
    owner = dossier.person(conclusion.owner_id)
    if owner is not None:
        yield para(f"Người thực hiện: {sentence_end(wording.person_text(owner, dossier.office), '.')}")


def tasks_told(dossier: MeetingDossier) -> tuple[Task, ...]:
    """Return the tasks a paper tells of: new ones nobody has dropped, and all of the meeting before."""
    return tuple(task for task in dossier.tasks if task.state != "dropped" or task.carried_from_id)


def task_blocks(tasks: Sequence[Task], dossier: MeetingDossier) -> Iterator[Block]:
    """Yield who does what until when; what was carried over comes first, with what became of it.

    The two lists bear a heading once there is anything carried over.
    """
    carried = [task for task in tasks if task.carried_from_id]
    new = [task for task in tasks if not task.carried_from_id]
    if carried:
        yield para("Việc kỳ trước:", keep_with_next=True)
        yield _task_table(carried, dossier, with_result=True)
    if carried and new:
        yield para("Việc mới:", keep_with_next=True)
    if new:
        yield _task_table(new, dossier, with_result=any(task.state == "done" for task in new))


def _task_table(tasks: Sequence[Task], dossier: MeetingDossier, *, with_result: bool) -> Table:
    def owner(task: Task) -> str:
        person = dossier.person(task.owner_id)
        return person.address_name if person is not None else DOTS

    columns = [
        Column(title="TT", weight=7, align=Align.CENTER),
        Column(title="Công việc", weight=38 if with_result else 48),
        Column(title="Người thực hiện", weight=22 if with_result else 29),
        Column(title="Thời hạn", weight=15, align=Align.CENTER),
    ]
    if with_result:
        columns.append(Column(title="Kết quả", weight=18))
    return Table(
        columns=tuple(columns),
        rows=tuple(
            Row(
                cells=(
                    str(place),
                    task.body,
                    owner(task),
                    format_date(task.due_on) if task.due_on else DOTS,
                    *([_became(task)] if with_result else []),
                )
            )
            for place, task in enumerate(tasks, start=1)
        ),
    )


def _became(task: Task) -> str:
    """Return what became of a task: "Đã xong ngày 05/06/2023; đã gửi Sở"."""
    state = dict(TASK_STATES)[task.state]
    day = f" ngày {format_date(task.done_on)}" if task.state == "done" and task.done_on else ""
    return "; ".join(part for part in (f"{state}{day}", task.result.strip()) if part)


def recipient(detail: AttendeeDetail) -> Person:
    """Return whom a paper for an attendee goes to: who comes in their place, when that person is named."""
    is_sent = detail.attendee.state == "delegate" and detail.delegate is not None
    return detail.delegate if is_sent and detail.delegate is not None else detail.person


def recipient_text(detail: AttendeeDetail, office: Office) -> str:
    """Return name, post and organisation, and for whom they come: "Ông … - … (dự thay Bà … - …)"."""
    whom = recipient(detail)
    if whom is detail.person:
        return wording.person_text(whom, office)
    return f"{wording.person_text(whom, office)} (dự thay {wording.person_text(detail.person, office)})"


def listed(items: Sequence[str]) -> Bullets:
    """Return statements with a semicolon after each and a full stop after the last."""
    last = len(items) - 1
    return Bullets(items=tuple(sentence_end(item, "." if place == last else ";") for place, item in enumerate(items)))


def with_end(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks whose last words bear the end mark "./."; after a table it stands alone at the right."""
    found = list(blocks)
    last = found[-1] if found else None
    if isinstance(last, Paragraph) and last.runs:
        end = replace(last.runs[-1], text=closed(last.runs[-1].text))
        found[-1] = replace(last, runs=(*last.runs[:-1], end))
    elif isinstance(last, Bullets) and last.items:
        found[-1] = replace(last, items=(*last.items[:-1], closed(last.items[-1])))
    else:
        found.append(Paragraph(runs=(Run(text=END_MARK),), align=Align.RIGHT, indented=False))
    return tuple(found)
