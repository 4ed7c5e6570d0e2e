"""Where a data file lies: on a disk of this PC, in a folder a cloud service copies away, or on another computer.

SQLite keeps a file whole where writing and locking are the disk's own. A synchronised folder is copied while it is
written to, and a share may lose the end of a save: both are worth a warning, neither is refused. Names and the system's
tables are all that is asked; nothing is opened.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

_CLOUD_VARIABLES = {"onedrive": "OneDrive", "onedrivecommercial": "OneDrive", "onedriveconsumer": "OneDrive"}
"""What OneDrive itself puts into the environment of Windows: its folders, whatever they are called."""

_CLOUD_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drive của tôi": "Google Drive",
    "shared drives": "Google Drive",
    "bộ nhớ dùng chung": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "nextcloud": "Nextcloud",
}
_CLOUD_BEGINNINGS = {"onedrive - ": "OneDrive", "dropbox (": "Dropbox", "google-drive:": "Google Drive"}
"""A folder of an organisation has its name behind: "OneDrive - Sở Công Thương"."""

_PASSING_BEGINNINGS = ("temp1_", "temp2_", "7zo", "rar$", "content.outlook")
"""Folders Windows, 7-Zip, WinRAR and Outlook make for a file opened inside an archive or a letter, and take away."""

_NETWORK_FILE_SYSTEMS = frozenset(
    ("cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "davfs", "fuse.davfs", "fuse.sshfs", "fuse.gvfsd-fuse", "gvfs")
)
_CLOUD_FILE_SYSTEMS = {
    "fuse.rclone": "rclone",
    "fuse.onedriver": "OneDrive",
    "fuse.google-drive-ocamlfuse": "Google Drive",
}
_DRIVE_REMOTE = 4
"""What Windows' GetDriveTypeW answers for a drive letter that stands for a share."""


class Kind(Enum):
    """Why a place is a bad one for a data file."""

    CLOUD = "cloud"
    NETWORK = "network"
    PASSING = "passing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place worth a warning; `name` is the service's, what the share is called, or the folder's that will be gone."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """What a PC says of its folders and drives."""

    environment: Mapping[str, str]
    mounts: Callable[[], str]
    """The text of /proc/mounts; "" where there is none."""
    drive_type: Callable[[str], int]
    """GetDriveTypeW for a root such as "Z:\\"; 0 where there is none."""


def _read_mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


if sys.platform == "win32":
    import ctypes

    def _drive_type(root: str) -> int:
        return int(ctypes.WinDLL("kernel32").GetDriveTypeW(ctypes.c_wchar_p(root)))

else:

    def _drive_type(_root: str) -> int:
        return 0


THIS_PC = System(environment=os.environ, mounts=_read_mounts, drive_type=_drive_type)


def place_of(path: Path, system: System = THIS_PC) -> Place | None:
    """Return what is to be said against keeping a data file at `path`; None for a disk of this PC.

    A link is judged by both its ends.
    """
    for each in (path.absolute(), Path(os.path.realpath(path))):
        found = judge(each, system)
        if found is not None:
            return found
    return None


def judge(path: PurePath, system: System) -> Place | None:
    """Judge one absolute path by its name and what the system says of it."""
    cloud = _cloud_of(path, system.environment)
    if cloud:
        return Place(kind=Kind.CLOUD, name=cloud)
    for folder in path.parent.parts:
        if _folded(folder).startswith(_PASSING_BEGINNINGS):
            return Place(kind=Kind.PASSING, name=folder)
    if isinstance(path, PureWindowsPath):
        return _judge_drive(path, system)
    return _judge_mount(PurePosixPath(path), system)


def _cloud_of(path: PurePath, environment: Mapping[str, str]) -> str:
    folders = tuple(map(_folded, path.parent.parts))
    for variable, value in environment.items():
        name = _CLOUD_VARIABLES.get(variable.lower())
        if name and value:
            named = tuple(map(_folded, type(path)(value).parts))
            if folders[: len(named)] == named:
                return name
    for folder in folders:
        if folder in _CLOUD_FOLDERS:
            return _CLOUD_FOLDERS[folder]
        for beginning, name in _CLOUD_BEGINNINGS.items():
            if folder.startswith(beginning):
                return name
    return ""


def _folded(folder: str) -> str:
    return unicodedata.normalize("NFC", folder).casefold()


def _judge_drive(path: PureWindowsPath, system: System) -> Place | None:
    drive = path.drive
    if drive.upper().startswith("\\\\?\\UNC\\"):
        drive = "\\\\" + drive[len("\\\\?\\UNC\\") :]
    elif drive.startswith(("\\\\?\\", "\\\\.\\")):
        drive = drive[4:]
    is_share = drive.startswith("\\\\")
    if is_share or (drive and system.drive_type(f"{drive}\\") == _DRIVE_REMOTE):
        return Place(kind=Kind.NETWORK, name=drive)
    return None


def _judge_mount(path: PurePosixPath, system: System) -> Place | None:
    source, kind = "", ""
    longest = -1
    for where, from_where, file_system in _mounts(system.mounts()):
        if len(where.parts) >= longest and path.is_relative_to(where):  # a later mount hides an earlier one
            longest, source, kind = len(where.parts), from_where, file_system
    if kind in _CLOUD_FILE_SYSTEMS:
        return Place(kind=Kind.CLOUD, name=_CLOUD_FILE_SYSTEMS[kind])
    if kind in _NETWORK_FILE_SYSTEMS:
        return Place(kind=Kind.NETWORK, name=source)
    return None


def _mounts(text: str) -> Iterator[tuple[PurePosixPath, str, str]]:
    """Yield (folder, what is mounted there, file system)."""
    for line in text.splitlines():
        words = line.split(" ")
        if len(words) >= 3:
            yield PurePosixPath(_unescaped(words[1])), _unescaped(words[0]), words[2]


def _unescaped(word: str) -> str:
    """Undo what /proc/mounts does to blanks, tabs, line ends, number signs and backslashes."""
    for code, character in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\043", "#"), (r"\134", "\\")):
        word = word.replace(code, character)
    return word


def lacks_rights(path: Path) -> bool:
    """Tell whether it is the account that may not write to a file, not an attribute of the account's own file.

    Windows knows about rights only when a file is opened; nothing is written.
    """
    try:
        with path.open("r+b"):
            return False
    except OSError:
        pass
    if sys.platform == "win32":
        return os.access(path, os.W_OK)  # there it asks for the attribute alone
    try:
        return path.stat().st_uid != os.geteuid()
    except OSError:
        return False


def owner_of(path: Path) -> str:
    """Return the account a file belongs to, "" where the system does not say."""
    if sys.platform == "win32":
        return ""
    try:
        return path.owner()
    except (OSError, KeyError):
        return ""
