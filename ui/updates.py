"""Updating from a stick: told of quietly, asked for, handed over to; and what the last update brought, once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from kc_desktop import __version__
from kc_desktop.errors import KnownError
from kc_desktop.services import backup, update
from ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_LAST_VERSION = "program/version"


class Updates(QObject):
    """Looks out for a newer version and for what is to be told of the present one."""

    def __init__(self, window: MainWindow, jobs: JobRunner) -> None:
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self._found: update.Installer | None = None

    # by itself

    def look(self) -> None:
        """Tell once what an update brought; look for a newer version on the sticks, on the worker thread."""
        self._tell_news()
        if update.can_update():
            self._jobs.submit("Tìm bản mới trên USB", _find).succeeded.connect(self._on_found)

    def _tell_news(self) -> None:
        state = self._window.state
        before = state.text(_LAST_VERSION)
        state.put(_LAST_VERSION, __version__)
        if before and update.is_newer(__version__, before):
            self._jobs.submit("Dọn tệp cài", _remove_copies)
            news = update.news_since(before)
            if news:
                self._show(news)

    # asked for

    def show_news(self) -> None:
        """Show what the present version brought."""
        self._show(tuple(each for each in update.news_since("0") if each.version == __version__))

    def run(self) -> None:
        """Ask which installer; back up, hand over to it and close."""
        from ui.dialogs.update import UpdateDialog

        chosen = UpdateDialog.choose(self._jobs, self._window, self._found)
        if chosen is None or not self._window.may_leave():
            return
        try:
            self._hand_over(chosen)
        except KnownError as error:
            self._window.files.tell(error, "Chưa cập nhật được")
            return
        self._window.close()

    def _hand_over(self, chosen: update.Installer) -> None:
        from ui.dialogs.backup_wait import WaitDialog

        path = self._file_to_keep()

        def work(_job: Job) -> None:
            if path is not None:
                backup.back_up(path, backup.Reason.PROGRAM_UPDATE)
            update.hand_over(chosen)

        WaitDialog.wait(self._jobs, "Đang sao lưu và chuẩn bị cài bản mới…", work, self._window)

    def _file_to_keep(self) -> Path | None:
        workspace = self._window.workspace
        return workspace.path if workspace is not None and backup.is_worth_keeping(workspace) else None

    def _show(self, news: tuple[update.News, ...]) -> None:
        from ui.dialogs.update import NewsDialog

        dialog = NewsDialog(news, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()  # beside the work: nobody asked for it

    @Slot(object)
    def _on_found(self, found: update.Installer | None) -> None:
        self._found = found
        if found is not None:
            self._window.status.tell(
                f"Có bản {found.version} trên {found.path.anchor}: chọn Công cụ, Cập nhật chương trình."
            )


def _find(_job: Job) -> update.Installer | None:
    return update.find()


def _remove_copies(_job: Job) -> None:
    update.remove_copies()
