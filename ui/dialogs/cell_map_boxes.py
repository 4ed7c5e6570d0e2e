"""What the editor of a form's map is made of: the boxes to choose from and the list of what goes where."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSpinBox, QTableWidget, QWidget

from kc_desktop.domain.fields import Kind
from kc_desktop.domain.office_form import FIXED, IN_WORDS, ORDINAL, TOTAL
from kc_desktop.services import form_sources
from kc_desktop.services.form_sources import Source
from ui import theme
from ui.widgets.choice_editors import CalmComboBox

_MOST_ROW = 9_999
_MOST_VISIBLE = 24


def rows_box(parent: QWidget, name: str) -> QSpinBox:
    """Return a box for the number of a row; 0 is none."""
    box = QSpinBox(parent)
    box.setRange(0, _MOST_ROW)
    box.setSpecialValueText("không")
    box.setAccessibleName(name)
    box.setKeyboardTracking(False)
    return box


def source_box(parent: QWidget, chosen: Source) -> CalmComboBox:
    """Return the box of everything a form may be filled with."""
    box = CalmComboBox(parent)
    box.setAccessibleName("Số liệu")
    box.setToolTip("Mẫu điền bằng số liệu nào; đổi số liệu thì các ô, cột còn hợp được giữ lại")
    box.setMaxVisibleItems(_MOST_VISIBLE)
    for key, title in form_sources.sources():
        box.addItem(title, key)
    box.setCurrentIndex(max(box.findData(chosen.key), 0))
    return box


def table_box(parent: QWidget) -> CalmComboBox:
    """Return the box of the tables of a sheet."""
    box = CalmComboBox(parent)
    box.setAccessibleName("Bảng của trang")
    box.setToolTip("Một trang có thể có nhiều bảng, mỗi bảng một khoảng dòng; các bảng nhận cùng số liệu")
    return box


def value_box(parent: QWidget) -> CalmComboBox:
    """Return the box of what goes into a cell; `fill_values` fills it."""
    box = CalmComboBox(parent)
    box.setAccessibleName("Nội dung điền vào")
    box.setMaxVisibleItems(_MOST_VISIBLE)
    box.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(16)
    return box


def fill_values(box: CalmComboBox, source: Source) -> None:
    """Offer everything of a source that may go into a cell, what is of rows first."""
    words = form_sources.labels(source)
    box.clear()
    box.addItem("(để nguyên)", "")
    groups = (
        (ORDINAL, *(each.key for each in source.columns)),
        tuple(key for key, _ in form_sources.OFFICE_VALUES),
        tuple(TOTAL + each.key for each in source.summed),
        tuple(IN_WORDS + each.key for each in source.summed if each.kind is Kind.MONEY),
    )
    for group in groups:
        box.insertSeparator(box.count())
        for key in group:
            box.addItem(words[key], key)
    box.insertSeparator(box.count())
    box.addItem("Chữ cố định…", FIXED)


def map_table(parent: QWidget) -> QTableWidget:
    """Return the list of what goes where."""
    table = QTableWidget(0, 2, parent)
    table.setAccessibleName("Bản đồ ô")
    theme.flatten(table)
    table.setHorizontalHeaderLabels(["Ô, cột", "Nội dung"])
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.row_height(parent))
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setStretchLastSection(True)
    return table
