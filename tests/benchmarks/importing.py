"""A long workbook imported, against calamine reading it and plain sqlite3 inserting the same rows, in the same run.

The floor reads the same file with python-calamine and inserts what the import leaves behind: each person's row with its
search keys, and the row of history with its JSON, in one transaction on tables without checks, triggers and search.
Ours besides judges every value, matches every row against the file, and keeps the search and the chain of hashes.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from kc_desktop.services import importing
from kc_desktop.services.workspace import Workspace
from tests.benchmarks.measure import Figure

ROWS: Final = 50_000
_LIMIT: Final = 5.0
_HEADINGS: Final = ("STT", "Họ và tên", "Chức vụ", "Đơn vị công tác", "Điện thoại", "Thư điện tử", "Năm sinh")


def figures(rows: int = ROWS) -> list[Figure]:
    """Measure a first import of so many people, and the second one, which finds everything as it is."""
    with tempfile.TemporaryDirectory(prefix="kc-import-") as name:
        folder = Path(name)
        book = folder / "danh bạ.xlsx"
        _write(book, rows)
        workspace = Workspace.create(folder / "dữ liệu.kcdb")
        try:
            first = _seconds_of_import(workspace, book)
            second = _seconds_of_import(workspace, book)
            floor = _seconds_of_floor(workspace, book, folder / "floor.db")
        finally:
            workspace.close()
    told = f"{rows:,} rows of a workbook"
    return [
        Figure(name=f"{told}: imported", value=first, unit="s", floor=floor, limit_ratio=_LIMIT),
        Figure(name=f"{told}: imported again, nothing changes", value=second, unit="s", floor=floor),
    ]


def _seconds_of_import(workspace: Workspace, book: Path) -> float:
    start = time.perf_counter()
    importing.write(importing.judge(workspace, "people", importing.read_workbook(book)))
    return time.perf_counter() - start


def _seconds_of_floor(workspace: Workspace, book: Path, target: Path) -> float:
    with workspace.reading() as connection:
        people = connection.execute("SELECT * FROM person").fetchall()
        history = connection.execute("SELECT * FROM change_row WHERE table_name = 'person'").fetchall()
    start = time.perf_counter()
    CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    connection = sqlite3.connect(target)
    try:
        for table, rows in (("person", people), ("change_row", history)):
            _insert(connection, table, rows)
        connection.commit()
    finally:
        connection.close()
    return time.perf_counter() - start


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Any]) -> None:
    columns = ", ".join(f"c{place}" for place in range(len(rows[0])))
    connection.execute(f"CREATE TABLE {table} ({columns})")
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _write(path: Path, rows: int) -> None:
    book = Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("Danh bạ")
    page.write_row(0, 0, _HEADINGS)
    for place in range(1, rows + 1):
        number = 970_000_000 + place
        page.write_number(place, 0, place)
        page.write_row(place, 1, (f"Cộng tác viên {place:05d}", "Chuyên viên", f"UBND xã số {place % 500}"))
        page.write(place, 4, number if place % 2 else f"0{number}")
        page.write_row(place, 5, (f"ctv{place}@vidu.vn", 1960 + place % 40))
    book.close()
