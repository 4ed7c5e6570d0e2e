"""Where Wine cannot be had, that is said in words and the check fails: it is never passed over in silence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import setup
from tests.windows.wine import NoWineError, Prefix

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Wine is for Linux")


def _program(folder: Path, name: str, exit_code: int) -> None:
    script = folder / name
    script.write_text(f"#!/bin/sh\nexit {exit_code}\n", encoding="ascii")
    script.chmod(0o755)


def _check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.windows", "check"]
    environment = os.environ | {"PATH": str(path)}
    return subprocess.run(
        command, cwd=setup.ROOT, env=environment, capture_output=True, text=True, check=False, timeout=100
    )


@pytest.mark.parametrize("apt_get", ["is not there", "fails", "brings nothing"])
def test_a_machine_that_gets_no_wine_is_told_and_fails(tmp_path: Path, apt_get: str) -> None:
    for each in ("env", "sh"):
        (tmp_path / each).symlink_to(str(shutil.which(each)))
    if apt_get != "is not there":
        _program(tmp_path, "apt-get", 100 if apt_get == "fails" else 0)
    done = _check(tmp_path)
    assert done.returncode == 1
    assert "Wine cannot be had here, so the Windows program has not been tried." in done.stderr
    assert "chương trình Windows chưa được thử" in done.stderr
    assert "Traceback" not in done.stderr
    assert "passed" not in done.stdout


def test_a_wine_that_does_not_start_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, "wineboot", 1)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(NoWineError, match="wineboot: exit code 1"):
        Prefix(folder=tmp_path / "prefix", display=":0").make(tmp_path)
