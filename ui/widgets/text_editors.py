"""Editors of text: one line, several paragraphs, a time of day."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from kc_desktop.domain.dates import DateError, clock, parse_time
from kc_desktop.domain.fields import Field, Value
from kc_desktop.domain.text import clean_line, clean_text, nfc
from kc_desktop.errors import FieldError
from ui import theme
from ui.widgets.editor import Editor, LeaveWatcher, LineBasedEditor, paper_palette


class LineEdit(LineBasedEditor):
    """One line of text: tidied to NFC and single spaces when it is left, never while it is typed."""

    def value(self) -> str:
        """Return the tidied text."""
        return clean_line(self.line.text())

    def set_value(self, value: Value) -> None:
        """Show a text."""
        self._settled = str(value or "")
        self._show_text(self._settled)
        self.line.setToolTip(self._settled if len(self._settled) > self.field.width else self.field.help)
        self.show_problem("")

    def settle(self) -> None:
        """Write the tidied text back."""
        self._show_text(self.value())
        super().settle()


class TimeEdit(LineBasedEditor):
    """A time of day, kept as "08:30"; understands 8h30, 8 giờ 30 and 8."""

    def value(self) -> str:
        """Return the time as HH:MM, "" for none."""
        typed = clean_line(self.line.text())
        if not typed:
            return ""
        try:
            return clock(parse_time(typed))
        except DateError as error:
            raise self._refuse(str(error)) from error

    def set_value(self, value: Value) -> None:
        """Show a time."""
        self._settled = str(value or "")
        self._show_text(self._settled)
        self.show_problem("")

    def settle(self) -> None:
        """Write the time back in its usual form."""
        with suppress(FieldError):
            self._show_text(str(self.value()))
        super().settle()


class Paragraphs(QPlainTextEdit):
    """Plain text that takes NFC from the clipboard, moves on with Tab and grows with its content."""

    MAX_LINES = 12

    def __init__(self, parent: QWidget | None = None, min_lines: int = 2) -> None:
        super().__init__(parent)
        self._min_lines = min_lines
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(theme.step(self))
        self.document().documentLayout().documentSizeChanged.connect(self._on_document_resized)
        self._on_document_resized()

    def set_min_lines(self, lines: int) -> None:
        """Never be lower than so many lines."""
        self._min_lines = lines
        self._on_document_resized()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as NFC plain text."""
        if source.hasText():
            self.insertPlainText(nfc(source.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, then take the height that needs."""
        super().resizeEvent(event)
        self._on_document_resized()

    def _line_count(self) -> int:
        """Count wrapped lines, no further than can be shown."""
        layout, block, lines = self.document().documentLayout(), self.document().firstBlock(), 0
        while block.isValid() and lines <= self.MAX_LINES:
            layout.blockBoundingRect(block)  # lays the block out where that has not happened yet
            lines += max(block.lineCount(), 1)
            block = block.next()
        return lines

    @Slot()
    def _on_document_resized(self) -> None:
        lines = self._line_count()
        shown = min(max(lines, self._min_lines), self.MAX_LINES)
        bar = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bar.ScrollBarAsNeeded if lines > self.MAX_LINES else bar.ScrollBarAlwaysOff)
        frame = 2 * (self.frameWidth() + theme.step(self))
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + frame)


class TextEdit(Editor):
    """Text of several paragraphs."""

    MIN_LINES = 2

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.text = Paragraphs(self, self.MIN_LINES)
        self.text.setPlaceholderText(field.help)
        self._is_loading = False
        self._adopt(self.text, is_wide=True)
        self._watcher = LeaveWatcher(self)
        self.text.installEventFilter(self._watcher)
        self.text.textChanged.connect(self._on_text_changed)
        self._watcher.left.connect(self._on_control_left)

    def value(self) -> str:
        """Return the tidied text."""
        return clean_text(self.text.toPlainText())

    def set_value(self, value: Value) -> None:
        """Show a text."""
        self._settled = str(value or "")
        self._is_loading = True
        self.text.setPlainText(self._settled)
        self._is_loading = False
        self.show_problem("")

    def control(self) -> QWidget:
        """Return the text edit."""
        return self.text

    def set_read_only(self, read_only: bool) -> None:
        """Show the text as on paper, or let it be edited."""
        super().set_read_only(read_only)
        self.text.setReadOnly(read_only)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            if read_only
            else Qt.TextInteractionFlag.TextEditorInteraction
        )
        self.text.setPlaceholderText("" if read_only else self.field.help)
        self.text.setFrameShape(QFrame.Shape.NoFrame if read_only else QFrame.Shape.StyledPanel)
        self.text.setPalette(paper_palette(read_only))

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._is_loading:
            self._on_control_touched()


class LongLineEdit(TextEdit):
    """One line that may be longer than its field is wide, such as a project's name: it wraps instead of hiding."""

    MIN_LINES = 1

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.text.installEventFilter(self)

    def value(self) -> str:
        """Return the text as one tidy line."""
        return clean_line(self.text.toPlainText())

    def settle(self) -> None:
        """Write the tidied line back."""
        tidied = self.value()
        if self.text.toPlainText() != tidied:
            self._is_loading = True
            self.text.setPlainText(tidied)
            self._is_loading = False
        super().settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on to the next field with Enter: a line has no second paragraph."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.settle()
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)
