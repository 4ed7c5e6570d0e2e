"""Thông báo kết luận: what the chair concluded, sent to those who carry it out.

Layout: Mẫu 1.4, Phụ lục III of NĐ 30/2020/NĐ-CP (a paper with its kind in the title, "thông báo"). The decree sets no
words for the content; opening and close are those offices use. Who took part is counted from those marked present and
those who came in place of another, never from those asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kc_desktop.documents import meeting_parts as parts
from kc_desktop.documents import wording
from kc_desktop.documents.paper import DOTS, BlankLines, Block, Heading, HeadingLevel, Paper, Title, or_dots, para
from kc_desktop.domain.meeting import Conclusion, MeetingDossier

KEY: Final = "conclusion-notice"
KIND: Final = "Thông báo"
SYMBOL: Final = "TB"
_BLANK_LINES: Final = 6


def build(dossier: MeetingDossier) -> Paper:
    """Build the notice of a meeting's conclusions and tasks."""
    meeting = dossier.meeting
    subject = f"Kết luận của {_chair_named(dossier)} tại {parts.in_text(meeting.title)}"
    return Paper(
        key=KEY,
        name=f"{KIND} kết luận {meeting.title}",
        author=dossier.office.name,
        head=parts.office_head(dossier, SYMBOL),
        title=Title(kind=KIND, subject=subject),
        body=parts.with_end(_body(dossier)),
        signatures=parts.office_signatures(dossier, meeting.recipients),
        is_sample=dossier.is_sample,
    )


def _chair_named(dossier: MeetingDossier) -> str:
    """Return post and name, as the title of such a notice has them: "Phó Giám đốc Trung tâm Trương Thanh Nhàn"."""
    chair = dossier.person(dossier.meeting.chair_id)
    if chair is None:
        return "người chủ trì"
    return f"{chair.post.strip()} {chair.name}" if chair.post.strip() else chair.address_name


def _body(dossier: MeetingDossier) -> Iterator[Block]:
    meeting, office = dossier.meeting, dossier.office
    chair = dossier.person(meeting.chair_id)
    place = f", tại {meeting.place.strip().rstrip('.')}" if meeting.place.strip() else ""
    day = wording.day_text(meeting.held_on)
    came = sum(each.attendee.state in ("present", "delegate") for each in dossier.attendees)
    present = f" Dự họp có {came:02d} người." if came else ""
    yield para(
        f"{day[:1].upper()}{day[1:]}{place}, {wording.person_text(chair, office)} chủ trì "
        f"{parts.in_text(meeting.title)}.{present}"
    )
    yield para("Sau khi nghe báo cáo và ý kiến của người dự họp, người chủ trì kết luận như sau:", keep_with_next=True)
    yield from _conclusions(dossier)
    tasks = parts.tasks_told(dossier)
    if tasks:
        yield para("Phân công nhiệm vụ:", keep_with_next=True)
        yield from parts.task_blocks(tasks, dossier)
    yield para(f"{or_dots(office.name)} thông báo để các đơn vị, cá nhân liên quan biết, thực hiện.")


def _conclusions(dossier: MeetingDossier) -> Iterator[Block]:
    if not dossier.conclusions:
        yield BlankLines(count=_BLANK_LINES)
    for number, each in enumerate(dossier.conclusions, start=1):
        yield from _conclusion(number, each, dossier)


def _conclusion(number: int, conclusion: Conclusion, dossier: MeetingDossier) -> Iterator[Block]:
    lines = [line.strip() for line in conclusion.body.splitlines() if line.strip()] or [DOTS]
    if len(lines) == 1:
        yield para(f"{number}. {lines[0]}")
    else:
        yield Heading(level=HeadingLevel.CLAUSE, number=str(number), title=lines[0])
        for line in lines[1:]:
            yield para(line)
    yield from parts.owner_line(conclusion, dossier)
