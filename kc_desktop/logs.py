"""The program's log: one small rotating file per user, and a crash file that even a hard crash writes.

Works without a console: in a windowed program sys.stdout and sys.stderr are None.
"""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
from pathlib import Path
from typing import IO

_MAX_BYTES, _KEPT_FILES = 512_000, 3
_crash_stream: IO[str] | None = None

log = logging.getLogger("kc_desktop")


def start(folder: Path) -> None:
    """Log into `folder` from now on; a folder that cannot be written leaves the program without a log, not stopped."""
    global _crash_stream
    log.setLevel(logging.INFO)
    log.propagate = False
    if log.handlers:
        return
    try:
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "kc-desktop.log", maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8", delay=True
        )
        _crash_stream = (folder / "crash.log").open("a", encoding="utf-8")
        faulthandler.enable(_crash_stream, all_threads=True)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)


def stop() -> None:
    """Close the files of the log."""
    global _crash_stream
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
    if _crash_stream is not None:
        faulthandler.disable()
        _crash_stream.close()
        _crash_stream = None
