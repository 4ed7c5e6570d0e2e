"""Xuất Excel: as the screen shows it, or into one of the office's own forms for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.domain.office_form import OfficeForm
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import editor_for

AS_SHOWN = "0"
"""The choice of no form."""


class ExportFormDialog(AskDialog):
    """Asks how a list goes out; `chosen` is the id of a form, 0 for none."""

    def __init__(
        self, workspace: Workspace, title: str, forms: Sequence[OfficeForm], last: int, parent: QWidget | None = None
    ) -> None:
        super().__init__("Xuất Excel", "Tiếp tục", parent)
        HelpKey(self, "export")
        self.chosen = 0
        self.say(f"Xuất {title} ra Excel:")
        field = Field(
            name="form",
            label="Kiểu bảng",
            kind=Kind.CHOICE,
            required=True,
            choices=(
                (AS_SHOWN, "Bảng như trên màn hình"),
                *((str(each.id), f"Theo mẫu biểu: {each.name}") for each in forms),
            ),
            width=50,
        )
        editor = editor_for(field, workspace, self)
        editor.set_value(str(last) if any(each.id == last for each in forms) else AS_SHOWN)
        self.ask("&Kiểu bảng", editor)
        self.say("Mẫu biểu nhận đủ các dòng đang lọc, theo thứ tự trên màn hình.", is_note=True)
        self.finish("form")

    def act(self) -> object:
        """Keep the choice."""
        self.chosen = int(self.text_of("form"))
        return self.chosen
