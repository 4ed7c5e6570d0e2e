"""Where the program keeps what is the user's own: logs, the sample. Data files stay where the user puts them.

All of it is local to the PC, on Windows too (%LOCALAPPDATA%, never the roaming profile): paths, sizes of windows and
logs mean nothing on another PC, and a profile that roams should stay small.
"""

from __future__ import annotations

import sys
from pathlib import Path

_NAME = "KCDesktop"
_SAMPLE_NAME = "Dữ liệu mẫu.kcdb"
_PORTABLE_MARK = "portable.txt"


def portable_folder() -> Path | None:
    """Return the folder that takes the place of the user's own ones, None for an installed program.

    A file named portable.txt beside the built program makes it carry settings, logs and new data files with itself, in
    `data`, e.g. on a USB stick. A stick that cannot be written to leaves the user's own folders in use.
    """
    beside = Path(sys.executable).parent
    if not getattr(sys, "frozen", False) or not (beside / _PORTABLE_MARK).is_file():
        return None
    folder = beside / "data"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return folder


def log_folder() -> Path:
    """Return the folder of the logs; it exists afterwards."""
    carried = portable_folder()
    if carried is not None:
        return carried
    import platformdirs

    return Path(platformdirs.user_log_dir(_NAME, appauthor=False, ensure_exists=True))


def sample_file() -> Path:
    """Return where the sample data lies that a newcomer tries the window on; its folder exists afterwards."""
    carried = portable_folder()
    if carried is not None:
        return carried / _SAMPLE_NAME
    import platformdirs

    return Path(platformdirs.user_data_dir(_NAME, appauthor=False, ensure_exists=True)) / _SAMPLE_NAME


def documents_folder() -> Path:
    """Return the folder new data files are offered in: the user's documents, else the home folder.

    Documents that a cloud service copies away or that lie on another computer are passed over where the PC has a folder
    of its own: a data file is not safe there (`storage.places`).
    """
    carried = portable_folder()
    if carried is not None:
        return carried
    import platformdirs

    from kc_desktop.storage.places import place_of

    named = Path(platformdirs.user_documents_dir())
    home = Path.home()
    there = [each for each in (named, home / "Documents", home) if each.is_dir()]
    return next((each for each in there if place_of(each / "a") is None), there[0] if there else home)
