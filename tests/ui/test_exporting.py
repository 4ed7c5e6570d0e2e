"""Xuất Excel…: the list or the figures in front go where the user says; the window lives on meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from kc_desktop.domain.people import Person
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, click, press
from ui.dialogs.export import ExportDialog
from ui.exporting import export_everything, export_front
from ui.main_window import MainWindow
from ui.tabs.funding import FundingTab
from ui.tabs.record_tab import RecordTab


def _choose(monkeypatch: pytest.MonkeyPatch, path: str) -> list[str]:
    offered: list[str] = []

    def answer(_parent: object, _title: str, start: str, _filter: str) -> tuple[str, str]:
        offered.append(Path(start).name)
        return path, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return offered


def _list(window: MainWindow, key: str) -> RecordTab:
    window.open_catalogue(key)
    tab = window.pages.current()
    assert isinstance(tab, RecordTab)
    QApplication.processEvents()
    return tab


def _exported(qtbot: QtBot, window: MainWindow) -> ExportDialog:
    dialog = export_front(window, window.files.jobs())
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.is_running and dialog.close_button.isVisible())
    return dialog


def _read(path: Path) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()]


def test_what_is_on_screen_is_written_and_its_folder_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = _list(window, "people")
    tab.panel.show_request(ListRequest(search="Cộng tác viên 0", sort="name", descending=True))
    header = tab.panel.table.horizontalHeader()
    header.moveSection(header.visualIndex(4), 0)
    header.setSectionHidden(3, True)
    offered = _choose(monkeypatch, str(tmp_path / "Danh bạ 2023.6"))
    dialog = _exported(qtbot, window)
    target = tmp_path / "Danh bạ 2023.6.xlsx"
    rows = _read(target)
    (heading,) = [row for row in rows if row[0] == "STT"]
    assert heading == ["STT", "Điện thoại", "Họ và tên", "Nhóm", "Chức vụ"]
    names = [row[2] for row in rows if isinstance(row[0], float)]
    assert names == [tab.panel.model.value_at(row, "name") for row in range(tab.panel.model.rowCount())]
    assert offered[0].startswith("Danh bạ (")
    assert dialog.words.text() == window.status.said() == f"Đã xuất {len(names)} dòng ra {target.name}."
    opened: list[Path] = []
    monkeypatch.setattr(ExportDialog, "_open", lambda _self, path: opened.append(path))
    click(dialog.folder_button)
    click(dialog.file_button)
    assert opened == [tmp_path, target]
    click(dialog.close_button)


def test_the_action_stands_in_the_menu_of_the_rows_and_needs_a_file(window: MainWindow) -> None:
    tab = _list(window, "people")
    tab.panel.table.customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert window.actions_.export in menu.actions()
    menu.close()
    window.close_file()
    assert not window.actions_.export.isEnabled()


def test_balances_are_written_as_they_stand_in_the_unit_on_show(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.pages.go_to(2)
    tab = window.pages.current()
    assert isinstance(tab, FundingTab)
    tab.show_part("balance")
    tab.units.chosen.emit(tab.units.current())
    QApplication.processEvents()
    _choose(monkeypatch, str(tmp_path / "a.xlsx"))
    dialog = _exported(qtbot, window)
    rows = _read(tmp_path / "a.xlsx")
    assert any("CÂN ĐỐI KINH PHÍ" in row for row in rows)
    assert any("Năm 2023" in row for row in rows)
    (total,) = [row for row in rows if row[0] == "Tổng cộng"]
    assert all(isinstance(each, float) for each in total[1:])
    assert any("Tỷ lệ giải ngân (%)" in row for row in rows)
    assert any("Đơn vị tính: đồng" in row for row in rows)
    dialog.accept()
    tab.show_part("months")
    QApplication.processEvents()
    dialog = _exported(qtbot, window)
    rows = _read(tmp_path / "a.xlsx")
    assert any("KINH PHÍ THEO THÁNG" in row for row in rows)
    months = [row for row in rows if str(row[0]).endswith("/2023") and len(str(row[0])) == 7]
    assert len(months) >= 12
    assert all(isinstance(each, float) for each in months[0][1:])
    dialog.accept()


def test_closing_the_progress_stops_the_work_and_leaves_no_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _list(window, "people")
    target = tmp_path / "ra" / "a.xlsx"
    target.parent.mkdir()
    _choose(monkeypatch, str(target))
    dialog = export_front(window, window.files.jobs())
    assert dialog is not None
    press(dialog, Key.Key_Escape)  # the job begins in the next turn of the loop
    qtbot.waitUntil(lambda: not window.files.jobs().is_busy())
    assert list(target.parent.iterdir()) == []


def test_stopping_says_that_nothing_was_written(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _list(window, "people")
    _choose(monkeypatch, str(tmp_path / "a.xlsx"))
    dialog = export_front(window, window.files.jobs())
    assert dialog is not None
    click(dialog.stop_button)
    qtbot.waitUntil(lambda: not dialog.is_running)
    assert dialog.words.text() == "Đã dừng xuất Excel: chưa ghi tệp nào."
    assert not (tmp_path / "a.xlsx").exists()
    dialog.accept()


def test_a_place_that_cannot_be_written_to_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _list(window, "people")
    _choose(monkeypatch, str(tmp_path / "không có" / "a.xlsx"))
    dialog = _exported(qtbot, window)
    assert dialog.words.text().startswith("▲ Không có thư mục")
    assert not dialog.folder_button.isVisible()
    dialog.accept()


def test_a_page_without_a_list_and_a_question_given_up_write_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.pages.go_to(0)
    window.actions_.export.trigger()
    assert "không có danh sách nào để xuất" in window.status.said()
    _list(window, "people")
    _choose(monkeypatch, "")
    assert export_front(window, window.files.jobs()) is None


def test_everything_goes_into_a_folder_of_its_own(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "ra"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(chosen))
    dialog = export_everything(window, window.files.jobs())
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.is_running and dialog.close_button.isVisible(), timeout=30_000)
    (folder,) = chosen.iterdir()
    assert folder.name.startswith("Toàn bộ dữ liệu mẫu (")
    assert f"ra {len(list(folder.glob('*.xlsx')))} tệp Excel" in dialog.words.text()
    assert not dialog.file_button.isVisible()
    opened: list[Path] = []
    monkeypatch.setattr(ExportDialog, "_open", lambda _self, path: opened.append(path))
    click(dialog.folder_button)
    assert opened == [folder]
    dialog.accept()


def test_everything_stopped_leaves_no_folder(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "ra"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(chosen))
    dialog = export_everything(window, window.files.jobs())
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: not window.files.jobs().is_busy())
    assert list(chosen.iterdir()) == []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    assert export_everything(window, window.files.jobs()) is None


def test_the_window_can_be_worked_in_meanwhile(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _list(window, "people")
    _choose(monkeypatch, str(tmp_path / "a.xlsx"))
    dialog = export_front(window, window.files.jobs())
    assert dialog is not None
    assert not dialog.isModal()
    assert isinstance(window.workspace, Workspace)
    window.workspace.save(Person(name="Đại biểu 91"))
    qtbot.waitUntil(lambda: not dialog.is_running)
    assert (tmp_path / "a.xlsx").exists()
    dialog.accept()
