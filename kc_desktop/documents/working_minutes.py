"""Biên bản làm việc: the layout offices use on the spot and between bodies, where each party signs.

No law or circular lays it down: it is the practice of the offices (Quốc hiệu in the middle, "chúng tôi gồm", the
parties with their people, "Một là, Hai là", how many copies, a grid of signatures).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kc_desktop.documents import council_parts, meeting_parts, minutes, wording
from kc_desktop.documents.paper import (
    DOTS,
    BlankLines,
    Block,
    CitizenHead,
    Heading,
    HeadingLevel,
    Paper,
    Paragraph,
    Signatures,
    Signer,
    Title,
    closed,
    or_dots,
    para,
    sentence_end,
)
from kc_desktop.documents.parties import person_line
from kc_desktop.domain.council import PartyDetail, people_of_no_party, suggested_parties
from kc_desktop.domain.meeting import AttendeeDetail, Meeting, MeetingDossier
from kc_desktop.domain.money import in_words

KIND: Final = "Biên bản làm việc"
_STANDS_FOR: Final = "Đại diện"
_PEOPLE_LINES: Final = 2
_AGREED_LINES: Final = 4
_MOST_SIGNERS_PER_ROW: Final = 3


def build(dossier: MeetingDossier) -> Paper:
    """Build the minutes of a working session; what is not known yet is left as dots to be filled in by hand."""
    meeting = dossier.meeting
    parties = parties_of(dossier)
    sections = (
        ("Thành phần tham gia", list(_participants(dossier, parties))),
        ("Nội dung làm việc", list(minutes.course(dossier))),
        *minutes.result_sections(dossier, _agreed(dossier), "Các ý kiến thống nhất"),
    )
    body: list[Block] = [para(_opening(meeting), keep_with_next=True)]
    for number, (title, blocks) in zip(minutes.ROMAN, sections, strict=False):
        body += [council_parts.section(number, title), *blocks]
    return Paper(
        key="working-minutes",
        name=f"{KIND} {meeting.title}",
        author=dossier.office.name,
        head=CitizenHead(),
        title=Title(kind=KIND, subject=meeting.title),
        bases=tuple(line for line in meeting.bases.splitlines() if line.strip()),
        body=(*body, para(closed(_ending(meeting, len(parties))))),
        signatures=Signatures(
            signers=tuple(_signer(each) for each in parties) or (Signer(post=(_STANDS_FOR, DOTS)),) * 2,
            per_row=_MOST_SIGNERS_PER_ROW,
        ),
        is_sample=dossier.is_sample,
    )


def parties_of(dossier: MeetingDossier) -> tuple[PartyDetail, ...]:
    """Return the parties of the meeting; where none is written down, one for each body whose people came."""
    known = dossier.council.parties if dossier.council is not None else ()
    return known or suggested_parties(dossier.attendees, dossier.office.name)


def _opening(meeting: Meeting) -> str:
    day = wording.day_text(meeting.held_on)
    return (
        f"Hôm nay, hồi {_clock(meeting.starts_at)}, {day}, tại {or_dots(meeting.place).rstrip('.; ')}, chúng tôi gồm:"
    )


def _clock(time: str) -> str:
    """Return "08 giờ 30 phút", as such minutes say it; dots where no time is known."""
    return f"{wording.time_text(time)} phút"


def _participants(dossier: MeetingDossier, parties: Sequence[PartyDetail]) -> Iterable[Block]:
    for number, each in enumerate(parties, start=1):
        yield Heading(level=HeadingLevel.CLAUSE, number=str(number), title=_stands_for(each.party.name))
        yield from _people(each.people)
    others = people_of_no_party(parties, dossier.attendees)
    if others:
        yield Heading(level=HeadingLevel.CLAUSE, number=str(len(parties) + 1), title="Cùng tham gia")
        yield from _people(others)
    if not parties and not others:
        for number in (1, 2):
            yield Heading(level=HeadingLevel.CLAUSE, number=str(number), title=_stands_for(DOTS * 3))
            yield from _people(())


def _people(people: Sequence[AttendeeDetail]) -> Iterable[Paragraph]:
    for each in people:
        who = each.delegate or each.person
        stood_in = f" (dự thay {each.person.address_name})" if each.delegate is not None else ""
        yield para(sentence_end(f"- {person_line(who.address_name, who.post)}{stood_in}", "."))
    for _ in range(0 if people else _PEOPLE_LINES):
        yield para(f"- {person_line('', '')}")


def _stands_for(name: str) -> str:
    return name if name.casefold().startswith(_STANDS_FOR.casefold()) else f"{_STANDS_FOR} {name}"


def _signer(detail: PartyDetail) -> Signer:
    body = _stands_for(detail.party.name)[len(_STANDS_FOR) :].strip()
    return Signer(post=(_STANDS_FOR, body), name=detail.signer.name if detail.signer is not None else "")


def _agreed(dossier: MeetingDossier) -> Iterable[Block]:
    """Yield what was agreed on: "Một là, …", "Hai là, …"; lines to write on while there is nothing."""
    if not dossier.conclusions:
        yield BlankLines(count=_AGREED_LINES)
    for number, each in enumerate(dossier.conclusions, start=1):
        yield from minutes.said(f"{in_words(number, unit='')} là, ", each.body)
        yield from meeting_parts.owner_line(each, dossier)


def _ending(meeting: Meeting, parties: int) -> str:
    if meeting.ended_on is not None and meeting.ended_on != meeting.held_on:
        day = wording.day_text(meeting.ended_on)
    else:
        day = "cùng ngày"
    copies = f"{meeting.copies:02d}" if meeting.copies else "……"
    is_shared_evenly = bool(meeting.copies and parties) and not (meeting.copies or 0) % max(parties, 1)
    each = f"{(meeting.copies or 0) // parties:02d}" if is_shared_evenly else "……"
    return (
        f"Biên bản kết thúc vào hồi {_clock(meeting.ends_at)} {day}, được lập thành {copies} bản có giá trị như nhau, "
        f"mỗi bên giữ {each} bản; đã đọc lại cho mọi người cùng nghe, thống nhất và ký tên dưới đây"
    )
