"""Các bước đầu tiên: office, signers, year and folders of a new file, one question a page; nothing has to be given."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Field, Kind, describe
from kc_desktop.domain.office import Office, Signer
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import backup, first_steps, surroundings
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.dialogs.step_buttons import step_buttons
from ui.icons import icon
from ui.reading_order import OrderedDialog
from ui.widgets.editor import Editor
from ui.widgets.editors import editor_for
from ui.widgets.scrolled import Scrolled

_WIDTH = 84
_OFFICE_FIELDS = ("parent_name", "name", "abbreviation", "place", "province_id", "address", "phone")


class _Page(QWidget):
    """One step: its words, its fields, and what is kept when one goes on."""

    title = ""
    words = ""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.editors: dict[str, Editor] = {}
        self._is_dirty = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.step(self) * 3)
        self.say(self.words)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.step(self) * 3)
        self.column.addLayout(self._form)

    def say(self, text: str, *, is_note: bool = False) -> QLabel:
        """Add words that wrap; a note stands back."""
        label = QLabel(text, self)
        label.setWordWrap(True)
        if is_note:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.column.addWidget(label)
        return label

    def ask(self, field: Field) -> Editor:
        """Add a field."""
        editor = editor_for(field, self.workspace, self)
        editor.edited.connect(self._on_edited)
        label = QLabel(f"{field.label}{' *' if field.required else ''}", self)
        label.setBuddy(editor.control())
        self._form.addRow(label, editor)
        self.editors[field.name] = editor
        return editor

    def is_dirty(self) -> bool:
        """Whether something was typed that is not kept."""
        return self._is_dirty

    def load(self) -> None:
        """Show what is kept."""

    def keep(self) -> None:
        """Keep what was typed. Raises KnownError."""

    def go_on(self) -> None:
        """Keep what was typed, if anything was: an empty page may wait. Raises KnownError."""
        if not self._is_dirty:
            return
        for editor in self.editors.values():
            editor.settle()
            if editor.problem():
                raise FieldError(editor.field.name, editor.problem())
        self.keep()
        self._is_dirty = False

    @Slot()
    def _on_edited(self) -> None:
        self._is_dirty = True


class _OfficePage(_Page):
    title = "Đơn vị"
    words = "Tên đơn vị đứng ở đầu mọi giấy tờ in ra. Chọn tỉnh, thành phố thì có xã, phường để chọn."

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        fields = {each.name: each for each in describe(Office).fields}
        for name in _OFFICE_FIELDS:
            self.ask(fields[name])

    def load(self) -> None:
        """Show the office as it is kept."""
        for name, editor in self.editors.items():
            editor.set_value(getattr(self.workspace.office, name))

    def keep(self) -> None:
        """Save the office. Raises KnownError."""
        values = {name: editor.value() for name, editor in self.editors.items()}
        self.workspace.save(dataclasses.replace(self.workspace.office, id=1, **values))  # type: ignore[arg-type]  # by name


class _SignersPage(_Page):
    title = "Người ký văn bản"
    words = (
        "Người ký chính trước, cấp phó ký thay sau. Người ký được ghi luôn vào danh bạ; "
        "thêm, sửa sau ở Danh mục, Thiết lập đơn vị."
    )

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.ask(Field(name="name", label="Họ và tên", kind=Kind.LINE, width=30))
        fields = {each.name: each for each in describe(Signer).fields}
        for name in ("post", "authority", "authority_post"):
            self.ask(dataclasses.replace(fields[name], required=False))
        self.more_button = QPushButton("Ghi và thêm người nữa", self)
        self.more_button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.more_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.there = self.say("", is_note=True)

    def load(self) -> None:
        """Show who may sign already; the fields are for one more."""
        names = first_steps.signers_in_words(self.workspace)
        self.there.setText(f"Đã ghi: {'; '.join(names)}." if names else "Chưa ghi người ký nào.")
        for editor in self.editors.values():
            editor.set_value("")

    def keep(self) -> None:
        """Add the signer, unless name and post were emptied again. Raises KnownError."""
        values = {name: str(editor.value() or "") for name, editor in self.editors.items()}
        if values["name"] or values["post"]:
            first_steps.add_signer(self.workspace, **values)
        self.load()


class _YearPage(_Page):
    title = "Năm làm việc"
    words = (
        "Mỗi nguồn kinh phí có một kế hoạch cho mỗi năm; vốn được giao, chương trình và đề án ghi vào đó. "
        "Số và ngày quyết định ghi sau cũng được, ở Danh mục, Kế hoạch khuyến công năm."
    )

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.year = self.ask(Field(name="year", label="Năm", kind=Kind.INTEGER, width=6, required=True))
        self.year.set_value(first_steps.suggested_year(workspace, date.today()))
        self.year.edited.connect(self._show_sources)
        self.boxes: dict[str, QCheckBox] = {}
        self._boxes = QVBoxLayout()
        self.column.addLayout(self._boxes)
        self._show_sources()

    def chosen_year(self) -> int:
        """Return the year in the field, 0 while it holds none."""
        try:
            value = self.year.value()
        except FieldError:
            return 0
        return value if isinstance(value, int) else 0

    @Slot()
    def _show_sources(self) -> None:
        for box in self.boxes.values():
            self._boxes.removeWidget(box)
            box.hide()  # Tab must not stop at it while it waits to go
            box.deleteLater()
        without = first_steps.sources_without_plan(self.workspace, self.chosen_year())
        self.boxes = {code: QCheckBox(f"Mở kế hoạch: {name}", self) for code, name in without}
        for box in self.boxes.values():
            box.toggled.connect(self._on_edited)
            self._boxes.addWidget(box)

    def keep(self) -> None:
        """Open the plans that were ticked. Raises KnownError."""
        ticked = tuple(code for code, box in self.boxes.items() if box.isChecked())
        first_steps.open_plans(self.workspace, self.chosen_year(), ticked)
        self._show_sources()


class _FoldersPage(_Page):
    title = "Nơi để dữ liệu"
    words = (
        "Tệp dữ liệu nên nằm ở ổ đĩa của máy này. Bản sao lưu nên ở ổ đĩa khác hoặc máy chủ: "
        "ngày nào có sửa đổi, chương trình tự sao lưu ngày đó."
    )

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.file = self._row("Tệp dữ liệu", None)
        self.change_button = QPushButton("Đổi…", self)
        self.change_button.setAutoDefault(False)
        self.change_button.setToolTip("Chọn thư mục sao lưu khác")
        self.folder = self._row("Thư mục sao lưu", self.change_button)
        self.caution = self.say("")
        self.change_button.clicked.connect(self._on_change_clicked)

    def _row(self, words: str, button: QPushButton | None) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(label, 1)
        if button is not None:
            line.addWidget(button)
        self._form.addRow(QLabel(words, self), line)
        return label

    def load(self) -> None:
        """Show where file and backups lie, and what speaks against it."""
        path = self.workspace.path
        self.file.setText(str(path))
        self.folder.setText(str(backup.folder_of(path)))
        self.change_button.setEnabled(not self.workspace.is_read_only)
        caution = surroundings.caution_of_place(path)
        self.caution.setText(f"▲ {caution.message} {caution.remedy}" if caution is not None else "")

    @Slot()
    def _on_change_clicked(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Chọn thư mục sao lưu")
        if not chosen:
            return
        try:
            backup.choose_folder(self.workspace, Path(chosen))
        except KnownError as error:
            self.caution.setText(f"▲ {error.message} {error.remedy}".strip())
            return
        self.load()


class _OldListsPage(_Page):
    title = "Danh sách cũ trong Excel"
    words = (
        "Danh bạ, cộng tác viên, cơ sở, đề án đang có trong Excel thì không phải gõ lại: chương trình tìm "
        "dòng tiêu đề, đọc cả phông TCVN3, VNI, và cho xem trước từng dòng trước khi ghi. Chưa có tệp trong tay "
        "thì để sau: Tệp, Nhập Excel."
    )

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.import_button = QPushButton(icon("open"), "Xong, rồi nhập Excel…", self)
        self.import_button.setAutoDefault(False)
        self.import_button.setEnabled(not workspace.is_read_only)
        row = QHBoxLayout()
        row.addWidget(self.import_button)
        row.addStretch(1)
        self.column.addLayout(row)


class FirstStepsDialog(OrderedDialog):
    """Leads through the pages; each is kept as one goes on, so that one may stop anywhere and come back."""

    yearChosen = Signal(int)
    """The last page was passed; the year to work on."""
    importWanted = Signal()
    """The last page was passed by the button that brings old lists in."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "first-steps")
        self.setWindowTitle("Các bước đầu tiên")
        self._has_warned = False
        kinds = (_OfficePage, _SignersPage, _YearPage, _FoldersPage, _OldListsPage)
        self.pages: tuple[_Page, ...] = tuple(kind(workspace, self) for kind in kinds)
        self._build_ui()
        self.back_button.clicked.connect(self._on_back_clicked)
        self.next_button.clicked.connect(self._on_next_clicked)
        self.later_button.clicked.connect(self.reject)
        self._show(0)

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.heading = QLabel(self)
        font = self.heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self.heading.setFont(font)
        self.stack = QStackedWidget(self)
        for page in self.pages:
            page.column.addStretch(1)
            self.stack.addWidget(page)
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self.later_button = QPushButton("Để sau", self)
        self.later_button.setToolTip("Mở lại lúc nào cũng được ở Trợ giúp, Các bước đầu tiên")
        self.back_button = QPushButton("Quay lại", self)
        self.next_button = QPushButton(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 5] * 4)
        column.setSpacing(step * 3)
        column.addWidget(self.heading)
        column.addWidget(Scrolled(self.stack, self), 1)
        column.addWidget(self.problem)
        column.addLayout(step_buttons(self.later_button, self.back_button, self.next_button))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * _WIDTH)
        signers = self.pages[1]
        assert isinstance(signers, _SignersPage)
        signers.more_button.clicked.connect(self._on_more_clicked)
        old_lists = self.pages[-1]
        assert isinstance(old_lists, _OldListsPage)
        old_lists.import_button.clicked.connect(self._on_import_clicked)

    def page(self) -> _Page:
        """Return the page on show."""
        return self.pages[self.stack.currentIndex()]

    def _show(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        page = self.page()
        page.load()
        page._is_dirty = False
        self._tell("")
        self.heading.setText(f"Bước {place + 1}/{len(self.pages)}: {page.title}")
        self.back_button.setEnabled(place > 0)
        self.next_button.setText("Tiếp tục" if place + 1 < len(self.pages) else "Xong")
        first = next(iter(page.editors.values()), None)
        (first.control() if first is not None else self.next_button).setFocus()

    def _tell(self, words: str) -> None:
        self._has_warned = False
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _keep(self) -> bool:
        page = self.page()
        for editor in page.editors.values():
            editor.show_problem("")
        self._tell("")
        try:
            page.go_on()
        except KnownError as error:
            words = f"{error.message} {error.remedy}".strip()
            editor_at = page.editors.get(error.field) if isinstance(error, FieldError) else None
            if editor_at is not None:
                editor_at.show_problem(words)
                editor_at.control().setFocus()
            else:
                self._tell(f"▲ {words}")
            return False
        return True

    def reject(self) -> None:
        """Leave; what is typed on the page and not kept goes only with a second Esc."""
        if self.page().is_dirty() and not self._has_warned:
            self._tell("Phần vừa ghi ở bước này chưa lưu. Bấm Tiếp tục để lưu; bấm Để sau hoặc Esc lần nữa để bỏ.")
            self._has_warned = True
            return
        super().reject()

    @Slot()
    def _on_back_clicked(self) -> None:
        if self._keep():
            self._show(self.stack.currentIndex() - 1)

    @Slot()
    def _on_next_clicked(self) -> None:
        if not self._keep():
            return
        place = self.stack.currentIndex() + 1
        if place < len(self.pages):
            self._show(place)
            return
        year = next(each for each in self.pages if isinstance(each, _YearPage)).chosen_year()
        self.accept()
        self.yearChosen.emit(year)

    @Slot()
    def _on_import_clicked(self) -> None:
        self._on_next_clicked()
        self.importWanted.emit()

    @Slot()
    def _on_more_clicked(self) -> None:
        if self._keep():
            self._show(self.stack.currentIndex())
