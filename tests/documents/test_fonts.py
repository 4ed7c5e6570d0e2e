"""Tinos from the program's own files, Times New Roman when the PC has it."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from kc_desktop.documents import fonts

TIMES_FILES = {"Regular": "times.ttf", "Bold": "timesbd.ttf", "Italic": "timesi.ttf", "BoldItalic": "timesbi.ttf"}


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a Windows folder whose Times New Roman is a copy of Tinos."""
    folder = tmp_path / "Fonts"
    folder.mkdir()
    for face, name in TIMES_FILES.items():
        source = resources.files("resources") / "fonts" / f"Tinos-{face}.ttf"
        with resources.as_file(source) as path:
            shutil.copy(path, folder / name)
    monkeypatch.setenv("WINDIR", str(tmp_path))
    return folder


def test_tinos_has_every_vietnamese_letter_in_all_four_faces() -> None:
    found = fonts.font_set(bundled_only=True)
    assert found.family == "Tinos"
    assert len(fonts.VIETNAMESE_LETTERS) == 2 * 89
    for face in fonts.FACES:
        assert found.missing(fonts.VIETNAMESE_LETTERS, face) == ""


def test_times_new_roman_of_the_pc_is_used_when_all_four_faces_exist(windows: Path) -> None:
    assert fonts.times_folder() == windows
    assert fonts.font_set().family == "Times"
    assert fonts.font_set(bundled_only=True).family == "Tinos"


def test_three_faces_are_not_enough(windows: Path) -> None:
    (windows / "timesbi.ttf").unlink()
    assert fonts.font_set().family == "Tinos"


def test_a_damaged_system_font_does_not_keep_anyone_from_printing(windows: Path) -> None:
    (windows / "times.ttf").write_bytes(b"not a font")
    assert fonts.font_set().family == "Tinos"


def test_without_windows_there_is_no_system_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WINDIR", raising=False)
    assert fonts.times_folder() is None
