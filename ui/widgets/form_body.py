"""What a form's fields stand on: one page that scrolls, or several, each under a tab of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QFrame, QGridLayout, QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Field, Record
from ui import theme
from ui.widgets.editor import Editor
from ui.widgets.labels import heading
from ui.widgets.tab_bar import FlatTabBar


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTable:
    """Fields that stand side by side in rows under common headings; each row is its label and its fields' names."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """One tab of a form: its title, the groups of fields on it, and those of their fields that stand as a table."""

    title: str
    groups: tuple[str, ...] = ()
    table: FieldTable | None = None


class Section(QWidget):
    """Something below the fields that is loaded, edited and saved together with the record."""

    edited = Signal()
    typed = Signal()
    """A key went into a part that is still open: nothing is edited yet, but something would be lost."""

    def load(self, record: Record | None) -> None:
        """Show what belongs to a record; None or id 0 for a new one."""

    def set_read_only(self, read_only: bool) -> None:
        """Only show, or let it be edited."""

    def problem(self) -> str:
        """Say what keeps it from being saved, "" when nothing does."""
        return ""

    def save(self, record: Record) -> None:
        """Save through the workspace; the form has opened the change around it."""

    def set_working_year(self, year: int) -> None:
        """Let a day and month typed alone mean this year; 0 for the clock's."""

    def draft(self) -> str:
        """Return what is changed and not saved, as text that can be kept; "" for nothing."""
        return ""

    def resume(self, draft: str) -> None:
        """Change again what a draft says. Raises ValueError, KeyError or TypeError for one it cannot read."""


class PageArea(QScrollArea):
    """One page of a form, as wide as the form and as long as need be."""

    def __init__(self, page: FormPage, parent: QWidget) -> None:
        super().__init__(parent)
        step = theme.step(self)
        self.page = page
        self.sheet = QWidget(self)
        self.column = QVBoxLayout(self.sheet)
        self.column.setContentsMargins(0, step, step * 3, step * 4)
        self.column.setSpacing(step * 2)
        self._grid: QGridLayout | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.sheet)
        self.viewport().setAutoFillBackground(False)
        self.sheet.setAutoFillBackground(False)

    def add_heading(self, text: str) -> None:
        """Put a small heading under what is there."""
        self.column.addWidget(heading(text, self.sheet))

    def holds_in_table(self, name: str) -> bool:
        """Whether a field stands in the page's table of fields."""
        return self.page.table is not None and any(name in names for _label, names in self.page.table.rows)

    def take_into_table(self, name: str, editor: Editor) -> None:
        """Put an editor into its cell of the page's table of fields."""
        table = self.page.table
        assert table is not None
        for row, (_label, names) in enumerate(table.rows, start=1):
            if name in names:
                self._table(table).addWidget(editor, row, names.index(name) + 1, Qt.AlignmentFlag.AlignTop)

    def _table(self, table: FieldTable) -> QGridLayout:
        if self._grid is not None:
            return self._grid
        step = theme.step(self)
        self._grid = grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(step * 3)
        grid.setVerticalSpacing(step)
        for place, text in enumerate(table.heads, start=1):
            grid.addWidget(self._label(text), 0, place)
        for row, (text, _names) in enumerate(table.rows, start=1):
            label = self._label(text)
            label.setContentsMargins(0, step, 0, 0)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(len(table.heads) + 1, 1)
        self.column.addLayout(grid)
        return grid

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self.sheet)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label


class FormBody(QWidget):
    """The pages of a form; a form with one page has no tabs."""

    def __init__(self, pages: Sequence[FormPage], parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._tabs: QTabWidget | None = None
        if len(pages) > 1:
            self._tabs = QTabWidget(self)
            bar = FlatTabBar(self._tabs)
            bar.setAccessibleName("Các phần của bản ghi")
            self._tabs.setTabBar(bar)
            self._tabs.setDocumentMode(True)
            column.addWidget(self._tabs)
        self.areas = tuple(PageArea(each, self) for each in pages)
        self._labels: list[QLabel] = []
        self._grid: QFormLayout | None = None
        self._group: str | None = None
        for area in self.areas:
            if self._tabs is not None:
                self._tabs.addTab(area, area.page.title)
            else:
                column.addWidget(area)

    def as_shown(self, field: Field) -> Field:
        """Return a field as its editor has it: in a table its unit stands over the column."""
        return dataclasses.replace(field, unit="") if self.area_of(field.group).holds_in_table(field.name) else field

    def take(self, field: Field, editor: Editor) -> None:
        """Put the editor of the next field under those that came before, its label beside it."""
        area = self.area_of(field.group)
        if field.group != self._group:
            self._group = field.group
            if field.group and field.group != area.page.title:
                area.add_heading(field.group)
            self._grid = None
        if area.holds_in_table(field.name):
            area.take_into_table(field.name, editor)
            return
        if self._grid is None:
            self._grid = _field_grid(theme.step(self))
            area.column.addLayout(self._grid)
        label = QLabel(field.label + (" *" if field.required else ""), area.sheet)
        label.setBuddy(editor)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(0, theme.step(self), 0, 0)
        label.setToolTip(f"{field.help} (bắt buộc)".strip() if field.required else field.help)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._labels.append(label)
        self._grid.addRow(label, editor)

    def end_fields(self) -> None:
        """Give the labels one width; room that is left stays under the last field."""
        metrics = self.fontMetrics()
        widest = max((label.fontMetrics().horizontalAdvance(label.text()) for label in self._labels), default=0)
        width = min(widest + theme.step(self), metrics.horizontalAdvance("0") * 20)
        for label in self._labels:
            label.setFixedWidth(width)
        for area in self.areas:
            area.column.addStretch(1)

    def area_of(self, group: str) -> PageArea:
        """Return the page a group of fields stands on; the first for a group no page names."""
        return next((each for each in self.areas if group in each.page.groups), self.areas[0])

    def area(self, title: str) -> PageArea:
        """Return the page of a title, "" for the last. Raises KeyError."""
        if not title:
            return self.areas[-1]
        return {each.page.title: each for each in self.areas}[title]

    @property
    def front(self) -> PageArea:
        """The page in front."""
        return self.areas[self._tabs.currentIndex()] if self._tabs is not None else self.areas[0]

    def show_page(self, title: str) -> None:
        """Bring a page to the front. Raises KeyError."""
        if self._tabs is not None:
            self._tabs.setCurrentWidget(self.area(title))

    def mark(self, wrong: Sequence[QWidget]) -> None:
        """Mark the tabs of the pages that hold these widgets; none takes the marks away."""
        for place, area in enumerate(self.areas):
            is_wrong = any(area.isAncestorOf(each) for each in wrong)
            if self._tabs is not None:
                self._tabs.setTabText(place, f"▲ {area.page.title}" if is_wrong else area.page.title)

    def is_in_front(self, widget: QWidget) -> bool:
        """Whether a widget stands on the page in front."""
        return self.front.isAncestorOf(widget)

    def reveal(self, widget: QWidget) -> None:
        """Bring a widget's page to the front and scroll to the widget."""
        for area in self.areas:
            if area.isAncestorOf(widget):
                if self._tabs is not None:
                    self._tabs.setCurrentWidget(area)
                area.ensureWidgetVisible(widget)
                return


def _field_grid(step: int) -> QFormLayout:
    grid = QFormLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(step * 3)
    grid.setVerticalSpacing(step * 1)
    grid.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
    grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    grid.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    return grid
