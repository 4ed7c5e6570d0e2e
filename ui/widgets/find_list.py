"""The list under the box Tìm nhanh: groups under headings, each row with what was found in bold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kc_desktop.domain.matching import Marked
from kc_desktop.services.finding import Group, Hit
from ui import theme

ROW = Qt.ItemDataRole.UserRole
_LETTERS = 92
"""So many digits the list is wide, where the window has the room."""
_SHARE_OF_ASIDE = 3
_PAGE_ROWS = 8

Index = QModelIndex | QPersistentModelIndex


class RowKind(Enum):
    """What a row is."""

    HEADING = auto()
    HIT = auto()
    MORE = auto()
    WORDS = auto()
    """Says something and cannot be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRow:
    """A row: the heading of a group, something found, the way to all of a group, or words."""

    kind: RowKind
    text: str
    hit: Hit | None = None
    group: Group | None = None
    aside: str = ""

    @property
    def is_choosable(self) -> bool:
        """Whether the bar stops here."""
        return self.kind in (RowKind.HIT, RowKind.MORE)

    @property
    def spoken(self) -> str:
        """What a screen reader says: the kind, the title, where."""
        if self.hit is None:
            return f"{self.text}: {self.group.title}" if self.kind is RowKind.MORE and self.group else self.text
        off = "chưa dùng được" if self.hit.is_off else ""
        more = ", ".join(each for each in (off, self.hit.second.text, self.hit.aside) if each)
        return f"{self.hit.kind}: {self.hit.title.text}{f', {more}' if more else ''}"


def rows_of(groups: Sequence[Group], only: str = "") -> Iterator[FindRow]:
    """Give the rows of groups; where a group holds several kinds of things, each row says which it is.

    `only` is the key of the group that was asked for alone: it has no more rows to offer.
    """
    for group in groups:
        yield FindRow(kind=RowKind.HEADING, text=group.title, group=group)
        says_kind = len({hit.kind for hit in group.hits}) > 1
        for hit in group.hits:
            aside = hit.aside or (hit.kind if says_kind else "")
            yield FindRow(kind=RowKind.HIT, text=hit.title.text, hit=hit, group=group, aside=aside)
        if group.total is not None and group.total <= len(group.hits):
            continue
        if group.key == only and not group.list_key:
            yield FindRow(kind=RowKind.WORDS, text="Còn nữa: gõ thêm chữ để thu hẹp.", group=group)
        else:
            number = f" {group.total}" if group.total is not None else ""
            yield FindRow(kind=RowKind.MORE, text=f"Xem tất cả{number} kết quả", group=group)


class FindModel(QAbstractListModel):
    """The rows on show."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[FindRow, ...] = ()

    def show_rows(self, rows: Sequence[FindRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's text, what is said of it, or the row itself."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole and row.hit is not None and row.hit.second.text:
            return f"{row.text}\n{row.hit.second.text}"
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings and words cannot be chosen."""
        if self.rows[index.row()].is_choosable:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class FindDelegate(QStyledItemDelegate):
    """Draws a row: title, and under it what tells it from others; at the right its keys or what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height; the width is the list's."""
        row: FindRow = index.data(ROW)
        view = option.widget
        line, step = option.fontMetrics.height(), theme.step(view)
        if row.kind is RowKind.WORDS:
            room = QRect(0, 0, max(_room(view) - 6 * step, 1), 1 << 20)
            line = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, row.text).height()
            return QSize(0, line + 4 * step)
        if row.kind is RowKind.HEADING:
            return QSize(0, line + 3 * step)
        lines = 2 if row.hit is not None and row.hit.second.text else 1
        return QSize(0, lines * line + 2 * step)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row: FindRow = index.data(ROW)
        palette, step = option.palette, theme.step(option.widget)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        ink = palette.color(QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text)
        muted = ink if is_chosen else QColor(theme.colours().muted)
        if row.hit is not None and row.hit.is_off:
            ink = muted
        room = option.rect.adjusted(3 * step, step, -3 * step, -step)
        if row.hit is not None:
            self._paint_hit(painter, option.font, room, row, (ink, muted, QColor(theme.colours().accent), is_chosen))
        elif row.kind is RowKind.HEADING:
            painter.setFont(_bold(option.font))
            painter.setPen(muted)
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, row.text)
        else:
            painter.setPen(muted if row.kind is RowKind.WORDS else _link(ink, is_chosen=is_chosen))
            indent = 3 * step if row.kind is RowKind.MORE else 0
            flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(room.adjusted(indent, 0, 0, 0), flags, row.text)
        painter.restore()

    def _paint_hit(
        self,
        painter: QPainter,
        font: QFont,
        room: QRect,
        row: FindRow,
        look: tuple[QColor, QColor, QColor, bool],
    ) -> None:
        hit = row.hit
        assert hit is not None
        ink, muted, accent, is_chosen = look
        metrics = QFontMetrics(font)
        step = max(1, metrics.height() // 4)
        room = room.adjusted(3 * step, 0, 0, 0)
        first = QRect(room.left(), room.top(), room.width(), metrics.height())
        if row.aside:
            shown = metrics.elidedText(row.aside, Qt.TextElideMode.ElideRight, room.width() // _SHARE_OF_ASIDE)
            painter.setFont(font)
            painter.setPen(muted)
            painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
            first.setRight(first.right() - metrics.horizontalAdvance(shown) - 2 * step)
        found = ink if is_chosen or hit.is_off else accent
        _draw_marked(painter, font, first, hit.title, (ink, found))
        if hit.second.text:
            second = QRect(room.left(), room.top() + metrics.height(), room.width(), metrics.height())
            _draw_marked(painter, font, second, hit.second, (muted, found))


def _link(ink: QColor, *, is_chosen: bool) -> QColor:
    return ink if is_chosen else QColor(theme.colours().accent)


def _room(view: QWidget) -> int:
    """Return the width for words, room for a bar to scroll by left out: a list not yet shown has no other measure."""
    return view.width() - view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


def _draw_marked(painter: QPainter, font: QFont, room: QRect, words: Marked, inks: tuple[QColor, QColor]) -> None:
    """Draw one line, what was found in bold and in the second ink, cut off with "…" where there is no room."""
    ink, found = inks
    text = QFontMetrics(_bold(font)).elidedText(words.text, Qt.TextElideMode.ElideRight, room.width())
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats([_format(*span, found) for span in words.spans if span[1] <= len(text)])
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    painter.setPen(ink)
    layout.draw(painter, QPointF(room.topLeft()))


def _format(first: int, last: int, ink: QColor) -> QTextLayout.FormatRange:
    found = QTextCharFormat()
    found.setFontWeight(QFont.Weight.Bold)
    found.setForeground(ink)
    shown = QTextLayout.FormatRange()
    shown.start, shown.length, shown.format = first, last - first, found
    return shown


class FindList(QListView):
    """The list: a child of the window over everything else in it, which never takes the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.found = FindModel(self)
        self.setModel(self.found)
        self.setItemDelegate(FindDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Kết quả tìm nhanh")
        self.hide()

    def show_rows(self, rows: Sequence[FindRow], line: QWidget) -> None:
        """Show rows under a line of text, the bar on the first that can be chosen."""
        self.found.show_rows(rows)
        self._place(line)
        self.show()
        self.raise_()
        self._go_to(next(self._choosable(), -1))
        self.scrollToTop()

    def current(self) -> FindRow | None:
        """Return the row under the bar, None for none."""
        index = self.currentIndex()
        return index.data(ROW) if self.isVisible() and index.isValid() else None

    def walk(self, by: int) -> None:
        """Move the bar by so many rows that can be chosen, as far as there are any."""
        rows = list(self._choosable())
        if rows:
            here = rows.index(self.currentIndex().row()) if self.currentIndex().row() in rows else 0
            self._go_to(rows[min(max(here + by, 0), len(rows) - 1)])

    def walk_pages(self, by: int) -> None:
        """Move the bar by so many pages."""
        self.walk(by * _PAGE_ROWS)

    def walk_groups(self, by: int) -> None:
        """Move the bar to the first row of the next group or the one before, round and round."""
        firsts = [row + 1 for row, each in enumerate(self.found.rows) if each.kind is RowKind.HEADING]
        firsts = [row for row in firsts if row < len(self.found.rows) and self.found.rows[row].is_choosable]
        if firsts:
            here = sum(1 for row in firsts if row <= self.currentIndex().row()) - 1
            self._go_to(firsts[(here + by) % len(firsts)])

    def _choosable(self) -> Iterator[int]:
        return (row for row, each in enumerate(self.found.rows) if each.is_choosable)

    def _go_to(self, row: int) -> None:
        if row < 0:
            self.clearSelection()
            return
        self.setCurrentIndex(self.found.index(row))
        above = row - 1
        if above >= 0 and self.found.rows[above].kind is RowKind.HEADING:
            self.scrollTo(self.found.index(above))  # a heading comes with its first row
        self.scrollTo(self.found.index(row))

    def _place(self, line: QWidget) -> None:
        window, step = line.window(), theme.step(self)
        corner = line.mapTo(window, line.rect().bottomLeft() + QPoint(0, 1))
        width = min(self.fontMetrics().horizontalAdvance("0") * _LETTERS, window.width() - 2 * step)
        left = max(0, min(corner.x(), window.width() - width - step))
        self.resize(width, self.height())
        wanted = sum(self.sizeHintForIndex(self.found.index(row)).height() for row in range(len(self.found.rows)))
        height = min(wanted + 2 * self.frameWidth(), window.height() - corner.y() - 2 * step)
        self.setGeometry(left, corner.y(), width, height)
