"""Notices over the tabs: what around the open file deserves a word. Each can be put away; a lasting one for good."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.services.surroundings import Caution, cautions
from kc_desktop.services.workspace import Workspace
from ui import icons, theme
from ui.view_state import ViewState


class NoticeBar(QFrame):
    """One notice: a sign, what is the case, what to do, a way to read more, and Đã hiểu."""

    helpWanted = Signal()
    putAway = Signal()

    def __init__(self, caution: Caution, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caution = caution
        step = theme.step(self)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._sign = QLabel(self)
        self.words = QLabel(f"{caution.message} {caution.remedy}", self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName("Lưu ý về tệp đang mở")
        self.more_button = QPushButton("Đọc thêm", self)
        self.more_button.setToolTip("Mở hướng dẫn về việc này")
        self.done_button = QPushButton("Đã hiểu", self)
        self.done_button.setToolTip(
            "Không nhắc lại cho tệp này nữa" if caution.is_lasting else "Cất lời nhắc; lần mở sau nhắc lại nếu vẫn còn"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(step * 4, step * 2, step * 4, step * 2)
        row.setSpacing(step * 3)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        for button in (self.more_button, self.done_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.more_button.clicked.connect(self.helpWanted)
        self.done_button.clicked.connect(self.putAway)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_sign"):
            self._colour()
        super().changeEvent(event)

    def _colour(self) -> None:
        ratio = self.devicePixelRatioF()
        sign = icons.draw("warning", round(theme.step(self, 5) * ratio), theme.colours().late)
        sign.setDevicePixelRatio(ratio)
        self._sign.setPixmap(sign)


class Notices(QWidget):
    """The notices about one open file, one under the other; nothing at all when there is nothing to say."""

    helpWanted = Signal(str)
    """The caution's key: what the guide should be opened at."""

    def __init__(self, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._workspace: Workspace | None = None
        self._bars: list[NoticeBar] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.step(self) // 2)
        self.hide()

    def show_for(self, workspace: Workspace | None) -> None:
        """Tell what is to be told about a file, in place of what was told before. Raises KnownError when it is gone."""
        for bar in self._bars:
            bar.hide()
            bar.deleteLater()
        self._bars = []
        self._workspace = workspace
        if workspace is not None:
            for caution in cautions(workspace):
                if not (caution.is_lasting and self._state.is_put_away(caution.key, workspace.path)):
                    self._add(caution)
        self.setVisible(bool(self._bars))

    def told(self) -> tuple[NoticeBar, ...]:
        """Return the notices on show."""
        return tuple(self._bars)

    def _add(self, caution: Caution) -> None:
        bar = NoticeBar(caution, self)
        bar.helpWanted.connect(self._on_help_wanted)
        bar.putAway.connect(self._on_put_away)
        self._column.addWidget(bar)
        self._bars.append(bar)

    @Slot()
    def _on_help_wanted(self) -> None:
        bar = self.sender()
        assert isinstance(bar, NoticeBar)
        self.helpWanted.emit(bar.caution.key)

    @Slot()
    def _on_put_away(self) -> None:
        bar = self.sender()
        assert isinstance(bar, NoticeBar)
        if bar.caution.is_lasting and self._workspace is not None:
            self._state.put_away(bar.caution.key, self._workspace.path)
        self._bars.remove(bar)
        bar.hide()
        bar.deleteLater()
        self.setVisible(bool(self._bars))
