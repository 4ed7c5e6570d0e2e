"""Trích biên bản: what the minutes say on one project, or under one point of the agenda, and nothing else of them.

No form is laid down for it: head, people and signatures are those of the minutes (Mẫu 1.9, Phụ lục III of
NĐ 30/2020/NĐ-CP), and the excerpt names the minutes it is taken from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kc_desktop.documents import council_parts, minutes, wording
from kc_desktop.documents.paper import (
    DOTS,
    BlankLines,
    Block,
    Paper,
    Signatures,
    Signer,
    StateHead,
    Title,
    closed,
    or_dots,
    para,
)
from kc_desktop.domain.council import DecidedProject
from kc_desktop.domain.meeting import AgendaItem, MeetingDossier

KEY: Final = "minutes-excerpt"
ITEM_KEY: Final = "agenda-excerpt"
KIND: Final = "Trích biên bản"
_OPINION_LINES: Final = 4


def build(dossier: MeetingDossier) -> Paper:
    """Build the excerpt on the project of one decision; without a part, on every project decided on, one after another.

    While nothing is decided it is a form to be filled in by hand.
    """
    decided = dossier.council.decisions if dossier.council is not None else ()
    wanted = [each for each in decided if dossier.part in (0, each.decision.id)]
    papers = [_of_project(dossier, each) for each in wanted] or [_blank(dossier, KEY)]
    return replace(papers[0], followed_by=tuple(papers[1:]))


def build_item(dossier: MeetingDossier) -> Paper:
    """Build the excerpt on one point of the agenda; without a part, on every point, one after another."""
    wanted = [each for each in dossier.agenda if dossier.part in (0, each.id)]
    papers = [_of_item(dossier, each) for each in wanted] or [_blank(dossier, ITEM_KEY)]
    return replace(papers[0], followed_by=tuple(papers[1:]))


def _of_project(dossier: MeetingDossier, decided: DecidedProject) -> Paper:
    agenda = [each for each in dossier.agenda if each.project_id == decided.project.id]
    blocks: list[Block] = []
    for item in agenda:
        blocks += minutes.course(dossier, item.id)
    blocks += _votes_on(dossier, decided.project.id)
    blocks += council_parts.decision_blocks(decided)
    return _paper(dossier, KEY, f"Đề án: {decided.project.name}", blocks)


def _of_item(dossier: MeetingDossier, item: AgendaItem) -> Paper:
    blocks: list[Block] = list(minutes.course(dossier, item.id))
    if item.project_id is not None:
        blocks += _votes_on(dossier, item.project_id)
        decided = dossier.council.decisions if dossier.council is not None else ()
        for each in decided:
            if each.project.id == item.project_id:
                blocks += council_parts.decision_blocks(each)
    return _paper(dossier, ITEM_KEY, item.title, blocks)


def _blank(dossier: MeetingDossier, key: str) -> Paper:
    return _paper(dossier, key, DOTS * 3, [BlankLines(count=_OPINION_LINES)])


def _votes_on(dossier: MeetingDossier, project_id: int) -> Iterable[Block]:
    council = dossier.council
    items = [each for each in council.items if each.item.project_id == project_id] if council is not None else []
    if items:
        yield para("Kết quả lấy ý kiến hội đồng:", keep_with_next=True)
        yield from council_parts.vote_blocks(items, dossier.attendees)


def _paper(dossier: MeetingDossier, key: str, subject: str, content: Iterable[Block]) -> Paper:
    meeting, office, council = dossier.meeting, dossier.office, dossier.council
    symbol = meeting.symbol.strip() or wording.symbol_of("BB", office)
    secretary, chair = dossier.person(meeting.secretary_id), dossier.person(meeting.chair_id)
    number = f"số {meeting.number:02d}/{symbol}" if meeting.number is not None else f"số ……/{symbol}"
    present = sum(each.attendee.state in ("present", "delegate") for each in dossier.attendees)
    word = minutes.meeting_word(dossier).lower()
    counted = [council_parts.quorum_line(council.quorum)] if council is not None and council.quorum.members else []
    return Paper(
        key=key,
        name=f"{KIND} {subject}",
        author=office.name,
        head=StateHead(parent=office.parent_name, body=or_dots(office.name)),
        title=Title(kind=KIND, subject=subject),
        body=(
            para(f"Trích Biên bản {number} {wording.day_text(meeting.held_on)} của {word}: {meeting.title}."),
            para(f"Thời gian: {wording.time_text(meeting.starts_at)}, {wording.day_text(meeting.held_on)}."),
            wording.labelled("Địa điểm", meeting.place),
            para(f"Thành phần tham dự: có mặt {present:02d} người." if present else f"Thành phần tham dự: {DOTS * 3}"),
            *counted,
            para(f"Chủ trì (chủ tọa): {wording.person_text(chair, office)}{'.' if chair else ''}"),
            para(f"Thư ký (người ghi biên bản): {wording.person_text(secretary, office)}{'.' if secretary else ''}"),
            para("Nội dung được trích:", keep_with_next=True),
            *content,
            para(closed("Nội dung trích đúng với biên bản đã lập")),
        ),
        signatures=Signatures(
            signers=(
                Signer(post=("Thư ký",), name=secretary.name if secretary else ""),
                Signer(post=("Chủ tọa",), name=chair.name if chair else ""),
            ),
            recipients=wording.recipients_with_archive(meeting.recipients, minutes.ARCHIVE_UNIT),
        ),
        is_sample=dossier.is_sample,
    )
