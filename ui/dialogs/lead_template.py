"""Lưu mẫu ghi nhu cầu: for whom the workbook is, and of which year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.domain.people import Person
from kc_desktop.services import lead_templates
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import editor_for

ANYBODY, EACH = "anybody", "each"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The workbooks that are wanted: of `person`, of everybody in `people`, or one for anybody."""

    year: int
    person: Person | None = None
    people: tuple[Person, ...] = ()


class LeadTemplateDialog(AskDialog):
    """Asks for whom; returns what is Wanted."""

    def __init__(self, workspace: Workspace, year: int, parent: QWidget | None = None) -> None:
        super().__init__("Mẫu ghi nhu cầu cho cộng tác viên", "Chọn chỗ lưu…", parent)
        HelpKey(self, "lead-template")
        self._year = year or date.today().year
        self._people = lead_templates.collaborators(workspace, self._year)
        self.say(
            "Bảng Excel để cộng tác viên ghi nhu cầu của cơ sở: có danh sách chọn, lời nhắc từng ô, trang Cách ghi. "
            "Nhận lại thì nhập bằng Tệp, Nhập Excel: dòng đã có không nhập hai lần."
        )
        choices = [(ANYBODY, "Mẫu để trống tên, ai ghi cũng được")]
        if self._people:
            words = f"Mỗi cộng tác viên năm {self._year} một tệp, có sẵn tên ({len(self._people)} tệp)"
            choices.append((EACH, words))
        choices += [(str(each.id), f"Chỉ cho {each.name}") for each in self._people]
        field = Field(name="who", label="Lập cho", kind=Kind.CHOICE, required=True, choices=tuple(choices), width=60)
        editor = editor_for(field, workspace, self)
        editor.set_value(EACH if self._people else ANYBODY)
        self.ask("&Lập cho", editor)
        self.finish("who")

    def act(self) -> object:
        """Return what is wanted."""
        who = self.text_of("who")
        if who == EACH:
            return Wanted(year=self._year, people=self._people)
        person = next((each for each in self._people if str(each.id) == who), None)
        return Wanted(year=self._year, person=person)
