"""The words of a report being written: kept as the forms' are, and offered when the report is written again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QDialog

from kc_desktop.domain.fields import describe
from kc_desktop.domain.report_text import REPORT_SECTIONS, ReportText
from kc_desktop.services.report_texts import Draft
from ui.drafts import AT, DELAY_MS, Drafts, when_typed
from ui.widgets.draft_bar import DraftBar


class ReportDrafts(QObject):
    """Keeps the sections that differ from those kept in the file; gone once they are saved or dropped."""

    def __init__(
        self,
        dialog: QDialog,
        drafts: Drafts,
        given: Draft,
        texts: Callable[[], Mapping[str, str]],
        put: Callable[[Mapping[str, str]], None],
    ) -> None:
        """`texts` gives what stands in the sections, `put` writes into some of them."""
        super().__init__(dialog)
        self._drafts, self._given, self._texts, self._put = drafts, given, texts, put
        self._owner = f"{describe(ReportText).table}-{given.year}-{given.period.code}"
        self._name = ""
        self._offered = ""
        self.bar = DraftBar(dialog)
        self.bar.restoreWanted.connect(self._on_restore_wanted)
        self.bar.dropWanted.connect(self._on_drop_wanted)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(DELAY_MS)
        self._rest.timeout.connect(self.keep)
        dialog.finished.connect(self._on_dialog_finished)
        self._offer()

    @Slot()
    def touched(self) -> None:
        """Something was typed: keep it after a moment without a key."""
        self._rest.start()

    @Slot()
    def keep(self) -> None:
        """Keep what differs by now."""
        self._rest.stop()
        kept = self._given.texts
        changed = {code: text for code, text in self._texts().items() if text.strip() != kept.get(code, "")}
        if not changed and not self._name:
            return
        self._name = self._name or self._drafts.free_name(self._owner)
        at = {AT: datetime.now().isoformat(timespec="minutes")} if changed else {}
        self._drafts.keep(self._owner, self._name, changed | at)

    def _offer(self) -> None:
        waiting = {
            name: self._drafts.kept(owner, name)
            for owner, name in self._drafts.all()
            if owner == self._owner and name != self._name
        }
        self._offered = max(waiting, key=lambda name: waiting[name].get(AT, ""), default="")
        if self._offered:
            draft = waiting[self._offered]
            labels = [label for code, label in REPORT_SECTIONS if code in draft]
            words = f"Có bản đang gõ dở{when_typed(draft.get(AT, ''))}, chưa lưu. Khác: {', '.join(labels)}."
            self.bar.offer(words, "\n".join(draft[code] for code, _ in REPORT_SECTIONS if code in draft), opens=False)
        self.bar.setVisible(bool(self._offered))

    @Slot()
    def _on_restore_wanted(self) -> None:
        self.keep()  # what was typed here until now is offered next
        draft = self._drafts.kept(self._owner, self._offered)
        self._name = self._offered
        self._put({**self._given.texts, **{code: draft[code] for code, _ in REPORT_SECTIONS if code in draft}})
        self._offer()

    @Slot()
    def _on_drop_wanted(self) -> None:
        self._drafts.keep(self._owner, self._offered, {})
        self._offer()

    @Slot()
    def _on_dialog_finished(self) -> None:
        self._rest.stop()
        if self._name:
            self._drafts.keep(self._owner, self._name, {})
