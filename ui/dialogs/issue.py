"""Numbers of the register: issue a paper, keep a number, cancel one, replace a paper made outside the program."""

from __future__ import annotations

import dataclasses
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Field, Kind, describe
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError
from kc_desktop.services import issuing, lists, register
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import IntegerEdit, LinkEdit

_ENTERED = ""
"""What stands for a paper made outside the program where kinds are picked."""


class _NumberDialog(AskDialog):
    """Asks about one number of the register; what comes of it is its PaperRecord."""

    def __init__(self, workspace: Workspace, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(title, verb, parent)
        self._workspace = workspace
        self.done_record: PaperRecord | None = None
        self.acted.connect(self._on_acted)

    @Slot(object)
    def _on_acted(self, paper: PaperRecord | None) -> None:
        self.done_record = paper

    def _ask_number(self) -> None:
        self.ask("&Số *", IntegerEdit(Field(name="number", label="Số", kind=Kind.INTEGER, required=True), self))

    def _number(self) -> int:
        value = self.fields["number"].value()
        return value if isinstance(value, int) else 0

    def _series_words(self, series: str, year: int) -> str:
        """Say how the numbers of a series stand, so that the clerk can confirm the next one."""
        for each in register.state_of(self._workspace, year):
            if each.series == series:
                return f"Sổ năm {year}: dãy {each.words}."
        return f"Sổ năm {year}: dãy này chưa có số nào, bắt đầu từ 01."


class IssueDialog(_NumberDialog):
    """Confirms the number and the day of one paper, new or kept before, and issues it; with a reason it replaces."""

    def __init__(
        self,
        workspace: Workspace,
        key: str,
        record_id: int,
        parent: QWidget | None = None,
        *,
        replaces: PaperRecord | None = None,
        uses: PaperRecord | None = None,
    ) -> None:
        title = "Thay thế văn bản đã ban hành" if replaces is not None else "Ghi số, ban hành"
        super().__init__(workspace, title, "Ban hành", parent)
        HelpKey(self, "issue")
        self._key, self._record_id, self._replaces = key, record_id, replaces
        self.proposed = issuing.propose(workspace, key, record_id, _first_day(uses))
        self.say(self.proposed.subject)
        if replaces is not None:
            self.say(f"Thay cho số {replaces.mark}; bản cũ vẫn còn trong sổ, ghi là đã thay thế.")
        self._series = self.say("", is_note=True)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName("Dùng số")
        self.add_row("&Dùng số", self.choice, self.choice)
        self._ask_number()
        symbol = QLabel(f"/{self.proposed.symbol}", self)
        self.add_row("Ký hiệu", symbol, symbol)
        self.ask_day("&Ngày văn bản *", "dated", _first_day(uses))
        if replaces is not None:
            self.ask_line("&Lý do thay thế *", "reason", "Ví dụ: sai nội dung kết luận 2")
        self.say(
            "Văn bản được khóa, bản PDF giữ nguyên trong tệp. Ghi nhầm thì Hoàn tác ngay, số sẽ trống lại; văn bản đã "
            "gửi đi thì hủy số hoặc thay thế để sổ còn dấu vết.",
            is_note=True,
        )
        self._fill_choice()
        if uses is not None:
            self.choice.setCurrentIndex(max(0, self.choice.findData(uses.id)))
        self._on_choice_changed()
        self.finish("reason" if replaces is not None else "number")
        self.choice.currentIndexChanged.connect(self._on_choice_changed)
        self.fields["dated"].changed.connect(self._on_day_changed)

    def _fill_choice(self) -> None:
        """Offer the next number and those kept for a paper of this series and year."""
        year = self.day_of("dated").year
        chosen = self.choice.currentData()
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItem("Số tiếp theo", None)
        for each in issuing.reserved(self._workspace, self.proposed.series, year):
            self.choice.addItem(f"Số đã giữ {each.mark}: {each.subject or 'chưa ghi trích yếu'}", each.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self.choice.blockSignals(False)
        self.choice.setEnabled(self.choice.count() > 1)
        self._series.setText(self._series_words(self.proposed.series, year))

    @Slot()
    def _on_choice_changed(self) -> None:
        kept = self._workspace.find(PaperRecord, self.choice.currentData())
        year = self.day_of("dated").year
        if kept is None:
            is_of_year = year == self.proposed.dated.year
            number = self.proposed.number
            self.fields["number"].set_value(
                number if is_of_year else register.suggest(self._workspace, self.proposed.series, year)
            )
        else:
            self.fields["number"].set_value(kept.number)
        self.fields["number"].set_read_only(kept is not None)

    @Slot()
    def _on_day_changed(self) -> None:
        self._fill_choice()
        self._on_choice_changed()

    def act(self) -> PaperRecord:
        """Issue it."""
        return issuing.issue(
            self._workspace,
            self._key,
            self._record_id,
            number=self._number(),
            dated=self.day_of("dated"),
            reserved_id=self.choice.currentData(),
            replaces_id=self._replaces.id if self._replaces is not None else None,
            reason=self.text_of("reason") if self._replaces is not None else "",
        )


def _first_day(uses: PaperRecord | None) -> date:
    return uses.dated if uses is not None and uses.dated is not None else date.today()


class ReserveDialog(_NumberDialog):
    """Keeps a number for a paper that is still to come."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, "Giữ số", "Giữ số", parent)
        HelpKey(self, "register")
        self.say("Số được giữ cho văn bản sắp ban hành; chưa dùng đến thì hủy số, số vẫn còn trong sổ.")
        self._series = self.say("", is_note=True)
        symbol = register.newest_symbol(workspace)
        self.ask_line("&Ký hiệu *", "symbol", "Ví dụ: BB-TTKC, KH-TTKC", value=symbol)
        self.ask_day("&Ngày văn bản *", "dated", date.today())
        self._ask_number()
        self.ask_line("&Tên loại và trích yếu", "subject", "Ví dụ: Biên bản họp tháng 5")
        self._on_series_changed()
        self.finish("symbol")
        for name in ("symbol", "dated"):
            self.fields[name].changed.connect(self._on_series_changed)

    @Slot()
    def _on_series_changed(self) -> None:
        symbol, year = clean_line(self.text_of("symbol")), self.day_of("dated").year
        if not symbol:
            self._series.setText("Ghi ký hiệu để xem số tiếp theo.")
            return
        series = register.series_for(self._workspace, symbol)
        self._series.setText(self._series_words(series, year))
        self.fields["number"].set_value(register.suggest(self._workspace, series, year))

    def act(self) -> PaperRecord:
        """Keep the number."""
        return register.reserve(
            self._workspace,
            symbol=self.text_of("symbol"),
            number=self._number(),
            dated=self.day_of("dated"),
            subject=self.text_of("subject"),
        )


class CancelDialog(_NumberDialog):
    """Asks why a number is cancelled."""

    def __init__(self, workspace: Workspace, paper: PaperRecord, parent: QWidget | None = None) -> None:
        super().__init__(workspace, f"Hủy số {paper.mark}", "Hủy số", parent)
        HelpKey(self, "issue")
        self._paper = paper
        self.say("Số đã hủy vẫn còn trong sổ với lý do và không dùng lại. Bản đã ban hành vẫn mở xem được.")
        self.ask_line("&Lý do hủy *", "reason", "Ví dụ: không ban hành nữa")
        self.finish("reason")

    def act(self) -> PaperRecord:
        """Cancel the number."""
        return register.cancel(self._workspace, self._paper.id, self.text_of("reason"))


class ReplaceEnteredDialog(_NumberDialog):
    """Enters the paper that replaces one made outside the program."""

    def __init__(self, workspace: Workspace, paper: PaperRecord, parent: QWidget | None = None) -> None:
        super().__init__(workspace, f"Thay thế văn bản số {paper.mark}", "Thay thế", parent)
        HelpKey(self, "issue")
        self._paper = paper
        self.say(f"Văn bản mới mang ký hiệu {paper.symbol}; bản cũ vẫn còn trong sổ, ghi là đã thay thế.")
        self._series = self.say("", is_note=True)
        self._ask_number()
        self.ask_day("&Ngày văn bản *", "dated", date.today())
        self.ask_line("&Tên loại và trích yếu *", "subject", value=paper.subject)
        self.ask_line("&Lý do thay thế *", "reason", "Ví dụ: sai tên đơn vị nhận")
        self._on_day_changed()
        self.finish("number")
        self.fields["dated"].changed.connect(self._on_day_changed)

    @Slot()
    def _on_day_changed(self) -> None:
        year = self.day_of("dated").year
        self._series.setText(self._series_words(self._paper.series, year))
        self.fields["number"].set_value(register.suggest(self._workspace, self._paper.series, year))

    def act(self) -> PaperRecord:
        """Enter what replaces it."""
        return register.replace_entered(
            self._workspace,
            self._paper.id,
            number=self._number(),
            dated=self.day_of("dated"),
            reason=self.text_of("reason"),
            subject=self.text_of("subject"),
        )


class PickPaperDialog(_NumberDialog):
    """Picks the paper to issue by kind and record; a number kept before may also be for one made elsewhere."""

    def __init__(self, workspace: Workspace, paper: PaperRecord | None, parent: QWidget | None = None) -> None:
        title = f"Dùng số {paper.mark}" if paper is not None else "Ban hành văn bản"
        super().__init__(workspace, title, "Tiếp tục", parent)
        HelpKey(self, "register")
        self._paper = paper
        self.key = _ENTERED
        self.record_id = 0
        if paper is None:
            self.say("Chọn giấy tờ lập từ chương trình; văn bản lập ở nơi khác thì bấm Thêm ở sổ.")
        else:
            self.say(f"Số giữ ngày {format_date(paper.dated) if paper.dated else '…'} cho: {paper.subject or '…'}.")
        self.kind = QComboBox(self)
        self.kind.setAccessibleName("Loại giấy tờ")
        self.kind.setMaxVisibleItems(20)
        if paper is not None:
            self.kind.addItem("Văn bản lập ở nơi khác", _ENTERED)
        for each in issuing.numbered_kinds():
            self.kind.addItem(each.name, each.key)
        self.add_row("&Loại giấy tờ", self.kind, self.kind)
        self._tables: dict[str, str] = {}
        for record in dict.fromkeys(each.record for each in issuing.numbered_kinds()):
            table = describe(lists.LISTS[record].cls).table
            self._tables[record] = table
            singular = lists.LISTS[record].singular
            field = Field(name=table, label=singular[:1].upper() + singular[1:], kind=Kind.LINK, target=table)
            self.ask(f"{field.label} *", LinkEdit(field, workspace, self))
        self.ask_line("&Tên loại và trích yếu *", "subject", value=paper.subject if paper is not None else "")
        self._on_kind_changed()
        self.finish("subject")
        self.kind.setFocus()
        self.kind.currentIndexChanged.connect(self._on_kind_changed)

    @Slot()
    def _on_kind_changed(self) -> None:
        key = str(self.kind.currentData())
        wanted = self._tables[_record_of(key)] if key else "subject"
        for name, editor in self.fields.items():
            self.show_row(editor, is_shown=name == wanted)
        self.adjustSize()

    def act(self) -> PaperRecord | None:
        """Enter the paper made elsewhere, or say which paper of the program it is for."""
        key = str(self.kind.currentData())
        if not key and self._paper is not None:
            return register.enter(self._workspace, dataclasses.replace(self._paper, subject=self.text_of("subject")))
        chosen = self.fields[self._tables[_record_of(key)]].value()
        if not isinstance(chosen, int):
            raise FieldError(self._tables[_record_of(key)], "Chưa chọn bản ghi để in.", "Gõ vài chữ để tìm, rồi chọn.")
        issuing.propose(self._workspace, key, chosen, _first_day(self._paper))
        self.key, self.record_id = key, chosen
        return self._paper


def _record_of(key: str) -> str:
    return next(each.record for each in issuing.numbered_kinds() if each.key == key)
