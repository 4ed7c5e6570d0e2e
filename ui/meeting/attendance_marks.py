"""The row of buttons that mark those chosen in the list: who came, and what they are in the council."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from kc_desktop.domain.meeting import ATTENDANCE_STATES
from ui import theme
from ui.meeting.elided import ElidedLabel
from ui.widgets.button_row import ButtonRow


class AttendanceMarks(QWidget):
    """One button for each state, and one that offers the roles of a council where there are any."""

    stateWanted = Signal(str)
    """Mark those chosen with this state."""
    roleWanted = Signal(str)
    """Give those chosen this role, "" for none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.state_buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.step(self))
        what = QLabel("Đánh dấu:", self)
        what.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row.addWidget(what)
        buttons = ButtonRow(self, spacing=theme.step(self))
        for number, (code, label) in enumerate(ATTENDANCE_STATES, start=1):
            button = QToolButton(self)
            button.setText(f"{number} {label}")
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolTip(f"Đánh dấu những người đang chọn: {label} (phím {number})")
            button.setProperty("code", code)
            button.clicked.connect(self._on_state_button_clicked)
            self.state_buttons[code] = button
            buttons.add(button)
        self.role_button = QToolButton(self)
        self.role_button.setText("Hội đồng")
        self.role_button.setAutoRaise(True)
        self.role_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.role_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.role_button.setToolTip("Vai trò trong hội đồng của những người đang chọn")
        self.role_menu = QMenu(self.role_button)
        self.role_button.setMenu(self.role_menu)
        self.role_button.hide()
        self.role_menu.triggered.connect(self._on_role_menu_triggered)
        buttons.add(self.role_button)
        row.addWidget(buttons)
        hint = ElidedLabel(self)
        hint.setText("Phím cách: có mặt · F2: lý do, dự thay · Del: bỏ")
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        hint.setContentsMargins(theme.step(self, 3), 0, 0, 0)
        row.addWidget(hint, 1)

    def offer_roles(self, roles: tuple[str, ...]) -> None:
        """Offer these roles of a council; without any the button goes."""
        self.role_menu.clear()
        for role in roles:
            self.role_menu.addAction(role).setData(role)
        self.role_button.setVisible(bool(roles))
        if roles:
            self.role_menu.addSeparator()
            self.role_menu.addAction("Không phải thành viên").setData("")

    @Slot()
    def _on_state_button_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.stateWanted.emit(str(button.property("code")))

    @Slot(QAction)
    def _on_role_menu_triggered(self, action: QAction) -> None:
        self.roleWanted.emit(str(action.data()))
