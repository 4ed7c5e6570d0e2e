"""Draw the pictures of the README and the guide anew from the sample: `python3 tests/setup.py pictures`.

The window is drawn by Qt on whatever display there is (setup.py brings one), the page by PDFium from the very PDF the
program writes. Pictures are kept small: the guide is part of the installer.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2

from kc_desktop.services import papers
from kc_desktop.services.sample import write_sample
from kc_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.main_window import MainWindow

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "help" / "pictures"
_README_SIZE = 1366, 768
_GUIDE_SIZE = 1240, 690
_PAGE_DPI = 80
_COLOURS = 48
"""Enough for a window of few colours with smooth letters; a third of the bytes of a full one."""
_TURNS = 20
_YEAR = 2023


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the window: its file, and what is done to come there; what that returns is drawn, else all of it."""

    name: str
    go: Callable[[MainWindow], QWidget | None]
    size: tuple[int, int] = _GUIDE_SIZE


def _group(window: MainWindow, tab: str, part: str) -> Any:
    front = window.pages.tab_for(tab)
    return front.show_part(part)  # type: ignore[attr-defined]  # tabs of parts only


def _overview(window: MainWindow) -> None:
    window.pages.setCurrentIndex(0)


def _project(window: MainWindow) -> None:
    _group(window, "projects", "projects").panel.select_first()


def _project_money(window: MainWindow) -> None:
    from ui.tabs.projects import MONEY

    tab = _group(window, "projects", "projects")
    tab.panel.table.selectRow(1)
    tab.form.show_page(MONEY)


def _funding(window: MainWindow) -> None:
    window.pages.tab_for("fund-entries")


def _collaborators(window: MainWindow) -> None:
    _group(window, "collaborators", "collaborators")


def _reports(window: MainWindow) -> None:
    _group(window, "reports", "reports")


def _meeting(window: MainWindow, place: int) -> None:
    tab: Any = window.pages.tab_for("meetings")
    tab.open_record("meetings", 1)
    tab.editor.show_part(place)


def _attendance(window: MainWindow) -> None:
    _meeting(window, 2)


def _minutes(window: MainWindow) -> None:
    _meeting(window, 3)


def _law(window: MainWindow) -> None:
    window.open_catalogue("law")


def _preview(window: MainWindow) -> QWidget:
    from ui.dialogs.preview import PreviewDialog
    from ui.dialogs.preview_issue import Issuing

    assert window.workspace is not None
    issuing = Issuing(window.workspace, "meeting-minutes", 1, window)
    assert issuing.goes_on()
    dialog = PreviewDialog(issuing.paper(), issuing.pdf(), window)
    issuing.dress(dialog)
    dialog.show()
    return dialog


def _compose_report(window: MainWindow) -> QWidget:
    from kc_desktop.services import plan_papers, report_texts
    from ui.dialogs.compose_report import ComposeReportDialog

    assert window.workspace is not None
    draft = report_texts.draft(window.workspace, report_texts.KEY, plan_papers.plan_of(window.workspace, _YEAR).id)
    dialog = ComposeReportDialog(window.workspace, draft, window)
    dialog.show()
    dialog.sections.setCurrentRow(2)
    return dialog


def _import(window: MainWindow, step: int) -> QWidget:
    """Show a step of the import wizard over the list of projects that its tests import."""
    from PySide6.QtCore import QCoreApplication

    from tests.exchange.books import PROJECTS, PROJECTS_MERGED, write_xlsx
    from ui.importing import begin_import

    assert window.workspace is not None
    path = window.workspace.path.with_name("Biểu tổng hợp đề án 2022.xlsx")
    write_xlsx(path, PROJECTS, merged=PROJECTS_MERGED, name="KH 2022")
    dialog = begin_import(window, window.files.jobs(), path)
    assert dialog is not None
    while dialog.file_page.book is None or dialog.is_busy() or dialog.stack.currentIndex() < step:
        if dialog.file_page.book is not None and not dialog.is_busy():
            dialog.next_button.click()
        QCoreApplication.processEvents()
    return dialog


def _import_columns(window: MainWindow) -> QWidget:
    return _import(window, 1)


def _import_check(window: MainWindow) -> QWidget:
    return _import(window, 2)


def _filters(window: MainWindow) -> None:
    from kc_desktop.services import saved_views

    panel = _group(window, "projects", "projects").panel
    assert window.workspace is not None
    panel.filters.button.setChecked(True)
    for key, typed in (("name", "máy"), ("requested_vnd", ">100 triệu"), ("state", "đang thực hiện; đã phê duyệt")):
        panel.filters.row.editor(key).set_typed(typed, is_whole=True)
    for name in ("Chờ nghiệm thu quý này", "Máy móc, trên 100 triệu"):
        saved_views.save(window.workspace, "projects", panel.filters.views.now(name))
    panel.refresh_views()
    panel.filters.views.open("Máy móc, trên 100 triệu")
    panel.focus_rows()


SHOTS = (
    Shot("window", _minutes, _README_SIZE),
    Shot("overview", _overview),
    Shot("project", _project),
    Shot("project-money", _project_money),
    Shot("funding", _funding),
    Shot("collaborators", _collaborators),
    Shot("reports", _reports),
    Shot("attendance", _attendance),
    Shot("law", _law),
    Shot("preview", _preview),
    Shot("compose-report", _compose_report),
    Shot("import-columns", _import_columns),
    Shot("import-check", _import_check),
    Shot("filters", _filters),
)


def draw_page(data: Path, target: Path) -> None:
    """Draw the first page of the sample meeting's minutes, as it goes to the printer."""
    workspace = Workspace.open(data)
    try:
        pdf = papers.render(workspace, "meeting-minutes", 1, ".pdf")
    finally:
        workspace.close()
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=_PAGE_DPI / 72, grayscale=True).to_pil()
    page.save(target, optimize=True)


def draw_windows(data: Path, folder: Path) -> None:
    """Draw every picture of the window on the sample."""
    from ui import theme
    from ui.app import application
    from ui.main_window import MainWindow
    from ui.view_state import ViewState

    app = application()
    theme.apply(app, theme.Look.LIGHT)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        state = ViewState(Path(scratch) / "window.ini")
        state.put("window/year", _YEAR)
        window = MainWindow(state)
        window.open_file(data)
        window.show()
        for shot in SHOTS:
            window.resize(*shot.size)
            shown = shot.go(window) or window
            if shown is not window:
                shown.resize(*shot.size)
            _settle(window)
            _keep(shown, folder / f"{shot.name}.png")
            if shown is not window:
                shown.close()
        window.close()


def _settle(window: MainWindow) -> None:
    """Let the window come to rest: what its worker reads, what its timers put off."""
    from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop

    from tests.ui.chart_screens import wait_for_charts

    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < _TURNS * 40 or window.files.jobs().is_busy():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    wait_for_charts(window)


def _keep(widget: QWidget, target: Path) -> None:
    """Write what a widget shows in few colours."""
    from PIL import Image
    from PySide6.QtGui import QImage

    drawn = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    picture = Image.frombytes(
        "RGB", (drawn.width(), drawn.height()), bytes(drawn.constBits()), "raw", "RGB", drawn.bytesPerLine()
    )
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> int:
    """Draw all pictures and say where they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "Dữ liệu mẫu.kcdb"
        write_sample(data)
        draw_page(data, FOLDER / "minutes.png")
        draw_windows(data, FOLDER)
    for each in sorted(FOLDER.glob("*.png")):
        print(f"{each} {each.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
