"""Everything Qt: the window, its tabs, dialogs and widgets."""

from __future__ import annotations

import sys


def _keep_constants_alive() -> None:
    """Give None, True and False more references than can ever be lost.

    PySide6 6.12.0 is built as if these were immortal, which they are only from Python 3.12 on: every call that returns
    None gives one reference back too many (so does `emit()`, of True), and after some five thousand calls Python 3.11
    ends with "none_dealloc: deallocating None". Retry without this once PySide6 is past 6.12: `sys.getrefcount(None)`
    must not fall when `QPainter.save()` is called. A reference count is the first word of an object (CPython, release).
    """
    import ctypes

    for constant in (None, True, False, NotImplemented, ...):
        ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40


if sys.version_info < (3, 12):
    _keep_constants_alive()
