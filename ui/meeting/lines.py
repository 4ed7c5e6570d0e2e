"""A table of a meeting's records, with headings between them, text that wraps and keys that act on the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import theme
from ui.meeting.line_model import RECORD_ROLE, Index, LineColumn, LineModel
from ui.meeting.row_drag import RowDrag

NUMBER_WIDTH = 3
"""Characters of the column of running numbers."""
_FIXED_SHARE = 0.55
"""How much of a table the columns that are not its main text may take."""


class LineDelegate(QStyledItemDelegate):
    """Draws wrapped text with air around it and a thin line under each row.

    Height and drawing share one rectangle: with a style sheet on the table Qt measures without the cell's padding but
    draws with it, and cuts the last line off.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room the text needs in the width of its column; a heading has the whole table's."""
        view = option.widget
        assert isinstance(view, QTableView)
        is_heading = index.data(RECORD_ROLE) is None
        width = view.viewport().width() if is_heading else view.columnWidth(index.column())
        font = index.data(Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(font) if isinstance(font, QFont) else option.fontMetrics
        across, down = _air(view)
        room = QRect(0, 0, max(width - 2 * across, 1), 1 << 20)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data() or " "))
        return QSize(width, needed.height() + 2 * down + (down if is_heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        self.paint_ground(painter, option, index)
        across, down = _air(option.widget)
        painter.save()
        font = index.data(Qt.ItemDataRole.FontRole)
        painter.setFont(font if isinstance(font, QFont) else option.font)
        painter.setPen(self._ink(option, index))
        align = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        flags = int(align) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(option.rect.adjusted(across, down, -across, -down), flags, str(index.data() or ""))
        painter.restore()

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell without its text."""
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, whole, painter, option.widget)
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _ink(self, option: QStyleOptionViewItem, index: Index) -> QColor:
        if option.state & QStyle.StateFlag.State_Selected:
            return option.palette.color(QPalette.ColorRole.HighlightedText)
        own = index.data(Qt.ItemDataRole.ForegroundRole)
        return own if isinstance(own, QColor) else option.palette.color(QPalette.ColorRole.Text)


def _air(view: QWidget) -> tuple[int, int]:
    """Return the air beside and above a cell's text, in pixels."""
    return theme.step(view, 1.5), theme.step(view)


class LineTable(QTableView):
    """The table itself. It asks for acts by signals and knows nothing about meetings."""

    editWanted = Signal(object, str)
    """Edit this record, beginning with the field of this column."""
    deleteWanted = Signal(object)
    """Delete these records (a tuple)."""
    moveWanted = Signal(object, int)
    """Move this record so many lines up (negative) or down."""
    markWanted = Signal(object)
    """Mark these records (a tuple), where `mark_words` says what that means."""

    def __init__(self, columns: Sequence[LineColumn], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LineModel(columns, self)
        self.setModel(self.lines)
        self.is_editable = True
        self.mark_words = ""
        """What Space does to the records, for the menu; "" where it does nothing."""
        self.drag = RowDrag(self)
        self._heights: dict[tuple[tuple[str, ...], tuple[int, ...]], int] = {}
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        theme.flatten(self)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.row_height(self))
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(theme.step(self, 6))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumHeight(theme.row_height(self) * 3)
        self.setItemDelegate(LineDelegate(self))
        self._fit_timer = QTimer(self)
        self._fit_timer.setSingleShot(True)
        self._fit_timer.setInterval(0)
        self._fit_timer.timeout.connect(self._on_fit_timer_timeout)
        self.doubleClicked.connect(self._on_double_clicked)
        header.sectionResized.connect(self._on_section_resized)

    # --- public

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show records and headings, keeping the selected records and the place."""
        kept = [each.id for each in self.selected()]
        current = self.current_record()
        current_row = self.currentIndex().row()
        place = self.verticalScrollBar().value()
        moved = self.lines.set_rows(rows)
        if moved:
            self.clearSpans()
            for row in self.lines.heading_rows():
                self.setSpan(row, 0, 1, len(self.lines.columns))
        self.fit_rows()
        if moved:
            self.verticalScrollBar().setValue(place)
            self._select_again(kept, current.id if current is not None else 0, current_row)

    def selected(self) -> list[Any]:
        """Return the selected records from top to bottom."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [record for record in map(self.lines.record_at, rows) if record is not None]

    def current_record(self) -> Any | None:
        """Return the record the cursor is on."""
        index = self.currentIndex()
        return self.lines.record_at(index.row()) if index.isValid() else None

    def select_record(self, record_id: int) -> None:
        """Put the cursor on a record and bring it into sight."""
        row = self.lines.row_of(record_id)
        if row >= 0:
            index = self.lines.index(row, 0)
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            )
            self.scrollTo(index)

    def fit_rows(self) -> None:
        """Make each row as high as its wrapped text; only what is new is measured. A hidden table waits."""
        if not self.isVisible():
            return
        widths = tuple(self.columnWidth(column) for column in range(len(self.lines.columns)))
        known, self._heights = self._heights, {}
        for row in range(self.lines.rowCount()):
            key = (self.lines.texts(row), widths)
            height = known.get(key) or max(self.sizeHintForRow(row), self.verticalHeader().minimumSectionSize())
            self._heights[key] = height
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # the bar's room is left free even while there is none: columns must not move when rows come
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar
        for column, width in enumerate(column_widths(self, [each.width for each in self.lines.columns], room)):
            self.horizontalHeader().resizeSection(column, width)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_timer.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_fit_timer"):
            self._heights.clear()
            self._fit_timer.start()

    def event(self, event: QEvent) -> bool:
        """Take the keys that act on rows before the window's own shortcuts do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.current_record()
        key = event.key()
        if key == Qt.Key.Key_Escape and self.drag.is_under_way:
            self.drag.give_up()
        elif record is None or not self.is_editable or not self._is_own(event):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.markWanted.emit(tuple(self.selected()) or (record,))
        elif key == Qt.Key.Key_Delete:
            self.deleteWanted.emit(tuple(self.selected()) or (record,))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moveWanted.emit(record, -1 if key == Qt.Key.Key_Up else 1)
        else:
            self.editWanted.emit(record, self.lines.columns[self.currentIndex().column()].name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        record = self.current_record()
        if record is None or not self.is_editable:
            return
        menu = QMenu(self)
        edit = menu.addAction("Sửa\tF2")
        up = menu.addAction("Lên một dòng\tAlt+↑")
        down = menu.addAction("Xuống một dòng\tAlt+↓")
        mark = menu.addAction(f"{self.mark_words}\tPhím cách") if self.mark_words else None
        menu.addSeparator()
        delete = menu.addAction("Xóa\tDel")
        chosen = menu.exec(event.globalPos())
        if chosen is edit:
            self.editWanted.emit(record, "")
        elif chosen is not None and chosen is mark:
            self.markWanted.emit(tuple(self.selected()) or (record,))
        elif chosen is up or chosen is down:
            self.moveWanted.emit(record, -1 if chosen is up else 1)
        elif chosen is delete:
            self.deleteWanted.emit(tuple(self.selected()) or (record,))
        menu.deleteLater()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.drag.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.drag.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.drag.release():
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line where a dragged row would come to stand."""
        super().paintEvent(event)
        self.drag.paint()

    # --- slots

    @Slot()
    def _on_fit_timer_timeout(self) -> None:
        self.fit_rows()
        if self.currentIndex().row() > 1:
            self.scrollTo(self.currentIndex())
        elif self.currentIndex().isValid():
            self.scrollToTop()  # its heading, too

    @Slot(int, int, int)
    def _on_section_resized(self, _section: int, _before: int, _after: int) -> None:
        self._fit_timer.start()

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        record = self.lines.record_at(index.row())
        if record is not None and self.is_editable:
            self.editWanted.emit(record, self.lines.columns[index.column()].name)

    # --- private

    def _is_own(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.AltModifier:
            return key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if key == Qt.Key.Key_Escape:
            return self.drag.is_under_way
        if key == Qt.Key.Key_Space and modifiers == Qt.KeyboardModifier.NoModifier:
            return bool(self.mark_words)
        return modifiers == Qt.KeyboardModifier.NoModifier and key in (
            Qt.Key.Key_F2,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Delete,
        )

    def _select_again(self, ids: list[int], current: int, former_row: int) -> None:
        """Select the same records; when the one under the cursor is gone, the cursor stays where it was."""
        selection = QItemSelection()
        for row in filter(lambda row: row >= 0, map(self.lines.row_of, ids)):
            selection.select(self.lines.index(row, 0), self.lines.index(row, len(self.lines.columns) - 1))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        row = self.lines.row_of(current)
        if row >= 0:
            self.selectionModel().setCurrentIndex(self.lines.index(row, 0), flags.NoUpdate)
        elif current:
            near = self.lines.nearest_record(former_row)
            if near is not None:
                self.select_record(near.id)


def column_width(widget: QWidget, characters: int) -> int:
    """Return the width of a column of so many characters."""
    return round(widget.fontMetrics().horizontalAdvance("0") * (characters + 1) * 1.05) + theme.step(widget, 3)


def column_widths(widget: QWidget, wishes: Sequence[int], room: int) -> list[int]:
    """Return the widths in pixels of columns that wish for so many characters, 0 for one that takes what is left.

    Table and fields below it ask alike and so stand under each other. On a narrow screen the wishes are cut down
    evenly, so that the columns without a wish, which hold the text, keep their share.
    """
    wide = [column_width(widget, each) if each else 0 for each in wishes]
    greedy = sum(not wish for wish in wishes)
    narrow = [each for each, wish in zip(wide, wishes, strict=True) if wish <= NUMBER_WIDTH]
    share = min(1.0, max(room * (_FIXED_SHARE if greedy else 1.0) - sum(narrow), 0) / max(sum(wide) - sum(narrow), 1))
    cut = [each if wish <= NUMBER_WIDTH else int(each * share) for each, wish in zip(wide, wishes, strict=True)]
    rest = max(room - sum(cut), 0)
    return [each if wish else rest // greedy for each, wish in zip(cut, wishes, strict=True)]
