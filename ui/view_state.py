"""Where the user was: tab, record, columns, splitters and files, kept in an INI file of the user's own.

It stays on the PC and does not roam: sizes and paths of one PC mean nothing on another.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from kc_desktop.paths import portable_folder

_MAX_RECENT = 8
_MAX_PUT_AWAY = 100


def settings_file() -> Path:
    """Return the settings file in the user's own folder, the one platformdirs names (its import would cost 8 ms)."""
    carried = portable_folder()
    if carried is not None:
        return carried / "window.ini"
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder) / "KCDesktop" / "window.ini"


class ViewState:
    """Typed access to the settings file; an INI gives strings back, so every reading says what it expects.

    Keys are paths such as "tabs/meetings/record". What cannot be read any more gives the default.
    """

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """Return a text."""
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int = 0) -> int:
        """Return a whole number."""
        try:
            return int(self.text(key, str(default)))
        except ValueError:
            return default

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a yes or no."""
        return self.text(key, "1" if default else "0") == "1"

    def blob(self, key: str) -> QByteArray:
        """Return bytes such as the state of a splitter; empty when there are none."""
        return QByteArray.fromBase64(QByteArray(self.text(key).encode("ascii", "replace")))

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return whole numbers, such as the widths of columns."""
        try:
            return tuple(int(each) for each in self.text(key).split(";") if each)
        except ValueError:
            return ()

    def put(self, key: str, value: str | int | bool | QByteArray | tuple[int, ...]) -> None:
        """Keep a value under a key."""
        if isinstance(value, bool):
            kept = "1" if value else "0"
        elif isinstance(value, QByteArray):
            kept = value.toBase64().toStdString()
        elif isinstance(value, tuple):
            kept = ";".join(map(str, value))
        else:
            kept = str(value)
        if self.text(key, "\0") != kept:
            self._settings.setValue(key, kept)

    def remove(self, key: str) -> None:
        """Keep nothing under a key any more."""
        self._settings.remove(key)

    def keys_under(self, group: str) -> tuple[str, ...]:
        """Return the keys in a group and in what is under it, without its name."""
        self._settings.beginGroup(group)
        keys = self._settings.allKeys()
        self._settings.endGroup()
        return tuple(keys)

    def recent_files(self) -> tuple[Path, ...]:
        """Return the data files opened last, the newest first."""
        lines = self.text("files/recent").split("\n")
        return tuple(Path(line) for line in lines if line)

    def remember_file(self, path: Path) -> None:
        """Put a data file at the head of the recent ones."""
        others = [each for each in self.recent_files() if each != path]
        self.put("files/recent", "\n".join(str(each) for each in [path, *others][:_MAX_RECENT]))

    def forget_file(self, path: Path) -> None:
        """Take a data file that is gone off the recent ones."""
        self.put("files/recent", "\n".join(str(each) for each in self.recent_files() if each != path))

    def put_away(self, notice: str, path: Path) -> None:
        """Remember that a notice about a data file has been read and need not come again."""
        lines = self.text("notices/put-away").split("\n")
        line = f"{notice} {path}"
        kept = [line, *(each for each in lines if each and each != line)]
        self.put("notices/put-away", "\n".join(kept[:_MAX_PUT_AWAY]))

    def is_put_away(self, notice: str, path: Path) -> bool:
        """Whether a notice about a data file has been read."""
        return f"{notice} {path}" in self.text("notices/put-away").split("\n")

    def flush(self) -> bool:
        """Write everything to the disk now; False when it cannot be written there."""
        self._settings.sync()
        return self._settings.status() is QSettings.Status.NoError
