"""Qt's own words come out in Vietnamese."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

import resources

_FOLDER = Path(resources.__file__).parent / "translations"


def _messages() -> list[tuple[str, str, str]]:
    tree = ElementTree.parse(_FOLDER / "qtbase_vi.ts")
    return [
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("translation", ""))
        for context in tree.iter("context")
        for message in context.iter("message")
    ]


@pytest.mark.usefixtures("qapp")
def test_the_compiled_file_says_what_the_source_says() -> None:
    for context, source, translation in _messages():
        assert QCoreApplication.translate(context, source) == translation


def test_placeholders_survive_translation() -> None:
    for _context, source, translation in _messages():
        assert sorted(re.findall(r"%\d", source)) == sorted(re.findall(r"%\d", translation)), source


def test_every_standard_button_speaks_vietnamese(qtbot: QtBot) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    standard = QDialogButtonBox.StandardButton
    expected = {
        standard.Yes: "Có",
        standard.No: "Không",
        standard.Cancel: "Hoãn",
        standard.Ok: "Đồng ý",
        standard.Save: "Lưu",
        standard.Open: "Mở",
        standard.Close: "Đóng",
        standard.Discard: "Không lưu",
        standard.Apply: "Áp dụng",
        standard.Help: "Giúp",
        standard.Retry: "Thử lại",
        standard.Abort: "Dừng hẳn",
        standard.Ignore: "Bỏ qua",
        standard.Reset: "Đặt lại",
        standard.RestoreDefaults: "Về mặc định",
        standard.YesToAll: "Có cho tất cả",
        standard.NoToAll: "Không cho tất cả",
        standard.SaveAll: "Lưu tất cả",
    }
    for which, text in expected.items():
        button = box.addButton(which)
        assert button is not None
        assert button.text().replace("&", "") == text


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_context_menu_of_a_text_speaks_vietnamese(
    qtbot: QtBot, kind: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    field = kind()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    assert menu is not None
    names = [action.text().split("\t")[0].replace("&", "") for action in menu.actions() if action.text()]
    assert names == ["Hoàn tác", "Làm lại", "Cắt", "Sao chép", "Dán", "Xóa", "Chọn tất cả"]
    menu.deleteLater()


def test_the_file_dialog_of_qt_speaks_vietnamese(qtbot: QtBot) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    words = {label.text().replace("&", "") for label in dialog.findChildren(QLabel)}
    words |= {button.text().replace("&", "") for button in dialog.findChildren(QPushButton)}
    words |= {action.text().replace("&", "") for action in dialog.findChildren(QAction)}
    assert {"Tìm trong:", "Tên tệp:", "Loại tệp:", "Hoãn", "Đổi tên", "Thư mục mới"} <= words
    assert not words & {"Cancel", "Open", "Save", "Look in:", "Rename", "Delete"}


def test_dates_are_vietnamese_in_the_calendar(qapp: QApplication) -> None:
    from PySide6.QtCore import QLocale

    assert qapp is not None
    assert QLocale().dayName(1).casefold() == "thứ hai"
    assert QLocale().monthName(4).casefold() == "tháng 4"
