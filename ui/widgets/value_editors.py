"""Editors of amounts, numbers and dates: lines of text that are read when they are left."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

from PySide6.QtCore import QDate, QPoint, Qt, Slot
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from kc_desktop.domain.dates import DateError, format_date, parse_date, parse_time
from kc_desktop.domain.fields import Field, Value
from kc_desktop.domain.money import MoneyError, format_vnd, parse
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError
from ui import theme
from ui.formats import decimal_text, integer_text, value_text
from ui.icons import icon
from ui.widgets.editor import LineBasedEditor


class _ReadLine(LineBasedEditor):
    """A line that holds a value written one way and understood in several."""

    def set_value(self, value: Value) -> None:
        """Show a value."""
        self._settled = value
        self._show_text(self._written(value))
        self.show_problem("")

    def set_read_only(self, read_only: bool) -> None:
        """Show the value with its unit as on paper, or let it be edited."""
        super().set_read_only(read_only)
        with suppress(FieldError):
            self._show_text(self._written(self._settled))

    def value(self) -> Value:
        """Return what the text means; while only shown, the value that was set."""
        return self._settled if self._is_read_only else self._read()

    def settle(self) -> None:
        """Write the value back in its usual form."""
        with suppress(FieldError):
            self._show_text(self._write(self.value()))
        super().settle()

    def _read(self) -> Value:
        """Return what the text means. Raises FieldError."""
        raise NotImplementedError

    def _write(self, value: Value) -> str:
        raise NotImplementedError

    def _written(self, value: Value) -> str:
        text = self._write(value)
        return f"{text} {self.field.unit}" if text and self._is_read_only and self.field.unit else text


class MoneyEdit(_ReadLine):
    """An amount in whole đồng, typed the way people write amounts: 5978000000, 5,978 tỷ, 2.735 triệu."""

    def _read(self) -> int | None:
        """Return the amount in đồng, None when empty."""
        typed = self.line.text().strip()
        if not typed:
            return None
        try:
            return parse(typed)
        except MoneyError as error:
            raise self._refuse(str(error)) from error

    def _write(self, value: Value) -> str:
        return format_vnd(value) if isinstance(value, int) else ""


_GROUPED = re.compile(r"-?\d{1,3}(?:[. ]\d{3})+|-?\d+")


class IntegerEdit(_ReadLine):
    """A whole number; 0 of a required number stands for "not filled in"."""

    def _read(self) -> int | None:
        """Return the number, None when empty."""
        typed = clean_line(self.line.text())
        if not typed:
            return None
        if _GROUPED.fullmatch(typed) is None or len(typed) > 20:
            example = "Ghi năm bằng bốn chữ số, ví dụ 2023." if "year" in self.field.name else ""
            raise self._refuse(example or "Ghi số nguyên bằng chữ số, ví dụ 25 hoặc 6.000.")
        return int(typed.replace(".", "").replace(" ", ""))

    def _write(self, value: Value) -> str:
        if not isinstance(value, int) or (value == 0 and self.field.required):
            return ""
        return integer_text(value, self.field.name)


_DECIMAL = re.compile(r"(-?(?:\d{1,3}(?:\.\d{3})+|\d+))(?:,(\d+))?|(-?\d+)\.(\d{1,2})")


class DecimalEdit(_ReadLine):
    """An exact decimal with a decimal comma; a dot before one or two digits is understood as one."""

    def _read(self) -> Decimal | None:
        """Return the number, None when empty."""
        typed = clean_line(self.line.text()).removesuffix("%").rstrip()
        if not typed:
            return None
        found = _DECIMAL.fullmatch(typed)
        if found is None or len(typed) > 24:
            raise self._refuse("Ghi số, phần lẻ sau dấu phẩy, ví dụ 1,5.")
        whole = (found[1] or found[3]).replace(".", "")
        part = found[2] or found[4]
        return Decimal(f"{whole}.{part}" if part else whole)

    def _write(self, value: Value) -> str:
        if isinstance(value, Decimal):
            return decimal_text(value)
        return decimal_text(Decimal(value)) if isinstance(value, int) else ""


def _from(first_day: date, typed: str) -> date:
    """Read a date; one without a year is the first such day from a day on. Raises DateError."""
    found = parse_date(typed, today=date(first_day.year, 1, 1))
    return parse_date(typed, today=date(first_day.year + 1, 1, 1)) if found < first_day else found


class DateEdit(_ReadLine):
    """A date that may be empty: typed as 13/4/2023 or 13042023, or picked from the calendar."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.working_year = 0
        """The year meant by a day and month alone, 0 for this year."""
        self.first_day: date | None = None
        """A day and month alone mean the first such day from this one on, when it is set."""
        self._button = QToolButton(self)
        self._button.setIcon(icon("calendar"))
        self._button.setAutoRaise(True)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setToolTip("Chọn ngày trên lịch (Alt+↓)")
        self._button.setAccessibleName(f"Lịch: {field.label}")
        self._button.clicked.connect(self._on_button_clicked)
        self._row.insertWidget(1, self._button)
        self._popup: CalendarPopup | None = None

    def _read(self) -> date | None:
        """Return the date, None when empty."""
        typed = clean_line(self.line.text())
        if not typed:
            return None
        try:
            if self.first_day is not None:
                return _from(self.first_day, typed)
            return parse_date(typed, today=date(self.working_year, 1, 1) if self.working_year else None)
        except DateError as error:
            raise self._refuse(str(error)) from error

    def set_read_only(self, read_only: bool) -> None:
        """Take the calendar away while only showing."""
        super().set_read_only(read_only)
        self._button.setVisible(not read_only)

    def open_calendar(self) -> None:
        """Show the calendar under the field."""
        if self._popup is None:
            self._popup = CalendarPopup(self)
            self._popup.calendar.clicked.connect(self._on_day_picked)
            self._popup.calendar.activated.connect(self._on_day_picked)
        self._popup.show_at(self.line, self._known_date() or date.today())

    def _known_date(self) -> date | None:
        try:
            return self._read()
        except FieldError:
            return None

    @Slot()
    def _on_button_clicked(self) -> None:
        self.line.setFocus()
        self.open_calendar()

    @Slot(QDate)
    def _on_day_picked(self, day: QDate) -> None:
        assert self._popup is not None
        self._popup.hide()
        self._show_text(format_date(date(day.year(), day.month(), day.day())))
        self.line.setFocus()
        self.edited.emit()
        self.settle()

    def _write(self, value: Value) -> str:
        return format_date(value) if isinstance(value, date) else ""


class CalendarPopup(QFrame):
    """A month to pick a day from; it closes on Esc or a click elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = QCalendarWidget(self)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName("Lịch")
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addWidget(self.calendar)

    def show_at(self, line: QWidget, day: date) -> None:
        """Open under a line, on a day."""
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(theme.colours().problem))  # Qt's own red is too pale to read
        for each in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(each, weekend)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        place = line.mapToGlobal(QPoint(0, line.height()))
        screen = line.screen().availableGeometry()
        if place.y() + self.height() > screen.bottom():
            place = line.mapToGlobal(QPoint(0, -self.height()))
        place.setX(max(min(place.x(), screen.right() - self.width()), screen.left()))
        self.move(place)
        self.show()
        self.calendar.setFocus()


class MomentEdit(_ReadLine):
    """A date with its time of day: 13/4/2023 8:30."""

    def _read(self) -> datetime | None:
        """Return the moment in local time, None when empty."""
        typed = clean_line(self.line.text())
        if not typed:
            return None
        try:
            day, _, hour = typed.partition(" ")
            return datetime.combine(parse_date(day), parse_time(hour) if hour else time())
        except DateError as error:
            raise self._refuse(str(error)) from error

    def _write(self, value: Value) -> str:
        return value_text(value, self.field.kind)
