"""Draw the README's two pictures anew from the sample: `python3 tests/setup.py pictures`.

The window is drawn by Qt on whatever display there is (setup.py brings one), the page by PDFium from the very PDF the
program writes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pypdfium2

from kc_desktop.services import papers
from kc_desktop.services.sample import write_sample
from kc_desktop.services.workspace import Workspace

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "help" / "pictures"
_WINDOW_SIZE = 1366, 768
_PAGE_DPI = 80


def draw_page(data: Path, target: Path) -> None:
    """Draw the first page of the sample meeting's minutes, as it goes to the printer."""
    workspace = Workspace.open(data)
    try:
        pdf = papers.render(workspace, "meeting-minutes", 1, ".pdf")
    finally:
        workspace.close()
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=_PAGE_DPI / 72, grayscale=True).to_pil()
    page.save(target, optimize=True)


def draw_window(data: Path, target: Path) -> None:
    """Draw the window on the sample, at what was said in the meeting of 13/4/2023."""
    from PySide6.QtWidgets import QTabWidget

    from ui import theme
    from ui.app import application
    from ui.main_window import MainWindow
    from ui.view_state import ViewState

    app = application()
    theme.apply(app, theme.Look.LIGHT)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        window = MainWindow(ViewState(Path(folder) / "window.ini"))
        window.resize(*_WINDOW_SIZE)
        window.open_file(data)
        titles = [window.pages.tabText(index) for index in range(window.pages.count())]
        window.pages.setCurrentIndex(titles.index("Cuộc họp"))
        window.show()
        for sheets in window.findChildren(QTabWidget):
            for index in range(sheets.count()):
                if sheets.tabText(index).startswith("Diễn biến"):
                    sheets.setCurrentIndex(index)
        for _ in range(20):
            app.processEvents()
        window.grab().save(str(target))
        window.close()


def main() -> int:
    """Draw both pictures and say where they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "Dữ liệu mẫu.kcdb"
        write_sample(data)
        draw_page(data, FOLDER / "minutes.png")
        draw_window(data, FOLDER / "window.png")
    for each in ("minutes.png", "window.png"):
        print(FOLDER / each)
    return 0


if __name__ == "__main__":
    sys.exit(main())
