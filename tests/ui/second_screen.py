"""A window on a screen beside the first, in a process of its own: which screens there are is settled at its start.

    python -m tests.ui.second_screen INI [place]

opens the window, with `place` maximises it on the last screen, lets it open a dialog that is too large, closes it and
prints as JSON where everything stood.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QRect, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from ui import on_screen
from ui.app import application
from ui.main_window import MainWindow
from ui.view_state import ViewState

_SETTLE_MS = 60


def _pause() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()


def _place_of(widget: QWidget) -> dict[str, object]:
    room = widget.screen().availableGeometry()
    return {
        "screen": widget.screen().name(),
        "is_whole": room.contains(widget.geometry()),
        "fills": widget.geometry() == room,
        "is_maximised": widget.isMaximized(),
        "ratio": widget.devicePixelRatio(),
    }


def main(arguments: list[str]) -> int:
    """Open the window of some settings and tell where it stands."""
    app = application()
    watcher = on_screen.ScreenWatcher(app)
    window = MainWindow(ViewState(Path(arguments[0])))
    window.begin(None)
    window.show()
    window.activateWindow()
    _pause()
    if "place" in arguments:
        last = app.screens()[-1].availableGeometry()
        window.showNormal()
        window.setGeometry(QRect(last.left() + 30, last.top() + 30, 683, 344))
        _pause()
        window.showMaximized()
        _pause()
    dialog = QDialog(window)
    dialog.resize(4000, 3000)
    dialog.show()
    dialog.activateWindow()
    _pause()
    told = {"window": _place_of(window), "dialog": _place_of(dialog)}
    dialog.close()
    window.close()
    watcher.deleteLater()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
