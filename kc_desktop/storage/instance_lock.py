"""One instance per file: a lock file beside the data file that says who has it open and on which PC.

The operating system's lock on it is what counts and vanishes with the process that held it, however that ended; the
words in it are only for the message. On a shared folder the lock travels over SMB.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_LOCKED_BYTE = 1 << 30
"""Windows locks a range of bytes against reading too: one far behind the text leaves the text readable."""

_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
"""How systems say that another holds a lock; anything else means that there are no locks in such a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has a file open: the account's name, the PC, and since when (ISO, local)."""

    who: str
    pc: str
    since: str


def lock_path(data_path: Path) -> Path:
    """Return the lock file of a data file: the same one by whatever link the file is reached."""
    return Path(f"{os.path.realpath(data_path)}.lock")


class InstanceLock:
    """The right to write to one data file, held until `release`."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self._stream = stream
        self._path = path

    @classmethod
    def acquire(cls, data_path: Path, holder: Holder) -> InstanceLock | Holder:
        """Take the lock, or return who holds it. Raises OSError where no file can be written or locked."""
        path = lock_path(data_path)
        while True:
            stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b")
            _share_with_those_who_share(data_path, stream)
            try:
                _lock(stream)
            except OSError as error:
                held = _read(stream)
                stream.close()
                if error.errno not in _HELD:
                    raise
                return held
            if _is_still(stream, path):
                break
            stream.close()  # its last holder removed it between our opening and locking it: take the one that stands
        stream.seek(0)
        stream.truncate()
        text = {"who": holder.who, "pc": holder.pc, "since": holder.since}
        stream.write(json.dumps(text, ensure_ascii=False).encode())
        stream.flush()
        return cls(stream, path)

    def release(self) -> None:
        """Give the lock back and take its file away."""
        if self._stream.closed:
            return
        if sys.platform == "win32":  # an open file cannot be removed there; nobody is between close and unlink for long
            self._stream.close()
            _unlink_quietly(self._path)
        else:
            _unlink_quietly(self._path)
            self._stream.close()


def _share_with_those_who_share(data_path: Path, stream: IO[bytes]) -> None:
    """Let every account that may write to the data file take its lock; on Windows the folder's rights see to that."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # another account's lock file, or a data file that is not there yet
            os.fchmod(stream.fileno(), data_path.stat().st_mode & 0o666)


def _is_still(stream: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _unlink_quietly(path: Path) -> None:
    try:
        path.unlink()
    except OSError:  # another instance took it meanwhile, or the stick was pulled: the file is only words
        return


def _read(stream: IO[bytes]) -> Holder:
    try:
        stream.seek(0)
        held = json.loads(stream.read().decode())
        return Holder(who=str(held["who"]), pc=str(held["pc"]), since=str(held["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder(who="", pc="", since="")


if sys.platform == "win32":
    import ctypes
    import msvcrt

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)

    def _lock(stream: IO[bytes]) -> None:
        # not msvcrt.locking(): the C library does not say everywhere why it could not
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        if not _kernel.LockFile(handle, _LOCKED_BYTE, 0, 1, 0):
            raise ctypes.WinError(ctypes.get_last_error())

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
