"""What a filter offers to choose: operators and periods, which write into it what could have been typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu

from kc_desktop.domain.conditions import CHOSEN, DAYS, NUMBERS, PERIODS, Condition, Operator
from kc_desktop.domain.fields import Value
from kc_desktop.domain.typed_conditions import EMPTY_WORDS, FILLED_WORDS
from kc_desktop.services import list_filters
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui.widgets.filter_editor import FilterEditor
from ui.widgets.tick_list import TickList

_OF_WORDS = (("Có chữ", "{0}"), ("Bắt đầu bằng", "{0}*"), ("Đúng bằng", "={0}"), ("Khác", "<>{0}"))
_OF_NUMBERS = (
    ("Bằng  (=)", "={0}"),
    ("Khác  (<>)", "<>{0}"),
    ("Lớn hơn  (>)", ">{0}"),
    ("Từ … trở lên  (>=)", ">={0}"),
    ("Nhỏ hơn  (<)", "<{0}"),
    ("Đến …  (<=)", "<={0}"),
    ("Trong khoảng  (5-10)", "{0}-"),
)
_OF_DAYS = (
    ("Đúng ngày", "={0}"),
    ("Từ ngày  (>=)", ">={0}"),
    ("Đến ngày  (<=)", "<={0}"),
    ("Trước ngày  (<)", "<{0}"),
    ("Sau ngày  (>)", ">{0}"),
    ("Từ ngày … đến ngày", "{0} - "),
)
_PERIODS_OFFERED = (
    "today",
    "this-week",
    "this-month",
    "this-quarter",
    "last-quarter",
    "this-year",
    "next-days:7",
    "next-days:30",
    "next-days:90",
    "last-days:30",
    "overdue",
)


class FilterMenu(QObject):
    """Opens the list of values of a column of a set, the menu of operators of any other."""

    ticked = Signal(str, object)
    """The column, and the condition of the values ticked; None for no filter."""

    def __init__(self, workspace: Workspace, key: str, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._key = key

    def open(self, editor: FilterEditor, request: ListRequest) -> None:
        """Offer what suits the column."""
        if editor.column.kind in CHOSEN:
            self.open_ticks(editor, request)
            return
        menu = QMenu(editor)
        menu.setAccessibleName(f"Điều kiện lọc cột {editor.column.label}")
        if list_filters.can_tick(editor.column):
            menu.addAction("Chọn trong danh sách…", partial(self.open_ticks, editor, request))
            menu.addSeparator()
        for words, pattern in self._operators(editor):
            menu.addAction(words, partial(self._write, editor, pattern))
        menu.addSeparator()
        menu.addAction("Để trống", partial(editor.set_typed, EMPTY_WORDS, is_whole=True))
        menu.addAction("Có ghi", partial(editor.set_typed, FILLED_WORDS, is_whole=True))
        if editor.column.kind in DAYS:
            menu.addSeparator()
            for code in _PERIODS_OFFERED:
                words = PERIODS[code]
                menu.addAction(words[0].upper() + words[1:], partial(editor.set_typed, words, is_whole=True))
        if editor.text():
            menu.addSeparator()
            menu.addAction("Bỏ lọc cột này", partial(editor.set_typed, "", is_whole=True))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(editor.mapToGlobal(QPoint(0, editor.height())))
        menu.setActiveAction(menu.actions()[0])

    def open_ticks(self, editor: FilterEditor, request: ListRequest) -> TickList:
        """Offer the values of a column to tick."""
        condition, ticked = editor.condition, tuple[Value, ...]()
        if condition is not None and condition.operator is Operator.ANY_OF:
            ticked = condition.values
        found = TickList(self._workspace, self._key, request, editor.column, ticked, editor)
        found.chosen.connect(partial(self._on_ticks_chosen, editor))
        found.open_under(editor)
        return found

    @Slot(object)
    def _on_ticks_chosen(self, editor: FilterEditor, values: tuple[Value, ...]) -> None:
        key = editor.column.key
        condition = Condition(column=key, operator=Operator.ANY_OF, values=values) if values else None
        self.ticked.emit(key, condition)

    @staticmethod
    def _operators(editor: FilterEditor) -> tuple[tuple[str, str], ...]:
        kind = editor.column.kind
        return _OF_NUMBERS if kind in NUMBERS else _OF_DAYS if kind in DAYS else _OF_WORDS

    def _write(self, editor: FilterEditor, pattern: str) -> None:
        """Put an operator to the value there is; without one, wait for it."""
        bare = editor.text().strip().strip("*").lstrip("<>=≥≤≠!").strip()
        is_value = bool(bare) and bare not in (EMPTY_WORDS, FILLED_WORDS) and '"' not in bare
        is_range = pattern.rstrip().endswith("-")
        editor.set_typed(pattern.format(bare if is_value else ""), is_whole=is_value and not is_range)
