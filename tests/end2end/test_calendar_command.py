"""The calendar as a command: a file any calendar reads, or a line that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end2end.program import kc


def test_the_calendar_of_a_file_is_written_whole(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "Lịch.ics"
    answer = kc("calendar", "--data", sample, "--to", target)
    assert (answer.code, answer.err) == (0, "")
    data = target.read_bytes()
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"BEGIN:VEVENT") >= 1
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(("name", "words"), [("lich.pdf", "đuôi .ics"), ("không có/lich.ics", "Không có thư mục")])
def test_a_target_that_cannot_be_is_told(sample: Path, tmp_path: Path, name: str, words: str) -> None:
    answer = kc("calendar", "--data", sample, "--to", tmp_path / name)
    assert answer.is_one_line_of_complaint()
    assert words in answer.err
    assert list(tmp_path.iterdir()) == []


def test_data_and_target_have_to_be_named(sample: Path) -> None:
    assert kc("calendar", "--data", sample).code == 2
