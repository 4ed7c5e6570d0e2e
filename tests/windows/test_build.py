"""The build refuses a folder people must not get, and signs every program on its way."""

from __future__ import annotations

import hashlib
import shutil
import struct
import sys
from pathlib import Path

import pytest

from resources.installer import build

_SIGN = """
import sys
from pathlib import Path
with open(sys.argv[1], "a", encoding="utf-8") as log:
    log.write(Path(sys.argv[2]).name + "\\n")
with open(sys.argv[2], "ab") as program:
    program.write(b"signed")
"""


def _program_bytes(machine: int = 0x8664) -> bytes:
    return b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + b"PE\0\0" + struct.pack("<H", machine)


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / build.NAME
    for each in (*build.PROGRAMS, *build.NEEDED):
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        (folder / each).write_bytes(_program_bytes())
    return folder


def test_a_whole_folder_passes_and_its_size_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build.check_folder(_folder(tmp_path))
    assert "MB installed (limit 95 MB)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("_internal/pytest/__init__.py", b"", "does not belong there"),
        ("_internal/icuuc.dll", _program_bytes(), "does not belong there"),
        ("_internal/mẫu.kcdb", b"", "does not belong there"),
        ("_internal/msvcrt.dll", _program_bytes()[:0x3C] + struct.pack("<I", 0x60) + b"Wine builtin DLL", "from Wine"),
        ("_internal/old.dll", _program_bytes(0x014C), "not for 64-bit Windows"),
    ],
)
def test_what_must_not_be_shipped_fails_the_build(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    folder = _folder(tmp_path)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    with pytest.raises(build.BuildError, match=told):
        build.check_folder(folder)


def test_what_is_missing_and_what_is_too_large_fails_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _folder(tmp_path)
    (folder / build.PROGRAMS[0]).unlink()
    monkeypatch.setattr(build, "FOLDER_LIMIT_MB", 0.0)
    with pytest.raises(build.BuildError, match=r"missing: KC-Desktop\.exe\n.*more than 0\.0 MB"):
        build.check_folder(folder)


@pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed here")
def test_programs_uninstaller_and_installer_are_signed_and_the_checksum_is_the_signed_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool, log = tmp_path / "sign.py", tmp_path / "signed.txt"
    tool.write_text(_SIGN, encoding="utf-8")
    sign = f'"{sys.executable}" "{tool}" "{log}" "%1"'
    target = tmp_path / "dist"
    arguments = ["build.py", "--folder", str(_folder(tmp_path)), "--to", str(target), "--sign", sign]
    monkeypatch.setattr(sys, "argv", arguments)
    assert build.main() == 0
    installer = target / f"{build.NAME}-Setup-{build.version()}.exe"
    first, second, uninstaller, last = log.read_text(encoding="utf-8").split()
    assert (first, second) == build.PROGRAMS
    assert uninstaller not in (*build.PROGRAMS, installer.name)
    assert last == installer.name
    assert installer.read_bytes().endswith(b"signed")
    digest, name = installer.with_name(installer.name + ".sha256").read_text(encoding="ascii").split()
    assert name == installer.name
    assert digest == hashlib.sha256(installer.read_bytes()).hexdigest()


def test_a_folder_that_may_not_be_shipped_makes_no_installer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _folder(tmp_path)
    (folder / "_internal" / "icuuc.dll").write_bytes(_program_bytes())
    monkeypatch.setattr(sys, "argv", ["build.py", "--folder", str(folder), "--to", str(tmp_path / "dist")])
    assert build.main() == 1
    assert "does not belong there: _internal/icuuc.dll" in capsys.readouterr().err
    assert not (tmp_path / "dist").exists()
