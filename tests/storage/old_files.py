"""Data files of released versions, kept as they were: every later version must open them."""

from __future__ import annotations

import lzma
from pathlib import Path

from kc_desktop.storage import data_file
from kc_desktop.storage.data_file import DataFile
from tests.storage.helpers import USER

FOLDER = Path(__file__).parent / "fixtures"
RELEASED = (1,)
"""The versions of the schema that are out there, below the present one."""


def old_file(folder: Path, version: int = 1, name: str = "khuyến công 2023.kcdb") -> Path:
    """Write the kept file of a version into a folder and return where."""
    path = folder / name
    path.write_bytes(lzma.decompress((FOLDER / f"version-{version}.kcdb.xz").read_bytes()))
    return path


def opened(path: Path) -> DataFile:
    """Open a data file as the program does."""
    return data_file.open_file(path, USER)
