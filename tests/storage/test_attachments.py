"""A file is kept whole or not at all, whatever the disk does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kc_desktop.errors import KnownError
from kc_desktop.storage import attachments as storage


def test_a_full_disk_leaves_no_half_file(small_disk: Path, tmp_path: Path) -> None:
    large = tmp_path / "lớn.pdf"
    large.write_bytes(os.urandom(3_000_000))
    folder = small_disk / "kho"
    with pytest.raises(KnownError, match="đầy"):
        storage.keep(large, folder, 50_000_000)
    assert list(folder.iterdir()) == []


def test_what_is_kept_is_found_whole_and_a_second_copy_changes_nothing(tmp_path: Path) -> None:
    scan = tmp_path / "a.pdf"
    scan.write_bytes(b"scan")
    first = storage.keep(scan, tmp_path / "kho", 100)
    second = storage.keep(scan, tmp_path / "kho", 100)
    assert first == second
    assert storage.is_whole(tmp_path / "kho" / first.sha256, first.sha256)
    assert len(list((tmp_path / "kho").iterdir())) == 1
