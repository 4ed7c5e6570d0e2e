"""Where a project stands: its way drawn as small chips, the next step as one button, and what is still missing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from kc_desktop.domain import lifecycle
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Record
from kc_desktop.domain.lifecycle import Verdict
from kc_desktop.domain.project import Project, ProjectStep
from kc_desktop.services import checklist, deadlines
from kc_desktop.services import lifecycle as lives
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.widgets.record_form import Section


class PathBar(QWidget):
    """The states of a project's way: those behind as dots, the present one in full, the next in outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way: tuple[str, ...] = ()
        self._place = 0
        self._state = ""
        self._next = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, project: Project, steps: tuple[ProjectStep, ...], following: str) -> None:
        """Show where a project stands; `following` is the state the usual next step leads to, "" for none."""
        self._way = lifecycle.path(project.source)
        self._place = lifecycle.place_on_path(project.state, project.source, steps)
        self._state, self._next = project.state, following
        label = lifecycle.state_label(project.state)
        words = f"Bước {self._place + 1} trong {len(self._way)}: {label}"
        if following and following != project.state:
            words += f"; tiếp theo: {lifecycle.state_label(following)}"
        self.setAccessibleName(words)
        self.setToolTip("\n".join(self._tip()))
        self.update()

    def sizeHint(self) -> QSize:
        """One chip high."""
        return QSize(theme.step(self, 80), self.fontMetrics().height() + theme.step(self, 2))

    def minimumSizeHint(self) -> QSize:
        """Room for the present state."""
        return QSize(theme.step(self, 40), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw dots, the present state, the next one, dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, step = theme.colours(), theme.step(self)
        is_beside = self._state not in self._way
        left = float(step)
        behind = self._place + (1 if is_beside else 0)
        for _each in range(behind):
            left = self._dot(painter, left, QColor(colours.accent), is_filled=True)
        ground = QColor(colours.late if is_beside else colours.accent)
        left = self._chip(painter, left, lifecycle.state_label(self._state), ground, QColor(colours.on_accent))
        ahead = len(self._way) - behind - (0 if is_beside else 1)
        if self._next and self._next != self._state and not is_beside:
            label = lifecycle.state_label(self._next)
            left = self._chip(painter, left, label, None, QColor(colours.muted))
            ahead -= 1
        for _each in range(max(ahead, 0)):
            left = self._dot(painter, left, QColor(colours.muted), is_filled=False)
        painter.end()

    def _dot(self, painter: QPainter, left: float, colour: QColor, *, is_filled: bool) -> float:
        size = self.fontMetrics().height() * 0.5
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(colour if is_filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(left, (self.height() - size) / 2, size, size))
        return left + size + theme.step(self, 1.5)

    def _chip(self, painter: QPainter, left: float, text: str, ground: QColor | None, ink: QColor) -> float:
        step = theme.step(self)
        width = self.fontMetrics().horizontalAdvance(text) + 5 * step
        box = QRectF(left, 1, width, self.height() - 2)
        painter.setPen(QPen(ground or ink, 1))
        painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return left + width + 1.5 * step

    def _tip(self) -> list[str]:
        marks = ("✓", "●", "○")
        return [
            f"{marks[0 if place < self._place else 1 if place == self._place else 2]} {lifecycle.state_label(state)}"
            for place, state in enumerate(self._way)
        ]


class LifecyclePanel(Section):
    """Over a project's form: its state, the next step, the other steps, what is missing and what is due."""

    stepWanted = Signal(str)
    """The code of the step to take."""
    papersWanted = Signal()
    """Show the papers that are missing."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._usual = ""
        self._is_shown_only = True
        step = theme.step(self)
        self.path = PathBar(self)
        self.next_button = QPushButton(self)
        self.next_button.setAutoDefault(False)
        self.others = QToolButton(self)
        self.others.setText("Bước khác")
        self.others.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.others.setAutoRaise(True)
        self.others.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self.others)
        self._menu.setToolTipsVisible(True)
        self.others.setMenu(self._menu)
        self.papers_button = QToolButton(self)
        self.papers_button.setAutoRaise(True)
        self.papers_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.papers_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.papers_button.setToolTip("Xem thành phần hồ sơ, đánh dấu giấy tờ đã nhận")
        self._due = QLabel(self)
        self._due.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        for widget in (self.next_button, self.others, self.papers_button):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, step * 3, 0)
        column.setSpacing(step)
        column.addWidget(self.path)
        column.addLayout(row)
        column.addWidget(self._due)
        self.next_button.clicked.connect(self._on_next_clicked)
        self._menu.triggered.connect(self._on_step_chosen)
        self.papers_button.clicked.connect(self.papersWanted)

    # what the form asks

    def load(self, record: Record | None) -> None:
        """Show where a project stands; nothing for a new one."""
        if not isinstance(record, Project) or not record.id:
            return
        verdicts = lives.steps_for(self._workspace, record.id)
        self._usual = lifecycle.usual_next(record.state, record.source)
        following = next((each.state for each in verdicts if each.step == self._usual), "")
        self.path.show_state(record, lives.steps_of(self._workspace, record.id), following)
        self.next_button.setText(f"{lifecycle.step_label(self._usual)}…")
        self.next_button.setVisible(bool(self._usual))
        self._fill_menu(verdicts)
        law = deadlines.rules(self._workspace)
        self._tell_missing(record, law)
        self._tell_due(record, law)

    def set_read_only(self, read_only: bool) -> None:
        """Steps are taken from what is kept: not while the form is being edited."""
        self._is_shown_only = read_only
        can = read_only and not self._workspace.is_read_only
        self.next_button.setEnabled(can)
        self.others.setEnabled(can)
        tip = "" if can else self._workspace.read_only_reason or "Lưu đề án (Ctrl+S) rồi ghi bước tiếp theo."
        self.next_button.setToolTip(tip or "Ghi bước tiếp theo của đề án: ngày, số văn bản, người ký")
        self.others.setToolTip(tip or "Các bước khác làm được ở trạng thái này")

    def words(self) -> str:
        """Return what is said about missing papers and deadlines."""
        return "\n".join(each for each in (self.papers_button.text(), self._due.text()) if each)

    # private

    def _fill_menu(self, verdicts: tuple[Verdict, ...]) -> None:
        self._menu.clear()
        others = [each for each in verdicts if each.is_allowed and each.step != self._usual]
        is_apart = False
        for each in others:
            if each.rule is not None and each.rule.is_exception and not is_apart:
                is_apart = True
                self._menu.addSeparator()
            action = self._menu.addAction(f"{lifecycle.step_label(each.step)}…")
            action.setData(each.step)
        refused = self._menu.addMenu("Chưa làm được")
        refused.setToolTipsVisible(True)
        for each in verdicts:
            if not each.is_allowed:
                action = refused.addAction(lifecycle.step_label(each.step))
                action.setEnabled(False)
                action.setToolTip(each.reason)
        self.others.setVisible(bool(others))

    def _tell_missing(self, project: Project, law: deadlines.Rules) -> None:
        today = date.today()
        papers = checklist.papers(self._workspace, project.id, self._usual, today, law=law) if self._usual else ()
        missing = [each for each in papers if each.is_missing]
        late = any(each.is_late(today) for each in missing)
        words = f"Còn thiếu {len(missing)} giấy tờ" if missing else "Đủ giấy tờ" if papers else "Hồ sơ"
        self.papers_button.setText(words)
        self.papers_button.setIcon(icon("warning" if late else "check" if papers and not missing else "programme"))

    def _tell_due(self, project: Project, law: deadlines.Rules) -> None:
        today = date.today()
        due = deadlines.of_project(self._workspace, project, today, given=law)
        self._due.setVisible(bool(due))
        if not due:
            self._due.clear()
            return
        first = due[0]
        more = f" (và {len(due) - 1} hạn khác)" if len(due) > 1 else ""
        mark = "▲ " if first.days_late(today) > 0 else ""
        self._due.setText(f"{mark}{first.label}: {format_date(first.due_on)}, {first.words(today)}{more}")
        lines = (f"{each.label}: {format_date(each.due_on)}, {each.words(today)} ({each.citation})" for each in due)
        self._due.setToolTip("\n".join(lines))

    @Slot()
    def _on_next_clicked(self) -> None:
        if self._usual:
            self.stepWanted.emit(self._usual)

    @Slot(QAction)
    def _on_step_chosen(self, action: QAction) -> None:
        if action.data():
            self.stepWanted.emit(action.data())
