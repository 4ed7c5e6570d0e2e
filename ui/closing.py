"""Close when the installer of another version asks for it (Windows only).

A running program cannot be replaced there, and the installer never ends one. It sets an event every running program
waits on; each then closes its windows the way a person would, asking about what has not been saved.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

if sys.platform == "win32":
    import ctypes

    from PySide6.QtCore import QObject, QTimer, QWinEventNotifier, Slot
    from shiboken6 import VoidPtr

    _EVENT = "Local\\KCDesktop-please-close"  # the same in resources/installer/installer.nsi
    _DEAF_MS = 3000  # the installer holds the event for a second

    class _CloseRequests(QObject):
        """Waits on the event for as long as the program runs."""

        def __init__(self, app: QApplication) -> None:
            super().__init__(app)
            create = ctypes.WinDLL("kernel32").CreateEventW
            create.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_wchar_p]
            create.restype = ctypes.c_void_p
            handle = create(None, True, False, _EVENT)
            if handle is None:  # another account's program holds the name: the installer finds the exe in use instead
                return
            self._notifier = QWinEventNotifier(VoidPtr(handle), self)  # 6.12 takes no int, whatever it says
            self._notifier.activated.connect(self._on_notifier_activated)

        @Slot()
        def _on_notifier_activated(self) -> None:
            self._notifier.setEnabled(False)
            QTimer.singleShot(_DEAF_MS, self, self._listen_again)
            QApplication.closeAllWindows()

        @Slot()
        def _listen_again(self) -> None:
            self._notifier.setEnabled(True)

    def close_when_asked(app: QApplication) -> None:
        """Close the windows of the program when an installer asks, from now on."""
        _CloseRequests(app)

else:

    def close_when_asked(_app: QApplication) -> None:
        """Do nothing: elsewhere a running program can be replaced."""
