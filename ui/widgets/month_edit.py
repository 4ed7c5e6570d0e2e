"""A month of a year, chosen from two short lists."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ui import theme

_YEARS_BACK = 6


class MonthEdit(QWidget):
    """The month and the year, each from a short list."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months, self._years = QComboBox(self), QComboBox(self)
        for month in range(1, 13):
            self._months.addItem(f"Tháng {month}", month)
        self._months.setAccessibleName(f"{name}: tháng")
        self._months.setMaxVisibleItems(12)
        self._years.setAccessibleName(f"{name}: năm")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.step(self))
        row.addWidget(self._months)
        row.addWidget(self._years)
        self.setFocusProxy(self._months)
        self._months.currentIndexChanged.connect(self._on_changed)
        self._years.currentIndexChanged.connect(self._on_changed)

    def offer_years(self, year: int) -> None:
        """Offer the years around one."""
        for each in range(year - _YEARS_BACK, year + 2):
            self._years.addItem(str(each), each)

    def value(self) -> str:
        """Return the month as it is kept: "2023-04"."""
        return f"{self._years.currentData():04d}-{self._months.currentData():02d}"

    def set_value(self, month: str) -> None:
        """Choose a month without telling; a year that is not offered is added."""
        for box, wanted in ((self._years, int(month[:4])), (self._months, int(month[5:]))):
            box.blockSignals(True)
            if box.findData(wanted) < 0:
                box.addItem(str(wanted), wanted)
            box.setCurrentIndex(box.findData(wanted))
            box.blockSignals(False)

    @Slot(int)
    def _on_changed(self, _place: int) -> None:
        self.changed.emit()
