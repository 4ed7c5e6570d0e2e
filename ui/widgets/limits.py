"""Mức hỗ trợ và tạm ứng: what a project may get and has got, limit by limit, with what stands over one and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Record
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.norms import Limit
from kc_desktop.domain.project import LimitOverride, Project
from kc_desktop.errors import KnownError
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.widgets.labels import ElidedLabel
from ui.widgets.record_form import Section

_NOT_KEPT = "Lưu đề án rồi xem mức hỗ trợ và tạm ứng."
_NO_NORM = "Chưa chọn “Mức hỗ trợ áp dụng” nên chưa tính mức hỗ trợ tối đa."


class ThinBar(QWidget):
    """A thin bar: how much of a limit is used. What is over it fills the whole bar in the colour of a problem."""

    def __init__(self, limit: Limit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One step high."""
        return QSize(theme.step(self, 20), theme.step(self))

    def minimumSizeHint(self) -> QSize:
        """A stub is enough."""
        return QSize(theme.step(self, 4), theme.step(self))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and what is used."""
        painter, colours = QPainter(self), theme.colours()
        area = self.rect()
        painter.fillRect(area, QColor(colours.line))
        used, most = self._limit.used_vnd, self._limit.limit_vnd
        if used:
            length = area.width() if used >= most else max(area.width() * used // most, 1)
            colour = colours.problem if self._limit.excess_vnd else colours.late if used > most else colours.accent
            painter.fillRect(QRect(area.left(), area.top(), length, area.height()), QColor(colour))
        painter.end()


class LimitsSection(Section):
    """The limits of the project in the form, what lets one be exceeded, and warnings of the same support twice.

    An override can be recorded while the form is edited, too: a refused amount needs it before it can be saved.
    """

    changed = Signal(object)
    """The tables a recorded or removed override touched: those who show them must read again."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._project: Project | None = None
        self.limits: tuple[Limit, ...] = ()
        self._list, self._rows = self._new_list()
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self._problem.clear()
        self.button = QPushButton("Vượt mức có lý do…", self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_button_clicked)
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.step(self, 2))
        self._column.addWidget(self._list)
        self._column.addWidget(self._problem)
        self._column.addLayout(foot)

    # the section's own

    def load(self, record: Record | None) -> None:
        """Show the limits of a project as it is kept."""
        self._project = record if isinstance(record, Project) and record.id else None
        self._problem.hide()
        self._problem.clear()
        self._read()

    def words(self) -> list[str]:
        """Return the texts on show, from top to bottom."""
        return [label.text() for label in (*self._list.findChildren(QLabel), self._problem) if label.text()]

    # private

    def _read(self) -> None:
        self._clear()
        project = self._project
        if project is None:
            self.limits = ()
            self._add_sentence(_NOT_KEPT)
        else:
            from kc_desktop.services import eligibility, rules  # the law is read when a project is on show

            self.limits = rules.limits(self._workspace, project.id)
            if not any(each.code == "support" for each in self.limits):
                self._add_sentence(_NO_NORM if project.norm_id is None else "Mức đã chọn không có số tối đa.")
            told: set[int] = set()
            for each in self.limits:
                self._add_limit(each, told)
            for words, is_against in eligibility.doubts(self._workspace, project.id, date.today()):
                self._add_sentence(f"▲ {words}" if is_against else words, is_warning=is_against)
            for found in rules.double_support(self._workspace, project.id):
                self._add_sentence(f"▲ {found.sentence}", is_warning=True)
        self._show_button()

    def _new_list(self) -> tuple[QWidget, QGridLayout]:
        page = QWidget(self)
        rows = QGridLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(theme.step(self, 3))
        rows.setVerticalSpacing(theme.step(self, 0.5))
        rows.setColumnStretch(0, 1)
        return page, rows

    def _clear(self) -> None:
        old = self._list
        self._list, self._rows = self._new_list()
        self._column.replaceWidget(old, self._list)
        old.hide()
        old.deleteLater()

    def _show_button(self) -> None:
        can = self._project is not None and not self._workspace.is_read_only
        self.button.setEnabled(can and bool(self.limits))
        self.button.setToolTip(
            "Ghi văn bản và lý do cho phép vượt một mức tối đa" if self._project is not None else _NOT_KEPT
        )

    def _add_limit(self, limit: Limit, told: set[int]) -> None:
        """Add the line of a limit; an override that several lines stand on is shown once."""
        row = self._rows.rowCount()
        if row > 1:
            self._rows.setRowMinimumHeight(row, theme.step(self))
            row += 1
        name = ElidedLabel(self._list)
        name.setText(_name(limit))
        name.setToolTip(limit.explanation)
        amounts = QLabel(_amounts(limit), self._list)
        amounts.setToolTip(limit.explanation)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._rows.addWidget(name, row, 0)
        self._rows.addWidget(amounts, row, 1, right)
        if limit.is_information:
            amounts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            return
        bar = ThinBar(limit, self._list)
        bar.setToolTip(limit.explanation)
        left = QLabel(_left(limit), self._list)
        role = QPalette.ColorRole.BrightText if limit.excess_vnd else QPalette.ColorRole.PlaceholderText
        left.setForegroundRole(role)
        bar.setAccessibleName(f"{limit.name}: {_amounts(limit)}, {left.text()}")
        self._rows.addWidget(bar, row + 1, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rows.addWidget(left, row + 1, 1, right)
        for each in limit.overrides:
            if each.id not in told:
                told.add(each.id)
                self._add_override(each)

    def _add_override(self, override: LimitOverride) -> None:
        line = QWidget(self._list)
        box = QHBoxLayout(line)
        box.setContentsMargins(theme.step(self, 3), 0, 0, 0)
        label = QLabel(override_words(override), line)
        label.setWordWrap(True)
        remove = QToolButton(line)
        remove.setIcon(icon("delete"))
        remove.setAutoRaise(True)
        remove.setToolTip("Bỏ lần vượt mức này")
        remove.setAccessibleName(f"Bỏ: {label.text()}")
        remove.setProperty("override", override.id)
        remove.setEnabled(not self._workspace.is_read_only)
        remove.clicked.connect(self._on_remove_clicked)
        box.addWidget(label, 1)
        box.addWidget(remove)
        self._rows.addWidget(line, self._rows.rowCount(), 0, 1, 2)

    def _add_sentence(self, text: str, *, is_warning: bool = False) -> None:
        label = QLabel(text, self._list)
        label.setWordWrap(True)
        if is_warning:
            palette = QPalette(label.palette())
            palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.colours().late))
            label.setPalette(palette)
        else:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._rows.addWidget(label, self._rows.rowCount(), 0, 1, 2)

    def _changed(self) -> None:
        touched = self._workspace.last_touched
        self._problem.hide()
        self._problem.clear()
        self._read()
        self.changed.emit(touched)

    @Slot()
    def _on_button_clicked(self) -> None:
        if self._project is None:
            return
        from kc_desktop.services import rules
        from ui.dialogs.override import OverrideDialog

        of_year = rules.year_limits(self._workspace, self._project.year, self._project.source)
        dialog = OverrideDialog(self._workspace, self._project.id, (*self.limits, *of_year), self)
        dialog.acted.connect(self._on_saved)
        dialog.exec()

    @Slot(object)
    def _on_saved(self, _override: object) -> None:
        self._changed()

    @Slot()
    def _on_remove_clicked(self) -> None:
        sender = self.sender()
        try:
            self._workspace.delete(LimitOverride, int(sender.property("override")))
        except KnownError as error:
            self._problem.setText(f"▲ {error}")
            self._problem.show()
            return
        self._changed()


def override_words(override: LimitOverride) -> str:
    """Return an override as one sentence: up to which amount, by which document of which day, and why."""
    by = f" theo {override.document}" if override.document else ""
    on = f" ngày {format_date(override.decided_on)}" if override.decided_on else ""
    return f"Vượt mức đến {format_vnd(override.amount_vnd)} đồng{by}{on}: {override.reason}"


def _name(limit: Limit) -> str:
    if limit.subject:
        return f"{limit.subject}: {limit.name}"
    return f"Mức hỗ trợ: {limit.name}" if limit.code == "support" else limit.name


def _amounts(limit: Limit) -> str:
    if limit.is_information:
        return f"{_doubt(limit)}tối đa {format_vnd(limit.limit_vnd)} đồng"
    return f"{format_vnd(limit.used_vnd)} / {format_vnd(limit.limit_vnd)} đồng"


def _left(limit: Limit) -> str:
    if limit.is_exceeded:
        return f"{_doubt(limit)}▲ vượt {format_vnd(-limit.left_vnd)} đồng"
    return f"{_doubt(limit)}còn {format_vnd(limit.left_vnd)} đồng"


def _doubt(limit: Limit) -> str:
    return "chưa kiểm chứng · " if limit.certainty == "unverified" else ""
