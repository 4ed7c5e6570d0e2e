"""Lists of people and establishments: the same one typed twice is told at once and can be merged.

People have several phones and posts over time; who was shown what is protected of them stands in a log.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.dates import clock, format_date
from kc_desktop.domain.directory import Disclosure, PersonContact, PersonPost
from kc_desktop.domain.fields import Record
from kc_desktop.services import merging
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.models.small_rows import SmallTable
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.protected import ProtectedEdit
from ui.widgets.record_form import RecordForm, Section
from ui.widgets.small_table import SmallTableSection

_PROTECTED = ("citizen_id", "bank_account")
_LAST_SHOWN = 3


class DirectoryTab(RecordTab):
    """A list with the button that finds what is there twice."""

    def __init__(self, workspace: Workspace, state: ViewState, key: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, key, parent)

    def _build_ui(self) -> None:
        self._notice = ""
        super()._build_ui()
        self.merge_button = QPushButton(icon("merge"), "Tìm trùng…", self)
        self.merge_button.setToolTip(f"Tìm {self.panel.model.spec.singular} ghi nhiều lần và gộp làm một")
        self.merge_button.setEnabled(not self.workspace.is_read_only)
        self.panel.add_to_head(self.merge_button)
        self.merge_button.clicked.connect(self._on_merge_clicked)

    def record_shown(self, record: Any) -> None:
        """Say when what is on show may stand in the list already."""
        super().record_shown(record)
        found = merging.alike_to(self.workspace, record) if record is not None and record.id else ()
        self._notice = ""
        if found:
            more = f" và {len(found) - 1} bản ghi nữa" if len(found) > 1 else ""
            first = found[0]
            self._notice = f"▲ Có thể đã ghi rồi: {first.titles[0]} ({first.reason}){more}. Bấm Tìm trùng để gộp."
        self.form.show_notice(self._notice)

    def notice(self) -> str:
        """Return what is said of the record on show, "" when it stands alone."""
        return self._notice

    @Slot()
    def _on_merge_clicked(self) -> None:
        if not self._may_leave_record():
            return
        from ui.dialogs.merge import MergeDialog

        dialog = MergeDialog(self.workspace, self.cls, self)
        dialog.merged.connect(self._on_merged)
        dialog.exec()

    @Slot(object)
    def _on_merged(self, record: Any) -> None:
        self.panel.refresh()
        self.panel.select(record.id)
        self._show_record(record.id)
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(f"Đã gộp {self.panel.model.spec.singular}.")


class ShownSection(Section):
    """When protected data of the person was shown last, and for what; a link opens the whole log."""

    opened = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.linkActivated.connect(self._on_link_activated)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.words)

    def load(self, record: Record | None) -> None:
        """Tell the last showings."""
        found = self._workspace.children(Disclosure, person_id=record.id) if record is not None and record.id else ()
        if not found:
            self.words.setText("Chưa ai xem số định danh, số tài khoản của người này.")
            return
        told = "<br>".join(_shown(each) for each in reversed(found[-_LAST_SHOWN:]))
        self.words.setText(f"{told}<br><a href='all'>Xem cả {len(found)} lần</a>")

    @Slot(str)
    def _on_link_activated(self, _link: str) -> None:
        self.opened.emit()


def _shown(each: Disclosure) -> str:
    when = f"{format_date(each.shown_at.date())} {clock(each.shown_at.time())}" if each.shown_at else ""
    words = f"{when} · {each.field} · {each.reason}"
    return words.replace("&", "&amp;").replace("<", "&lt;")


class PeopleTab(DirectoryTab):
    """The one list of people: their phones and posts over time, what is protected of them masked."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "people", parent)

    def make_form(self) -> RecordForm:
        """Add further phones, the posts over time and the log of what was shown."""
        form = super().make_form()
        self.contacts = SmallTableSection(
            self.workspace,
            SmallTable(cls=PersonContact, parent_link="person_id", columns=("kind", "value", "note")),
            form,
        )
        self.contacts.set_title("Liên hệ khác")
        form.add_section("Điện thoại, liên hệ khác", self.contacts)
        self.posts = SmallTableSection(
            self.workspace,
            SmallTable(
                cls=PersonPost,
                parent_link="person_id",
                columns=("post", "organisation", "valid_from", "valid_to"),
            ),
            form,
        )
        self.posts.set_title("Chức vụ qua các thời kỳ")
        form.add_section("Chức vụ qua các thời kỳ", self.posts)
        self.posts.setToolTip("Giấy tờ của cuộc họp ngày nào ghi chức vụ đang giữ vào ngày đó")
        self.shown = ShownSection(self.workspace, form)
        self.shown.opened.connect(self._on_log_wanted)
        form.add_section("Nhật ký xem dữ liệu bảo vệ", self.shown)
        for name in _PROTECTED:
            editor = form.editor(name)
            assert isinstance(editor, ProtectedEdit)
            editor.disclosed.connect(self._on_disclosed)
        return form

    def concerns(self, tables: frozenset[str]) -> bool:
        """Phones, posts and the log are tables of their own."""
        return bool(tables & {"person_contact", "person_post", "disclosure"}) or super().concerns(tables)

    @Slot()
    def _on_disclosed(self) -> None:
        self.shown.load(self.form.record)
        self.dataChanged.emit(self.workspace.last_touched)

    @Slot()
    def _on_log_wanted(self) -> None:
        record = self.form.record
        if record is not None:
            self.requestOpen.emit("disclosures", ListRequest(filters=(("person_id", record.id),)))


class DisclosureTab(RecordTab):
    """The log of what was shown of people: it is read, never written."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "disclosures", parent)

    def _build_ui(self) -> None:
        super()._build_ui()
        self.add_button.hide()
        self.splitter.setSizes([900, 440])

    def can(self, verb: Verb) -> bool:
        """A showing is recorded by showing."""
        return verb is Verb.RELOAD

    def new(self) -> None:
        """Nothing is written here by hand."""
        self.statusMessage.emit("Nhật ký tự ghi khi có người bấm Hiện ở ô được bảo vệ.")

    def record_shown(self, record: Any) -> None:
        """Keep every row as it is."""
        super().record_shown(record)
        self.form.set_locked("Nhật ký chỉ ghi thêm: không sửa, không xóa." if record is not None else "")
