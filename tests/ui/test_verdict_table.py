"""Verdicts of many rows: told by sign and word, filtered at once, each written out whole."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from kc_desktop.services.import_plans import CHANGED, NEW, SAME, WRONG, Change
from kc_desktop.services.importing import RowVerdict
from tests.ui.helpers import Key, click, press
from ui.widgets.verdict_table import VerdictTable, told

_VERDICTS = (NEW, CHANGED, SAME, WRONG)


def _rows(number: int) -> list[RowVerdict]:
    changes = (Change(label="Điện thoại", before="", after="0900 000 001"),)
    return [
        RowVerdict(
            sheet="Danh sách",
            number=place + 2,
            name=f"Đại biểu {place:05}",
            verdict=_VERDICTS[place % 4],
            reasons=("Năm sinh: “abc” chưa phải là một số.",) if place % 4 == 3 else (),
            changes=changes if place % 4 == 1 else (),
        )
        for place in range(number)
    ]


def test_fifty_thousand_verdicts_are_shown_and_filtered_without_a_widget_for_each(qtbot: QtBot) -> None:
    table = VerdictTable()
    qtbot.addWidget(table)
    table.show()
    table.show_rows(_rows(50_000))
    assert table.model.rowCount() == 50_000
    wrong = table._buttons[WRONG]
    assert wrong.text() == "▲ Có lỗi (12.500)"
    click(wrong)
    assert table.model.rowCount() == 12_500
    current = table.current()
    assert current is not None
    assert current.verdict == WRONG
    assert current.number == 5
    assert "chưa phải là một số" in table._whole.text()
    press(table.view, Key.Key_Down)
    moved = table.current()
    assert moved is not None
    assert moved.number == 9


def test_a_row_says_its_change_with_what_stood_there_before(qtbot: QtBot) -> None:
    table = VerdictTable()
    qtbot.addWidget(table)
    table.show_rows(_rows(4))
    assert table.model.text(1, 3) == "→ thay đổi"
    assert table.model.text(1, 4) == told(_rows(4)[1]) == "Điện thoại: trống → 0900 000 001"
    assert table.view.isColumnHidden(0), "one sheet needs no column of its own"
    table.show_only(NEW)
    table.show_rows(_rows(1))
    assert table.model.rowCount() == 1
    table.show_rows(())
    assert table.current() is None
    assert table._whole.text() == ""
