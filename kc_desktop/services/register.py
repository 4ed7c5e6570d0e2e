"""Sổ văn bản đi: numbers suggested and confirmed, reserved, cancelled in sight; issued papers locked with their bytes.

NĐ 30/2020 Điều 15: a series begins with 01 on 1 January and ends on 31 December; whether all papers share one series or
each kind has its own is the office's choice. A number is never used twice, and a gap is reported, not filled silently.

Papers of the program come in by `services.issuing`; others are entered by the clerk.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.paper import ENTERED, RESERVED, PaperRecord, RegisterDossier
from kc_desktop.domain.people import Appointment
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import register as stored

SERIES_SETTING: Final = "number_series"
COMMON, BY_KIND = "common", "kind"
_COMMON_SERIES: Final = "chung"
_LETTERS: Final = "CV"
ENDED: Final = frozenset({"replaced", "cancelled"})
"""States a row of the register never leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesState:
    """The numbers of one series in a year: how many are taken, which are missing, which stand twice."""

    series: str
    year: int
    taken: int
    last: int
    gaps: tuple[int, ...]
    duplicates: tuple[int, ...]

    @property
    def name(self) -> str:
        """What the series is called: the kind it numbers, or all kinds."""
        return "chung mọi loại" if self.series == _COMMON_SERIES else self.series

    @property
    def words(self) -> str:
        """Say how the series stands: "BB đến số 07; thiếu số 03–05; trùng số 06"."""
        parts = [f"{self.name} đến số {self.last:02d}"]
        if self.gaps:
            parts.append(f"thiếu số {_in_runs(self.gaps)}")
        if self.duplicates:
            parts.append(f"trùng số {_in_runs(self.duplicates)}")
        return "; ".join(parts)


def _in_runs(numbers: tuple[int, ...]) -> str:
    """Return numbers in their order with neighbours drawn together: "03–05, 08"."""
    runs: list[list[int]] = []
    for each in numbers:
        if runs and runs[-1][-1] == each - 1:
            runs[-1] = [runs[-1][0], each]
        else:
            runs.append([each])
    return ", ".join("–".join(f"{each:02d}" for each in run) for run in runs)


# --- series and numbers ---


def numbering_of(workspace: Workspace) -> str:
    """Return how the office numbers its papers: COMMON for one series, else BY_KIND."""
    return COMMON if workspace.setting(SERIES_SETTING) == COMMON else BY_KIND


def set_numbering(workspace: Workspace, code: str) -> None:
    """Number papers from now on in one series (COMMON) or by kind (BY_KIND); what is in the register stays."""
    words = "Đánh số chung mọi loại văn bản" if code == COMMON else "Đánh số riêng từng loại văn bản"
    workspace.set_setting(SERIES_SETTING, code, words)


def series_for(workspace: Workspace, symbol: str) -> str:
    """Return the series a symbol is numbered in: its kind ("BB" of "BB-TTKC"), or the office's one series.

    A công văn's symbol begins with the office and names no kind (NĐ 30/2020, Phụ lục I, II.3.c).
    """
    if numbering_of(workspace) == COMMON:
        return _COMMON_SERIES
    kind = symbol.partition("-")[0].strip()
    if kind and kind == workspace.office.abbreviation.strip():
        return _LETTERS
    return kind or _COMMON_SERIES


def suggest(workspace: Workspace, series: str, year: int) -> int:
    """Return the number after the last one taken in a series and year; 1 in a new year."""
    with workspace.reading() as connection:
        taken = stored.numbers(connection, series, year)
    return taken[-1] + 1 if taken else 1


def newest_symbol(workspace: Workspace) -> str:
    """Return the symbol the register was last written with; "" for an empty register."""
    with workspace.reading() as connection:
        return stored.newest_symbol(connection)


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


def refuse_taken(workspace: Workspace, series: str, year: int, number: int, *, but: int = 0) -> None:
    """Raise FieldError when a number of a series and year stands in the register, on another row than `but`."""
    with workspace.reading() as connection:
        taken_by = stored.holder(connection, series, year, number, but)
    if taken_by is not None:
        held = workspace.get(PaperRecord, taken_by)
        raise FieldError(
            "number",
            f"Số {held.mark} năm {year} đã dùng cho: {held.subject or 'văn bản khác'}.",
            f"Số tiếp theo là {suggest(workspace, series, year):02d}.",
        )


def checked_number(number: int | None) -> int:
    """Return a number that a paper can bear. Raises FieldError for none and for what no series has."""
    if number is None or number < 1:
        raise FieldError("number", "Số văn bản phải từ 01.", "Ghi số theo sổ văn bản đi.")
    return number


def checked_reason(reason: str, what: str, example: str) -> str:
    """Return a reason, cleaned. Raises FieldError when there is none."""
    if not clean_line(reason):
        raise FieldError("reason", f"Chưa có lý do {what}.", f"Ghi lý do, ví dụ: {example}.")
    return clean_line(reason)


# --- rows that the clerk writes ---


def reserve(workspace: Workspace, *, symbol: str, number: int, dated: date, subject: str) -> PaperRecord:
    """Keep a number for a paper that is still to come. Raises FieldError when it is taken."""
    symbol = clean_line(symbol)
    if not symbol:
        raise FieldError("symbol", "Chưa có ký hiệu.", "Ghi ký hiệu văn bản, ví dụ BB-TTKC.")
    series = series_for(workspace, symbol)
    refuse_taken(workspace, series, dated.year, checked_number(number))
    record = PaperRecord(
        kind=RESERVED,
        number=number,
        symbol=symbol,
        series=series,
        year=dated.year,
        dated=dated,
        subject=subject,
        state="reserved",
    )
    return workspace.save(record, f"Giữ số {record.mark}")


def enter(workspace: Workspace, record: PaperRecord, *, is_issued: bool = True) -> PaperRecord:
    """Write a paper that was made outside the program into the register, or put its row right.

    A reserved number becomes such a paper when it `is_issued`, else it stays reserved. Raises FieldError for a number
    that is taken or what the register cannot do without, KnownError for a row that is locked.
    """
    if record.dated is None:
        raise FieldError("dated", "Chưa có ngày văn bản.", "Ghi ngày của văn bản.")
    if not clean_line(record.symbol):
        raise FieldError("symbol", "Chưa có ký hiệu.", "Ghi ký hiệu văn bản, ví dụ BB-TTKC.")
    if is_issued and not clean_line(record.subject):
        raise FieldError("subject", "Chưa có tên loại và trích yếu.", "Ghi như trên văn bản.")
    kept = workspace.find(PaperRecord, record.id)
    is_moved = kept is None or (kept.symbol, kept.dated) != (record.symbol, record.dated)
    written = dataclasses.replace(
        record,
        kind=ENTERED if is_issued else RESERVED,
        state="issued" if is_issued else "reserved",
        series=series_for(workspace, clean_line(record.symbol)) if is_moved else record.series,
        year=record.dated.year,
    )
    refuse_taken(workspace, written.series, written.year, checked_number(record.number), but=record.id)
    return workspace.save(written, f"{'Sửa' if kept else 'Vào sổ'} văn bản {written.mark}")


def fill_in(workspace: Workspace, record: PaperRecord) -> PaperRecord:
    """Keep what the clerk wrote into a row: the last columns of an issued paper, all of what was entered by hand."""
    if not record.id or record.is_entered or record.kind == RESERVED:
        return enter(workspace, record, is_issued=record.kind != RESERVED)
    return workspace.save(record, f"Ghi sổ văn bản đi {record.mark}")


def cancel(workspace: Workspace, paper_id: int, reason: str) -> PaperRecord:
    """Cancel a number: it stays in the register with its reason and is never used again."""
    paper = workspace.get(PaperRecord, paper_id)
    reason = checked_reason(reason, "hủy số", "không ban hành nữa")
    if paper.state in ENDED:
        raise KnownError("Số này đã hủy hoặc đã thay thế.", "Xem lý do trong sổ văn bản đi.")
    with workspace.change(f"Hủy số {paper.mark}"):
        cancelled = workspace.save(dataclasses.replace(paper, state="cancelled", reason=reason))
        if paper.state == "issued":
            write_back(workspace, paper, None)
    return cancelled


def replace_entered(
    workspace: Workspace, paper_id: int, *, number: int, dated: date, reason: str, subject: str = ""
) -> PaperRecord:
    """Write the paper that replaces one made outside the program into the register; one step of the history."""
    old = workspace.get(PaperRecord, paper_id)
    reason = checked_reason(reason, "thay thế", "sai tên đơn vị nhận")
    if old.state != "issued" or not old.is_entered:
        raise KnownError("Văn bản này không thay thế ở đây được.", "Mở bản xem trước của nó rồi bấm Lập bản thay thế.")
    with workspace.change(f"Thay thế văn bản {old.mark}"):
        new = enter(
            workspace,
            PaperRecord(
                kind=ENTERED,
                number=number,
                symbol=old.symbol,
                dated=dated,
                subject=subject or old.subject,
                signer=old.signer,
                recipients=old.recipients,
                replaces_id=old.id,
                reason=reason,
            ),
        )
        workspace.save(dataclasses.replace(old, state="replaced", reason=reason))
    return new


# --- what issuing and cancelling write back, what is kept ---


def write_back(workspace: Workspace, paper: PaperRecord, number: int | None) -> None:
    """Write number and symbol into the record where it has fields for them; take a cancelled one out again."""
    write = _WRITERS.get(paper.kind)
    if write is not None:
        write(workspace, paper, number)


def _to_meeting(workspace: Workspace, paper: PaperRecord, number: int | None) -> None:
    meeting = workspace.find(Meeting, paper.record_id)
    if meeting is not None and (number is not None or meeting.number == paper.number):
        workspace.save(dataclasses.replace(meeting, number=number, symbol=paper.symbol if number is not None else ""))


def _to_appointment(workspace: Workspace, paper: PaperRecord, number: int | None) -> None:
    appointment = workspace.find(Appointment, paper.record_id)
    if appointment is not None and (number is not None or appointment.submission_number == paper.mark):
        is_taken = number is not None
        workspace.save(
            dataclasses.replace(
                appointment,
                submission_number=paper.mark if is_taken else "",
                submitted_on=paper.dated if is_taken else None,
            )
        )


_WRITERS: Final[Mapping[str, Callable[[Workspace, PaperRecord, int | None], None]]] = {
    "meeting-minutes": _to_meeting,
    "appointment-submission": _to_appointment,
}
"""Kinds of paper whose record has fields for the number it was issued by."""


def pdf_of(workspace: Workspace, paper_id: int) -> bytes:
    """Return an issued paper, byte for byte. Raises KnownError when the bytes are not what their SHA-256 says."""
    paper = workspace.get(PaperRecord, paper_id)
    with workspace.reading() as connection:
        pdf = stored.file_of(connection, paper_id)
    if pdf is None or hashlib.sha256(pdf).hexdigest() != paper.sha256:
        day = format_date(paper.dated) if paper.dated else "…"
        raise KnownError(
            f"Văn bản số {paper.mark} ngày {day} không còn nguyên vẹn trong tệp.",
            "Kiểm tra tệp dữ liệu (Công cụ) và phục hồi từ bản sao lưu gần nhất.",
        )
    return pdf


def replacement_of(workspace: Workspace, paper_id: int) -> PaperRecord | None:
    """Return the paper that replaced another; None for one that stands."""
    found = workspace.children(PaperRecord, replaces_id=paper_id)
    return found[-1] if found else None


def dossier(workspace: Workspace, year: int) -> RegisterDossier:
    """Return what the register of a year is printed from, cancelled numbers too."""
    kept = [each for each in workspace.children(PaperRecord, year=year) if each.state != "draft"]
    return RegisterDossier(
        office=workspace.office,
        year=year,
        papers=tuple(sorted(kept, key=lambda each: (each.series, each.number or 0, each.id))),
        is_sample=workspace.is_sample,
    )
