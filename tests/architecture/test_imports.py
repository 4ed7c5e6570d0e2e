"""What the start may not import: packages that only printing, Excel and new files need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kc_desktop.services.sample import write_sample

HEAVY = {"reportlab", "docx", "lxml", "PIL", "xlsxwriter", "python_calamine", "sqlite_utils"}

OPEN_A_FILE = """
from pathlib import Path
from kc_desktop.services import lists
from kc_desktop.services.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
for key in lists.LISTS:
    lists.page(workspace, key, lists.ListRequest(search="a"))
workspace.close()
"""
OPEN_THE_WINDOW = """
from pathlib import Path
import kc_desktop.__main__
from ui.app import run
from PySide6.QtWidgets import QApplication

def show_and_close():
    QApplication.processEvents()
    (window,) = (each for each in QApplication.topLevelWidgets() if each.isVisible())
    assert not window.grab().isNull()
    QApplication.closeAllWindows()
    return 0

QApplication.exec = staticmethod(show_and_close)
assert run(Path(sys.argv[1])) == 0
"""
LOOK_AT_PAPERS = """
from kc_desktop.services import papers
papers.kinds_for("meetings")
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("imports") / "sample.kcdb"
    write_sample(path)
    return path


@pytest.mark.parametrize("steps", [OPEN_A_FILE, OPEN_THE_WINDOW, LOOK_AT_PAPERS], ids=["file", "window", "papers"])
def test_opening_imports_nothing_that_only_printing_excel_and_new_files_need(
    sample: Path, tmp_path: Path, steps: str
) -> None:
    loaded = _packages_loaded_by(steps, sample, tmp_path)
    assert "sqlite3" in loaded
    assert loaded & HEAVY == set()


def test_the_core_never_imports_qt(sample: Path, tmp_path: Path) -> None:
    assert "PySide6" not in _packages_loaded_by(OPEN_A_FILE + LOOK_AT_PAPERS, sample, tmp_path)


def _packages_loaded_by(steps: str, sample: Path, home: Path) -> set[str]:
    told = "import json\nprint(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    folders = (
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{steps}\n{told}", str(sample)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **dict.fromkeys(folders, str(home)), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))
