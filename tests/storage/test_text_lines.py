"""Lines of text are found by search tables of their own, which stay in step with every change and are checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain.meeting import Entry, Meeting, Petition
from kc_desktop.domain.text import matches
from kc_desktop.storage import data_file, finding, health, records
from kc_desktop.storage.data_file import DataFile
from kc_desktop.storage.listing import query_of
from tests.domain.test_text_search import LETTERS, SPELLINGS
from tests.storage.helpers import USER, new_file, put, redo, undo
from tests.storage.old_files import old_file, opened

_SAID = (
    "Hồ sơ thanh toán phải đủ hợp đồng, hóa đơn.",
    "Hoá đơn của xã Thúy Hòa, số 49/QĐ-SCT ngày 30/3",
    "ĐỀ NGHỊ cộng tác viên rà soát; khoẻ, khỏe",
    "Đỗ, dỗ, độ: ủy ban, uỷ ban",
    "Quý I giải ngân 12,5 tỷ đồng (đạt 40%)",
)
_TYPED = st.one_of(
    st.lists(st.sampled_from(" ".join(_SAID).split()), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(" ".join((*_SAID, SPELLINGS)).split()).flatmap(
        lambda word: st.integers(min_value=1, max_value=len(word)).map(lambda length: word[:length])
    ),
    st.text(LETTERS, min_size=1, max_size=4),
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    """A file with a meeting and what was said there."""
    made = new_file(tmp_path)
    put(made, Meeting(title="Giao ban", held_on=date(2023, 4, 13)))
    for said in _SAID:
        put(made, Entry(meeting_id=1, body=said))
    yield made
    made.close()


def _found(file: DataFile, typed: str, table: str = "entry") -> set[str]:
    query = query_of(typed)
    assert query is not None
    return {row.name for row in finding.lines(file.connection, table, typed, query, 100)}


def test_a_line_is_found_as_it_is_now_after_every_change_and_undo(file: DataFile) -> None:
    assert _found(file, "thanh toán") == {_SAID[0]}
    with file.change("Sửa"):
        records.update(file.connection, Entry(id=1, meeting_id=1, body="Việc khác"))
    assert _found(file, "thanh toán") == set()
    assert _found(file, "việc") == {"Việc khác"}
    undo(file)
    assert _found(file, "thanh toán") == {_SAID[0]}
    redo(file)
    with file.change("Xóa"):
        records.delete(file.connection, Entry, 1)
    assert _found(file, "viec") == set()
    put(file, Petition(meeting_id=1, body="Xin máy", answer="Đã cấp"))
    assert _found(file, "da cap", "petition") == {"Xin máy\nĐã cấp"}
    assert _found(file, "da cap") == set(), "each table has its own lines"
    assert health.problems(file) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(typed=_TYPED)
def test_lines_are_found_as_if_each_were_read(file: DataFile, typed: str) -> None:
    if query_of(typed) is not None:
        assert _found(file, typed) == {said for said in _SAID if matches(typed, said)}


def test_an_index_of_lines_that_says_something_else_is_found(file: DataFile) -> None:
    path = file.path
    file.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER search_update_entry")
        connection.execute("DROP TRIGGER history_update_entry")
        connection.execute("UPDATE entry SET body = 'Khác hẳn' WHERE id = 1")
        connection.commit()
    again = data_file.open_file(path, USER)
    assert "Chỉ mục tìm kiếm của bảng text_line không khớp dữ liệu." in health.problems(again)
    assert any("search_update_entry" in each for each in health.problems(again))
    again.close()


def test_the_lines_of_an_older_file_are_found_once_it_is_upgraded(tmp_path: Path) -> None:
    file = opened(old_file(tmp_path))
    bodies = [body for (body,) in file.connection.execute("SELECT body FROM entry")]
    assert bodies
    assert all(body in _found(file, body.split()[0]) for body in bodies)
    assert health.problems(file) == ()
    file.close()
