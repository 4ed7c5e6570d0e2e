"""A step of a project: only the fields it needs, what it will do, and what is still missing."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain import lifecycle
from kc_desktop.domain.fields import Field, describe
from kc_desktop.domain.lifecycle import Need, StepRule, Verdict
from kc_desktop.domain.project import Project, ProjectStep
from kc_desktop.domain.text import clean_line, search_key
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import checklist, eligibility, step_corrections
from kc_desktop.services import lifecycle as lives
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.icons import icon
from ui.widgets.editors import DateEdit, Editor, LineEdit, editor_for
from ui.widgets.suggestions import SuggestionLine

_NAMED_PAPERS = 5
_DECIDING_STEPS = frozenset({"receive", "submit", "register", "approve", "contract"})
"""Steps at which it matters whether the beneficiaries are eligible: afterwards it was decided."""
_AMENDING = "Sửa điều đã ghi của bước này; trạng thái giữ nguyên, bút toán đã ghi vào sổ kinh phí không đổi."


class ProjectStepDialog(QDialog):
    """Asks what one step needs and takes it; everything it changes is one step of the history."""

    taken = Signal(object)
    """The Project as it is after the step."""

    def __init__(
        self,
        workspace: Workspace,
        project: Project,
        verdict: Verdict,
        year: int = 0,
        parent: QWidget | None = None,
        *,
        amended: ProjectStep | None = None,
    ) -> None:
        """`amended` is a step taken already whose details are written anew; without it the step is taken."""
        super().__init__(parent)
        HelpKey(self, "project-step")
        assert verdict.rule is not None
        self._workspace, self._project, self._verdict = workspace, project, verdict
        self._amended = amended
        self._rule: StepRule = verdict.rule
        label = lifecycle.step_label(verdict.step)
        self.setWindowTitle(label if amended is None else f"Sửa bước: {label}")
        self.editors: dict[str, Editor] = {}
        self._make_editors(year)
        self._warning = self._words("", QPalette.ColorRole.WindowText)
        self._build_ui()
        self._fill_in(year)
        self._warn()
        self._first_empty().control().setFocus()

    def _make_editors(self, year: int) -> None:
        described = describe(ProjectStep)
        needs = lives.needs_of(self._workspace, self._project, self._rule)
        day = DateEdit(dataclasses.replace(described.field("happened_on"), required=True), self)
        day.working_year = year
        self.editors["happened_on"] = day
        for need in self._rule.fields:
            field = dataclasses.replace(
                described.field(need),
                label=lives.field_label(self._rule, need),
                required=need in needs,
                width=30 if need is not Need.REASON else 60,
            )
            if need is Need.AMOUNT:
                field = dataclasses.replace(field, width=18)
            self.editors[need] = (
                SignerEdit(field, lives.signers(self._workspace), self)
                if need is Need.SIGNER
                else editor_for(field, self._workspace, self)
            )

    def _build_ui(self) -> None:
        step = theme.step(self)
        name = QLabel(self._project.name, self)
        name.setWordWrap(True)
        font = name.font()
        font.setBold(True)
        name.setFont(font)
        fields = QFormLayout()
        fields.setHorizontalSpacing(step * 3)
        fields.setVerticalSpacing(step * 2)
        for editor in self.editors.values():
            label = QLabel(editor.field.label + (" *" if editor.field.required else ""), self)
            label.setBuddy(editor.control())
            fields.addRow(label, editor)
        for fact in ("happened_on", Need.AMOUNT):
            if fact in self.editors:
                self.editors[fact].edited.connect(self._on_fact_edited)
        self.to_ledger = QCheckBox("Ghi cả vào sổ kinh phí", self)
        self.to_ledger.setToolTip(
            "Một bút toán cùng ngày, số chứng từ và số tiền; hoàn tác bước này thì bút toán mất theo"
        )
        self._problem = self._words("", QPalette.ColorRole.BrightText)
        self._problem.hide()
        words = "Ghi bước này" if self._amended is None else "Lưu"
        self.ok = QPushButton(icon("check" if self._amended is None else "save"), words, self)
        self.ok.setDefault(True)
        self.ok.setToolTip("Ghi bước này vào quá trình của đề án (Enter)")
        cancel = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(name)
        told = lives.outcome(self._project, self._verdict) if self._amended is None else _AMENDING
        column.addWidget(self._words(told, QPalette.ColorRole.PlaceholderText))
        column.addLayout(fields)
        column.addWidget(self.to_ledger)
        column.addWidget(self._warning)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 84)
        self.ok.clicked.connect(self._on_ok_clicked)
        cancel.clicked.connect(self.reject)

    def _words(self, text: str, role: QPalette.ColorRole) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setForegroundRole(role)
        return label

    def _fill_in(self, year: int) -> None:
        """Suggest today only in a year that is today's: another day would be made up."""
        today = date.today()
        if self._amended is not None:
            for name, editor in self.editors.items():
                editor.set_value(getattr(self._amended, name))
            self.to_ledger.hide()
            return
        if year in (0, today.year):
            self.editors["happened_on"].set_value(today)
        moves_money = self._verdict.step in lives.ENTRY_KINDS_OF_STEPS
        has_plan = moves_money and lives.plan_for(self._workspace, self._project, self._day()) is not None
        self.to_ledger.setVisible(moves_money)
        self.to_ledger.setChecked(has_plan)
        if Need.AMOUNT in self.editors:
            amount = lives.expected_amount(self._workspace, self._project, self._verdict.step)
            self.editors[Need.AMOUNT].set_value(amount)

    def _first_empty(self) -> Editor:
        every = list(self.editors.values())
        return next((each for each in every if each.field.required and each.is_empty()), every[0])

    def _day(self) -> date | None:
        try:
            value = self.editors["happened_on"].value()
        except FieldError:
            return None
        return value if isinstance(value, date) else None

    def _amount(self) -> int | None:
        editor = self.editors.get(Need.AMOUNT)
        try:
            value = editor.value() if editor is not None else None
        except FieldError:
            return None
        return value if isinstance(value, int) else None

    def _warn(self) -> None:
        """Say what the clerk should know and decide: nothing here keeps the step from being taken."""
        on = self._day() or date.today()
        said = [lifecycle.day_warning(on, date.today())]
        is_new = self._amended is None
        said.append(lives.money_warning(self._workspace, self._project.id, self._verdict.step, self._amount()))
        if self._amended is None and self._verdict.step in _DECIDING_STEPS:
            found = eligibility.doubts(self._workspace, self._project.id, on)
            said += [words for words, is_against in found if is_against]
        missing = checklist.missing(self._workspace, self._project.id, self._verdict.step, on) if is_new else ()
        if missing:
            names = "; ".join(each.name for each in missing[:_NAMED_PAPERS])
            more = f"; và {len(missing) - _NAMED_PAPERS} giấy tờ khác" if len(missing) > _NAMED_PAPERS else ""
            said.append(f"Còn thiếu {len(missing)} giấy tờ: {names}{more}. Vẫn ghi được bước này.")
        late = [each for each in missing if each.is_late(on)]
        if late:
            said.append(f"{len(late)} giấy tờ đã quá hạn.")
        words = "\n".join(f"▲ {each}" for each in said if each)
        self._warning.setText(words)
        self._warning.setVisible(bool(words))

    def warning(self) -> str:
        """Return what is said before the step is taken."""
        return self._warning.text()

    @Slot()
    def _on_fact_edited(self) -> None:
        self._warn()

    @Slot()
    def _on_ok_clicked(self) -> None:
        self._problem.hide()
        for editor in self.editors.values():
            editor.settle()
            editor.show_problem(editor.problem())
        wrong = next((each for each in self.editors.values() if each.problem()), None)
        if wrong is not None:
            wrong.control().setFocus()
            return
        values: dict[str, Any] = {name: editor.value() for name, editor in self.editors.items()}
        on = values.pop("happened_on")
        try:
            if self._amended is None:
                to_ledger = self.to_ledger.isChecked()
                step = self._verdict.step
                lives.take(self._workspace, self._project.id, step, on=on, to_ledger=to_ledger, **values)
            else:
                step_corrections.amend(self._workspace, self._amended.id, on=on, **values)
        except KnownError as error:
            self._show_error(error)
            return
        self.accept()
        self.taken.emit(self._workspace.get(Project, self._project.id))

    def _show_error(self, error: KnownError) -> None:
        text = f"{error.message} {error.remedy}".strip()
        editor = self.editors.get(error.field) if isinstance(error, FieldError) else None
        if editor is None:
            self._problem.setText(f"▲ {text}")
            self._problem.show()
            self._make_room()
            return
        editor.show_problem(text)
        editor.control().setFocus()
        self._make_room()

    def _make_room(self) -> None:
        """Grow so that a long reason, which may take several lines, can be read whole."""
        column = self.layout()
        assert column is not None
        for editor in self.editors.values():
            editor.updateGeometry()
        column.activate()
        needed = column.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)


class SignerEdit(LineEdit):
    """A line that suggests who signed before."""

    def __init__(self, field: Field, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        self._suggesting = SuggestionLine()
        super().__init__(field, parent, self._suggesting)
        self._names = names
        self._suggesting.textNow.connect(self._on_text_now)
        self._suggesting.chosen.connect(self._on_chosen)

    @Slot(str)
    def _on_text_now(self, text: str) -> None:
        typed = search_key(clean_line(text))
        found = tuple((place, each) for place, each in enumerate(self._names) if typed in search_key(each))
        if found:
            self._suggesting.show_suggestions(found, "")
        else:
            self._suggesting.hide_suggestions()

    @Slot(int, str)
    def _on_chosen(self, _place: int, name: str) -> None:
        self._show_text(name)
        self.edited.emit()
        self.settle()
