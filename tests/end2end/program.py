"""Runs the program as a user's shell does: another process, its words read back as UTF-8."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one run of the program said and how it ended."""

    code: int
    out: str
    err: str

    def is_one_line_of_complaint(self, code: int = 1) -> bool:
        """Tell whether the program ended as it must for what a user can cause: one sentence or two, no traceback."""
        lines = self.err.splitlines()
        return self.code == code and len(lines) == 1 and "Traceback" not in self.err and self.out == ""


def kc(*arguments: str | Path, cwd: Path | None = None, **env: str) -> Answer:
    """Run `python -m kc_desktop` with these arguments; `env` is added to the environment."""
    done = subprocess.run(
        [sys.executable, "-m", "kc_desktop", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        timeout=100,
        check=False,
    )
    return Answer(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())
