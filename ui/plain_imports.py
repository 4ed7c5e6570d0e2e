"""Import PySide6 and put Python's own import back, which PySide6 has replaced.

PySide6 (6.12) lets every import statement look into the source of the module it brings, for names of features nobody
here asks for (`from __feature__ import …`): some two hundred files more to read at the start, which the built program
looks for in vain and Windows, which has each looked at by a virus scanner, takes its time to find missing.
"""

from __future__ import annotations

import builtins

import PySide6  # noqa: F401 - it replaces the import

_own = getattr(builtins, "__orig_import__", None)
if _own is not None:
    builtins.__import__ = _own
