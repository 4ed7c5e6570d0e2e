"""Các bản đã chốt: every closed version of the minutes, whether it is whole, its PDF, and what differs from another."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.council import MeetingVersion
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.meeting import Meeting
from kc_desktop.errors import KnownError
from kc_desktop.services import finalising
from kc_desktop.services.meeting_words import Difference
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey

_SHORT_DIGEST = 12
_HEADINGS = ("Bản", "Ngày chốt", "Mã SHA-256", "Mở lại ngày", "Lý do mở lại")
_WIDTHS = (6, 12, 18, 12, 0)


class VersionsDialog(QDialog):
    """The versions above, the oldest first; below what differs between the one chosen and another, or now."""

    def __init__(self, workspace: Workspace, meeting_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "meeting-final")
        self._workspace, self._meeting_id = workspace, meeting_id
        self.versions = finalising.versions(workspace, meeting_id)
        self._is_final = workspace.get(Meeting, meeting_id).state == "finalised"
        self.setWindowTitle("Các bản đã chốt")
        self._build_ui()
        self._connect_signals()
        if self.versions:
            self.table.selectRow(len(self.versions) - 1)
        self._show_targets()

    def _build_ui(self) -> None:
        step = theme.step(self)
        unit = self.fontMetrics().horizontalAdvance("0")
        self.table = self._table(len(self.versions), _HEADINGS, "Các bản đã chốt")
        for row, each in enumerate(self.versions):
            self._fill(row, each)
        for section, width in enumerate(_WIDTHS):
            if width:
                self.table.horizontalHeader().resizeSection(section, unit * width)
        self.table.horizontalHeader().setStretchLastSection(True)
        rows = min(max(len(self.versions), 2), 5)
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * theme.row_height(self) + 4)
        self.open_button = QPushButton("Xem bản PDF đã giữ", self)
        self.verify_button = QPushButton("Kiểm tra nguyên vẹn", self)
        self.verdict_label = QLabel(self)
        self.verdict_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.verdict_label.setWordWrap(True)
        acts = QHBoxLayout()
        acts.setSpacing(step * 2)
        for button in (self.open_button, self.verify_button):
            button.setAutoDefault(False)
            acts.addWidget(button)
        acts.addWidget(self.verdict_label, 1)
        self.target_box = QComboBox(self)
        label = QLabel("&Khác nhau so với", self)
        label.setBuddy(self.target_box)
        self.sum_label = QLabel(self)
        self.sum_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        comparing = QHBoxLayout()
        comparing.setSpacing(step * 2)
        comparing.addWidget(label)
        comparing.addWidget(self.target_box)
        comparing.addWidget(self.sum_label, 1)
        self.differences = self._table(0, ("", "Ở bản đang chọn", "Ở bản kia"), "Chỗ khác nhau")
        self.differences.setWordWrap(True)
        self.differences.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.differences.horizontalHeader()
        header.resizeSection(0, unit * 7)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.close_button = QPushButton("Đóng", self)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(self.table)
        column.addLayout(acts)
        column.addLayout(comparing)
        column.addWidget(self.differences, 1)
        column.addLayout(foot)
        self.resize(unit * 120, theme.row_height(self) * 21)

    def _table(self, rows: int, headings: tuple[str, ...], name: str) -> QTableWidget:
        table = QTableWidget(rows, len(headings), self)
        theme.flatten(table)
        table.setHorizontalHeaderLabels(list(headings))
        table.setAccessibleName(name)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    def _connect_signals(self) -> None:
        self.table.itemSelectionChanged.connect(self._show_targets)
        self.table.doubleClicked.connect(self._on_open_clicked)
        self.open_button.clicked.connect(self._on_open_clicked)
        self.verify_button.clicked.connect(self._on_verify_clicked)
        self.target_box.currentIndexChanged.connect(self._show_differences)
        self.differences.horizontalHeader().sectionResized.connect(self._fit_rows)
        self.close_button.clicked.connect(self.reject)

    # --- public

    def chosen(self) -> MeetingVersion | None:
        """Return the version the cursor is on."""
        row = self.table.currentRow()
        return self.versions[row] if 0 <= row < len(self.versions) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Make the rows as high as their text, now that the columns have their widths."""
        super().showEvent(event)
        self._fit_rows()

    # --- slots

    @Slot()
    def _fit_rows(self) -> None:
        """Make the rows as high as their text, with some air."""
        air = theme.step(self, 1.5)
        for row in range(self.differences.rowCount()):
            self.differences.setRowHeight(row, self.differences.sizeHintForRow(row) + air)

    @Slot()
    def _show_targets(self) -> None:
        """Offer now and every other version; the next one, or now after the last, is chosen.

        While the minutes are closed, now is the last version: it is held against the one before.
        """
        chosen = self.chosen()
        self.verdict_label.clear()
        self.target_box.blockSignals(True)
        self.target_box.clear()
        self.target_box.addItem("cuộc họp hiện nay", 0)
        for each in self.versions:
            if chosen is not None and each.id != chosen.id:
                self.target_box.addItem(f"bản {each.version}, chốt ngày {_day(each)}", each.id)
        following = next((each.id for each in self.versions if chosen and each.version > chosen.version), 0)
        if not following and self._is_final and len(self.versions) > 1:  # now is the last version itself
            following = next((each.id for each in reversed(self.versions) if chosen and each.id != chosen.id), 0)
        self.target_box.setCurrentIndex(max(self.target_box.findData(following), 0))
        self.target_box.blockSignals(False)
        for widget in (self.open_button, self.verify_button, self.target_box):
            widget.setEnabled(chosen is not None)
        self._show_differences()

    @Slot()
    def _show_differences(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        other = next((each for each in self.versions if each.id == self.target_box.currentData()), None)
        before, after = (other, chosen) if other is not None and other.version < chosen.version else (chosen, other)
        found = finalising.differences(
            self._workspace, self._meeting_id, since=before.id, until=after.id if after is not None else None
        )
        later = f"Bản {after.version}" if after is not None else "Cuộc họp hiện nay"
        self.differences.setHorizontalHeaderLabels(["", f"Bản {before.version}", later])
        self.sum_label.setText(_sum_words(found))
        self.differences.setRowCount(len(found))
        for row, each in enumerate(found):
            for column, words in enumerate((each.word, each.before, each.after)):
                item = QTableWidgetItem(words)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                if column == 0:
                    item.setForeground(QColor(_ink(each)))
                self.differences.setItem(row, column, item)
        self._fit_rows()

    @Slot()
    def _on_open_clicked(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        try:
            pdf = finalising.closed_pdf(self._workspace, chosen.id)
        except KnownError as error:
            self._tell(f"▲ {error.message} {error.remedy}".strip(), theme.colours().problem)
            return
        from ui.dialogs.kept_pdf import show_kept_pdf

        title = self._workspace.title_of("meeting", self._meeting_id)
        name = f"{chosen.finalised_on or ''}. Biên bản bản {chosen.version}.pdf".replace("-", ".").lstrip(". ")
        show_kept_pdf(
            self, name, pdf, f"{title}: bản {chosen.version}, chốt ngày {_day(chosen)}, giữ nguyên từng byte."
        )

    @Slot()
    def _on_verify_clicked(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        try:
            finalising.closed_pdf(self._workspace, chosen.id)
        except KnownError as error:
            self._tell(f"▲ {error.message} {error.remedy}".strip(), theme.colours().problem)
            return
        self._tell(f"Bản {chosen.version} nguyên vẹn, đúng mã SHA-256 lúc chốt.", theme.colours().text)

    # --- private

    def _fill(self, row: int, version: MeetingVersion) -> None:
        reopened = format_date(version.reopened_on) if version.reopened_on else ""
        digest = f"{version.sha256[:_SHORT_DIGEST]}…"
        for column, words in enumerate((str(version.version), _day(version), digest, reopened, version.reason)):
            item = QTableWidgetItem(words)
            item.setToolTip(version.sha256 if column == 2 else words)
            self.table.setItem(row, column, item)

    def _tell(self, words: str, colour: str) -> None:
        palette = self.verdict_label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        self.verdict_label.setPalette(palette)
        self.verdict_label.setText(words)


def _day(version: MeetingVersion) -> str:
    return format_date(version.finalised_on) if version.finalised_on else "…"


def _sum_words(found: tuple[Difference, ...]) -> str:
    if not found:
        return "Không có gì khác."
    counts = {word: sum(each.word == word for each in found) for word in ("Thêm", "Bỏ", "Sửa")}
    return ", ".join(f"{word.lower()} {number} dòng" for word, number in counts.items() if number)


def _ink(difference: Difference) -> str:
    colours = theme.colours()
    return {"Thêm": colours.accent, "Bỏ": colours.problem}.get(difference.word, colours.late)
