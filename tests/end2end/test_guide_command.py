"""The guide as a command: a PDF written whole, or a line that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end2end.program import kc


@pytest.mark.parametrize("more", [(), ("--keys",)])
def test_the_guide_is_written_as_pdf(tmp_path: Path, more: tuple[str, ...]) -> None:
    target = tmp_path / "hướng dẫn.pdf"
    answer = kc("guide", *more, "--to", target)
    assert answer.code == 0
    assert target.read_bytes().startswith(b"%PDF-")
    assert str(target) in answer.out


def test_a_file_that_is_no_pdf_is_refused_by_name(tmp_path: Path) -> None:
    answer = kc("guide", "--to", tmp_path / "a.docx")
    assert answer.code == 1
    assert "a.docx" in answer.err
    assert ".pdf" in answer.err
    assert not list(tmp_path.iterdir())


def test_without_a_file_the_command_is_wrong() -> None:
    assert kc("guide").code == 2
