"""A sample file as the command line writes it, once; and a copy of it for tests that spoil theirs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.end2end.program import kc


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, to be read only; its folder and name hold spaces and Vietnamese letters."""
    path = tmp_path_factory.mktemp("Dữ liệu của Trung tâm") / "Mạng lưới 2023.kcdb"
    answer = kc("sample", path)
    assert answer.code == 0, answer.err
    return path


@pytest.fixture
def copy(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample that a test may spoil."""
    return Path(shutil.copyfile(sample, tmp_path / "bản sao.kcdb"))
