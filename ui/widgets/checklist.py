"""Thành phần hồ sơ: which papers of a project have come, ticked one after the other with the same day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain import lifecycle
from kc_desktop.domain.fields import Field, Kind, Record
from kc_desktop.domain.project import Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import checklist
from kc_desktop.services.checklist import Paper
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.models.papers import PapersModel
from ui.widgets.editors import DateEdit
from ui.widgets.record_form import Section

_MAX_ROWS = 12


class ChecklistSection(Section):
    """Ticks are kept at once, each as a step of the history: receiving papers is no editing of the project."""

    written = Signal()
    """A paper was ticked, added or taken away."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._project: Project | None = None
        self._year = 0
        self.model = PapersModel(self)
        self._build_ui()
        self.model.toggled.connect(self._on_toggled)
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.day = DateEdit(Field(name="received_on", label="Ngày nhận", kind=Kind.DATE, width=11), self)
        label = QLabel("Ngày nhận khi đánh dấu", self)
        label.setBuddy(self.day.control())
        self.view = QTableView(self)
        theme.flatten(self.view)
        self.view.setModel(self.model)
        self.view.setAccessibleName("Thành phần hồ sơ")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setTabKeyNavigation(False)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setWordWrap(True)
        self.view.setShowGrid(False)
        self.view.verticalHeader().hide()
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        unit = self.fontMetrics().horizontalAdvance("0")
        for section in (1, 2):
            header.resizeSection(section, unit * 13)
        self.own = QLineEdit(self)
        self.own.setPlaceholderText("Tên giấy tờ khác cần có")
        self.own.setAccessibleName("Tên giấy tờ khác cần có")
        self.add_button = QPushButton(icon("add"), "Thêm giấy tờ", self)
        self.need_button = QPushButton("Không cần", self)
        self.need_button.setToolTip("Đề án này không cần giấy tờ đang chọn, hoặc lại cần")
        self.remove_button = QPushButton(icon("delete"), "Xóa giấy tờ", self)
        self.remove_button.setToolTip("Xóa giấy tờ tự thêm; giấy tờ theo quy định thì đánh dấu Không cần")
        for button in (self.add_button, self.need_button, self.remove_button):
            button.setAutoDefault(False)
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        days = QHBoxLayout()
        days.addWidget(label)
        days.addWidget(self.day, 1)
        row = QHBoxLayout()
        row.setSpacing(step)
        row.addWidget(self.own, 1)
        for button in (self.add_button, self.need_button, self.remove_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step)
        for each in (self._hint, self.view, self._problem):
            column.addWidget(each)
        column.insertLayout(0, days)
        column.addLayout(row)
        self.setFocusProxy(self.view)
        self.own.returnPressed.connect(self._on_add_clicked)
        self.add_button.clicked.connect(self._on_add_clicked)
        self.need_button.clicked.connect(self._on_need_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.view.selectionModel().currentRowChanged.connect(self._on_current_changed)

    # public

    def set_working_year(self, year: int) -> None:
        """Suggest today only in a year that is today's."""
        if year == self._year:
            return
        self._year = year
        self.day.working_year = year
        self.day.set_value(date.today() if year in (0, date.today().year) else None)

    def load(self, record: Record | None) -> None:
        """Show the papers of a project."""
        is_other = self._project is None or record is None or self._project.id != record.id
        self._project = record if isinstance(record, Project) and record.id else None
        if is_other and self.day.is_empty():
            self.day.set_value(date.today() if self._year in (0, date.today().year) else None)
        self._say("")
        self._show()

    def set_read_only(self, _read_only: bool) -> None:
        """Papers come while nothing is being edited: only a file that cannot be written keeps them as they are."""
        can = not self._workspace.is_read_only
        self.model.set_may_tick(can)
        for widget in (self.own, self.add_button, self.need_button, self.remove_button):
            widget.setEnabled(can)
        self._on_current_changed(self.view.currentIndex())

    def problem_words(self) -> str:
        """Return what keeps the last deed from being done."""
        return self._problem.text()

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick with Space or Enter from any column; let long names wrap into a new width."""
        if event.type() == QEvent.Type.Resize and watched is not self.view:
            self._fit_height()
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            paper = self.model.paper(self.view.currentIndex().row())
            if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and paper is not None:
                if not self._workspace.is_read_only:
                    self._on_toggled(paper, paper.received_on is None)
                return True
        return super().eventFilter(watched, event)

    # slots

    @Slot(object, bool)
    def _on_toggled(self, paper: Paper, is_received: bool) -> None:
        if self._project is None:
            return
        self._say("")
        try:
            on = self.day.value() if is_received else None
            if is_received and not isinstance(on, date):
                self._say("Ghi ngày nhận ở trên trước, rồi đánh dấu giấy tờ.")
                self.day.control().setFocus()
                return
            checklist.receive(self._workspace, self._project.id, paper, on if isinstance(on, date) else None)
        except KnownError as error:
            self._say(str(error))
            return
        self._done()

    @Slot()
    def _on_add_clicked(self) -> None:
        if self._project is None:
            return
        usual = lifecycle.usual_next(self._project.state, self._project.source)
        step = self.model.step_of(self.view.currentIndex().row()) or usual
        try:
            checklist.add(self._workspace, self._project.id, step, self.own.text())
        except FieldError as error:
            self._say(str(error))
            self.own.setFocus()
            return
        except KnownError as error:
            self._say(str(error))
            return
        self.own.clear()
        self._done()

    @Slot()
    def _on_need_clicked(self) -> None:
        paper = self.model.paper(self.view.currentIndex().row())
        if self._project is None or paper is None:
            return
        checklist.require(self._workspace, self._project.id, paper, is_required=not paper.is_required)
        self._done()

    @Slot()
    def _on_remove_clicked(self) -> None:
        paper = self.model.paper(self.view.currentIndex().row())
        if paper is None:
            return
        try:
            checklist.remove(self._workspace, paper)
        except KnownError as error:
            self._say(str(error))
            return
        self._done()

    @Slot(QModelIndex)
    def _on_current_changed(self, index: QModelIndex) -> None:
        paper = self.model.paper(index.row())
        can = paper is not None and not self._workspace.is_read_only
        self.need_button.setEnabled(can)
        self.need_button.setText("Cần" if paper is not None and not paper.is_required else "Không cần")
        self.remove_button.setEnabled(can and paper is not None and not paper.rule_code)

    # private

    def _done(self) -> None:
        row = self.view.currentIndex().row()
        self._show()
        self.view.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1), 0))
        self.written.emit()

    def _show(self) -> None:
        today = date.today()
        papers = checklist.papers(self._workspace, self._project.id, on=today) if self._project is not None else ()
        self.model.show_papers(papers, today)
        self.view.clearSpans()
        for row in range(self.model.rowCount()):
            if self.model.paper(row) is None:
                self.view.setSpan(row, 0, 1, self.model.columnCount())
        self._tell_hint(papers)
        self._fit_height()
        self._on_current_changed(self.view.currentIndex())

    def _tell_hint(self, papers: tuple[Paper, ...]) -> None:
        said = []
        if not papers:
            said.append("Bước này chưa có quy định giấy tờ. Ghi tên giấy tờ cần có ở dưới rồi bấm Thêm giấy tờ.")
        elif self._project is not None and self._project.norm_id is None:
            said.append("Chọn Mức hỗ trợ áp dụng ở phần Đề án để có giấy tờ riêng của dạng đề án này.")
        if any(each.citation and not each.is_verified for each in papers):
            said.append("Có giấy tờ theo quy định chưa kiểm chứng: xem căn cứ khi rê chuột, sửa ở danh mục quy định.")
        self._hint.setText("\n".join(said))
        self._hint.setVisible(bool(said))

    def _say(self, text: str) -> None:
        self._problem.setText(f"▲ {text}" if text else "")
        self._problem.setVisible(bool(text))

    def _fit_height(self) -> None:
        least, step = theme.row_height(self), theme.step(self)
        metrics = self.view.fontMetrics()
        box = self.view.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + 6 * step
        days = sum(self.view.horizontalHeader().sectionSize(section) for section in (1, 2))
        room = max(self.view.viewport().width() - days - box, least)
        total = 0
        for row in range(self.model.rowCount()):
            text = str(self.model.index(row, 0).data() or "")
            needed = metrics.boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, text).height()
            height = max(least, needed + 2 * step)
            self.view.setRowHeight(row, height)
            total += height
        header = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(header + min(max(total, least), least * _MAX_ROWS) + 2)
