"""Locking the ledger by quarter: what may no longer be written, in words, and who locked or unlocked it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.funding import FundEntry, PeriodLock
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import record_history
from kc_desktop.services.record_history import HistoryLine
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import locks

QUARTERS = (1, 2, 3, 4)
_ROMAN = ("I", "II", "III", "IV")
_REMEDY = "Mở khóa có lý do ở thẻ Kinh phí, hoặc ghi vào quý đang mở."


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterState:
    """How a quarter stands; `lock` is its last locking or unlocking, None when it was never locked."""

    year: int
    quarter: int
    lock: PeriodLock | None

    @property
    def is_locked(self) -> bool:
        """Whether nothing may be written in it."""
        return self.lock is not None and self.lock.is_locked

    @property
    def name(self) -> str:
        """The quarter as people write it: "Quý II/2023"."""
        return quarter_name(self.year, self.quarter)


def quarter_name(year: int, quarter: int) -> str:
    """Return a quarter as people write it: "Quý II/2023"."""
    return f"Quý {_ROMAN[quarter - 1]}/{year}"


def quarter_of(day: date) -> int:
    """Return the quarter of a day, 1 to 4."""
    return (day.month + 2) // 3


def states(workspace: Workspace, year: int) -> tuple[QuarterState, ...]:
    """Return how the four quarters of a year stand."""
    with workspace.reading() as connection:
        return tuple(
            QuarterState(year=year, quarter=each, lock=locks.newest(connection, year, each)) for each in QUARTERS
        )


def life(workspace: Workspace, year: int, quarter: int) -> tuple[tuple[PeriodLock, HistoryLine], ...]:
    """Return every locking and unlocking of a quarter with who did it and when, newest first."""
    found = workspace.children(PeriodLock, year=year, quarter=quarter)
    return tuple((each, record_history.life(workspace, "period_lock", each.id)[-1]) for each in reversed(found))


def lock_quarter(
    workspace: Workspace, year: int, quarter: int, reason: str = "", *, on: date | None = None
) -> PeriodLock:
    """Lock a quarter, dated today unless said otherwise: no entry may be written in it. Raises KnownError."""
    return _put(workspace, year, quarter, reason, on, is_locked=True)


def unlock_quarter(workspace: Workspace, year: int, quarter: int, reason: str, *, on: date | None = None) -> PeriodLock:
    """Unlock a quarter for a reason, which stays. Raises FieldError without a reason, KnownError when it is open."""
    return _put(workspace, year, quarter, reason, on, is_locked=False)


def _put(workspace: Workspace, year: int, quarter: int, reason: str, on: date | None, *, is_locked: bool) -> PeriodLock:
    name, verb = quarter_name(year, quarter), "Khóa sổ" if is_locked else "Mở khóa sổ"
    return workspace.save(
        PeriodLock(year=year, quarter=quarter, is_locked=is_locked, happened_on=on or date.today(), reason=reason),
        f"{verb} {name[0].lower()}{name[1:]}",
    )


# --- what validation asks ---------------------------------------------------------------------------------------------


def check_lock(connection: sqlite3.Connection, record: PeriodLock) -> None:
    """Check that a locking or unlocking is new and changes something. Raises FieldError or KnownError."""
    if record.id:
        raise KnownError("Lần khóa, mở khóa đã ghi thì không sửa được.", "Khóa hoặc mở khóa lần nữa.")
    name, standing = quarter_name(record.year, record.quarter), locks.newest(connection, record.year, record.quarter)
    if record.is_locked == (standing is not None and standing.is_locked):
        now = "đã khóa sổ" if record.is_locked else "đang mở"
        raise KnownError(f"{name} {now} từ trước.", "Bấm Nạp để xem tình trạng mới.")
    if not record.is_locked and not clean_line(record.reason):
        raise FieldError("reason", f"Chưa có lý do mở khóa {name}.", "Ghi lý do, ví dụ: bổ sung chứng từ về muộn.")


def check_entry(connection: sqlite3.Connection, record: FundEntry) -> None:
    """Check that an entry is not dated in a locked quarter. Raises FieldError at its day."""
    if record.happened_on is None:
        return
    lock = locks.newest(connection, record.happened_on.year, quarter_of(record.happened_on))
    if lock is not None and lock.is_locked:
        raise FieldError("happened_on", f"{_told(lock)}.", _REMEDY)


def refuse_turning_back(connection: sqlite3.Connection, change_id: int) -> None:
    """Refuse to undo or redo what a locked quarter holds, or a lock itself. Raises KnownError.

    A lock that an undo could take away would be an unlocking without a reason.
    """
    lock = locks.touched_by(connection, change_id)
    if lock is not None:
        raise KnownError(
            f"{_told(lock)} nên bước này không hoàn tác, làm lại được.", "Mở khóa có lý do ở thẻ Kinh phí."
        )
    if locks.is_locking(connection, change_id):
        raise KnownError(
            "Khóa sổ và mở khóa không hoàn tác, làm lại bằng phím được.",
            "Khóa, hoặc mở khóa có lý do, ở thẻ Kinh phí. Bước cũ hơn thì xem lịch sử của bản ghi.",
        )


def _told(lock: PeriodLock) -> str:
    day = f" ngày {format_date(lock.happened_on)}" if lock.happened_on else ""
    return f"{quarter_name(lock.year, lock.quarter)} đã khóa sổ{day}"
