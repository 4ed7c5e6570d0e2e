"""What the council concludes on each project, and the way into the projects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kc_desktop.domain.council import COUNCIL_VERDICTS, CouncilDecision
from kc_desktop.domain.fields import Field, Value
from kc_desktop.errors import FieldError
from kc_desktop.services import council_results
from ui.meeting.desk import Desk
from ui.meeting.line_model import LineColumn
from ui.meeting.person_edit import line_editor
from ui.meeting.sheet import Sheet, field, value_column
from ui.widgets.editors import ChoiceEdit, Editor

_VERDICT, _AMOUNT, _PROJECT = 17, 15, 0


class VerdictChoice(ChoiceEdit):
    """The verdicts this kind of council can come to."""

    def offer(self, codes: Sequence[str]) -> None:
        """Offer these verdicts, keeping the one chosen."""
        chosen = self.value()
        self.combo.clear()
        for code, label in COUNCIL_VERDICTS:
            if not code or code in codes or code == chosen:
                self.combo.addItem(label, code)
        self.combo.setCurrentIndex(max(self.combo.findData(chosen), 0))


class DecisionSheet(Sheet):
    """A project a line: verdict, amount, opinion."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._projects: dict[int, str] = {}
        super().__init__(
            desk,
            CouncilDecision,
            (
                LineColumn(name="project_id", title="Đề án", text=self._project_text, width=_PROJECT),
                value_column(CouncilDecision, "verdict", "Kết luận", _VERDICT),
                value_column(CouncilDecision, "amount_vnd", "Hỗ trợ thống nhất", _AMOUNT),
                value_column(CouncilDecision, "opinion", "Ý kiến, yêu cầu"),
            ),
            (
                field(CouncilDecision, "project_id", _PROJECT, help="Đề án: vài chữ"),
                field(CouncilDecision, "verdict", _VERDICT),
                field(CouncilDecision, "amount_vnd", _AMOUNT, help="đồng"),
                field(CouncilDecision, "opinion", 0, help="Ý kiến, yêu cầu của hội đồng, rồi Enter"),
            ),
            heading="Kết luận về từng đề án",
            empty_hint="Chưa có đề án nào cần kết luận. Bấm Lấy đề án, hoặc gõ tên đề án vào ô dưới đây.",
            make_editor=self._make_editor,
            parent=parent,
        )
        self.composer.set_low()
        self._on_desk_renewed()

    def rows(self) -> Sequence[Any]:
        """Return the decisions; how the projects are called is read with them."""
        council = self.desk.council
        self._projects = {each.project.id: each.project.name for each in council.decisions} if council else {}
        return super().rows()

    def add(self, values: dict[str, Value]) -> Any:
        """Keep a decision on a project that has none yet. Raises FieldError for one that has."""
        if values["project_id"] in self._projects:
            raise FieldError("project_id", "Đề án này đã có trong danh sách.", "Sửa dòng đã có (F2).")
        return super().add(values)

    def sum_text(self) -> str:
        """Return how many projects still have no verdict."""
        decisions = self.desk.records("council_decision")
        waiting = sum(not each.verdict for each in decisions)
        return f"{waiting} đề án chưa kết luận trong {len(decisions)} đề án" if waiting else ""

    @Slot()
    def _on_desk_renewed(self) -> None:
        meeting = self.desk.meeting
        choice = self.composer.editors["verdict"]
        if meeting is not None and isinstance(choice, VerdictChoice):
            choice.offer(council_results.verdicts_for(meeting.kind))
        super()._on_desk_renewed()

    def _project_text(self, record: CouncilDecision) -> str:
        return self._projects.get(record.project_id, "")

    def _make_editor(self, field: Field, parent: QWidget) -> Editor:
        if field.name == "verdict":
            return VerdictChoice(field, parent)
        return line_editor(self.desk, field, parent)
