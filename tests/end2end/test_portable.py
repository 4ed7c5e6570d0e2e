"""The built program that carries its settings with itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kc_desktop import paths
from ui.view_state import settings_file


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a built program, as PyInstaller tells a program of it."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "KC-Desktop.exe"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    return tmp_path


def test_a_file_beside_the_program_makes_it_carry_everything_with_itself(beside: Path) -> None:
    (beside / "portable.txt").touch()
    carried = beside / "data"
    assert settings_file() == carried / "window.ini"
    assert paths.log_folder() == paths.documents_folder() == carried
    assert paths.sample_file().parent == carried
    assert carried.is_dir()


def test_an_installed_program_writes_nothing_beside_itself(beside: Path) -> None:
    assert paths.portable_folder() is None
    assert beside not in settings_file().parents
    assert list(beside.iterdir()) == []


def test_a_stick_that_cannot_be_written_to_leaves_the_users_own_folders_in_use(beside: Path) -> None:
    (beside / "portable.txt").touch()
    (beside / "data").touch()  # as good as a write-protected stick: no folder can be made
    assert paths.portable_folder() is None
