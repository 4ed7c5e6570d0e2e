"""Run in the built program before its own code: say where Qt's plugins are, and what need not be looked for.

Python's library asks for some modules it can do without. To look for one that is not shipped is to look into every
folder, and on Windows that costs more than to load one that is.
"""

import os
import sys

_NOT_SHIPPED = ("_hashlib", "bz2", "_bz2", "lzma", "_lzma", "termios", "_posixshmem", "_ssl", "_wmi")

for _each in _NOT_SHIPPED:
    sys.modules.setdefault(_each, None)  # type: ignore[arg-type]  # Python's own way to say: there is none

_qt = ("PySide6",) if sys.platform == "win32" else ("PySide6", "Qt")
os.environ["QT_PLUGIN_PATH"] = os.path.join(sys._MEIPASS, *_qt, "plugins")  # type: ignore[attr-defined]  # noqa: PTH118
