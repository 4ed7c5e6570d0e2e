"""Giấy mời: Mẫu 1.7, Phụ lục III of NĐ 30/2020/NĐ-CP; one for everybody asked to a meeting, or one for each.

The order of the form is kept to the letter: who is asked, to what, chair, time, place, what to note. What to note are
the points of the agenda and how to reach the office, each only where the data has it.

Who is asked: everybody on the list of attendees who has not said they stay away, so those marked as asked, confirmed or
present. Somebody excused or absent gets no invitation. Where a person sends another, the other is asked, with the words
for whom they come; while that other is not named, the person is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kc_desktop.documents import meeting_parts as parts
from kc_desktop.documents import wording
from kc_desktop.documents.paper import (
    Align,
    Annex,
    Block,
    Column,
    Paper,
    Row,
    Table,
    Title,
    or_dots,
    para,
    sentence_end,
)
from kc_desktop.domain.meeting import AttendeeDetail, MeetingDossier
from kc_desktop.domain.office import Office

KEY: Final = "invitation"
KIND: Final = "Giấy mời"
SYMBOL: Final = "GM"
_STAYS_AWAY: Final = frozenset({"excused", "absent"})
_MOST_IN_TEXT: Final = 5
"""More names than these stand on a list of their own behind the invitation: a page of names hides time and place."""

_COLUMNS: Final = (
    Column(title="TT", weight=8, align=Align.CENTER),
    Column(title="Họ và tên", weight=38),
    Column(title="Chức vụ, đơn vị", weight=54),
)


def asked(dossier: MeetingDossier) -> tuple[AttendeeDetail, ...]:
    """Return who is sent an invitation, in the order of the record."""
    return tuple(each for each in dossier.attendees if each.attendee.state not in _STAYS_AWAY)


def build(dossier: MeetingDossier) -> Paper:
    """Build the invitation for the attendee the dossier is about, or the one for all."""
    meeting, office = dossier.meeting, dossier.office
    invited = asked(dossier)
    alone = next((each for each in invited if dossier.part and each.attendee.id == dossier.part), None)
    is_listed = alone is None and len(invited) > _MOST_IN_TEXT
    whom = (alone,) if alone else () if is_listed else invited
    body = [*_whom(whom, dossier, is_listed=is_listed), *_what(dossier), *_to_note(dossier)]
    return Paper(
        key=KEY,
        name=" - ".join(part for part in (KIND, parts.recipient(alone).name if alone else "", meeting.title) if part),
        author=office.name,
        head=parts.office_head(dossier, SYMBOL),
        title=Title(kind=KIND, subject=meeting.title),
        bases=parts.basis_lines(meeting),
        body=parts.with_end(body),
        annexes=(_list(invited, office),) if is_listed else (),
        signatures=parts.office_signatures(dossier, "Như trên"),
        is_sample=dossier.is_sample,
    )


def _whom(whom: tuple[AttendeeDetail, ...], dossier: MeetingDossier, *, is_listed: bool) -> Iterator[Block]:
    lead = f"{or_dots(dossier.office.name)} trân trọng kính mời:"
    if is_listed:
        yield para(f"{lead} các ông, bà có tên trong danh sách kèm theo.")
    elif len(whom) > 1:
        yield para(lead, keep_with_next=True)
        yield parts.listed([parts.recipient_text(each, dossier.office) for each in whom])
    elif whom:
        yield para(f"{lead} {sentence_end(parts.recipient_text(whom[0], dossier.office), '.')}")
    else:
        yield wording.labelled(lead.removesuffix(":"), "")


def _what(dossier: MeetingDossier) -> Iterator[Block]:
    meeting = dossier.meeting
    chair = dossier.person(meeting.chair_id)
    yield wording.labelled("Tới dự", meeting.title)
    yield wording.labelled("Chủ trì", wording.person_text(chair, dossier.office) if chair else "")
    yield parts.start_line(meeting)
    yield wording.labelled("Địa điểm", meeting.place)


def _to_note(dossier: MeetingDossier) -> Iterator[Block]:
    office = dossier.office
    titles = [each.title.strip() for each in dossier.agenda if each.title.strip()]
    if titles:
        yield para("Nội dung:", keep_with_next=True)
        yield parts.listed(titles)
    reached = [
        f"{label} {value.strip()}"
        for label, value in (("điện thoại", office.phone), ("thư điện tử", office.email))
        if value.strip()
    ]
    if reached:
        yield para(f"Thông tin liên hệ: {', '.join(reached)}.")


def _list(invited: tuple[AttendeeDetail, ...], office: Office) -> Annex:
    rows = tuple(
        Row(cells=(str(place), parts.recipient(each).address_name, _work(each, office)))
        for place, each in enumerate(invited, start=1)
    )
    return Annex(
        number="",
        title="Danh sách đại biểu được mời",
        reference=parts.goes_with(KIND, office),
        body=(Table(columns=_COLUMNS, rows=rows),),
    )


def _work(detail: AttendeeDetail, office: Office) -> str:
    whom = parts.recipient(detail)
    work = wording.work_text(whom, office)
    if whom is detail.person:
        return work
    return f"{work} (dự thay {wording.person_text(detail.person, office)})".strip()
