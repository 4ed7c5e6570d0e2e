"""What is done with several rows of a list at once: edited, deleted, printed, exported, copied; and rows pasted in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from kc_desktop.domain.fields import Kind, Value, is_counted
from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import KnownError
from kc_desktop.services import bulk, papers, selection
from kc_desktop.services.copying import CopiedCell
from kc_desktop.services.lists import Column
from ui.clipboard import put_cells
from ui.formats import value_text
from ui.icons import icon
from ui.tabs.base import Verb

if TYPE_CHECKING:
    from ui.tabs.record_tab import RecordTab

MOST_COPIED = 20_000
"""So many rows go to the clipboard at most; more are written to a workbook."""

_OF_A_YEAR = frozenset({"register", "evaluations"})
"""Lists whose papers are those of a whole year, not of a row."""


class BulkDeeds(QObject):
    """The deeds of one tab on the rows chosen in its list; made when the first is wanted."""

    def __init__(self, tab: RecordTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self._panel = tab.panel

    # public

    def can(self, deed: str) -> bool:
        """Whether a deed makes sense now."""
        if deed in ("copy", "all"):
            return self._panel.model.rowCount() > 0
        if deed == "paste":
            from kc_desktop.services.pasted_lists import may_paste

            return self._tab.can(Verb.NEW) and may_paste(self._tab.key)
        if not self._panel.selection.is_several():
            return False
        return {
            "edit": self._tab.can(Verb.EDIT) and bool(bulk.fields(self._tab.cls)),
            "remove": self._tab.can(Verb.REMOVE),
            "print": self._tab.can(Verb.PRINT) and self._has_papers(),
            "export": True,
        }[deed]

    def do(self, deed: str) -> None:
        """Do a deed, or say why not."""
        if not self.can(deed):
            self._tab.statusMessage.emit(self._why_not(deed))
            return
        try:
            {
                "all": self._panel.selection.select_all,
                "copy": self._copy,
                "paste": self._paste,
                "edit": self._edit,
                "remove": self._remove,
                "print": self._print,
                "export": self._export,
            }[deed]()
        except KnownError as error:
            self._tab.statusMessage.emit(f"{error.message} {error.remedy}".strip())

    # the deeds

    def _copy(self) -> None:
        chosen, workspace = self._panel.selection.chosen(), self._tab.workspace
        if chosen.ids == () and self._panel.current_id():
            chosen = selection.Selection(key=chosen.key, request=chosen.request, ids=(self._panel.current_id(),))
        number = selection.size(workspace, chosen)
        if number > MOST_COPIED:
            raise KnownError(
                f"Đã chọn {format_vnd(number)} dòng, mỗi lần chép nhiều nhất {format_vnd(MOST_COPIED)} dòng.",
                "Chọn ít dòng hơn, hoặc bấm chuột phải rồi Xuất Excel các dòng đã chọn.",
            )
        model = self._panel.model
        sections = [model.section_of(key) for key in self._panel.shown_columns()]
        columns = [model.column(each) for each in sections]
        rows = [
            [copied(row.cells[section], model.column(section)) for section in sections]
            for row in selection.rows(workspace, chosen)
        ]
        put_cells([f"{each.label} ({each.unit})" if each.unit else each.label for each in columns], rows)
        self._tab.statusMessage.emit(f"Đã chép {format_vnd(len(rows))} dòng, kèm tên cột.")

    def _edit(self) -> None:
        from ui.dialogs.bulk_edit import BulkEditDialog

        ids = self._ids(bulk.MOST_EDITED)
        dialog = BulkEditDialog(self._tab.workspace, self._tab.cls, ids, self._tab.window(), year=self._tab.year)
        dialog.done_to.connect(self._on_done)
        dialog.exec()
        dialog.deleteLater()

    def _remove(self) -> None:
        from ui.dialogs.bulk_edit import BulkRemoveDialog

        ids = self._ids(bulk.MOST_DELETED)
        dialog = BulkRemoveDialog(self._tab.workspace, self._tab.cls, ids, self._tab.window())
        dialog.done_to.connect(self._on_done)
        dialog.exec()
        dialog.deleteLater()

    def _print(self) -> None:
        """Offer the kinds of paper in a menu; one kind is printed for all."""
        menu = QMenu(self._tab)
        step = ""
        for kind in papers.kinds_for(self._tab.key):
            if kind.step != step:
                step = kind.step
                menu.addSection(step)
            menu.addAction(icon("print"), f"In {kind.name}…").setData(kind.key)
        menu.triggered.connect(self._on_paper_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        table = self._panel.table
        menu.popup(table.mapToGlobal(QPoint(table.width() // 3, table.height() // 3)))
        first = next((each for each in menu.actions() if not each.isSeparator()), None)
        if first is not None:
            menu.setActiveAction(first)

    def _export(self) -> None:
        from ui.exporting import export_chosen
        from ui.main_window import MainWindow

        window = self._tab.window()
        if isinstance(window, MainWindow):
            export_chosen(window, window.files.jobs(), self._panel)

    def _paste(self) -> None:
        from ui.dialogs.paste_list import PasteListDialog

        dialog = PasteListDialog(self._tab)
        dialog.written.connect(self._on_done)
        dialog.exec()
        dialog.deleteLater()

    # slots

    @Slot(object)
    def _on_paper_chosen(self, action: QAction) -> None:
        from kc_desktop.services import record_papers
        from ui.dialogs.batch import BatchDialog
        from ui.dialogs.gather_papers import GatherDialog

        key = action.data()
        if not isinstance(key, str):
            return
        workspace = self._tab.workspace
        chosen = self._panel.selection.chosen()
        try:
            bulk.refuse_too_many(selection.size(workspace, chosen), record_papers.MOST)
            ids = [row.id for row in selection.rows(workspace, chosen)]
            singular = self._panel.model.spec.singular
            found = GatherDialog.gather(workspace, key, ids, singular, self._tab.window())
        except KnownError as error:
            self._tab.statusMessage.emit(f"{error.message} {error.remedy}".strip())
            return
        if found is None:
            self._tab.statusMessage.emit("Đã dừng, chưa in gì.")
            return
        dialog = BatchDialog(workspace, key, ids[0], self._tab.window(), found=found)
        dialog.exec()
        dialog.deleteLater()

    @Slot(str)
    def _on_done(self, words: str) -> None:
        """Show what was done everywhere and offer to take it back."""
        touched = self._tab.workspace.last_touched
        self._tab.reload()
        self._tab.dataChanged.emit(touched)
        self._tab.undoOffered.emit(words)

    # private

    def _ids(self, most: int) -> tuple[int, ...]:
        """Return the ids of the rows chosen. Raises KnownError for more than `most`, without reading them."""
        chosen = self._panel.selection.chosen()
        bulk.refuse_too_many(selection.size(self._tab.workspace, chosen), most)
        return selection.ids(self._tab.workspace, chosen)

    def _has_papers(self) -> bool:
        return self._tab.key not in _OF_A_YEAR and bool(papers.kinds_for(self._tab.key))

    def _why_not(self, deed: str) -> str:
        if self._tab.form.is_editing() and deed in ("edit", "remove", "print", "paste"):
            return "Phần đang sửa chưa lưu. Lưu (Ctrl+S) hoặc Hoãn (Esc) rồi làm lại."
        if self._tab.workspace.is_read_only and deed in ("edit", "remove", "paste"):
            return self._tab.workspace.read_only_reason
        if deed in ("edit", "remove", "print", "export") and not self._panel.selection.is_several():
            return "Chọn nhiều dòng trước: giữ Shift hoặc Ctrl rồi bấm, hoặc Ctrl+A."
        title = self._panel.model.spec.title
        return {
            "edit": f"{title}: không có ô nào sửa hàng loạt được.",
            "remove": f"{title}: không xóa ở danh sách này.",
            "print": f"{title}: không có giấy tờ cho từng mục.",
            "paste": f"{title}: không dán vào danh sách này. Bấm Thêm để ghi từng mục.",
        }.get(deed, f"{title}: chưa có gì để làm việc này.")


def copied(value: Value, column: Column) -> CopiedCell:
    """Return a cell as the list shows it: what is masked there stays masked."""
    text = value_text(value, column.kind, column.key)
    if column.kind is Kind.DATE or column.is_number:
        number = None if isinstance(value, str | bool) else value
        plain = str(value).replace(".", ",") if column.is_number and value is not None else ""
        return CopiedCell(text=text, plain=plain, value=number, is_counted=is_counted(column.key))
    return CopiedCell(text=text)
