"""Workspaces on real files: an empty one, and the sample."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kc_desktop.services.sample import write_sample
from kc_desktop.services.workspace import Workspace


@pytest.fixture(scope="session")
def _sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "mẫu.kcdb"
    write_sample(path)
    return path


@pytest.fixture
def sample(_sample_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace on a fresh copy of the sample."""
    copy = tmp_path / "Dữ liệu mẫu.kcdb"
    shutil.copyfile(_sample_file, copy)
    workspace = Workspace.open(copy)
    yield workspace
    workspace.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace on a new, empty file."""
    workspace = Workspace.create(tmp_path / "Dữ liệu mới.kcdb")
    yield workspace
    workspace.close()
