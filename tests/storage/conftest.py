"""A small disk to fill."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB, mounted for the while."""
    folder = tmp_path / "ổ đĩa nhỏ"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or sys.platform != "linux":
        pytest.skip("no disk can be mounted here")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "none", str(folder)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("this account may not mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
