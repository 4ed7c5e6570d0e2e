"""Biên bản họp: Mẫu 1.9, Phụ lục III of NĐ 30/2020/NĐ-CP.

The order of the form is kept to the letter. What the form leaves to "Nội dung (theo diễn biến cuộc họp)" is set out by
agenda item, then petitions with their answers, conclusions and tasks, in the layout mục, khoản of Phụ lục I.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kc_desktop.documents import council_parts, meeting_parts, wording
from kc_desktop.documents.paper import (
    DOTS,
    BlankLines,
    Block,
    Bullets,
    Heading,
    HeadingLevel,
    Paper,
    Paragraph,
    Signatures,
    Signer,
    StateHead,
    Title,
    closed,
    or_dots,
    para,
    sentence_end,
)
from kc_desktop.domain.council import CAME
from kc_desktop.domain.meeting import (
    ATTENDEE_ROLES,
    AgendaItem,
    AttendeeDetail,
    Entry,
    MeetingDossier,
    Petition,
)
from kc_desktop.domain.office import Office

KIND = "BIÊN BẢN"
ARCHIVE_UNIT = "Hồ sơ"  # Mẫu 1.9 prints "Lưu: VT, Hồ sơ."
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_BLANK_LINES_PER_ITEM = 3
_COUNCIL = "Hội đồng"


def build(dossier: MeetingDossier) -> Paper:
    """Build the minutes of a meeting; what is not known yet is left as dots to be filled in by hand."""
    meeting, office = dossier.meeting, dossier.office
    symbol = meeting.symbol.strip() or wording.symbol_of("BB", office)
    word = meeting_word(dossier)
    ended_on = meeting.ended_on or meeting.held_on
    start = f"{wording.time_text(meeting.starts_at)}, {wording.day_text(meeting.held_on)}"
    end = f"{wording.time_text(meeting.ends_at)}, {wording.day_text(ended_on)}"
    secretary, chair = dossier.person(meeting.secretary_id), dossier.person(meeting.chair_id)
    body: tuple[Block, ...] = (
        para(f"Thời gian bắt đầu: {sentence_end(start, '.') if meeting.held_on else start}"),
        wording.labelled("Địa điểm", meeting.place),
        *_participants(dossier.attendees, office),
        para(f"Chủ trì (chủ tọa): {wording.person_text(chair, office)}{'.' if chair else ''}"),
        para(f"Thư ký (người ghi biên bản): {wording.person_text(secretary, office)}{'.' if secretary else ''}"),
        para(f"Nội dung (theo diễn biến {word.lower()}):", keep_with_next=True),
        *_content(dossier),
        para(closed(f"{word} kết thúc vào {end}")),
    )
    return Paper(
        key="meeting-minutes",
        name=f"Biên bản {meeting.title}",
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            number=wording.number_and_symbol(meeting.number, symbol),
        ),
        title=Title(kind=KIND, subject=meeting.title),
        body=body,
        signatures=Signatures(
            signers=(
                Signer(post=("Thư ký",), name=secretary.name if secretary else ""),
                Signer(post=("Chủ tọa",), name=chair.name if chair else ""),
            ),
            recipients=wording.recipients_with_archive(meeting.recipients, ARCHIVE_UNIT),
        ),
        is_sample=dossier.is_sample,
    )


def meeting_word(dossier: MeetingDossier) -> str:
    """Return what the paper calls the meeting."""
    return "Hội nghị" if dossier.meeting.kind == "hoi_nghi" else "Cuộc họp"


def _participants(attendees: Sequence[AttendeeDetail], office: Office) -> Iterable[Block]:
    """Yield who came by role, who sent somebody, and who was absent and why; only "present" counts as present."""
    present = [each for each in attendees if each.attendee.state == "present"]
    delegates = [each for each in attendees if each.attendee.state == "delegate"]
    absent = [each for each in attendees if each.attendee.state in ("excused", "absent")]
    if not (present or delegates or absent):
        yield para(f"Thành phần tham dự: {DOTS}{DOTS}{DOTS}")
        yield BlankLines(count=_BLANK_LINES_PER_ITEM)
        return
    counts = [f"có mặt {len(present):02d} người"]
    if delegates:
        counts.append(f"dự thay {len(delegates):02d} người")
    if absent:
        counts.append(f"vắng {len(absent):02d} người")
    yield para(f"Thành phần tham dự: {', '.join(counts)}.", keep_with_next=True)
    for role, label in ATTENDEE_ROLES:
        members = [each for each in attendees if each.attendee.role == role and each.attendee.state in CAME]
        if members:
            yield para(f"{label}:", keep_with_next=True)
            yield Bullets(items=_listed([_came(each, office) for each in members]))
    if absent:
        yield para("Vắng mặt:", keep_with_next=True)
        yield Bullets(items=_listed([_stayed_away(each, office) for each in absent]))


def _came(detail: AttendeeDetail, office: Office) -> str:
    role = _council_role(detail.attendee.council_role)
    if detail.attendee.state == "present":
        return f"{wording.person_text(detail.person, office)}{role}"
    stood_in_for = wording.person_text(detail.person, office)
    return f"{wording.person_text(detail.delegate, office)} (dự thay {stood_in_for}{role})"


def _council_role(role: str) -> str:
    """Return ", Chủ tịch Hội đồng"; "" for nobody of a council."""
    named = role.strip()
    if not named:
        return ""
    return f", {named}" if _COUNCIL.casefold() in named.casefold() else f", {named} {_COUNCIL}"


def _stayed_away(detail: AttendeeDetail, office: Office) -> str:
    permission = "vắng có phép" if detail.attendee.state == "excused" else "vắng"
    return f"{wording.person_text(detail.person, office)} ({permission}, lý do: {or_dots(detail.attendee.reason)})"


def _listed(items: Sequence[str]) -> tuple[str, ...]:
    last = len(items) - 1
    return tuple(sentence_end(item, "." if place == last else ";") for place, item in enumerate(items))


def _content(dossier: MeetingDossier) -> Iterable[Block]:
    """Yield the course of the meeting; sections get Roman numbers when there is more than one."""
    sections = [("Diễn biến", list(course(dossier))), *result_sections(dossier, conclusions(dossier))]
    for number, (title, blocks) in zip(ROMAN, sections, strict=False):
        if len(sections) > 1:
            yield council_parts.section(number, title)
        yield from blocks


def result_sections(
    dossier: MeetingDossier, concluded: Iterable[Block], concluded_title: str = "Kết luận"
) -> list[tuple[str, list[Block]]]:
    """Return the sections after the course that have something to say: petitions, votes, decisions, conclusions, tasks.

    `concluded` are the conclusions as the paper words them.
    """
    found: list[tuple[str, list[Block]]] = []
    if dossier.petitions:
        found.append(("Kiến nghị và trả lời", list(_petitions(dossier))))
    council = dossier.council
    if council is not None and council.items:
        counted = [council_parts.quorum_line(council.quorum)] if council.quorum.members else []
        votes = council_parts.vote_blocks(council.items, dossier.attendees)
        found.append(("Biểu quyết, chấm điểm", [*counted, *votes]))
    if council is not None and council.decisions:
        found.append(("Kết luận về từng đề án", [council_parts.decision_table(council.decisions)]))
    words = list(concluded)
    if words:
        found.append((concluded_title, words))
    tasks = meeting_parts.tasks_told(dossier)
    if tasks:
        found.append(("Phân công nhiệm vụ", list(meeting_parts.task_blocks(tasks, dossier))))
    return found


def course(dossier: MeetingDossier, only: int | None = None) -> Iterable[Block]:
    """Yield what was said by point of the agenda, of one point only where its id is given; lines to write on for none.

    The entries are sorted to their points once: long minutes have hundreds of both.
    """
    if not dossier.agenda and not dossier.entries:
        yield BlankLines(count=2 * _BLANK_LINES_PER_ITEM)
        return
    under: dict[int | None, list[Entry]] = {item.id: [] for item in dossier.agenda}
    loose: list[Entry] = []
    for entry in dossier.entries:
        under.get(entry.agenda_item_id, loose).append(entry)
    for number, item in enumerate(dossier.agenda, start=1):
        if only in (None, item.id):
            yield from _agenda_item(number, item, under[item.id], dossier)
    if only is not None:
        return
    if loose and dossier.agenda:
        yield Heading(level=HeadingLevel.CLAUSE, number=str(len(dossier.agenda) + 1), title="Ý kiến khác")
    for entry in loose:
        yield from _entry(entry, dossier)


def _agenda_item(number: int, item: AgendaItem, entries: Sequence[Entry], dossier: MeetingDossier) -> Iterable[Block]:
    yield Heading(level=HeadingLevel.CLAUSE, number=str(number), title=item.title)
    presenter = dossier.person(item.presenter_id)
    if presenter is not None:
        yield para(f"Trình bày: {sentence_end(wording.speaker_text(presenter), '.')}", keep_with_next=bool(entries))
    for entry in entries:
        yield from _entry(entry, dossier)
    if not dossier.entries:
        yield BlankLines(count=_BLANK_LINES_PER_ITEM)


def _entry(entry: Entry, dossier: MeetingDossier) -> Iterable[Paragraph]:
    speaker = dossier.person(entry.speaker_id)
    time = f"{wording.time_text(entry.said_at)}, " if entry.said_at.strip() else ""
    name = f"{time}{wording.speaker_text(speaker)}: " if speaker is not None else time
    return said(name, entry.body)


def said(lead: str, text: str) -> Iterable[Paragraph]:
    """Yield what somebody typed, a paragraph a line, the first after its lead; dots for nothing."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [DOTS]
    yield para(f"{lead}{lines[0]}")
    for line in lines[1:]:
        yield para(line)


def _petitions(dossier: MeetingDossier) -> Iterable[Block]:
    for number, petition in enumerate(dossier.petitions, start=1):
        asker = dossier.person(petition.asked_by_id)
        lead = f"{wording.speaker_text(asker)} kiến nghị: " if asker is not None else "Kiến nghị: "
        yield from said(f"{number}. {lead}", petition.body)
        yield from _answer(petition, dossier)


def _answer(petition: Petition, dossier: MeetingDossier) -> Iterable[Paragraph]:
    answerer = dossier.person(petition.answered_by_id)
    lead = f"{wording.speaker_text(answerer)} trả lời: " if answerer is not None else "Trả lời: "
    return said(lead, petition.answer)


def conclusions(dossier: MeetingDossier) -> Iterable[Block]:
    """Yield the numbered conclusions, each with who is to carry it out."""
    for number, conclusion in enumerate(dossier.conclusions, start=1):
        yield from said(f"{number}. ", conclusion.body)
        yield from meeting_parts.owner_line(conclusion, dossier)
