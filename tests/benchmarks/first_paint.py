"""Run in a process of its own: open a window, and say when it was painted first and what memory it held then.

    python -m tests.benchmarks.first_paint bare
    python -m tests.benchmarks.first_paint app FILE.kcdb

The clock is read in the event loop's turn after the paint, when the picture has gone to the screen. The watching is the
same for both windows and waits in the main window only, so that no other event pays for it.
"""

import os
import sys
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget, QWidget

TAB_NAMES = ("Tổng quan", "Chương trình", "Kinh phí", "Cộng tác viên", "Cuộc họp")
_PAINTED = QEvent.Type(QEvent.registerEventType())


class _Watcher(QObject):
    """Waits for a window's first paint, tells and ends the process."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._is_painted = False
        window.installEventFilter(self)
        window.update()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            QCoreApplication.postEvent(self, QEvent(_PAINTED))
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == _PAINTED:
            _tell_and_end()
        return super().event(event)


def _tell_and_end() -> None:
    now = time.monotonic_ns()
    loaded = {name.partition(".")[0] for name in sys.modules}
    print(now, *_memory_kib(), ",".join(sorted(loaded)), flush=True)
    os._exit(0)


def _memory_kib() -> tuple[int, int]:
    """Return the resident memory now and at its peak; zeros where the system does not tell."""
    try:
        with open("/proc/self/status", encoding="ascii") as stream:  # noqa: PTH123 - pathlib would weigh on both
            lines = dict(line.split(":", 1) for line in stream)
    except OSError:
        return 0, 0
    return int(lines["VmRSS"].split()[0]), int(lines["VmHWM"].split()[0])


_exec = QApplication.exec


def _exec_watching() -> int:
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QMainWindow):
            _Watcher(window)
    return _exec()


def _bare() -> int:
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    tabs = QTabWidget(window)
    for name in TAB_NAMES:
        tabs.addTab(QWidget(tabs), name)
    window.setCentralWidget(tabs)
    window.resize(1280, 720)
    window.show()
    return app.exec()


def _app(path: str) -> int:
    from pathlib import Path

    from ui.app import run

    return run(Path(path))


if __name__ == "__main__":
    QApplication.exec = staticmethod(_exec_watching)  # type: ignore[method-assign]  # the way in without a hook in the program
    sys.exit(_bare() if sys.argv[1] == "bare" else _app(sys.argv[2]))
