"""Settings come back as they were put, whatever stands in the file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray

from ui.view_state import ViewState


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.integers(), st.booleans(), st.binary())
def test_what_was_put_comes_back_after_a_restart(text: str, number: int, flag: bool, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "window.ini"
        first = ViewState(path)
        first.put("a/text", text)
        first.put("a/number", number)
        first.put("a/flag", flag)
        first.put("a/blob", QByteArray(data))
        first.flush()
        again = ViewState(path)
        assert again.text("a/text") == text
        assert again.number("a/number") == number
        assert again.flag("a/flag") is flag
        assert again.blob("a/blob").data() == data


def test_what_cannot_be_read_gives_the_default(tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    path.write_text('[a]\nnumber=mười\nnumbers="1;x;3"\nlist=1, 2\n', encoding="utf-8")
    state = ViewState(path)
    assert state.number("a/number", 7) == 7
    assert state.numbers("a/numbers") == ()
    assert state.text("a/list", "không") == "không"
    assert state.number("a/nothing", 3) == 3
    assert not state.flag("a/nothing")


def test_the_files_opened_last_are_listed_newest_first_and_once(tmp_path: Path) -> None:
    state = ViewState(tmp_path / "window.ini")
    for number in range(12):
        state.remember_file(tmp_path / f"Tệp, số {number}.kcdb")
    state.remember_file(tmp_path / "Tệp, số 5.kcdb")
    names = [path.name for path in state.recent_files()]
    assert names[:2] == ["Tệp, số 5.kcdb", "Tệp, số 11.kcdb"]
    assert len(names) == len(set(names)) == 8
    state.forget_file(tmp_path / "Tệp, số 5.kcdb")
    assert state.recent_files()[0].name == "Tệp, số 11.kcdb"


@pytest.mark.parametrize("widths", [(), (1,), (10, 20, 30)])
def test_widths_come_back(tmp_path: Path, widths: tuple[int, ...]) -> None:
    state = ViewState(tmp_path / "window.ini")
    state.put("widths", widths)
    assert state.numbers("widths") == widths
