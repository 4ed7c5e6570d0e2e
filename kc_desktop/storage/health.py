"""What can be wrong inside a data file: its pages, its links, its history, its sums."""

from __future__ import annotations

import sqlite3

from kc_desktop.errors import KnownError
from kc_desktop.storage import attachments, history, ledger, locks, meetings, search
from kc_desktop.storage.data_file import DataFile

_SHOWN = 5
_ROMAN = ("I", "II", "III", "IV")


def problems(opened: DataFile) -> tuple[str, ...]:
    """Return what is wrong, in sentences; () when the file is healthy. A damaged page is a problem, not an error."""
    try:
        with opened.failures_in_words():
            return tuple(_all(opened))
    except KnownError as error:
        return (str(error),)


def _all(opened: DataFile) -> list[str]:
    connection = opened.connection
    found = [
        f"Tệp bị hỏng bên trong: {words}."
        for (words,) in connection.execute(f"PRAGMA quick_check({_SHOWN})").fetchall()
        if words != "ok"
    ]
    if found:
        return [*found, "Mở bản sao lưu gần nhất; giữ tệp này để kiểm tra."]
    dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    found += [f"Bảng {row[0]}, dòng {row[1]}: liên kết tới {row[2]} không còn." for row in dangling[:_SHOWN]]
    broken = history.broken_link(connection)
    if broken is not None:
        found.append(f"Nhật ký bị sửa ngoài chương trình ở bước {broken}: chuỗi kiểm tra không khớp từ đó.")
    if ledger.doubly_reversed(connection):
        found.append("Sổ kinh phí có bút toán bị đảo hai lần, hoặc đảo sai số tiền, kế hoạch, chương trình, đề án.")
    found += [
        f"Sổ kinh phí quý {_ROMAN[quarter - 1]}/{year} đã khóa mà vẫn bị ghi thêm {number} lần sau khi khóa."
        for year, quarter, number in locks.written_after_locking(connection)
    ]
    if ledger.matched_twice(connection):
        found.append("Đối chiếu kho bạc: có bút toán khớp với nhiều dòng sao kê.")
    lines = ledger.unbalanced_lines(connection)
    if lines:
        some = ", ".join(str(each) for each in lines[:_SHOWN])
        found.append(f"Dự toán có dòng không cân (số {some}): tổng khác hỗ trợ + đối ứng + nguồn khác.")
    found += attachments.problems(connection, opened.path)
    found += [
        f"Biên bản đã chốt (bản {version}) của cuộc họp {title} không còn nguyên vẹn."
        for title, version in meetings.broken_minutes(connection)[:_SHOWN]
    ]
    stale = _stale_search(connection, is_read_only=opened.is_read_only)
    found += [f"Chỉ mục tìm kiếm của bảng {table} không khớp dữ liệu." for table in stale]
    missing = _missing_triggers(connection)
    if missing:
        found.append(f"Tệp bị sửa ngoài chương trình: thiếu {', '.join(missing[:_SHOWN])}.")
    return found


def _stale_search(connection: sqlite3.Connection, *, is_read_only: bool) -> list[str]:
    """Return the tables whose search table does not say what they say; read-only, those that differ in number."""
    indexes = search.indexes(connection)
    if is_read_only:
        stale = [table for fts, table in indexes if not _has_all_rows(connection, fts, table)]
        return list(dict.fromkeys(stale))
    connection.execute("BEGIN IMMEDIATE")
    try:
        return list(dict.fromkeys(table for fts, table in indexes if not _is_in_step(connection, fts)))
    finally:
        connection.execute("ROLLBACK")


def _has_all_rows(connection: sqlite3.Connection, fts: str, table: str) -> bool:
    (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    (found,) = connection.execute(f"SELECT count(*) FROM {fts}_docsize").fetchone()
    return bool(rows == found)


def _is_in_step(connection: sqlite3.Connection, fts: str) -> bool:
    """Ask FTS5, which answers a command spelt as an insert that writes nothing; rank 1 compares with the table."""
    try:
        connection.execute(f"INSERT INTO {fts} ({fts}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_CORRUPT_VTAB, sqlite3.SQLITE_ERROR):  # stale, or not there
            raise
        return False
    return True


def _missing_triggers(connection: sqlite3.Connection) -> list[str]:
    """Return the triggers that are not there: those of the history, of the search, and of the ledger."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    kept = {"history": history.tracked_tables(connection), "search": search.tables_with_triggers(connection)}
    wanted = {
        f"{what}_{event}_{table}"
        for what, tables in kept.items()
        for table in tables
        for event in ("insert", "update", "delete")
    }
    kept_by = {f"fund_entry_{event}_in_a_locked_quarter" for event in ("insert", "update", "delete")}
    return sorted((wanted | kept_by | {"fund_entry_is_never_edited", "fund_entry_is_never_deleted"}) - there)
