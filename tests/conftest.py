"""What holds for every test: never the user's real profile, neither here nor in the processes a test starts."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

_FOLDERS = {
    "HOME": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_DOCUMENTS_DIR": "documents",
    # platformdirs asks Windows itself, not the environment, unless it is told otherwise
    "WIN_PD_OVERRIDE_APPDATA": "config",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "data",
    "WIN_PD_OVERRIDE_PERSONAL": "documents",
}
_profile = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Give the whole run a profile of its own, before anything of the program is imported."""
    config.stash[_profile] = made = tempfile.TemporaryDirectory(prefix="kc-desktop-tests-", ignore_cleanup_errors=True)
    for variable, name in _FOLDERS.items():
        folder = Path(made.name) / name
        folder.mkdir(exist_ok=True)
        os.environ[variable] = str(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the profile away again."""
    config.stash[_profile].cleanup()
