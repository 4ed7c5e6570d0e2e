"""Hướng dẫn: the pages of the guide on the left, the page on the right, and a box that finds words in it."""

from __future__ import annotations

from functools import lru_cache

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QImageReader,
    QKeySequence,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextTable,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.text import marked_key, search_key
from kc_desktop.services import guide
from ui import theme
from ui.dialogs.guide_saving import GuideSaving
from ui.icons import icon
from ui.reading_order import OrderedDialog
from ui.widgets.suggestions import ComposingLine

_WIDEST_LETTERS = 96
"""A longer line of text loses the eye on its way back."""

_LINE_HEIGHT = 118
"""Percent of the font's own height."""


class GuideDialog(OrderedDialog):
    """The guide, beside the window: one goes on working while it is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: guide.Page | None = None
        self._hits: list[int] = []
        self._hit = -1
        self.setWindowTitle("Hướng dẫn")
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.WindowCloseButtonHint)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._build_ui()
        for page in guide.pages():
            item = QListWidgetItem(page.title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, page.name)
            item.setToolTip(page.title)
            item.setSizeHint(QSize(0, theme.row_height(self)))
        self.list.currentItemChanged.connect(self._on_current_item_changed)
        self.browser.anchorClicked.connect(self._on_anchor_clicked)
        self.search.textNow.connect(self._on_search_changed)
        self.search.textChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_next)
        self.next_button.clicked.connect(self._on_next)
        self.previous_button.clicked.connect(self._on_previous)
        for keys, slot in (("Ctrl+F", self._on_find), ("F3", self._on_next), ("Shift+F3", self._on_previous)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(slot)
            self.addAction(action)
        self._size_to_screen()
        self.browser.setFocus()

    def _build_ui(self) -> None:
        step = theme.step(self)
        letter = self.fontMetrics().averageCharWidth()
        self.list = QListWidget(self)
        self.list.setAccessibleName("Các trang hướng dẫn")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setViewportMargins(step, step * 2, step, 0)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.browser = QTextBrowser(self)
        self.browser.setAccessibleName("Trang hướng dẫn")
        self.browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.browser.setOpenLinks(False)
        self.browser.setSearchPaths([str(guide.folder())])
        self.browser.document().setDocumentMargin(step * 5)
        self.search = ComposingLine(self)
        self.search.become_search_box()
        self.search.setAccessibleName("Tìm trong trang")
        self.search.setPlaceholderText("Tìm trong trang (Ctrl+F)")
        self.search.setMaximumWidth(letter * 44)
        self.count_label = QLabel(self)
        self.previous_button = self._button("up", "Chỗ trước (Shift+F3)")
        self.next_button = self._button("down", "Chỗ sau (Enter, F3)")
        self.saving = GuideSaving(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(step * 4, step * 2, step * 4, step * 2)
        bar.setSpacing(step * 2)
        bar.addWidget(self.search, 1)
        for each in (self.previous_button, self.next_button, self.count_label):
            bar.addWidget(each)
        bar.addStretch(1)
        bar.addWidget(self.saving)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.browser, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([letter * 30, letter * _WIDEST_LETTERS])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)
        self._show_hits()

    def _button(self, icon_name: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    # public

    def show_page(self, name: str, anchor: str = "") -> None:
        """Show a page, at one of its headings; a name that is gone shows the first page."""
        page = guide.page_named(name) or guide.pages()[0]
        row = guide.pages().index(page)
        self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        if page is not self._page:
            self._page = page
            self._render()
        self._go_to(anchor)

    def page_name(self) -> str:
        """Return the name of the page on show."""
        return self._page.name if self._page is not None else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let pictures be as wide as the page, never wider."""
        super().resizeEvent(event)
        if getattr(self, "_page", None) is not None:
            self._fit_pictures()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the page again in the colours of another look."""
        if not shiboken6.isValid(self):  # it goes with the dialog it was opened from
            return
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_page", None) is not None:
            place = self.browser.verticalScrollBar().value()
            self._render()
            self.browser.verticalScrollBar().setValue(place)
        super().changeEvent(event)

    # slots

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current_item_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_page(item.data(Qt.ItemDataRole.UserRole))

    @Slot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        name = url.path().removesuffix(".md") or self.page_name()
        self.show_page(name, url.fragment())

    @Slot()
    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot(str)
    def _on_search_changed(self, typed: str) -> None:
        self._find(typed)
        self._hit = 0 if self._hits else -1
        self._show_hits()

    @Slot()
    def _on_next(self) -> None:
        self._step(1)

    @Slot()
    def _on_previous(self) -> None:
        self._step(-1)

    # private

    def _render(self) -> None:
        assert self._page is not None
        self.browser.setMarkdown(self._page.text)
        _give_air(self.browser.document(), theme.step(self))
        self._fit_pictures()
        self._find(self.search.text())
        self._hit = min(self._hit, len(self._hits) - 1)
        self._show_hits(is_moving=False)

    def _fit_pictures(self) -> None:
        document = self.browser.document()
        room = self.browser.viewport().width() - 2 * document.documentMargin()
        for place, picture in _pictures(document):
            whole = QImageReader(str(guide.folder() / picture.name())).size()
            if whole.isValid():
                picture.setWidth(min(room, whole.width()))
                picture.setHeight(picture.width() * whole.height() / whole.width())
                cursor = QTextCursor(document)
                cursor.setPosition(place)
                cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(picture)

    def _go_to(self, wanted: str) -> None:
        block = self.browser.document().begin()
        while wanted and block.isValid():
            if block.blockFormat().headingLevel() and guide.anchor(block.text()) == wanted:
                self.browser.verticalScrollBar().setValue(
                    round(self.browser.document().documentLayout().blockBoundingRect(block).top())
                )
                return
            block = block.next()
        if not wanted:
            self.browser.verticalScrollBar().setValue(0)

    def _find(self, typed: str) -> None:
        """Find every place of what is typed: without marks any will do, with marks only those."""
        words = " ".join(typed.split())
        is_plain = bool(words) and "".join(map(_plain, words)) == "".join(map(_marked, words))
        fold = _plain if is_plain else _marked
        wanted = "".join(map(fold, words))
        text = "".join(map(fold, self.browser.toPlainText()))
        self._hits = []
        place = text.find(wanted) if wanted.strip() else -1
        while place >= 0:
            self._hits.append(place)
            place = text.find(wanted, place + 1)
        self._length = len(wanted)

    def _step(self, by: int) -> None:
        if self._hits:
            self._hit = (self._hit + by) % len(self._hits)
            self._show_hits()

    def _show_hits(self, *, is_moving: bool = True) -> None:
        for button in (self.previous_button, self.next_button):
            button.setEnabled(bool(self._hits))
        if self._hits:
            self.count_label.setText(f"{self._hit + 1}/{len(self._hits)}")
        else:
            self.count_label.setText("Không thấy trong trang này" if self.search.text().strip() else "")
        self.browser.setExtraSelections([self._mark(number) for number in range(len(self._hits))])
        if is_moving and self._hits:
            cursor = QTextCursor(self.browser.document())
            cursor.setPosition(self._hits[self._hit])
            self.browser.setTextCursor(cursor)
            self.browser.ensureCursorVisible()

    def _mark(self, number: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        colours = theme.colours()
        is_current = number == self._hit
        cursor = QTextCursor(self.browser.document())
        cursor.setPosition(self._hits[number])
        cursor.setPosition(self._hits[number] + self._length, QTextCursor.MoveMode.KeepAnchor)
        form = cursor.charFormat()
        form.setBackground(QColor(colours.accent if is_current else colours.accent_soft))
        form.setForeground(QColor(colours.on_accent if is_current else colours.text))
        mark.cursor, mark.format = cursor, form
        return mark

    def _size_to_screen(self) -> None:
        room, letter = self.screen().availableSize(), self.fontMetrics().averageCharWidth()
        self.resize(
            min(letter * (30 + _WIDEST_LETTERS), round(room.width() * 0.9)),
            min(letter * 90, round(room.height() * 0.9)),
        )


@lru_cache(maxsize=2000)
def _plain(letter: str) -> str:
    """Fold one letter into one letter, so that places found are places in the page."""
    return (search_key(letter) or " ")[:1]


@lru_cache(maxsize=2000)
def _marked(letter: str) -> str:
    return (marked_key(letter) or " ")[:1]


def _give_air(document: QTextDocument, step: int) -> None:
    """Set headings, lines, commands and tables apart from each other, in the colours of the look in use."""
    colours = theme.colours()
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        level = form.headingLevel()
        in_table = QTextCursor(block).currentTable() is not None
        if level:
            form.setTopMargin(step * 5 if level > 1 else 0)
            form.setBottomMargin(step * 2)
        elif not in_table:
            form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            form.setBottomMargin(step if block.textList() is not None else step * 2)
        if form.hasProperty(QTextFormat.Property.BlockCodeFence.value):
            form.setBackground(QColor(colours.stripe))
            form.setLeftMargin(step * 3)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(form)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            lines = frame.format()
            lines.setCellPadding(step * 1.2)
            lines.setCellSpacing(0)
            lines.setBorderCollapse(True)
            lines.setBorder(1)
            lines.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            lines.setBorderBrush(QColor(colours.line))
            lines.setBottomMargin(step * 3)
            frame.setFormat(lines)


def _pictures(document: QTextDocument) -> list[tuple[int, QTextImageFormat]]:
    """Return every picture of a page with its place in the text."""
    found = []
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            picture = fragment.charFormat().toImageFormat()
            if picture.isValid():
                found.append((fragment.position(), picture))
            fragments += 1
        block = block.next()
    return found


def show_over(window: QWidget, *screens: str) -> None:
    """Open the guide at a screen's page as a window of a dialog's own: one behind takes no clicks meanwhile."""
    shown = window.findChild(GuideDialog) or GuideDialog(window)
    shown.show()
    place = guide.place_for(*screens)
    shown.show_page(place.page.name, place.anchor)
    shown.activateWindow()
