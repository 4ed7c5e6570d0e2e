"""Picture every tab, dialog and state of the real window over the sample file.

    python -m tests.ui.screens FOLDER

writes PNG files for a screen of 1366 x 768, and with the endings "-125", "-150" and "-200" for the smallest screens
people set to so many per cent: 1366 x 768, 1920 x 1080 and 1920 x 1080; with "-least" for 1366 x 768 at 200 %.
Look at them before a change to a screen lands; the README and the guide use them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from unittest import mock

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from kc_desktop.domain.meeting import Meeting, Task
from kc_desktop.domain.people import Person
from kc_desktop.services import (
    backup,
    issuing,
    register,
    update,
)
from kc_desktop.services.sample import write_sample
from kc_desktop.services.workspace import Workspace
from tests.services.installers import installer
from tests.ui import (
    chart_screens,
    draft_screens,
    filter_screens,
    find_screens,
    form_screens,
    import_screens,
    list_screens,
    meeting_screens,
    selection_screens,
)
from ui import text_size, theme
from ui.app import application
from ui.dialogs.batch import BatchDialog
from ui.dialogs.guide import GuideDialog
from ui.dialogs.issue import IssueDialog
from ui.dialogs.update import UpdateDialog
from ui.exporting import export_front
from ui.main_window import MainWindow
from ui.tabs.funding import FundingTab
from ui.tabs.group import GroupTab
from ui.tabs.network import AppointmentsTab
from ui.tabs.overview import OverviewTab
from ui.tabs.programmes import ProgrammeTab
from ui.tabs.projects import DOSSIER, ESTIMATE, MONEY, WORK, ProjectTab
from ui.tabs.record_tab import RecordTab
from ui.tabs.register import RegisterTab
from ui.tabs.remuneration import RemunerationTab
from ui.view_state import ViewState
from ui.widgets.value_editors import DateEdit

_SETTLE_MS = 250
_ESTIMATE_BLOCK = (
    "TT\tNội dung chi\tĐVT\tSố lượng\tĐơn giá (triệu đồng)\tThành tiền\tKhuyến công hỗ trợ\n"
    "I\tMáy móc\t\t\t\t500\n1\tMáy chính\tmáy\t1\t450\t450\t180\n2\tMáy phụ\tbộ\t2,5\t20\t51\t20\n"
    "\tTổng cộng\t\t\t\t500\t200\n"
)
_SCREENS = (
    ("", "1", (1366, 728)),
    ("-125", "1.25", (1092, 574)),
    ("-150", "1.5", (1280, 680)),
    ("-200", "2", (960, 500)),
    ("-least", "2", (683, 312)),
)
"""Ending, scale factor and the window's size in logical pixels, the title bar and the task bar taken off."""


class Photographer:
    """Drives the window and keeps what it shows."""

    def __init__(self, folder: Path, ending: str, size: tuple[int, int]) -> None:
        self._folder, self._ending = folder, ending
        self._work = tempfile.TemporaryDirectory()
        self.sample = Path(self._work.name) / "Dữ liệu mẫu.kcdb"
        write_sample(self.sample)
        self.window = MainWindow(ViewState(Path(self._work.name) / "window.ini"))
        self.window.resize(*size)

    def run(self) -> None:
        """Take all pictures."""
        self.window.begin(None)
        self.window.show()
        self.window.state.remember_file(self.sample)
        self.window.close_file()
        self.keep("start")
        self.window.open_file(self.sample)
        self._tabs()
        self._forms()
        draft_screens.photograph(self)
        filter_screens.photograph(self, self.part(1, "projects"))
        meeting_screens.photograph(self)
        self._network()
        self._pay()
        self._dialogs()
        self._looks()
        find_screens.photograph(self)
        chart_screens.photograph(self)
        self._empty_file()
        self._notices()
        for tab in self.window.pages.built():
            tab.cancel()
        self.window.close()

    def keep(self, name: str, widget: QWidget | None = None) -> None:
        """Wait until the window has settled, then keep what it shows."""
        _settle()
        while self.window.files.jobs().is_busy():
            QCoreApplication.processEvents()
        chart_screens.wait_for_charts(self.window)
        shown = widget or self.window
        shown.grab().save(str(self._folder / f"{name}{self._ending}.png"))

    def tab(self, index: int) -> QWidget:
        """Bring a tab to the front."""
        self.window.pages.setCurrentIndex(index)
        tab = self.window.pages.current()
        assert tab is not None
        return tab

    def part(self, index: int, key: str) -> RecordTab:
        """Bring a list of a tab to the front."""
        group = self.tab(index)
        assert isinstance(group, GroupTab)
        part = group.show_part(key)
        _settle()
        return part

    def modal(self, name: str, open_it: Callable[[], object]) -> None:
        """Open a modal dialog, keep it and close it."""

        def take() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(20, take)
                return
            self.keep(name, dialog)
            dialog.close()
            if dialog.isVisible():
                dialog.hide()

        QTimer.singleShot(0, take)
        open_it()

    def _tabs(self) -> None:
        for index, name in enumerate(("overview", "programmes", "funding", "collaborators", "meetings")):
            self.tab(index)
            self.keep(name)
        funding = self.tab(2)
        assert isinstance(funding, FundingTab)
        for part in ("balance", "months", "statements"):
            funding.show_part(part)
            self.keep(f"funding-{part}")
        funding.show_part("ledger")
        self.modal("lock", funding.quarters.buttons[0].click)
        projects = self.part(1, "projects")
        self.keep("projects")
        list_screens.photograph(self, projects)
        selection_screens.photograph(self, projects)
        self.part(3, "people")
        self.keep("people")
        self.window.open_catalogue("establishments")
        self.keep("establishments")
        self.window.pages.close_current()
        self.window.open_catalogue("law")
        law = self.window.pages.current()
        assert isinstance(law, GroupTab)
        for key in law.list_keys():
            law.show_part(key)
            self.keep(f"law-{key}")
        self.window.pages.close_current()
        self.window.open_catalogue("admin-units")
        self.keep("admin-units")
        self.window.pages.close_current()
        self._register()
        self._to_do()

    def _pay(self) -> None:
        pay = self.part(3, "remuneration-lists")
        assert isinstance(pay, RemunerationTab)
        self.keep("remuneration")
        pay.new()
        self.keep("remuneration-make", QApplication.activeModalWidget())
        pay.cancel()
        self.modal("remuneration-book", pay.book_button.click)
        self.modal("purpose", pay.accounts_button.click)
        self.window.actions_.disclosures.trigger()
        self.keep("disclosures")
        self.window.pages.close_current()

    def _to_do(self) -> None:
        workspace = self.window.workspace
        assert workspace is not None
        today = date.today()
        for days, title in (
            (-12, "Họp giao ban"),
            (4, "Hội nghị tổng kết công tác khuyến công"),
            (20, "Họp thẩm định"),
        ):
            meeting = workspace.save(Meeting(title=title, held_on=today + timedelta(days=days)))
            workspace.save(Task(meeting_id=meeting.id, body="Rà soát danh sách cơ sở", due_on=today))
        self.window.refresh()
        tab = self.tab(0)
        assert isinstance(tab, OverviewTab)
        while tab.to_do is None or not tab.to_do.view.isVisible():
            QCoreApplication.processEvents()
        self.keep("overview-to-do")
        for _ in range(6):
            self.window.undo()

    def _register(self) -> None:
        workspace = self.window.workspace
        assert workspace is not None
        day = date(2023, 4, 14)
        issued = issuing.issue(workspace, "meeting-minutes", 1, number=1, dated=day)
        held = register.reserve(workspace, symbol=issued.symbol, number=3, dated=day, subject="Biên bản họp tháng 5")
        self.window.refresh()
        self.window.open_catalogue("register")
        tab = self.window.pages.current()
        assert isinstance(tab, RegisterTab)
        tab.open_record("register", issued.id)
        self.keep("register")
        self.modal("register-reserve", tab.reserve_button.click)
        self.modal("register-cancel", tab.register_form.standing.cancel_button.click)
        self.modal("register-copy", tab.register_form.standing.copy_button.click)
        tab.open_record("register", held.id)
        self.modal("register-use", tab.register_form.standing.use_button.click)
        tab.new()
        self.keep("register-new")
        tab.cancel()
        self.modal("issue", IssueDialog(workspace, "annual-plan", 1, tab).exec)
        self.window.pages.close_current()

    def _forms(self) -> None:
        tab = self.part(1, "projects")
        assert isinstance(tab, ProjectTab)
        tab.panel.table.selectRow(1)
        for name, page in (("money", MONEY), ("dossier", DOSSIER), ("work", WORK)):
            tab.form.show_page(page)
            self.keep(f"project-{name}")
        self.modal("project-step", tab.life.next_button.click)
        tab.form.show_page("Đề án")
        tab.edit()
        self.keep("project-edit")
        tab.form.show_page(ESTIMATE)
        tab.estimate.view.setFocus()
        self.keep("project-estimate")
        QApplication.clipboard().setText(_ESTIMATE_BLOCK)
        self.modal("paste-rows", tab.estimate.paste_button.click)
        tab.cancel()
        tab.new()
        tab.form.show_page(MONEY)
        line = tab.form.editor("requested_vnd").control()
        line.setFocus()
        QTest.keyClicks(line, "1.5 ty")
        tab.save()
        self.keep("project-problems")
        tab.form.show_page("Đề án")
        link = tab.form.editor("programme_id").control()
        link.setFocus()
        QTest.keyClicks(link, "chuong trinh")
        self.keep("suggestions")
        QTest.keyClick(link, Qt.Key.Key_Escape)
        link.setProperty("text", "")
        tab.cancel()
        menu = self._popup(tab.print_)
        self.keep("papers-menu", menu)
        if menu is not None:
            menu.close()
        tab.panel.focus_search()
        QTest.keyClicks(tab.panel.search, "khong co")
        self.keep("nothing-found")
        tab.panel.search.clear()
        self._calendar(tab)

    def _network(self) -> None:
        tab = self.part(3, "appointments")
        assert isinstance(tab, AppointmentsTab)
        self.keep("appointments")
        self.modal("reappoint", tab.renew_button.click)
        for key in ("uncovered", "reports", "leads", "evaluations"):
            self.part(3, key)
            self.keep(key)

    def _calendar(self, tab: RecordTab) -> None:
        tab.edit()
        editor = tab.form.editor("starts_on")
        assert isinstance(editor, DateEdit)
        editor.set_value(date(2023, 4, 13))
        editor.open_calendar()
        self.keep("calendar", editor._popup)
        if editor._popup is not None:
            editor._popup.close()
        tab.cancel()

    def _popup(self, open_it: Callable[[], object]) -> QMenu | None:
        open_it()
        _settle()
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QMenu) else None

    def _dialogs(self) -> None:
        workspace = self.window.workspace
        assert workspace is not None
        kept = workspace.save(Person(name="Đại biểu 99", post="Chuyên viên"))
        people = self.part(3, "people")
        people.reload()
        people.open_record("people", kept.id)
        people.remove()
        self.keep("deleted")
        self.modal("recycle-bin", self.window.actions_.bin.trigger)
        workspace.undo()
        self.window.refresh()
        people.open_record("people", kept.id)
        self.modal("history", self.window.actions_.history.trigger)
        self.modal("office", self.window.actions_.office.trigger)
        self.modal("first-steps", self.window.actions_.first_steps.trigger)
        self.modal("about", self.window.actions_.about.trigger)
        self.modal("for-each", partial(BatchDialog.show_batch, self.window, workspace, "invitation", 1))
        self._export()
        import_screens.photograph(self, Path(self._work.name))
        form_screens.photograph(self, Path(self._work.name))
        self._guide()
        self._backups(workspace)
        programmes = self.part(1, "programmes")
        assert isinstance(programmes, ProgrammeTab)
        self.modal("results", programmes.results_button.click)
        funding = self.tab(2)
        assert isinstance(funding, RecordTab)
        self.modal("reverse", funding.reverse_button.click)  # type: ignore[attr-defined]  # the ledger's tab
        people = self.part(3, "people")
        people.edit()
        people.form.editor("post").edited.emit()
        self.modal("unsaved", self.window.may_leave)
        people.cancel()

    def _export(self) -> None:
        self.part(1, "projects")
        target = str(Path(self._work.name) / "Đề án 2023.xlsx")
        with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(target, "")):
            dialog = export_front(self.window, self.window.files.jobs())
        assert dialog is not None
        self.keep("export", dialog)
        dialog.close()

    def _backups(self, workspace: Workspace) -> None:
        long_ago = datetime.now().astimezone() - timedelta(days=9)
        backup.back_up(workspace.path, clock=lambda: long_ago)
        workspace.save(Person(name="Đại biểu 98"))
        self.modal("backup", self.window.actions_.back_up.trigger)
        self.tab(0)
        self.keep("backup-late")
        self.modal("restore", self.window.actions_.restore.trigger)
        newer = update.judge(installer(Path(self._work.name), with_sum=False))
        self.modal("update", partial(UpdateDialog.choose, self.window.files.jobs(), self.window, newer))

    def _guide(self) -> None:
        for name in ("bat-dau", "de-an", "it", "phim-tat"):
            self.window.files.open_guide(name)
            (guide,) = self.window.findChildren(GuideDialog)
            self.keep(f"guide-{name}", guide)
        guide.close()

    def _notices(self) -> None:
        folder = Path(self._work.name) / "OneDrive - Sở Công Thương"
        folder.mkdir()
        self.window.show_workspace(Workspace.create(folder / "Khuyến công.kcdb"))
        self.window.files.show_notices()
        self.keep("notice")

    def _looks(self) -> None:
        for action in self.window.actions_.looks.actions():
            if action.data() in (theme.Look.DARK, theme.Look.CONTRAST):
                action.trigger()
                self.tab(0)
                self.keep(f"overview-{action.data()}")
                self.part(1, "projects").edit()
                self.keep(f"project-{action.data()}")
                self.part(1, "projects").cancel()
        self.window.actions_.looks.actions()[1].trigger()
        text_size.choose(self.window, theme.TextSize.HUGE)
        _settle()
        for index, name in enumerate(("overview", "programmes", "funding", "collaborators", "meetings")):
            self.tab(index)
            self.keep(f"{name}-large")
        text_size.choose(self.window, theme.TextSize.MEDIUM)
        _settle()

    def _empty_file(self) -> None:
        self.window.show_workspace(Workspace.create(Path(self._work.name) / "Mới.kcdb"))
        self.tab(0)
        self.keep("new-file-overview")
        self.tab(1)
        self.keep("new-file-programmes")
        self.tab(4)
        self.keep("new-file-meetings")


def _settle() -> None:
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < _SETTLE_MS:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def main(arguments: list[str]) -> int:
    """Take the pictures of one screen, or of all in processes of their own."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    if len(arguments) == 1:
        for ending, scale, _size in _SCREENS:
            environment = {**os.environ, "QT_SCALE_FACTOR": scale}
            subprocess.run(
                [sys.executable, "-m", "tests.ui.screens", str(folder), ending or "."], check=True, env=environment
            )
        return 0
    ending = arguments[1].strip(".")
    size = next(size for each, _scale, size in _SCREENS if each == ending)
    app = application()
    theme.apply(app, theme.Look.LIGHT)
    Photographer(folder, ending, size).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
