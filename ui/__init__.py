"""Everything Qt: the window, its tabs, dialogs and widgets."""

from __future__ import annotations

import sys


def _keep_true_alive() -> None:
    """Give True and False more references than can ever be lost.

    PySide6 6.12.0 gives one reference to True back too many at every `emit()` and `disconnect()`. Before Python 3.12
    made them immortal, the interpreter ends with "deallocating True or False" after some six hundred signals. Retry
    without this once PySide6 is past 6.12: `sys.getrefcount(True)` must not fall with emissions.
    """
    import ctypes

    for value in (True, False):
        ctypes.c_ssize_t.from_address(id(value)).value += 1 << 40


if sys.version_info < (3, 12):
    _keep_true_alive()
