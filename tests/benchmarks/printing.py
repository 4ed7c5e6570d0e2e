"""Five-page minutes to PDF against plain ReportLab paragraphs of the same text, in the same font, on as many pages."""

from __future__ import annotations

import io
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate

from kc_desktop.documents import decree30, minutes
from kc_desktop.documents.fonts import REGULAR, font_set
from kc_desktop.documents.paper import Paper
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.meeting import AgendaItem, Attendee, AttendeeDetail, Conclusion, Entry, Meeting, MeetingDossier
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person
from tests.benchmarks.measure import Figure, interleaved_medians_ms
from tests.benchmarks.words import Words

PAGES = 5
_RUNS = 40


def figures() -> list[Figure]:
    """Measure the minutes; the PDFs of both are read back for their pages."""
    paper = _minutes_of(PAGES)
    lines = plain_text(paper).splitlines()
    size_pt = _size_for_as_many_pages(lines)
    value, floor = interleaved_medians_ms(
        (lambda: render_pdf(paper, bundled_font=True), lambda: _plain(lines, size_pt)), _RUNS
    )
    words = sum(len(line.split()) for line in lines)
    name = f"minutes of {PAGES} pages ({words:,} words) to PDF, against paragraphs on {PAGES} pages"
    return [Figure(name=name, value=value, unit="ms", floor=floor, limit_ratio=1.5)]


def _pages(pdf: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _minutes_of(pages: int) -> Paper:
    for entries in range(4, 200):
        paper = minutes.build(_dossier(entries))
        if _pages(render_pdf(paper, bundled_font=True)) == pages:
            return paper
    raise RuntimeError("no number of entries fills the pages")


def _size_for_as_many_pages(lines: list[str]) -> float:
    """Return the letter size at which the plain paragraphs fill as many pages."""
    for tenths in range(140, 100, -1):
        if _pages(_plain(lines, tenths / 10)) == PAGES:
            return tenths / 10
    raise RuntimeError("no letter size fills the pages")


def _plain(lines: list[str], size_pt: float) -> bytes:
    buffer = io.BytesIO()
    style = ParagraphStyle(
        "plain",
        fontName=font_set(bundled_only=True).registered_name(REGULAR),
        fontSize=size_pt,
        leading=size_pt * 1.2,
        spaceAfter=6,
        alignment=TA_JUSTIFY,
        firstLineIndent=10 * mm,
    )
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=decree30.MARGIN_LEFT_MM * mm,
        rightMargin=decree30.MARGIN_RIGHT_MM * mm,
        topMargin=decree30.MARGIN_TOP_MM * mm,
        bottomMargin=decree30.MARGIN_BOTTOM_MM * mm,
        invariant=1,
    )
    document.build([Paragraph(escape(line), style) for line in lines])
    return buffer.getvalue()


def _dossier(entries: int) -> MeetingDossier:
    words = Words(7)
    people = {
        number: Person(id=number, name=f"Đại biểu {number:02d}", honorific="ong", post=words.post())
        for number in range(1, 31)
    }
    agenda = tuple(AgendaItem(id=number, ordinal=number, title=words.sentences(1)) for number in (1, 2, 3))
    return MeetingDossier(
        office=Office(id=1, name="Trung tâm Khuyến công", parent_name="Sở Công Thương", abbreviation="TTKC"),
        meeting=Meeting(
            id=1,
            title="Tổng kết hoạt động mạng lưới cộng tác viên khuyến công năm 2022",
            held_on=date(2023, 4, 13),
            starts_at="8:00",
            ends_at="11:00",
            place="Phòng họp của Trung tâm",
            chair_id=1,
            secretary_id=2,
        ),
        agenda=agenda,
        attendees=tuple(
            AttendeeDetail(attendee=Attendee(id=each, person_id=each, state="present"), person=people[each])
            for each in people
        ),
        entries=tuple(
            Entry(id=each, agenda_item_id=1 + each % 3, speaker_id=1 + each % 30, body=words.sentences(3))
            for each in range(1, entries + 1)
        ),
        conclusions=tuple(Conclusion(id=each, ordinal=each, body=words.sentences(2)) for each in range(1, 6)),
        people=people,
    )
