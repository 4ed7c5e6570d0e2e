"""Two screens of different scales: a window maximised on the second comes back there, or where there is a screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
_FIRST: dict[str, object] = {"name": "first", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96}
_SECOND: dict[str, object] = {"name": "second", "x": 1366, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 192}


def _open(folder: Path, *arguments: str, screens: tuple[dict[str, object], ...]) -> Any:
    given = [{**each, "logicalBaseDpi": 96, "dpr": 1} for each in screens]
    (folder / "screens.json").write_text(json.dumps({"screens": given, "windowFrameMargins": False}))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen:configfile=screens.json", "PYTHONPATH": str(_ROOT)}
    run = subprocess.run(
        [sys.executable, "-m", "tests.ui.second_screen", "window.ini", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return json.loads(run.stdout)


def test_a_window_maximised_on_a_second_screen_at_200_percent_comes_back_there_and_else_on_the_first(
    tmp_path: Path,
) -> None:
    placed = _open(tmp_path, "place", screens=(_FIRST, _SECOND))
    on_second = {"screen": "second", "is_whole": True, "fills": True, "is_maximised": True, "ratio": 2.0}
    assert placed["window"] == on_second
    assert placed["dialog"] == {**on_second, "is_maximised": False}, "as large as its own screen"
    assert _open(tmp_path, screens=(_FIRST, _SECOND))["window"] == on_second
    gone = _open(tmp_path, screens=(_FIRST,))
    assert gone["window"]["screen"] == gone["dialog"]["screen"] == "first"
    assert gone["window"]["is_whole"]
    assert gone["dialog"]["is_whole"]
