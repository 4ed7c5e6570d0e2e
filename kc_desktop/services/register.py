"""Sổ văn bản đi: numbers suggested and confirmed, reserved, cancelled in sight; issued papers locked with their bytes.

NĐ 30/2020 Điều 15: a series begins with 01 on 1 January and ends on 31 December; whether all papers share one series or
each kind has its own is the office's choice. A number is never used twice, and a gap is reported, not filled silently.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from datetime import date

from kc_desktop.documents import catalogue, numbering
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import papers
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import register as stored

SERIES_SETTING = "number_series"
COMMON, BY_KIND = "common", "kind"
_COMMON_SERIES = "chung"
_TABLES = {catalogue.MEETINGS: "meeting", catalogue.PROJECTS: "project", catalogue.PLANS: "annual_plan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a paper would be issued as: the next free number of its series, to be confirmed by the clerk."""

    key: str
    record_id: int
    subject: str
    symbol: str
    series: str
    number: int
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesState:
    """The numbers of one series in a year: how many are taken, which are missing, which stand twice."""

    series: str
    year: int
    taken: int
    last: int
    gaps: tuple[int, ...]
    duplicates: tuple[int, ...]


def series_for(workspace: Workspace, symbol: str) -> str:
    """Return the series a symbol is numbered in: its kind ("BB" of "BB-TTKC"), or the office's one series."""
    if workspace.setting(SERIES_SETTING) == COMMON:
        return _COMMON_SERIES
    return symbol.partition("-")[0].strip() or _COMMON_SERIES


def suggest(workspace: Workspace, series: str, year: int) -> int:
    """Return the number after the last one taken in a series and year; 1 in a new year."""
    with workspace.reading() as connection:
        taken = stored.numbers(connection, series, year)
    return taken[-1] + 1 if taken else 1


def propose(workspace: Workspace, key: str, record_id: int, dated: date) -> Proposed:
    """Return what a paper would be issued as. Raises KnownError for a kind of paper that bears no number."""
    paper = papers.build(workspace, key, record_id)
    if not numbering.takes_number(paper):
        raise KnownError(f"{paper.name} không đánh số.", "In ra là dùng được; không cần vào sổ văn bản đi.")
    symbol = numbering.symbol_on(paper)
    series = series_for(workspace, symbol)
    return Proposed(
        key=key,
        record_id=record_id,
        subject=" ".join(part for part in (paper.title.kind.capitalize(), paper.title.subject) if part),
        symbol=symbol,
        series=series,
        number=suggest(workspace, series, dated.year),
        dated=dated,
    )


def reserve(workspace: Workspace, *, symbol: str, number: int, dated: date, subject: str) -> PaperRecord:
    """Keep a number for a paper that is still to come. Raises FieldError when it is taken."""
    series = series_for(workspace, symbol)
    _refuse_taken(workspace, series, dated.year, number)
    return workspace.save(
        PaperRecord(
            kind="reserved",
            number=number,
            symbol=symbol,
            series=series,
            year=dated.year,
            dated=dated,
            subject=subject,
            state="reserved",
        ),
        f"Giữ số {number:02d}/{symbol}",
    )


def issue(
    workspace: Workspace,
    key: str,
    record_id: int,
    *,
    number: int,
    dated: date,
    reserved_id: int | None = None,
    replaces_id: int | None = None,
    reason: str = "",
) -> PaperRecord:
    """Give a paper its number and day, keep its PDF and lock it; one step of the history.

    With `reserved_id` the number kept for it is used up; with `replaces_id` an issued paper becomes a replaced one, for
    a `reason`. Raises FieldError for a number that is taken or a missing reason.
    """
    proposed = propose(workspace, key, record_id, dated)
    kept = workspace.get(PaperRecord, reserved_id) if reserved_id else None
    if number < 1:
        raise FieldError("number", "Số văn bản phải từ 01.", "Ghi số theo sổ văn bản đi.")
    _refuse_taken(workspace, proposed.series, dated.year, number, but=reserved_id)
    if replaces_id and not clean_line(reason):
        raise FieldError("reason", "Chưa có lý do thay thế.", "Ghi lý do, ví dụ: sai nội dung kết luận 2.")
    pdf = _render(workspace, proposed, number, dated)
    kind = catalogue.kind(key)
    signer = papers.build(workspace, key, record_id).signatures
    record = PaperRecord(
        id=kept.id if kept else 0,
        kind=key,
        number=number,
        symbol=proposed.symbol,
        series=proposed.series,
        year=dated.year,
        dated=dated,
        subject=proposed.subject,
        signer=", ".join(each.name for each in signer.signers if each.name) if signer else "",
        recipients="\n".join(signer.recipients) if signer else "",
        record_table=_TABLES.get(kind.record, kind.record),
        record_id=record_id,
        state="issued",
        sha256=hashlib.sha256(pdf).hexdigest(),
        replaces_id=replaces_id,
        reason=reason,
        copies=kept.copies if kept else None,
        note=kept.note if kept else "",
    )
    with workspace.change(f"Phát hành văn bản số {number:02d}/{proposed.symbol}"):
        issued = workspace.save(record)
        with workspace.reading() as connection:
            stored.keep_file(connection, issued.id, pdf)
        if replaces_id:
            old = workspace.get(PaperRecord, replaces_id)
            workspace.save(dataclasses.replace(old, state="replaced", reason=reason))
        if key == "meeting-minutes":
            meeting = workspace.get(Meeting, record_id)
            workspace.save(dataclasses.replace(meeting, number=number, symbol=proposed.symbol))
    return issued


def _render(workspace: Workspace, proposed: Proposed, number: int, dated: date) -> bytes:
    from kc_desktop.documents.pdf import render_pdf

    paper = papers.build(workspace, proposed.key, proposed.record_id)
    return render_pdf(numbering.numbered(paper, number, proposed.symbol, workspace.office.place, dated))


def _refuse_taken(workspace: Workspace, series: str, year: int, number: int, *, but: int | None = None) -> None:
    with workspace.reading() as connection:
        taken_by = stored.holder(connection, series, year, number)
    if taken_by is not None and taken_by != but:
        held = workspace.get(PaperRecord, taken_by)
        raise FieldError(
            "number",
            f"Số {number:02d}/{held.symbol} năm {year} đã dùng cho: {held.subject or 'văn bản khác'}.",
            f"Số tiếp theo là {suggest(workspace, series, year):02d}.",
        )


def cancel(workspace: Workspace, paper_id: int, reason: str) -> PaperRecord:
    """Cancel a number: it stays in the register with its reason and is never used again."""
    paper = workspace.get(PaperRecord, paper_id)
    if not clean_line(reason):
        raise FieldError("reason", "Chưa có lý do hủy số.", "Ghi lý do, ví dụ: không phát hành nữa.")
    if paper.state in ("cancelled", "replaced"):
        raise KnownError("Số này đã hủy hoặc đã thay thế.", "Xem lý do trong sổ văn bản đi.")
    return workspace.save(
        dataclasses.replace(paper, state="cancelled", reason=reason),
        f"Hủy số {paper.number or 0:02d}/{paper.symbol}",
    )


def state_of(workspace: Workspace, year: int) -> tuple[SeriesState, ...]:
    """Return how each series of a year stands: gaps and duplicates are told, never mended silently."""
    with workspace.reading() as connection:
        return tuple(
            _series_state(series, year, stored.numbers(connection, series, year))
            for series in stored.series_of_year(connection, year)
        )


def _series_state(series: str, year: int, taken: tuple[int, ...]) -> SeriesState:
    known = set(taken)
    last = max(known, default=0)
    return SeriesState(
        series=series,
        year=year,
        taken=len(taken),
        last=last,
        gaps=tuple(each for each in range(1, last) if each not in known),
        duplicates=tuple(sorted({each for each in known if taken.count(each) > 1})),
    )


def pdf_of(workspace: Workspace, paper_id: int) -> bytes:
    """Return an issued paper, byte for byte. Raises KnownError when the bytes are not what their SHA-256 says."""
    paper = workspace.get(PaperRecord, paper_id)
    with workspace.reading() as connection:
        pdf = stored.file_of(connection, paper_id)
    if pdf is None or hashlib.sha256(pdf).hexdigest() != paper.sha256:
        day = format_date(paper.dated) if paper.dated else "…"
        raise KnownError(
            f"Văn bản số {paper.number or 0:02d}/{paper.symbol} ngày {day} không còn nguyên vẹn trong tệp.",
            "Kiểm tra tệp dữ liệu (Công cụ) và phục hồi từ bản sao lưu gần nhất.",
        )
    return pdf
