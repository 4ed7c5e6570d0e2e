"""Run in a process of its own: open a window, and say when it was painted first and what memory it held then.

    python -m tests.benchmarks.first_paint bare
    python -m tests.benchmarks.first_paint app FILE.kcdb

The clock is read in the event loop's turn after the paint, when the picture has gone to the screen. The watching is the
same for both windows, comes after their imports, and waits in the main window only: no other event pays for it. The
program starts as its command does, from `kc_desktop.__main__`.
"""

import os
import sys
import time

TAB_NAMES = ("Tổng quan", "Chương trình", "Kinh phí", "Cộng tác viên", "Cuộc họp")


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


def _watch_first_paint() -> None:
    """Let the event loop, when it starts, wait for the main window's first paint, tell and end the process."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    painted = QEvent.Type(QEvent.registerEventType())
    run = QApplication.exec

    class Watcher(QObject):
        def __init__(self, window: QWidget) -> None:
            super().__init__(window)
            self._is_painted = False
            window.installEventFilter(self)
            window.update()

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and not self._is_painted:
                self._is_painted = True
                QCoreApplication.postEvent(self, QEvent(painted))
            return False

        def event(self, event: QEvent) -> bool:
            if event.type() == painted:
                _tell_and_end()
            return super().event(event)

    def run_watching() -> int:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QMainWindow):
                Watcher(window)
        return run()

    QApplication.exec = staticmethod(run_watching)  # type: ignore[method-assign]  # without a hook in the program


def _bare() -> int:
    from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget, QWidget

    _watch_first_paint()
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
    import kc_desktop.__main__ as program
    import ui.app  # noqa: F401 - imported where the program imports it, before the watching brings Qt in

    _watch_first_paint()
    sys.argv = ["kc-desktop", path]
    return program.main()


if __name__ == "__main__":
    sys.exit(_bare() if sys.argv[1] == "bare" else _app(sys.argv[2]))
