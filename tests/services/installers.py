"""Installers to find and judge: real ones that NSIS made when it is at hand, else programs of a few bytes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from resources.installer.build import append_trailer

CHANGES = """# Nhật ký thay đổi

Ghi những gì người dùng thấy khác đi ở mỗi phiên bản.

## 99.1.0

- **Sao lưu.** Tự sao lưu mỗi ngày.

## 99.0.0

- **Văn bản.** Giấy mời họp.

## 0.0.1

Phiên bản đầu tiên.
"""
_SCRIPT = """
Unicode true
Name "{name}"
OutFile "{target}"
RequestExecutionLevel user
SilentInstall silent
Section
SectionEnd
"""


def installer(folder: Path, version: str = "99.1.0", *, name: str = "", with_sum: bool = True) -> Path:
    """Make an installer of a version, ending in what it installs, with the checksum beside it."""
    path = folder / (name or f"KC-Desktop-Setup-{version}.exe")
    path.write_bytes(b"MZ" + bytes(range(256)) * 40)
    append_trailer(path, version, CHANGES)
    if with_sum:
        write_sum(path)
    return path


def write_sum(path: Path) -> Path:
    """Write the checksum file of an installer."""
    sums = path.with_name(path.name + ".sha256")
    sums.write_text(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n", encoding="ascii")
    return sums


def real_installer(folder: Path, version: str) -> Path | None:
    """Have NSIS make an installer; None where there is no NSIS."""
    compiler = shutil.which("makensis")
    if compiler is None:
        return None
    target = folder / f"KC-Desktop-Setup-{version}.exe"
    script = folder / "nhỏ.nsi"
    script.write_text(_SCRIPT.format(name="KC Desktop", target=target), encoding="utf-8-sig")
    subprocess.run([compiler, "-V1", "-INPUTCHARSET", "UTF8", str(script)], check=True, timeout=60)
    script.unlink()
    append_trailer(target, version, CHANGES)
    return target
