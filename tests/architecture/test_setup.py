"""The set-up script says what is missing, in both languages, and asks nothing of a machine that is ready."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import setup
from tests.architecture.sources import ROOT

_SCRIPT = ROOT / "tests" / "setup.py"


def _imported(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse(_SCRIPT.read_text(encoding="utf-8"))
    assert _imported(tree) <= sys.stdlib_module_names


def test_an_older_python_can_read_it_far_enough_to_be_told() -> None:
    ast.parse(_SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_a_python_that_is_too_old_is_told_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(setup.SetupError) as told:
        setup.check_python()
    assert "Cần Python 99.0" in str(told.value)
    assert "Python 99.0 or newer is needed" in str(told.value)


def test_without_apt_the_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(setup.SetupError, match="libegl1 libgl1"):
        setup.install_packages(["libegl1", "libgl1"])


def test_an_environment_of_another_lock_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (setup.python_in(tmp_path), setup.pytest_in(tmp_path)):
        each.parent.mkdir(exist_ok=True)
        each.touch()
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp.json")
    assert not setup.is_ready(with_tests=False)
    setup.STAMP.write_text('{"made": "another lock"}', encoding="utf-8")
    assert not setup.is_ready(with_tests=False)
    setup.STAMP.write_text(f'{{"made": "{setup.fingerprint(False)}"}}', encoding="utf-8")
    assert setup.is_ready(with_tests=False)
    assert not setup.is_ready(with_tests=True)
    setup.STAMP.write_text(f'{{"made": "{setup.fingerprint(True)}"}}', encoding="utf-8")
    assert setup.is_ready(with_tests=False)
    assert setup.is_ready(with_tests=True)


def test_the_locked_packages_come_from_one_public_index_and_its_files() -> None:
    addresses = re.findall(r'"([a-z+]+://[^"]+)"', (ROOT / "uv.lock").read_text(encoding="utf-8"))
    places = {urlsplit(each)[:2] for each in addresses}
    assert {scheme for scheme, _ in places} == {"https"}
    assert len(places) <= 2
    assert all(re.fullmatch(r"([a-z]+\.)+(org|com)", host) for _, host in places)


def test_a_word_it_does_not_know_is_exit_code_two() -> None:
    done = subprocess.run([sys.executable, str(_SCRIPT), "frobnicate"], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
