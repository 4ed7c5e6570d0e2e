"""Run first in the built program: read its modules from memory, where one reading of the archive has put them.

PyInstaller opens the program's file anew for each module, some three hundred times at every start, and on Windows
opening a file is what costs: the system asks, and so does a virus scanner. So does Python with the archive of its own
library.
"""

import io
import sys
import zipimport
from pathlib import Path

_contents: dict[str, bytes] = {}


def _open(name: str, _mode: str) -> io.BytesIO:
    if name not in _contents:
        _contents[name] = Path(name).read_bytes()
    return io.BytesIO(_contents[name])  # shares the bytes, and each reader has a place of its own


setattr(sys.modules["pyimod01_archive"], "open", _open)  # noqa: B010 (no type checker knows this module)


class _Kept:
    """What `zipimport` opens archives by."""

    @staticmethod
    def open_code(name: str) -> io.BytesIO:
        return _open(name, "rb")


setattr(zipimport, "_io", _Kept)  # noqa: B010 (likewise)
