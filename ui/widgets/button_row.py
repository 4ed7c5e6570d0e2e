"""Buttons side by side that give way: those there is no room for go into a menu at the end of the row.

They are not hidden, only moved out of the row's sight: their keys go on working, Tab and the arrows still lead to them,
and whichever is focused or pressed comes into the row.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QToolButton, QWidget

from ui import theme

_RENEWING = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest, QEvent.Type.FontChange})
_MORE = "»"


class ButtonRow(QWidget):
    """As wide as its buttons, at the least as wide as the button that lists them."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 0) -> None:
        super().__init__(parent)
        self._buttons: list[QAbstractButton] = []
        self._spacing = spacing or theme.step(self)
        self._first = 0
        self._more: QToolButton | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    # public

    def add(self, button: QAbstractButton, *, is_first: bool = False) -> None:
        """Put a button at the end of the row, or at its beginning."""
        is_hidden = button.isHidden()
        button.setParent(self)
        button.setVisible(not is_hidden)
        self._buttons.insert(0 if is_first else len(self._buttons), button)
        button.installEventFilter(self)
        button.toggled.connect(self._on_toggled)
        self.updateGeometry()

    def remove(self, button: QAbstractButton) -> None:
        """Take a button out of the row; it is hidden."""
        self._buttons.remove(button)
        button.removeEventFilter(self)
        button.hide()
        self._on_changed()

    def in_sight(self) -> tuple[QAbstractButton, ...]:
        """Return the buttons that stand whole in the row."""
        return tuple(each for each in self._shown() if self.rect().contains(each.geometry()))

    def more_button(self) -> QToolButton | None:
        """Return the button that lists the others, None while all have room."""
        return self._more if self._more is not None and not self._more.isHidden() else None

    # overrides

    def sizeHint(self) -> QSize:
        """Room for all."""
        sizes = [each.sizeHint() for each in self._shown()]
        width = sum(each.width() for each in sizes) + self._spacing * max(len(sizes) - 1, 0)
        return QSize(width, max((each.height() for each in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Room for the way to all of them."""
        wanted = self.sizeHint()
        return QSize(min(self._more_width(), wanted.width()), wanted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Part what has room from what has none."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in order before the first paint."""
        self._arrange()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Arrange anew once a button has other words."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._on_changed()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the focused button into the row; follow those that come, go or change."""
        if event.type() == QEvent.Type.FocusIn:
            self._bring(watched)
        elif event.type() in _RENEWING:
            self._on_changed()
        return super().eventFilter(watched, event)

    # slots

    @Slot(bool)
    def _on_toggled(self, is_checked: bool) -> None:
        if is_checked:
            self._bring(self.sender())

    @Slot()
    def _on_more_about_to_show(self) -> None:
        menu = self._more.menu() if self._more is not None else None
        if menu is None:
            return
        menu.clear()
        seen = self.in_sight()
        for button in self._shown():
            if button not in seen:
                action = menu.addAction(button.icon(), button.text() or button.accessibleName())
                action.setEnabled(button.isEnabled())
                action.setCheckable(button.isCheckable())
                action.setChecked(button.isChecked())
                action.setToolTip(button.toolTip())
                action.triggered.connect(partial(_press, button))

    # private

    def _shown(self) -> list[QAbstractButton]:
        return [each for each in self._buttons if not each.isHidden()]

    def _more_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(_MORE) + theme.step(self, 4)

    def _on_changed(self) -> None:
        self.updateGeometry()
        self._arrange()

    def _bring(self, button: QObject | None) -> None:
        """Begin the row so that a button stands in it."""
        shown = self._shown()
        if button not in shown or button in self.in_sight():
            return
        assert isinstance(button, QAbstractButton)
        place = shown.index(button)
        self._first = min(self._first, place)
        while self._first < place and button not in self._fitting(shown, self._first):
            self._first += 1
        self._arrange()

    def _fitting(self, shown: list[QAbstractButton], first: int) -> list[QAbstractButton]:
        room = self.width() - self._more_width() - self._spacing
        fitting: list[QAbstractButton] = []
        for button in shown[first:]:
            room -= button.sizeHint().width() + (self._spacing if fitting else 0)
            if room < 0:
                break
            fitting.append(button)
        return fitting

    def _arrange(self) -> None:
        shown = self._shown()
        if self.sizeHint().width() <= self.width():
            self._first, fitting = 0, shown
        else:
            self._first = min(self._first, max(len(shown) - 1, 0))
            while self._first and len(self._fitting(shown, self._first - 1)) > len(self._fitting(shown, self._first)):
                self._first -= 1
            fitting = self._fitting(shown, self._first)
        left = -sum(each.sizeHint().width() + self._spacing for each in shown[: self._first])
        for button in shown:
            size = button.sizeHint()
            is_out = button not in fitting and left >= 0  # put where Tab still finds it after the others
            place = max(left, self.width()) if is_out else left
            button.setGeometry(place, (self.height() - size.height()) // 2, size.width(), size.height())
            left += size.width() + self._spacing
        self._show_more(is_needed=len(fitting) < len(shown))

    def _show_more(self, *, is_needed: bool) -> None:
        if self._more is None and is_needed:
            self._more = QToolButton(self)
            self._more.setText(_MORE)
            self._more.setAutoRaise(True)
            self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab leads to the buttons themselves, in their order
            self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            self._more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
            self._more.setAccessibleName("Nút khác của hàng này")
            self._more.setToolTip("Những nút không đủ chỗ")
            menu = QMenu(self._more)
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self._on_more_about_to_show)
            self._more.setMenu(menu)
        if self._more is not None:
            width = self._more_width()
            self._more.setGeometry(self.width() - width, 0, width, self.height())
            self._more.setVisible(is_needed)
            self._more.raise_()


def _press(button: QAbstractButton, _is_checked: bool = False) -> None:
    """Press a button out of sight; it comes into the row with the focus."""
    if button.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        button.setFocus(Qt.FocusReason.OtherFocusReason)
    button.click()
