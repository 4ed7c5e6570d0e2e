"""Over the pages of a preview: which page is on show, and how large."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIntValidator, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from ui import theme
from ui.dialogs.preview_pages import PageView, ZoomMode

_PERCENTS = (50, 75, 100, 125, 150, 200, 300)


class PageControls(QWidget):
    """A row of controls that goes with a view of pages."""

    def __init__(self, view: PageView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._letter = self.fontMetrics().horizontalAdvance("0")
        gap = theme.step(self, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        self._build_page_box(row)
        row.addSpacing(gap * 3)
        self._build_zoom_box(row)
        self._connect_signals()

    def _build_page_box(self, bar: QHBoxLayout) -> None:
        label = QLabel("T&rang", self)
        self.page_edit = QLineEdit(self)
        self.page_edit.setAccessibleName("Số trang")
        self.page_edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page_edit.setFixedWidth(self._letter * 5 + theme.step(self._view, 3))
        self.page_edit.setValidator(QIntValidator(0, 9999, self))
        label.setBuddy(self.page_edit)
        self.count_label = QLabel(self)
        self.previous_button = self._tool_button("‹", "Trang trước", "PgUp")
        self.next_button = self._tool_button("›", "Trang sau", "PgDn")
        for widget in (self.previous_button, label, self.page_edit, self.count_label, self.next_button):
            bar.addWidget(widget)

    def _build_zoom_box(self, bar: QHBoxLayout) -> None:
        self.smaller_button = self._tool_button("−", "Thu nhỏ", "Ctrl+−")
        self.larger_button = self._tool_button("+", "Phóng to", "Ctrl++")
        self.zoom_box = QComboBox(self)
        self.zoom_box.setAccessibleName("Cỡ xem")
        self.zoom_box.addItem("Vừa bề ngang", ZoomMode.FIT_WIDTH)
        self.zoom_box.addItem("Vừa trang", ZoomMode.FIT_PAGE)
        for percent in _PERCENTS:
            self.zoom_box.addItem(f"{percent} %", percent / 100)
        self.zoom_box.setMinimumWidth(self._letter * 7)  # a small screen has little room
        self.zoom_label = QLabel(self)
        self.zoom_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.zoom_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("000 %") + theme.step(self))
        for widget in (self.smaller_button, self.zoom_box, self.larger_button, self.zoom_label):
            bar.addWidget(widget)

    def _connect_signals(self) -> None:
        self._view.currentPageChanged.connect(self._on_view_current_page_changed)
        self._view.zoomChanged.connect(self._on_view_zoom_changed)
        self.page_edit.returnPressed.connect(self._on_page_edit_return_pressed)
        self.page_edit.editingFinished.connect(self._on_page_edit_editing_finished)
        self.previous_button.clicked.connect(self._on_previous_button_clicked)
        self.next_button.clicked.connect(self._on_next_button_clicked)
        self.smaller_button.clicked.connect(self._view.zoom_out)
        self.larger_button.clicked.connect(self._view.zoom_in)
        self.zoom_box.activated.connect(self._on_zoom_box_activated)

    # slots

    @Slot(object)
    def _on_view_current_page_changed(self, page: int) -> None:
        count = self._view.page_count
        self.page_edit.setText(str(page + 1) if count else "")
        self.count_label.setText(f"/ {count}" if count else "")
        self.previous_button.setEnabled(page > 0)
        self.next_button.setEnabled(page + 1 < count)

    @Slot(object)
    def _on_view_zoom_changed(self, zoom: float) -> None:
        self.zoom_label.setText(f"{round(zoom * 100)} %")
        mode: object = self._view.zoom_mode
        wanted = zoom if mode is ZoomMode.FREE else mode
        self.zoom_box.setCurrentIndex(self.zoom_box.findData(wanted))
        self.zoom_box.setPlaceholderText("Cỡ khác")

    @Slot()
    def _on_page_edit_return_pressed(self) -> None:
        self._go_to_typed_page()
        self._view.setFocus()

    @Slot()
    def _on_page_edit_editing_finished(self) -> None:
        self._go_to_typed_page()

    @Slot()
    def _on_previous_button_clicked(self) -> None:
        self._view.go_to_page(self._view.current_page - 1)

    @Slot()
    def _on_next_button_clicked(self) -> None:
        self._view.go_to_page(self._view.current_page + 1)

    @Slot(int)
    def _on_zoom_box_activated(self, index: int) -> None:
        wanted = self.zoom_box.itemData(index)
        if isinstance(wanted, ZoomMode):
            self._view.set_zoom_mode(wanted)
        else:
            self._view.set_zoom(float(wanted))
        self._view.setFocus()

    # private

    def _go_to_typed_page(self) -> None:
        typed = self.page_edit.text().strip()
        if typed:
            self._view.go_to_page(int(typed) - 1)
        self._on_view_current_page_changed(self._view.current_page)

    def _tool_button(self, text: str, name: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})")
        return button
