"""500 invitations in one go against as many plain pages of the same words in the same faces, from ReportLab itself."""

from __future__ import annotations

import io
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from kc_desktop.documents import catalogue, decree30
from kc_desktop.documents.fonts import BOLD, BOLD_ITALIC, FACES, ITALIC, REGULAR, font_set
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.meeting import AgendaItem, Attendee, AttendeeDetail, Meeting, MeetingDossier
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person
from kc_desktop.services import batch
from kc_desktop.services.papers import Gathered, Part
from tests.benchmarks.measure import Figure, interleaved_medians_ms
from tests.benchmarks.words import Words

LETTERS: Final = 500
_RUNS: Final = 5


def figures() -> list[Figure]:
    """Measure one file with all of them, and a file each; the floor writes as many pages to as many files."""
    found = _gathered()
    parts = [each.id for each in found.parts]
    letters = [plain_text(found.paper(part)).splitlines() for part in parts]
    with tempfile.TemporaryDirectory(prefix="kc-batch-") as folder:
        ours, theirs = Path(folder) / "ours", Path(folder) / "theirs"
        one, plain_one = interleaved_medians_ms(
            (lambda: batch.together(found, parts, ".pdf", _quiet), lambda: _plain(letters)), _RUNS
        )
        each, plain_each = interleaved_medians_ms(
            (lambda: _write_each(found, parts, ours), lambda: _write_plain_each(letters, theirs)), _RUNS
        )
    return [
        Figure(name=_name("in one PDF", one), value=one, unit="ms", floor=plain_one, limit_ratio=1.5),
        Figure(name=_name("a PDF each", each), value=each, unit="ms", floor=plain_each, limit_ratio=1.5),
    ]


def _name(way: str, took_ms: float) -> str:
    return f"{LETTERS} invitations {way} ({LETTERS / took_ms * 1000:.0f} a second), against plain pages"


def _quiet(_done: int, _total: int) -> None:
    """Go on."""


def _write_each(found: Gathered, parts: list[int], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    batch.write_each(found, parts, folder, ".pdf", _quiet)


def _write_plain_each(letters: list[list[str]], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, lines in enumerate(letters):
        (folder / f"{number}.pdf").write_bytes(_plain([lines]))


def _plain(letters: list[list[str]]) -> bytes:
    size_pt = decree30.BODY_PT
    styles = {
        face: ParagraphStyle(
            face,
            fontName=font_set().registered_name(face),
            fontSize=size_pt,
            leading=size_pt * decree30.SINGLE_LINE,
            firstLineIndent=decree30.FIRST_LINE_MM * mm,
        )
        for face in FACES
    }
    story: list[Flowable] = []
    for lines in letters:
        story += [*(Paragraph(escape(line), styles[_face_of(line)]) for line in lines), PageBreak()]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, leftMargin=30 * mm, rightMargin=20 * mm, invariant=1).build(story)
    return buffer.getvalue()


def _face_of(line: str) -> str:
    """Return the face a letter has a line in: what a file embeds of each face is most of a short file's work."""
    if line == "Nơi nhận:":
        return BOLD_ITALIC
    if ", ngày …" in line:
        return ITALIC
    return BOLD if line.isupper() else REGULAR


def _gathered() -> Gathered:
    words = Words(7)
    people = [
        Person(
            id=number,
            name=f"Đại biểu {number:03d}",
            honorific="ong",
            post=words.post(),
            organisation=f"Ủy ban nhân dân xã số {number}",
        )
        for number in range(1, LETTERS + 1)
    ]
    dossier = MeetingDossier(
        office=Office(id=1, name="Trung tâm Khuyến công", parent_name="Sở Công Thương", abbreviation="TTKC"),
        meeting=Meeting(
            id=1,
            title="Hội nghị tổng kết hoạt động mạng lưới cộng tác viên khuyến công năm 2022",
            held_on=date(2023, 4, 13),
            starts_at="8:00",
            place="Phòng họp của Trung tâm",
            chair_id=1,
        ),
        agenda=tuple(AgendaItem(id=number, title=words.sentences(1)) for number in (1, 2, 3)),
        attendees=tuple(
            AttendeeDetail(attendee=Attendee(id=each.id, person_id=each.id), person=each) for each in people
        ),
        people={each.id: each for each in people},
    )
    kind = catalogue.kind("invitation")
    return Gathered(
        kind=kind,
        dossier=dossier,
        name=kind.name,
        parts=tuple(Part(id=each.id, key=catalogue.key_of(kind.key, each.id), name=each.name) for each in people),
    )
