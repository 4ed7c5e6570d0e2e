"""What can be wrong inside a data file: its pages, its links, its history, its sums."""

from __future__ import annotations

import sqlite3

from kc_desktop.errors import KnownError
from kc_desktop.storage import history, ledger, search
from kc_desktop.storage.data_file import DataFile

_SHOWN = 5


def problems(opened: DataFile) -> tuple[str, ...]:
    """Return what is wrong, in sentences; () when the file is healthy. A damaged page is a problem, not an error."""
    try:
        with opened.failures_in_words():
            return tuple(_all(opened.connection))
    except KnownError as error:
        return (str(error),)


def _all(connection: sqlite3.Connection) -> list[str]:
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
        found.append("Sổ kinh phí có bút toán bị đảo hai lần hoặc đảo sai số tiền.")
    lines = ledger.unbalanced_lines(connection)
    if lines:
        some = ", ".join(str(each) for each in lines[:_SHOWN])
        found.append(f"Dự toán có dòng không cân (số {some}): tổng khác hỗ trợ + đối ứng + nguồn khác.")
    found += [f"Chỉ mục tìm kiếm của bảng {table} không khớp dữ liệu." for table in _stale_search(connection)]
    return found


def _stale_search(connection: sqlite3.Connection) -> list[str]:
    stale = []
    for table in search.searched_tables(connection):
        (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        (found,) = connection.execute(f"SELECT count(*) FROM {table}_fts_docsize").fetchone()
        if rows != found:
            stale.append(table)
    return stale
