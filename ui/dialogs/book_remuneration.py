"""Ghi sổ bảng thù lao: where the money of a payment list comes from, the day and the document."""

from __future__ import annotations

import dataclasses
from datetime import date

from PySide6.QtWidgets import QWidget

from kc_desktop.domain.fields import describe
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_vnd, in_words
from kc_desktop.domain.network import RemunerationList
from kc_desktop.errors import KnownError
from kc_desktop.services import remuneration
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import DateEdit, Editor, editor_for

_GOES_TO = (("&Kế hoạch năm *", "plan_id"), ("Chương &trình", "programme_id"), ("Đề á&n", "project_id"))


class BookDialog(AskDialog):
    """Says where the money goes out from, asks day and document, and books the list as one FundEntry."""

    def __init__(
        self, workspace: Workspace, listed: RemunerationList, year: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__("Ghi sổ bảng thù lao", "Ghi sổ", parent)
        HelpKey(self, "remuneration-lists")
        self._workspace, self._listed = workspace, listed
        total = remuneration.total_vnd(workspace, listed.id)
        self.say(
            f"Chi {format_vnd(total)} đồng ({in_words(total)}) cho {remuneration.named(listed)}. Một bút toán "
            "Thanh toán được ghi vào sổ kinh phí; bảng khóa lại. Ghi sai thì đảo bút toán ở thẻ Kinh phí."
        )
        for words, name in _GOES_TO:
            self.ask(words, self._kept(name, required=words.endswith("*")))
        self.day = DateEdit(dataclasses.replace(describe(RemunerationList).field("paid_on"), required=True), self)
        self.day.working_year = year
        self.day.set_value(date.today())
        self.ask("N&gày chi *", self.day, "happened_on")
        self.ask("&Số chứng từ", self._kept("document"))
        self.finish("document")
        refused = remuneration.refusals(workspace, listed.id)
        if refused:
            self.ok_button.setEnabled(False)
            self.tell(KnownError(" ".join(refused[: remuneration.TOLD]), ""))

    def _kept(self, name: str, *, required: bool = False) -> Editor:
        field = dataclasses.replace(describe(RemunerationList).field(name), required=required)
        editor = editor_for(field, self._workspace, self)
        editor.set_value(getattr(self._listed, name))
        return editor

    def act(self) -> FundEntry:
        """Book the list."""
        numbers = {name: self.fields[name].value() for _, name in _GOES_TO}
        goes_to = {name: value if isinstance(value, int) else None for name, value in numbers.items()}
        day, document = self.day_of("happened_on"), self.text_of("document")
        return remuneration.book(self._workspace, self._listed.id, on=day, document=document, goes_to=goes_to)
