"""Gộp: records that are the same one, found by what they share, compared and made one."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import describe
from kc_desktop.errors import KnownError
from kc_desktop.services import merging
from kc_desktop.services.merging import Alike
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.errors import show_known
from ui.jobs import Job, JobRunner
from ui.widgets.labels import heading


class MergeDialog(QDialog):
    """Lists what may be the same, shows where two records differ, and merges them."""

    merged = Signal(object)
    """The record that stays."""

    def __init__(self, workspace: Workspace, cls: type[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "merge")
        self._workspace, self._cls = workspace, cls
        self._singular = describe(cls).singular
        self._jobs = JobRunner(self)
        self._choices: dict[str, QButtonGroup] = {}
        self.setWindowTitle(f"Tìm và gộp {self._singular} trùng")
        self._build_ui()
        self._connect_signals()
        self._search()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self.groups = QListWidget(self)
        self.groups.setAccessibleName("Các nhóm có thể trùng")
        self.groups.setWordWrap(True)
        self.groups.setAlternatingRowColors(True)
        self.groups.setSpacing(step)
        self.kept_box, self.other_box = QComboBox(self), QComboBox(self)
        self._swap = QPushButton("Đổi chỗ", self)
        self._swap.setAutoDefault(False)
        self._swap.setToolTip("Giữ bản kia, gộp bản này")
        pair = QGridLayout()
        pair.setHorizontalSpacing(step * 2)
        pair.setColumnStretch(1, 1)
        for row, (words, box) in enumerate((("&Giữ lại", self.kept_box), ("Gộp &vào đó", self.other_box))):
            label = QLabel(words, self)
            label.setBuddy(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
            pair.addWidget(label, row, 0)
            pair.addWidget(box, row, 1)
        pair.addWidget(self._swap, 0, 2, 2, 1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is chosen in it scrolls it
        self._links = QLabel(self)
        self._links.setWordWrap(True)
        self._links.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._right = QWidget(self)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(step * 3, 0, 0, 0)
        right.setSpacing(step * 2)
        right.addLayout(pair)
        right.addWidget(self._scroll, 1)
        right.addWidget(self._links)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.groups)
        splitter.addWidget(self._right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        self.merge_button = QPushButton("Gộp làm một", self)
        self.merge_button.setDefault(True)
        self._close = QPushButton("Đóng", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.merge_button)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(self._words)
        column.addWidget(splitter, 1)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 120, theme.row_height(self) * 20)

    def _connect_signals(self) -> None:
        self.groups.currentRowChanged.connect(self._on_group_changed)
        self.kept_box.currentIndexChanged.connect(self._on_pair_changed)
        self.other_box.currentIndexChanged.connect(self._on_pair_changed)
        self._swap.clicked.connect(self._on_swap_clicked)
        self.merge_button.clicked.connect(self._on_merge_clicked)
        self._close.clicked.connect(self.reject)

    # public

    def take_other(self, name: str, *, other: bool) -> None:
        """Choose the value of the other record for a field, or of the one that stays."""
        button = self._choices[name].button(int(other))
        assert button is not None
        button.setChecked(True)

    # overrides

    def done(self, result: int) -> None:
        """Wait for the search before the dialog is gone."""
        self._jobs.close()
        super().done(result)

    # slots

    @Slot(object)
    def _on_found(self, found: tuple[Alike, ...]) -> None:
        self.groups.clear()
        for each in found:
            item = QListWidgetItem(f"{each.titles[0]}\n{len(each.ids)} bản ghi {each.reason}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            item.setToolTip("\n".join(each.titles))
            self.groups.addItem(item)
        self._right.setVisible(bool(found))
        self.groups.setVisible(bool(found))
        self.merge_button.setEnabled(bool(found) and not self._workspace.is_read_only)
        if found:
            self._words.setText(
                f"Có {len(found)} nhóm có thể là một {self._singular} ghi nhiều lần. Chọn nhóm, chọn bản giữ lại "
                "rồi gộp: mọi liên kết được giữ và hoàn tác được bằng một bước. Không phải một thì để nguyên."
            )
            self.groups.setCurrentRow(0)
            self.groups.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._words.setText(f"Không thấy {self._singular} nào ghi trùng.")

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        message = str(error) if isinstance(error, KnownError) else "Chưa tìm được các bản ghi trùng: đóng rồi thử lại."
        self._words.setText(message)

    @Slot(int)
    def _on_group_changed(self, row: int) -> None:
        item = self.groups.item(row)
        if item is None:
            return
        group: Alike = item.data(Qt.ItemDataRole.UserRole)
        for box, place in ((self.kept_box, 0), (self.other_box, 1)):
            box.blockSignals(True)
            box.clear()
            for record_id, title in zip(group.ids, group.titles, strict=True):
                box.addItem(f"{title} (số {record_id})", record_id)
            box.setCurrentIndex(place)
            box.blockSignals(False)
        self._compare()

    @Slot()
    def _on_pair_changed(self) -> None:
        self._compare()

    @Slot()
    def _on_swap_clicked(self) -> None:
        kept, other = self.kept_box.currentIndex(), self.other_box.currentIndex()
        self.kept_box.setCurrentIndex(other)
        self.other_box.setCurrentIndex(kept)

    @Slot()
    def _on_merge_clicked(self) -> None:
        take = frozenset(name for name, group in self._choices.items() if group.checkedId() == 1)
        kept, other = self.kept_box.currentData(), self.other_box.currentData()
        if not kept or not other:
            return
        try:
            one = merging.merge(self._workspace, self._cls, kept, other, take)
        except KnownError as error:
            show_known(self, error, "Chưa gộp được")
            return
        self.merged.emit(one)
        self._search()

    # private

    def _search(self) -> None:
        self._words.setText("Đang tìm các bản ghi trùng…")
        self.merge_button.setEnabled(False)
        job = self._jobs.submit("Tìm bản ghi trùng", partial(_search_apart, self._workspace, self._cls))
        job.succeeded.connect(self._on_found)
        job.failed.connect(self._on_failed)

    def _compare(self) -> None:
        """Show the fields the two do not agree on, each with a choice."""
        step = theme.step(self)
        page = QWidget(self._scroll)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, step * 2, 0)
        grid.setHorizontalSpacing(step * 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._choices = {}
        kept_id, other_id = self.kept_box.currentData(), self.other_box.currentData()
        self.merge_button.setEnabled(kept_id != other_id and not self._workspace.is_read_only)
        kept, other = (self._workspace.find(self._cls, each) for each in (kept_id, other_id))
        if kept is not None and other is not None and kept_id != other_id:
            found = merging.differences(self._workspace, kept, other)
            for place, words in enumerate(("", "Bản giữ lại", "Bản kia")):
                grid.addWidget(heading(words, page), 0, place)
            for row, each in enumerate(found, start=1):
                self._add_choice(grid, row, each, page)
            if not found:
                grid.addWidget(QLabel("Hai bản không có ô nào ghi khác nhau.", page), 1, 0, 1, 3)
            self._links.setText(self._links_in_words(other_id))
        else:
            grid.addWidget(QLabel("Chọn hai bản ghi khác nhau.", page), 0, 0)
            self._links.clear()
        grid.setRowStretch(grid.rowCount(), 1)
        self._scroll.setWidget(page)

    def _add_choice(self, grid: QGridLayout, row: int, each: merging.Difference, page: QWidget) -> None:
        label = QLabel(each.field.label, page)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        grid.addWidget(label, row, 0)
        group = QButtonGroup(page)
        for place, words in enumerate((each.kept, each.other)):
            button = QRadioButton(words.replace("&", "&&"), page)
            button.setAccessibleName(f"{each.field.label}: {words}")
            button.setChecked(place == 0)
            group.addButton(button, place)
            grid.addWidget(button, row, place + 1)
        self._choices[each.field.name] = group

    def _links_in_words(self, other_id: int) -> str:
        users = self._workspace.linked_from(self._cls, other_id)
        if not users:
            return "Chưa có gì dùng bản bị gộp; bản đó sẽ vào Thùng rác."
        return f"Sẽ chuyển sang bản giữ lại: {', '.join(f'{number} {name}' for name, number in users)}."


def _search_apart(workspace: Workspace, cls: type[Any], _job: Job) -> tuple[Alike, ...]:
    with closing(workspace.second()) as reader:
        return merging.alike(reader, cls)
