"""What the storage tests share: a user, a fresh file, and its whole content to compare."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from kc_desktop.storage import data_file, history, records
from kc_desktop.storage.data_file import DataFile
from kc_desktop.storage.instance_lock import Holder

USER = Holder(who="Phòng KT", pc="PC-01", since="")


def new_file(folder: Path, name: str = "Dữ liệu.kcdb") -> DataFile:
    """Make a new data file in a folder and open it."""
    return data_file.create(folder / name, USER)


def content(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """Return every row of every tracked table."""
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
        for table in history.tracked_tables(connection)
    }


def put(opened: DataFile, record: Any, label: str = "Thêm") -> Any:
    """Insert a record as one change."""
    with opened.change(label):
        return records.insert(opened.connection, record)


def undo(opened: DataFile) -> None:
    """Take the last step back."""
    change = history.next_undo(opened.connection)
    assert change is not None
    with opened.change(change.label, kind="undo", target=change.id):
        history.apply_backwards(opened.connection, change.id)


def redo(opened: DataFile) -> None:
    """Do the last undone step again."""
    change = history.next_redo(opened.connection)
    assert change is not None
    with opened.change(change.label, kind="redo", target=change.id):
        history.apply_backwards(opened.connection, change.id)
