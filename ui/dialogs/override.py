"""Vượt mức có lý do: let an amount stand over a limit, with the document that allows it and the reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Field, Kind, describe
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.norms import LIMIT_RULES, Limit
from kc_desktop.domain.project import LimitOverride
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.editors import Editor, editor_for

_ORDER = ("rule", "amount_vnd", "document", "decided_on", "reason")


class OverrideDialog(QDialog):
    """Asks for the rule, the amount, the document, the day and the reason, and keeps them as one step."""

    saved = Signal(object)
    """The LimitOverride as it was kept."""

    def __init__(
        self, workspace: Workspace, project_id: int, limits: Sequence[Limit], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._project_id = workspace, project_id
        self._limits: dict[str, Limit] = {}
        for each in limits:  # of several beneficiaries the one that is furthest over speaks for the rule
            known = self._limits.get(each.code)
            if not each.is_information and (known is None or each.left_vnd < known.left_vnd):
                self._limits[each.code] = each
        self.setWindowTitle("Vượt mức có lý do")
        step = theme.step(self)
        words = QLabel(
            "Chỉ ghi khi cấp có thẩm quyền cho vượt. Lần vượt mức và lý do luôn hiện cạnh số tiền của đề án.", self
        )
        words.setWordWrap(True)
        self._rule_words = QLabel(self)
        self._rule_words.setWordWrap(True)
        self._rule_words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self.editors = {name: editor_for(self._field(name), workspace, self) for name in _ORDER}
        fields = QFormLayout()
        fields.setHorizontalSpacing(step * 3)
        for name, editor in self.editors.items():
            label = QLabel(f"{editor.field.label}{' *' if editor.field.required else ''}", self)
            label.setBuddy(editor.control())
            fields.addRow(label, editor)
            if name == "rule":
                fields.addRow("", self._rule_words)
        self._ok = QPushButton("Ghi lần vượt mức", self)
        self._ok.setDefault(True)
        self._cancel = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._ok)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(words)
        column.addLayout(fields)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 72)
        self.editors["rule"].changed.connect(self._on_rule_changed)
        self._ok.clicked.connect(self._on_ok_clicked)
        self._cancel.clicked.connect(self.reject)
        self.editors["decided_on"].set_value(date.today())
        self._choose_rule()

    def _field(self, name: str) -> Field:
        if name == "rule":
            choices = tuple((code, label) for code, label in LIMIT_RULES if code in self._limits)
            return Field(name="rule", label="Quy định", kind=Kind.CHOICE, required=True, choices=choices, width=40)
        field = describe(LimitOverride).field(name)
        return dataclasses.replace(field, required=True) if name == "amount_vnd" else field

    def _choose_rule(self) -> None:
        """Begin with the first limit that is exceeded, else with the first."""
        codes = list(self._limits)
        exceeded = [each for each in codes if self._limits[each].excess_vnd]
        if codes:
            self.editors["rule"].set_value((exceeded or codes)[0])
            self._show_rule()
        self._ok.setEnabled(bool(codes))
        self.editors["amount_vnd"].control().setFocus()

    def _show_rule(self) -> None:
        limit = self._limits.get(str(self.editors["rule"].value()))
        if limit is None:
            return
        self._rule_words.setText(
            f"{limit.explanation}. Mức tối đa {format_vnd(limit.limit_vnd)} đồng, đã dùng "
            f"{format_vnd(limit.used_vnd)} đồng."
        )
        self.editors["amount_vnd"].set_value(limit.used_vnd if limit.excess_vnd else None)

    @Slot(object)
    def _on_rule_changed(self, _value: object) -> None:
        self._show_rule()

    @Slot()
    def _on_ok_clicked(self) -> None:
        first: Editor | None = None
        for editor in self.editors.values():
            editor.settle()
            editor.show_problem(editor.problem())
            first = first or (editor if editor.problem() else None)
        if first is not None:
            first.control().setFocus()
            return
        self._keep({name: editor.value() for name, editor in self.editors.items()})

    def _keep(self, values: dict[str, object]) -> None:
        limit = self._limits[str(values["rule"])]
        amount = values["amount_vnd"]
        if not isinstance(amount, int) or amount <= limit.limit_vnd:
            self.editors["amount_vnd"].show_problem(
                f"Số tiền được vượt đến phải lớn hơn mức tối đa {format_vnd(limit.limit_vnd)} đồng."
            )
            self.editors["amount_vnd"].control().setFocus()
            return
        empty = LimitOverride(project_id=self._project_id, limit_vnd=limit.limit_vnd)
        try:
            kept = self._workspace.save(dataclasses.replace(empty, **values))  # type: ignore[arg-type]  # by field name
        except FieldError as error:
            editor = self.editors.get(error.field)
            if editor is None:
                self._tell(str(error))
                return
            editor.show_problem(str(error))
            editor.control().setFocus()
            return
        except KnownError as error:
            self._tell(str(error))
            return
        self.accept()
        self.saved.emit(kept)

    def _tell(self, text: str) -> None:
        self._problem.setText(f"▲ {text}")
        self._problem.show()
