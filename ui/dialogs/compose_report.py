"""Soạn báo cáo: the sections of the yearly report only the office can write, with phrases to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPalette, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.report_text import REPORT_SECTIONS
from kc_desktop.errors import KnownError
from kc_desktop.services import report_texts
from kc_desktop.services.report_texts import Draft, Suggestion
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.dialogs.preview_issue import tell_window
from ui.dialogs.report_drafts import ReportDrafts
from ui.drafts import Drafts
from ui.reading_order import OrderedDialog
from ui.view_state import ViewState

_NO_PHRASE = "Chưa có câu gợi ý cho phần này: thêm ở Danh mục, Câu mẫu."


class PhraseList(QListWidget):
    """The phrases on offer; Enter and a double click put one in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the phrase in with Enter, and let nothing of the dialog take the key."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.itemDoubleClicked.emit(item)
            event.accept()
        else:
            super().keyPressEvent(event)


class ComposeReportDialog(OrderedDialog):
    """Sections at the left; at the right what is written, how it is printed, and phrases that fit the figures."""

    def __init__(self, workspace: Workspace, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._draft = workspace, draft
        self._texts = dict(draft.texts)
        self.setWindowTitle(f"Soạn báo cáo {draft.title}")
        self._build_ui()
        self._connect_signals()
        HelpKey(self, "compose-report")
        self.sections.setCurrentRow(0)
        self.text.setFocus()

    @classmethod
    def compose(cls, parent: QWidget | None, workspace: Workspace, key: str, plan_id: int) -> bool:
        """Let the sections of a report be written; return whether it is to be shown. Raises KnownError."""
        dialog = cls(workspace, report_texts.draft(workspace, key, plan_id), parent)
        state = getattr(parent, "state", None)
        if isinstance(state, ViewState) and not workspace.is_read_only:
            dialog.keep_drafts_in(state)
        goes_on = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return goes_on

    def keep_drafts_in(self, state: ViewState) -> None:
        """Keep what is typed and not saved on this PC, and offer what was left half typed."""
        drafts = Drafts(state, self._workspace.path)
        self.drafts = ReportDrafts(self, drafts, self._draft, self.texts, self._put_texts)
        self.text.textChanged.connect(self.drafts.touched)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.drafts.bar)

    def _build_ui(self) -> None:
        step = theme.step(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[step * 4] * 4)
        outer.setSpacing(step * 2)
        outer.addWidget(
            self._label(
                "Phần nào để trống thì in dòng chấm để ghi tay. Chữ trong ngoặc nhọn, ví dụ {giải ngân}, "
                "được thay bằng số liệu mỗi lần in."
            )
        )
        self.sections = QListWidget(self)
        self.sections.setAccessibleName("Các phần của báo cáo")
        for _, label in REPORT_SECTIONS:
            self.sections.addItem(label)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.figures_button = QPushButton("Chèn &số liệu", self)
        self.figures_button.setAutoDefault(False)
        self.figures_button.setMenu(self._figures_menu())
        self.printed = QPlainTextEdit(self)
        self.printed.setReadOnly(True)
        self.printed.setTabChangesFocus(True)
        self.printed.setAccessibleName("Khi in")
        self.problem = self._label("")
        self.problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self.phrases = PhraseList(self)
        self.phrases.setWordWrap(True)
        self.phrases.setAccessibleName("Câu gợi ý theo số liệu")
        self.put_button = QPushButton("&Chèn câu", self)
        self.put_button.setAutoDefault(False)
        self.ok_button = QPushButton("&Lưu và xem trước", self)
        self.ok_button.setDefault(True)
        self.cancel_button = QPushButton("Hoãn", self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.sections)
        self.splitter.addWidget(self._right())
        self.splitter.setStretchFactor(1, 1)
        outer.addWidget(self.splitter, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.ok_button)
        row.addWidget(self.cancel_button)
        outer.addLayout(row)
        characters = self.fontMetrics().horizontalAdvance("0")
        self.sections.setMinimumWidth(characters * 30)
        for part in (self.text, self.printed, self.phrases):
            part.setMinimumHeight(theme.row_height(self) * 2)  # a screen at 200 % has little room
        for each in (self.sections, self.phrases):
            each.setSpacing(max(step // 2, 1))
        wanted = QSize(characters * 135, self.fontMetrics().height() * 40)
        self.resize(wanted.boundedTo(self.screen().availableSize() * 0.95))

    def _right(self) -> QWidget:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.step(self), 0, 0, 0)
        self.title = QLabel(right)
        self.title.setBuddy(self.text)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.figures_button)
        column.addLayout(head)
        column.addWidget(self.text, 3)
        column.addWidget(self._label("Khi in:"))
        column.addWidget(self.printed, 2)
        column.addWidget(self.problem)
        offered = QLabel("Câu &gợi ý theo số liệu: Enter hoặc bấm đúp để chèn", right)
        offered.setBuddy(self.phrases)
        below = QHBoxLayout()
        below.addWidget(offered, 1)
        below.addWidget(self.put_button)
        column.addLayout(below)
        column.addWidget(self.phrases, 3)
        return right

    def _figures_menu(self) -> QMenu:
        menu = QMenu(self)
        for name, value in self._draft.figures.items():
            shown = value if len(value) <= 60 else f"{value[:59]}…"
            menu.addAction(f"{name}: {shown}".replace("&", "&&"), partial(self._put_figure, name))
        return menu

    def _connect_signals(self) -> None:
        self.sections.currentRowChanged.connect(self._on_section_changed)
        self.text.textChanged.connect(self._on_text_changed)
        self.phrases.itemDoubleClicked.connect(self._on_phrase_chosen)
        self.put_button.clicked.connect(self._on_put_clicked)
        self.ok_button.clicked.connect(self._on_ok_clicked)
        self.cancel_button.clicked.connect(self.reject)

    # what is written

    def texts(self) -> dict[str, str]:
        """Return what stands in the sections."""
        return dict(self._texts)

    def _put_texts(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)
        self._on_section_changed(max(self.sections.currentRow(), 0))

    def is_changed(self) -> bool:
        """Whether anything differs from what is kept."""
        sections = [code for code, _ in REPORT_SECTIONS]
        return any(self._texts.get(each, "").strip() != self._draft.texts.get(each, "") for each in sections)

    def reject(self) -> None:
        """Leave without the report; what was typed is not lost without a word."""
        if self._may_leave():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask as “Hoãn” does."""
        if self.isVisible() and not self._may_leave():
            event.ignore()
            return
        super().closeEvent(event)

    # slots

    @Slot(int)
    def _on_section_changed(self, row: int) -> None:
        code, label = REPORT_SECTIONS[row]
        self.title.setText(f"&{label}")
        self.text.setAccessibleName(label)
        self.text.setPlainText(self._texts.get(code, ""))
        self.phrases.clear()
        for each in self._draft.suggestions[code]:
            item = QListWidgetItem(each.printed, self.phrases)
            item.setToolTip(each.name)
            item.setData(Qt.ItemDataRole.UserRole, each)
        if not self.phrases.count():
            QListWidgetItem(_NO_PHRASE, self.phrases).setFlags(Qt.ItemFlag.NoItemFlags)
        else:
            self.phrases.setCurrentRow(0)
        self.put_button.setEnabled(bool(self._draft.suggestions[code]))
        self._show_marks()

    @Slot()
    def _on_text_changed(self) -> None:
        code, _ = REPORT_SECTIONS[max(self.sections.currentRow(), 0)]
        text = self.text.toPlainText()
        self._texts[code] = text
        self.printed.setPlainText(self._draft.printed(text) or "……… (dòng chấm để ghi tay)")
        unknown = self._draft.unknown_names(text)
        names = ", ".join(f"“{each}”" for each in unknown)
        self.problem.setText(f"▲ Không có số liệu tên {names}: chọn ở Chèn số liệu, hoặc xóa ngoặc nhọn.")
        self.problem.setVisible(bool(unknown))
        self._show_marks()

    @Slot(QListWidgetItem)
    def _on_phrase_chosen(self, item: QListWidgetItem) -> None:
        phrase = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(phrase, Suggestion):
            self._put_line(phrase.body)

    @Slot()
    def _on_put_clicked(self) -> None:
        item = self.phrases.currentItem()
        if item is not None:
            self._on_phrase_chosen(item)

    @Slot()
    def _on_ok_clicked(self) -> None:
        try:
            is_changed = report_texts.save(self._workspace, self._draft, self._texts)
        except KnownError as error:
            self.problem.setText(f"▲ {error}")
            self.problem.show()
            return
        if is_changed:
            tell_window(self.parentWidget(), self._workspace, f"Đã lưu lời của báo cáo {self._draft.title}.")
        self.accept()

    # private

    def _label(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _show_marks(self) -> None:
        """Say beside each section whether anything stands in it."""
        for row, (code, label) in enumerate(REPORT_SECTIONS):
            item = self.sections.item(row)
            state = "đã ghi" if self._texts.get(code, "").strip() else "để trống"
            item.setText(f"{label} ({state})")

    def _put_line(self, words: str) -> None:
        """Put words in as a line of their own, after the one the cursor is in."""
        cursor = self.text.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText(f"\n{words}" if cursor.block().text().strip() else words)
        self.text.setTextCursor(cursor)

    def _put_figure(self, name: str) -> None:
        self.text.textCursor().insertText(f"{{{name}}}")
        self.text.setFocus()

    def _may_leave(self) -> bool:
        if not self.is_changed():
            return True
        box = QMessageBox(QMessageBox.Icon.Question, "Chưa lưu", "Lời báo cáo vừa ghi chưa lưu.", parent=self)
        HelpKey(box)
        box.setInformativeText("Bỏ những gì vừa ghi?")
        drop = box.addButton("Bỏ", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("Ở lại", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        left = box.clickedButton() is drop
        box.deleteLater()
        if left:
            self._texts = dict(self._draft.texts)
        return left
