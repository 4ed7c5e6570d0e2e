"""The composition of the window: one QApplication, Vietnamese, the look, the log, the file to open."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial
from pathlib import Path

from ui import plain_imports  # noqa: F401 - before all else that imports Qt

# isort: split

from PySide6.QtCore import (
    QCoreApplication,
    QLocale,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

import resources
from kc_desktop import paths
from ui import icons, theme
from ui.closing import close_when_asked
from ui.errors import ErrorReporter
from ui.main_window import MainWindow
from ui.view_state import ViewState, settings_file

_LOG_AFTER_MS = 200
_TRANSLATIONS = Path(resources.__file__).parent / "translations"


def application() -> QApplication:
    """Return the one QApplication, made on first use, speaking Vietnamese."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("KC Desktop")
    app.setOrganizationName("KCDesktop")
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    speak_vietnamese(app)
    return app


def speak_vietnamese(app: QApplication) -> None:
    """Load our own qtbase_vi: the wheels have none, and Qt's own buttons would be English."""
    translator = QTranslator(app)
    if translator.load("qtbase_vi", str(_TRANSLATIONS)):
        app.installTranslator(translator)


def run(path: Path | None, *, sample: bool = False) -> int:
    """Open the window on a data file, the sample or what was open last; return the exit code when it closes."""
    app = application()
    reporter = ErrorReporter(app)
    reporter.install()
    state = ViewState(settings_file())
    theme.apply(app, _look(state))
    _size_letters(app, state)
    window = MainWindow(state)
    if sample:
        window.files.sample()
    if window.workspace is None:
        window.begin(path)
    if state.flag("window/maximised"):
        window.showMaximized()
    else:
        window.show()
    # The log's modules are read once the window stands: a timer of 0 ms would come before the first paint.
    QTimer.singleShot(_LOG_AFTER_MS, app, partial(_finish_start, app))
    close_when_asked(app)
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__


def problems_of_window(path: Path) -> tuple[str, ...]:
    """Build the window on a data file once, every tab, icon and translation with it; return what went wrong."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    heard: list[str] = []
    before = qInstallMessageHandler(partial(_hear, heard))
    try:
        found = _built_problems(path)
    finally:
        qInstallMessageHandler(before)
    return (*found, *heard)


def _hear(heard: list[str], _kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Keep what Qt complains of; that the offscreen platform cannot move windows is no fault."""
    if not message.startswith("This plugin does not support "):
        heard.append(f"Qt: {message}")


def _built_problems(path: Path) -> list[str]:
    import tempfile  # costs a few milliseconds, needed by the self-test only

    app = application()
    theme.apply(app, theme.Look.LIGHT)
    found = [f"Biểu tượng {name} không vẽ được." for name in icons.names() if icons.is_blank(name)]
    if QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel":
        found.append("Bản dịch của Qt không nạp được.")
    with tempfile.TemporaryDirectory(prefix="kc-desktop-", ignore_cleanup_errors=True) as folder:
        window = MainWindow(ViewState(Path(folder) / "window.ini"))
        if not window.open_file(path):
            found.append("Cửa sổ không mở được tệp.")
        for index in range(window.pages.count()):
            window.pages.setCurrentIndex(index)
            if window.pages.current() is None:
                found.append(f"Thẻ {window.pages.tabText(index)} không dựng được.")
        if window.grab().isNull():
            found.append("Cửa sổ không vẽ được.")
        window.close()
    return found


def _finish_start(app: QApplication) -> None:
    from kc_desktop import logs
    from ui import focus_ring
    from ui.on_screen import ScreenWatcher

    logs.start(paths.log_folder())
    focus_ring.watch(app)
    ScreenWatcher(app)
    theme.follow_contrast(app)


def _size_letters(app: QApplication, state: ViewState) -> None:
    with contextlib.suppress(ValueError):  # a settings file of another version
        theme.set_text_size(app, theme.TextSize(state.text(theme.TEXT_SIZE_SETTING, theme.TextSize.MEDIUM)))


def _look(state: ViewState) -> theme.Look:
    try:
        return theme.Look(state.text("window/look", theme.Look.SYSTEM))
    except ValueError:
        return theme.Look.SYSTEM
