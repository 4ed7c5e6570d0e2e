"""The grid votes and scores are typed into: one key a vote, the cursor goes on to the next member by itself."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLineEdit, QMenu, QTableView, QWidget

from kc_desktop.domain.council import BALLOTS, CouncilDossier, CountedItem
from kc_desktop.domain.meeting import AttendeeDetail
from ui import theme
from ui.meeting.ballot_model import BallotModel, number_text, why_not

_KEYS = {
    Qt.Key.Key_1: "yes",
    Qt.Key.Key_2: "no",
    Qt.Key.Key_3: "abstain",
    Qt.Key.Key_Space: "yes",
    Qt.Key.Key_Delete: "",
    Qt.Key.Key_Backspace: "",
    Qt.Key.Key_0: "",
}
_HEADER_LINES = 3
_MEMBER, _COUNT, _RESULT, _TITLE = 11, 18, 13, 22
"""Widths in characters; the first column takes what is left, but never less than its own."""


class BallotGrid(QTableView):
    """Emits what was typed; the section writes it down and shows the council anew."""

    voteWanted = Signal(object, object, str)
    """(CountedItem, AttendeeDetail, answer); "" takes the vote back."""
    scoreWanted = Signal(object, object, object)
    """(CountedItem, AttendeeDetail, Decimal | None); None takes the score back."""
    commentWanted = Signal(object, object)
    """(CountedItem, AttendeeDetail): write down what the member says besides."""
    refused = Signal(str, str)
    """What was typed is no score, or the member cannot vote: message, remedy."""
    editWanted = Signal(object)
    """Change the item itself."""
    deleteWanted = Signal(object)
    moveWanted = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_editable = False
        self.council = BallotModel(self)
        self._line: QLineEdit | None = None
        theme.flatten(self)
        self.setModel(self.council)
        self.setAccessibleName("Phiếu của các thành viên")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # projects of one call for proposals begin alike
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setFixedHeight(self.fontMetrics().lineSpacing() * _HEADER_LINES + theme.step(self, 2))
        self.setMinimumHeight(header.height() + theme.row_height(self) * 3)

    # --- public

    def show_council(self, council: CouncilDossier | None, members: tuple[AttendeeDetail, ...]) -> None:
        """Show the items and the members, keeping the place of the cursor."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        if self.council.show_council(council, members):
            self._fit()
            if self.council.rowCount():
                row = min(max(row, 0), self.council.rowCount() - 1)
                column = min(max(column, 1), self.council.columnCount() - 1)
                self.setCurrentIndex(self.council.index(row, column))

    def select_item(self, item_id: int) -> None:
        """Put the cursor on the first member's cell of an item."""
        for row, each in enumerate(self.council.items):
            if each.item.id == item_id:
                self.setCurrentIndex(self.council.index(row, 1))

    def current_item(self) -> CountedItem | None:
        """Return the item the cursor is on."""
        return self.council.item_at(self.currentIndex().row())

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Take the keys that vote before the window's own shortcuts do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_editable or not self._is_own(event):
            super().keyPressEvent(event)
            return
        counted = self.current_item()
        member = self.council.member_at(self.currentIndex().column())
        key = Qt.Key(event.key())
        if counted is None:
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moveWanted.emit(counted.item, -1 if key == Qt.Key.Key_Up else 1)
        elif member is None:
            self._on_item_key(counted, key)
        elif key == Qt.Key.Key_N:
            self._comment(counted, member)
        elif counted.item.kind == "score" and key not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._open_line(event.text() if event.text().isdigit() else "")
        elif key in _KEYS:
            self._vote(counted, member, _KEYS[key])
        else:
            self._go_on()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        counted, member = self.council.item_at(index.row()), self.council.member_at(index.column())
        if not self.is_editable or counted is None:
            return
        if member is None:
            self.editWanted.emit(counted.item)
        elif counted.item.kind == "score":
            self._open_line("")
        else:
            self._open_menu(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.is_editable and self.current_item() is not None:
            self._open_menu(event.globalPos())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter keep a score and go on, Esc leave it as it was."""
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self._close_line(keep=True)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close_line(keep=False)
                return True
        if watched is self._line and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    # --- private

    def _fit(self) -> None:
        unit = self.fontMetrics().horizontalAdvance("0")
        header, members = self.horizontalHeader(), len(self.council.members)
        widths = [*[_MEMBER] * members, _COUNT, _RESULT]
        for section, width in enumerate(widths, start=1):
            header.resizeSection(section, unit * width + theme.step(self, 2))
        others = sum(header.sectionSize(section) for section in range(1, members + 3))
        room = self.viewport().width() - others
        header.resizeSection(0, max(room, unit * _TITLE))

    def _is_own(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.AltModifier:
            return key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        others = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_N)
        return key in _KEYS or key in others or Qt.Key.Key_0 <= key <= Qt.Key.Key_9

    def _on_item_key(self, counted: CountedItem, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Delete:
            self.deleteWanted.emit(counted.item)
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editWanted.emit(counted.item)

    def _vote(self, counted: CountedItem, member: AttendeeDetail, answer: str) -> None:
        if self._refuses(member):
            return
        self.voteWanted.emit(counted, member, answer)
        if answer:
            self._go_on()

    def _comment(self, counted: CountedItem, member: AttendeeDetail) -> None:
        if not self._refuses(member):
            self.commentWanted.emit(counted, member)

    def _refuses(self, member: AttendeeDetail) -> bool:
        reason = why_not(member)
        if reason:
            message, _, remedy = reason.partition(": ")
            self.refused.emit(f"{message}.", f"{remedy[:1].upper()}{remedy[1:]}")
        return bool(reason)

    def _go_on(self) -> None:
        """Put the cursor on the next member who can vote, after the last on the first of the next item."""
        row, column = self.currentIndex().row(), self.currentIndex().column() + 1
        while row < self.council.rowCount():
            while column <= len(self.council.members):
                member = self.council.member_at(column)
                if member is not None and self.council.may_vote(member):
                    self.setCurrentIndex(self.council.index(row, column))
                    return
                column += 1
            row, column = row + 1, 1

    def _open_line(self, typed: str) -> None:
        counted, member = self.current_item(), self.council.member_at(self.currentIndex().column())
        if counted is None or member is None or self._refuses(member):
            return
        ballot = self.council.ballot(counted, member)
        line = QLineEdit(typed or number_text(ballot.score if ballot is not None else None), self.viewport())
        line.setAccessibleName(f"Điểm của {member.person.name}")
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.setGeometry(self.visualRect(self.currentIndex()))
        line.installEventFilter(self)
        line.editingFinished.connect(self._on_line_finished)
        self._line = line
        line.show()
        line.setFocus()
        if not typed:
            line.selectAll()

    @Slot()
    def _on_line_finished(self) -> None:
        if self._line is not None and not self._line.hasFocus():
            self._close_line(keep=True, goes_on=False)

    def _close_line(self, *, keep: bool, goes_on: bool = True) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        typed = line.text().strip().replace(",", ".")
        line.hide()
        line.deleteLater()
        if goes_on:
            self.setFocus()
        counted, member = self.current_item(), self.council.member_at(self.currentIndex().column())
        if not keep or counted is None or member is None:
            return
        try:
            score = Decimal(typed) if typed else None
            if score is not None and (not score.is_finite() or score < 0):
                raise InvalidOperation
        except InvalidOperation:
            self.refused.emit(f"“{line.text()}” không phải điểm.", "Ghi số, ví dụ 8 hoặc 8,5.")
            return
        self.scoreWanted.emit(counted, member, score)
        if goes_on:
            self._go_on()

    def _open_menu(self, place: QPoint) -> None:
        counted, member = self.current_item(), self.council.member_at(self.currentIndex().column())
        if counted is None:
            return
        menu = QMenu(self)
        if member is not None and counted.item.kind == "vote":
            for number, (code, label) in enumerate(BALLOTS):
                action = menu.addAction(f"{label}\t{number}")
                action.setData(code)
        comment = menu.addAction("Nhận xét…\tN") if member is not None else None
        menu.addSeparator()
        edit = menu.addAction("Sửa nội dung")
        delete = menu.addAction("Xóa nội dung")
        chosen = menu.exec(place)
        if chosen is edit:
            self.editWanted.emit(counted.item)
        elif chosen is delete:
            self.deleteWanted.emit(counted.item)
        elif chosen is not None and chosen is comment and member is not None:
            self._comment(counted, member)
        elif chosen is not None and member is not None:
            self._vote(counted, member, str(chosen.data()))
        menu.deleteLater()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Close a score left half typed."""
        if self._line is not None:
            self._close_line(keep=False)
        super().currentChanged(current, previous)
