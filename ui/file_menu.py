"""What the menus Tệp, Công cụ and Trợ giúp do: questions and short separate tasks around the open file."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from kc_desktop import paths
from kc_desktop.errors import KnownError
from ui.errors import show_known

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from kc_desktop.services.workspace import Workspace
    from ui.backups import Backups
    from ui.dialogs.guide import GuideDialog
    from ui.jobs import Job, JobRunner
    from ui.main_window import MainWindow
    from ui.notices import Notices
    from ui.updates import Updates

SUFFIX = ".kcdb"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
"""What may be dropped on the window to be imported."""
_FILTER = f"Tệp dữ liệu khuyến công (*{SUFFIX})"
_PATIENCE_MS = 10_000
"""How long the last backup may take when the program ends; the installer waits twice as long."""

_HELP_ON = {
    "place": ("bat-dau", "de-tep-du-lieu-o-dau"),
    "clock": ("bat-dau", "dong-ho-cua-may"),
    "rights": ("it", "nhieu-nguoi-nhieu-may"),
}
"""Where the guide tells more of a caution: page and heading."""


class FileMenu(QObject):
    """Carries out the commands of the window that need a question or a dialog."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._jobs: JobRunner | None = None
        self._backups: Backups | None = None
        self._updates: Updates | None = None
        self._guide: GuideDialog | None = None
        self._notices: Notices | None = None
        self._dropped: Path | None = None

    # files

    @Slot()
    def create(self) -> None:
        """Ask where, make a new data file there and lead through its first steps."""
        if not self._window.may_leave():
            return
        path = self._ask_where()
        if path is None:
            return
        from kc_desktop.services.workspace import Workspace

        try:
            made = Workspace.create(path)
        except KnownError as error:
            self.tell(error, "Chưa tạo được tệp")
            return
        self._window.show_workspace(made)
        self.show_first_steps()

    @Slot()
    def open(self) -> None:
        """Ask which file and open it."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Mở tệp dữ liệu", str(self._folder()), _FILTER)
        if chosen:
            self._remember_folder(Path(chosen))
            self._window.open_file(Path(chosen))

    @Slot()
    def sample(self) -> None:
        """Open the sample data, written the first time into a folder of the program's own."""
        if not self._window.may_leave():
            return
        path = paths.sample_file()
        try:
            if not path.exists():
                from kc_desktop.services.sample import write_sample

                write_sample(path)
        except KnownError as error:
            self.tell(error, "Chưa tạo được dữ liệu mẫu")
            return
        self._window.open_file(path)

    def tell(self, error: KnownError, title: str) -> None:
        """Tell a known error with its remedy."""
        show_known(self._window, error, title)

    def ask_about_unsaved(self) -> str:
        """Ask what to do with unsaved text: "save", "drop" or "stay"."""
        from ui.dialogs.help_key import HelpKey

        box = QMessageBox(self._window)
        HelpKey(box, "unsaved")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Chưa lưu")
        box.setText("Có phần đang sửa chưa lưu.")
        box.setInformativeText("Lưu lại trước khi rời đi?")
        save = box.addButton("Lưu", QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton("Không lưu", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("Ở lại", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        box.exec()
        return {save: "save", drop: "drop"}.get(box.clickedButton(), "stay")  # type: ignore[call-overload,no-any-return]  # buttons are widgets

    def bring_up_to_date(self, path: Path) -> Path | None:
        """Back up and upgrade an older file on the worker thread; return the backup. Raises KnownError."""
        from kc_desktop.services.workspace import Workspace
        from ui.dialogs.backup_wait import WaitDialog

        def work(_job: Job) -> Path | None:
            opened = Workspace.open(path)
            opened.close()
            return opened.upgrade_backup

        kept: Path | None = WaitDialog.wait(
            self.jobs(), f"Đang sao lưu rồi nâng cấp dữ liệu của {path.name}…", work, self._window
        )
        return kept

    # backups

    @Slot()
    def look_after_backups(self) -> None:
        """Look at the backups of the open file, and make today's when it is due."""
        self.backups().look()

    @Slot()
    def back_up(self) -> None:
        """Show the last backup and offer one more."""
        self.backups().show_dialog()

    @Slot()
    def restore(self) -> None:
        """Put a backup in the place of the open file."""
        self.backups().restore()

    def leave(self, workspace: Workspace) -> None:
        """Make today's backup of a file that is being left, when it is due."""
        self.backups().leave(workspace)

    def backups(self) -> Backups:
        """Return who looks after the backups, made on first use."""
        from ui.backups import Backups

        if self._backups is None:
            self._backups = Backups(self._window, self.jobs())
        return self._backups

    # updates

    @Slot()
    def look_for_updates(self) -> None:
        """Tell once what an update brought, and look for a newer version on the sticks."""
        self.updates().look()

    @Slot()
    def update(self) -> None:
        """Ask for a newer version's installer and hand over to it."""
        self.updates().run()

    @Slot()
    def show_news(self) -> None:
        """Show what the present version brought."""
        self.updates().show_news()

    def updates(self) -> Updates:
        """Return who looks after updates, made on first use."""
        from ui.updates import Updates

        if self._updates is None:
            self._updates = Updates(self._window, self.jobs())
        return self._updates

    def jobs(self) -> JobRunner:
        """Return the runner of what takes long, made on first use."""
        from ui.jobs import JobRunner

        if self._jobs is None:
            self._jobs = JobRunner(self)
        return self._jobs

    # tasks

    @Slot()
    def show_history(self) -> None:
        """Show what happened to the record in front."""
        tab = self._window.pages.current()
        current = tab.current_record() if tab is not None else None
        if current is not None and self._window.workspace is not None:
            from ui.dialogs.history import HistoryDialog

            HistoryDialog(self._window.workspace, *current, self._window).exec()

    @Slot()
    def show_bin(self) -> None:
        """Show what was deleted and can come back."""
        if self._window.workspace is not None:
            from ui.dialogs.recycle_bin import RecycleBinDialog

            dialog = RecycleBinDialog(self._window.workspace, self._window)
            dialog.restored.connect(self._on_everything_changed)
            dialog.exec()

    @Slot()
    def show_office(self) -> None:
        """Show the form of the office."""
        if self._window.workspace is not None:
            from ui.dialogs.office import OfficeDialog

            dialog = OfficeDialog(self._window.workspace, self._window, state=self._window.state)
            dialog.saved.connect(self._on_everything_changed)
            dialog.exec()

    @Slot()
    def show_first_steps(self) -> None:
        """Lead through what a new file needs first."""
        if self._window.workspace is not None:
            from ui.dialogs.first_steps import FirstStepsDialog

            dialog = FirstStepsDialog(self._window.workspace, self._window)
            dialog.yearChosen.connect(self._window.choose_year)
            dialog.finished.connect(self._on_everything_changed)
            dialog.importWanted.connect(self.import_, Qt.ConnectionType.QueuedConnection)
            dialog.exec()

    @Slot()
    def open_next_year(self) -> None:
        """Carry a year's programmes, projects and money into the next."""
        workspace = self._window.workspace
        if workspace is None or not self._window.may_leave():
            return
        from kc_desktop.services import lists
        from ui.dialogs.roll_forward import RollForwardDialog

        year = self._window.year() or next(iter(lists.years(workspace)), date.today().year)
        dialog = RollForwardDialog(workspace, year, self._window)
        dialog.opened.connect(self._on_year_opened)
        dialog.exec()

    @Slot()
    def export_calendar(self) -> None:
        """Write the meetings and the days by which something must be done into a calendar file."""
        workspace = self._window.workspace
        if workspace is None:
            return
        from kc_desktop.services import calendars, papers

        start = str(self._folder() / calendars.suggested_name(date.today()))
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Xuất lịch", start, "Tệp lịch (*.ics)")
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".ics") else f"{chosen}.ics")
        try:
            papers.write(path, calendars.export(workspace, date.today()))
        except KnownError as error:
            self.tell(error, "Chưa xuất được lịch")
            return
        self._remember_folder(path)
        self._window.status.tell(f"Đã xuất lịch ra {path}.")

    @Slot()
    def import_(self) -> None:
        """Bring a workbook of the office into the file."""
        from ui.importing import begin_import

        begin_import(self._window, self.jobs())

    def dropped_workbook(self, data: QMimeData) -> Path | None:
        """Return the one workbook that is being dropped on the window, None for anything else."""
        dropped = [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]
        is_one = self._window.workspace is not None and len(dropped) == 1
        return dropped[0] if is_one and dropped[0].suffix.lower() in WORKBOOKS else None

    def import_dropped(self, data: QMimeData) -> None:
        """Import a dropped workbook, once whoever dropped it has been answered."""
        self._dropped = self.dropped_workbook(data)
        QTimer.singleShot(0, self, self._on_dropped)

    @Slot()
    def export(self) -> None:
        """Write the list or the figures in front to a workbook."""
        from ui.exporting import export_front

        export_front(self._window, self.jobs())

    @Slot()
    def export_all(self) -> None:
        """Write all the file holds into workbooks, one for each area."""
        from ui.exporting import export_everything

        export_everything(self._window, self.jobs())

    @Slot(int)
    def _on_year_opened(self, year: int) -> None:
        self._window.refresh()
        self._window.choose_year(year)
        self._window.status.offer_undo(f"Đã mở kế hoạch năm {year}.")

    @Slot()
    def check(self) -> None:
        """Check the data file on a worker thread."""
        from ui.file_check import FileCheck

        if self._window.workspace is not None:
            FileCheck(self._window, self.jobs()).run(self._window.workspace.path)

    @Slot()
    def show_about(self) -> None:
        """Say what this program is."""
        from kc_desktop import __version__
        from ui.dialogs.notes import NotesDialog

        words = (
            "Quản lý khuyến công: chương trình, đề án, kinh phí, cộng tác viên, cuộc họp và văn bản theo "
            "Nghị định 30/2020/NĐ-CP. Chạy trên máy của đơn vị, không gửi dữ liệu đi đâu."
        )
        NotesDialog(f"KC Desktop {__version__}", words, parent=self._window).exec()

    @Slot()
    def show_guide(self) -> None:
        """Open the guide where it tells of the screen in front."""
        from kc_desktop.services.guide import START_SCREEN, place_for

        is_open = self._window.workspace is not None
        place = place_for(*(self._window.pages.screens_in_front() if is_open else (START_SCREEN,)))
        self.open_guide(place.page.name, place.anchor)

    @Slot()
    def show_keys(self) -> None:
        """Open the guide at the keys."""
        self.open_guide("phim-tat")

    @Slot()
    def show_page_for_it_staff(self) -> None:
        """Open the guide at what IT staff need to know."""
        self.open_guide("it")

    def open_guide(self, page: str, anchor: str = "") -> None:
        """Open the guide beside the window, or bring it to the front, at a page and one of its headings."""
        from ui.dialogs.guide import GuideDialog

        if self._guide is None:
            self._guide = GuideDialog(self._window)
        self._guide.show()  # first: a heading has its place only in a page that has its width
        self._guide.show_page(page, anchor)
        self._guide.raise_()
        self._guide.activateWindow()

    # notices

    @Slot()
    def show_notices(self) -> None:
        """Say over the tabs what around the open file deserves a word; nothing where there is no file."""
        from ui.notices import Notices

        if self._notices is None:
            self._notices = Notices(self._window.state, self._window)
            self._notices.helpWanted.connect(self._on_help_wanted)
            self._window.put_on_top(self._notices)
        with contextlib.suppress(KnownError):  # a file that is gone already is told by whoever reads it next
            self._notices.show_for(self._window.workspace)
        self._tell_of_drafts()

    def _tell_of_drafts(self) -> None:
        """Say once that something typed was never saved; the forms themselves offer it."""
        workspace = self._window.workspace
        if workspace is not None and not workspace.is_read_only:
            from ui.drafts import Drafts

            waiting = Drafts(self._window.state, workspace.path).forms_waiting()
            if waiting:
                self._window.status.tell(f"Có phần gõ dở lần trước chưa lưu ({waiting}): mở ra để khôi phục hoặc bỏ.")

    def hide_notices(self) -> None:
        """Take what was said about a file away with it."""
        if self._notices is not None:
            self._notices.show_for(None)

    def close(self) -> None:
        """Do what waits, within reason, and close what stands beside the window."""
        if self._jobs is not None:
            self._jobs.finish(_PATIENCE_MS)
        if self._guide is not None:
            self._guide.close()

    # slots

    @Slot()
    def _on_dropped(self) -> None:
        from ui.importing import begin_import

        if self._dropped is not None:
            begin_import(self._window, self.jobs(), self._dropped)

    @Slot()
    def _on_everything_changed(self) -> None:
        self._window.refresh()

    @Slot(str)
    def _on_help_wanted(self, caution: str) -> None:
        self.open_guide(*_HELP_ON[caution])

    # private

    def _ask_where(self) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            "Tạo tệp mới",
            str(self._folder_for_a_new_file() / f"Khuyến công{SUFFIX}"),
            _FILTER,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not chosen:
            return None
        path = Path(chosen if chosen.lower().endswith(SUFFIX) else f"{chosen}{SUFFIX}")
        self._remember_folder(path)
        return path

    def _folder(self) -> Path:
        remembered = self._window.state.text("files/folder")
        folder = Path(remembered) if remembered else paths.documents_folder()
        return folder if folder.is_dir() else paths.documents_folder()

    def _folder_for_a_new_file(self) -> Path:
        """Return the folder used last, unless a data file is not safe there."""
        from kc_desktop.services.surroundings import caution_of_place

        folder = self._folder()
        return folder if caution_of_place(folder / SUFFIX) is None else paths.documents_folder()

    def _remember_folder(self, path: Path) -> None:
        self._window.state.put("files/folder", str(path.parent))
