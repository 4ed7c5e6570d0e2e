"""Vượt mức có lý do: let an amount stand over a limit, with the document that allows it and the reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from kc_desktop.domain.fields import Field, Kind, describe
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.norms import LIMIT_RULES, Limit
from kc_desktop.domain.project import LimitOverride
from kc_desktop.errors import FieldError
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import editor_for

_ORDER = ("rule", "amount_vnd", "document", "decided_on", "reason")


class OverrideDialog(AskDialog):
    """Asks for the rule, the amount, the document, the day and the reason, and keeps them as one LimitOverride."""

    def __init__(
        self, workspace: Workspace, project_id: int, limits: Sequence[Limit], parent: QWidget | None = None
    ) -> None:
        super().__init__("Vượt mức có lý do", "Ghi lần vượt mức", parent)
        HelpKey(self, "project-override")
        self._workspace, self._project_id = workspace, project_id
        self._limits: dict[str, Limit] = {}
        for each in limits:  # of several beneficiaries the one that is furthest over speaks for the rule
            known = self._limits.get(each.code)
            if not each.is_information and (known is None or each.left_vnd < known.left_vnd):
                self._limits[each.code] = each
        self.say("Chỉ ghi khi cấp có thẩm quyền cho vượt. Lần vượt mức và lý do luôn hiện cạnh số tiền của đề án.")
        self._rule_words = QLabel(self)
        self._rule_words.setWordWrap(True)
        self._rule_words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for name in _ORDER:
            field = self._field(name)
            self.ask(f"{field.label}{' *' if field.required else ''}", editor_for(field, workspace, self))
            if name == "rule":
                self.add_row("", self._rule_words, self._rule_words)
        self.fields["rule"].changed.connect(self._on_rule_changed)
        self.fields["decided_on"].set_value(date.today())
        self._choose_rule()
        self.finish("amount_vnd")

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
            self.fields["rule"].set_value((exceeded or codes)[0])
            self._show_rule()
        self.ok_button.setEnabled(bool(codes))

    def _show_rule(self) -> None:
        limit = self._limits.get(str(self.fields["rule"].value()))
        if limit is None:
            return
        self._rule_words.setText(
            f"{limit.explanation}. Mức tối đa {format_vnd(limit.limit_vnd)} đồng, đã dùng "
            f"{format_vnd(limit.used_vnd)} đồng."
        )
        self.fields["amount_vnd"].set_value(limit.used_vnd if limit.excess_vnd else None)

    @Slot(object)
    def _on_rule_changed(self, _value: object) -> None:
        self._show_rule()

    def act(self) -> LimitOverride:
        """Keep the override."""
        values: dict[str, object] = {name: editor.value() for name, editor in self.fields.items()}
        limit = self._limits[str(values["rule"])]
        amount = values["amount_vnd"]
        if not isinstance(amount, int) or amount <= limit.limit_vnd:
            raise FieldError(
                "amount_vnd", f"Số tiền được vượt đến phải lớn hơn mức tối đa {format_vnd(limit.limit_vnd)} đồng."
            )
        empty = LimitOverride(project_id=self._project_id, limit_vnd=limit.limit_vnd)
        return self._workspace.save(dataclasses.replace(empty, **values))  # type: ignore[arg-type]  # by field name
