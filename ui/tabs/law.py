"""Quy định, mức và thời hạn: the rows of law that the program brings and the office keeps, by their time."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QSpinBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kc_desktop.domain.fields import Choices, Field, Kind, Record, describe_table
from kc_desktop.domain.law import SCOPES
from kc_desktop.domain.project import PROJECT_STEPS
from kc_desktop.services import law, papers
from kc_desktop.services.lists import LAW_LISTS, LISTS
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.tabs.group import GroupTab, Part
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm, Section
from ui.widgets.state_chip import StateChipDelegate

_SHORT = {
    "legal-figures": "Con số",
    "reporting-groups": "Nhóm báo cáo",
    "dossier-rules": "Hồ sơ",
}
"""Buttons that have to be shorter than their list's title."""
_PICKED = {
    "advance_code": "advance_rate",
    "norm_code": "norm",
    "deadline_code": "deadline_rule",
}
"""Fields that name the code of a row in another table."""
_STEPS = frozenset({"step", "after_step"})
_KEYED = frozenset({"legal_figure", "deadline_rule", "body_name"})
"""Tables whose codes the program counts with: a new row is of one of the codes there are."""
_NOT_VERIFIED = "▲ Chưa kiểm chứng: đối chiếu với văn bản gốc, sửa cho đúng rồi chọn “Đã kiểm chứng” ở ô Kiểm chứng."


class LawTab(GroupTab):
    """All lists of law in one page."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        parts = tuple(Part(key, _SHORT.get(key, LISTS[key].title), partial(_make, key)) for key in LAW_LISTS)
        super().__init__(workspace, state, "law", parts, parent)


def _make(key: str, workspace: Workspace, state: ViewState, parent: QWidget) -> RecordTab:
    return LawListTab(workspace, state, key, parent)


class CertaintyDelegate(StateChipDelegate):
    """For the column that says whether a figure was verified: only what was not has a chip."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a verified row's words as in every other cell."""
        if str(index.data() or "").startswith("▲"):
            super().paint(painter, option, index)
        else:
            QStyledItemDelegate.paint(self, painter, option, index)


class LawListTab(RecordTab):
    """One list of law: what is in force today, or all of it."""

    def _build_ui(self) -> None:
        super()._build_ui()
        if not self.state.blob(f"tabs/{self.key}/splitter"):
            self.splitter.setSizes([800, 540])  # the names of law are long
        self.in_force_box = QCheckBox("Chỉ mục đang có hiệu lực", self)
        self.in_force_box.setToolTip("Bỏ chọn để xem cả mục đã hết hiệu lực và mục chưa có hiệu lực")
        self.in_force_box.setChecked(self.state.text(f"tabs/{self.key}/in-force", "1") == "1")
        self.in_force_box.setVisible(any(each.name == "valid_from" for each in self._described_fields()))
        self.panel.add_to_head(self.in_force_box)
        section = self.panel.model.section_of("certainty")
        self.panel.table.setItemDelegateForColumn(section, CertaintyDelegate(self.panel.table))

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.in_force_box.toggled.connect(self._on_in_force_toggled)

    def make_form(self) -> RecordForm:
        """Pick codes by the names of what they stand for; a basis says which papers cite it."""
        form = LawForm(self.workspace, self.cls, self)
        if self.table == "legal_basis":
            form.add_section("Giấy tờ viện dẫn", CitingSection(self.workspace, form))
        return form

    def set_year(self, year: int) -> None:
        """Show the rows in force; the year at work says nothing about the law of today."""
        self._ask_for()
        super().set_year(year)

    def open_record(self, key: str, record_id: int) -> None:
        """Show one record, out of force as it may be."""
        if self.panel.model.row_of(record_id) < 0:
            self.in_force_box.setChecked(False)
        super().open_record(key, record_id)

    def record_shown(self, record: Any) -> None:
        """Say when the row was not verified."""
        super().record_shown(record)
        is_told = record is not None and bool(record.id) and bool(law.certainty_words(record))
        self.form.show_notice(_NOT_VERIFIED if is_told else "")

    def remember(self) -> None:
        """Keep the filter, too."""
        super().remember()
        self.state.put(f"tabs/{self.key}/in-force", "1" if self.in_force_box.isChecked() else "0")

    def _described_fields(self) -> tuple[Field, ...]:
        return describe_table(self.table).fields

    def _ask_for(self) -> None:
        wanted = self.in_force_box.isChecked() and not self.in_force_box.isHidden()
        self.panel.set_standing_filters((("in_force", date.today().isoformat()),) if wanted else ())

    @Slot(bool)
    def _on_in_force_toggled(self, _is_on: bool) -> None:
        self._ask_for()


class LawForm(RecordForm):
    """The form of a row of law: codes are picked by the names of what they stand for."""

    def shown_as(self, field: Field) -> Field:
        """Return how a field is edited: steps and codes of other rows by their names."""
        if field.name in _STEPS:
            return _pick(field, PROJECT_STEPS)
        if field.name in _PICKED:
            return _pick(field, (("", "—"), *_named(self._workspace, _PICKED[field.name])))
        if field.name == "code" and self._described.table in _KEYED:
            return dataclasses.replace(_pick(field, _named(self._workspace, self._described.table)), label="Loại")
        return field


def _pick(field: Field, choices: Choices) -> Field:
    return dataclasses.replace(field, kind=Kind.CHOICE, choices=choices, width=50)


def _named(workspace: Workspace, table: str) -> Choices:
    """Return each code of a table with the name of its newest row."""
    rows: tuple[Any, ...] = workspace.all(describe_table(table).cls)
    return tuple({each.code: each.name for each in rows}.items())


class CitingSection(Section):
    """Which kinds of paper cite a basis, for which source of money, at which place among their bases."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._rows: dict[str, tuple[QComboBox, QSpinBox]] = {}
        self._kept: dict[str, list[str | int | None]] = {}
        names = {each.key: each.name for each in papers.all_kinds()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.step(self) * 3)
        for row, kind in enumerate(law.citing_kinds(workspace)):
            name = names.get(kind, kind)
            label = QLabel(name, self)
            label.setWordWrap(True)
            source = QComboBox(self)
            source.addItem("Không viện dẫn", None)
            for code, words in SCOPES:
                source.addItem(words if code == "" else f"Chỉ {words[:1].lower()}{words[1:]}", code)
            source.setAccessibleName(f"{name}: nguồn được viện dẫn")
            place = QSpinBox(self)
            place.setRange(1, 99)
            place.setPrefix("thứ ")
            place.setAccessibleName(f"{name}: thứ tự trong các căn cứ")
            grid.addWidget(label, row, 0)
            grid.addWidget(source, row, 1)
            grid.addWidget(place, row, 2)
            source.activated.connect(self._on_changed)
            place.valueChanged.connect(self._on_changed)
            self._rows[kind] = (source, place)
        grid.setColumnStretch(0, 1)
        self._is_loading = False

    def load(self, record: Record | None) -> None:
        """Show which papers cite the basis."""
        cited = law.citations(self._workspace, record.id) if record is not None and record.id else {}
        self._is_loading = True
        for kind, (source, place) in self._rows.items():
            found = cited.get(kind)
            source.setCurrentIndex(source.findData(found.source) if found else 0)
            place.setValue(found.ordinal if found else len(self._rows) + 1)
        self._is_loading = False
        self._kept = self._chosen()
        self._show_places()

    def set_read_only(self, read_only: bool) -> None:
        """Only show, or let it be chosen."""
        for source, place in self._rows.values():
            source.setEnabled(not read_only)
            place.setEnabled(not read_only)

    def save(self, record: Record) -> None:
        """Write what was chosen."""
        before = law.citations(self._workspace, record.id)
        for kind, (source, place) in self._rows.items():
            code = source.currentData()
            wanted = None if code is None else law.Citation(kind=kind, source=str(code), ordinal=place.value())
            if wanted != before.get(kind):
                law.cite(self._workspace, record.id, kind, wanted)

    def draft(self) -> str:
        """Return the papers whose citing was changed, with what was chosen; "" for none."""
        chosen = self._chosen()
        changed = {kind: chosen[kind] for kind in chosen if chosen[kind] != self._kept.get(kind)}
        return json.dumps(changed, ensure_ascii=False) if changed else ""

    def resume(self, draft: str) -> None:
        """Choose again what a draft says."""
        for kind, (code, place) in json.loads(draft).items():
            if kind in self._rows:
                source, number = self._rows[kind]
                source.setCurrentIndex(max(source.findData(code), 0))
                number.setValue(place)
        self._on_changed()

    def _chosen(self) -> dict[str, list[str | int | None]]:
        return {kind: [source.currentData(), place.value()] for kind, (source, place) in self._rows.items()}

    def _show_places(self) -> None:
        for source, place in self._rows.values():
            place.setVisible(source.currentIndex() > 0)

    @Slot()
    def _on_changed(self) -> None:
        if not self._is_loading:
            self._show_places()
            self.edited.emit()
