"""Is the data file healthy? Every check there is, in sentences."""

from __future__ import annotations

from pathlib import Path

from kc_desktop.services.workspace import this_user
from kc_desktop.storage import data_file, health


def check(path: Path) -> tuple[str, ...]:
    """Return what is wrong with a data file, in sentences; () when it is healthy.

    Raises KnownError for a file that cannot be opened at all.
    """
    opened = data_file.open_file(path, this_user(), may_upgrade=False)
    try:
        return health.problems(opened)
    finally:
        opened.close()
