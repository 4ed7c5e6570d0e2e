"""Thêm mẫu biểu: its file, its name and what it is filled with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.errors import KnownError
from kc_desktop.services import form_sources, office_forms
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import editor_for

FILTER = "Bảng tính Excel (*.xlsx)"


class NewFormDialog(AskDialog):
    """Brings a form into the file; returns the OfficeForm."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__("Thêm mẫu biểu Excel", "Thêm", parent)
        HelpKey(self, "office-forms")
        self._workspace = workspace
        self._path: Path | None = None
        self.file_button = QPushButton("Chọn tệp…", self)
        self.file_button.setAutoDefault(False)
        self.file_button.clicked.connect(self._on_file_clicked)
        self.add_row("Tệp &mẫu .xlsx *", self.file_button, self.file_button)
        self.ask_line("&Tên mẫu biểu *", "name")
        source = Field(
            name="source",
            label="Số liệu",
            kind=Kind.CHOICE,
            required=True,
            choices=tuple(sorted(form_sources.sources(), key=lambda each: each[0] != "projects")),
            width=40,
        )
        editor = editor_for(source, workspace, self)
        editor.set_value("projects")
        self.ask("&Số liệu điền vào *", editor)
        self.say(
            "Chương trình giữ một bản của tệp này, đọc tiêu đề các cột để lập bản đồ ô; bạn xem lại và sửa ở bước sau. "
            "Chữ như {{ten_don_vi}}, {{nam}} trong ô được thay bằng tên đơn vị, năm.",
            is_note=True,
        )
        self.finish()
        self.file_button.setFocus()

    @Slot()
    def _on_file_clicked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Chọn tệp mẫu biểu", "", FILTER)
        if not chosen:
            return
        self._path = Path(chosen)
        self.file_button.setText(f"{self._path.name}…")
        if not self.text_of("name"):
            self.fields["name"].set_value(self._path.stem)
        self.fields["name"].control().setFocus()

    def act(self) -> object:
        """Keep the form."""
        if self._path is None:
            raise KnownError("Chưa chọn tệp mẫu.", "Bấm Chọn tệp, chọn tệp .xlsx của mẫu biểu.")
        return office_forms.bring(self._workspace, self._path, name=self.text_of("name"), source=self.text_of("source"))
