"""What goes out as a workbook comes back as it was: importing it again changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.services import exporting, importing, lists
from kc_desktop.services.workspace import Workspace


def _quiet(_done: int, _total: int) -> None:
    pass


def _counts(workspace: Workspace, key: str, path: Path) -> dict[str, int]:
    request = exporting.whole_request(key, None, date(2026, 11, 23))
    exporting.export_list(workspace, key, request, path, _quiet)
    found = importing.judge(workspace, key, importing.read_workbook(path))
    return {verdict: number for verdict, number in found.counts.items() if number}


@pytest.mark.parametrize("key", importing.WHATS)
def test_a_list_of_the_sample_comes_back_as_it_was(sample: Workspace, tmp_path: Path, key: str) -> None:
    request = exporting.whole_request(key, None, date(2026, 11, 23))
    assert _counts(sample, key, tmp_path / "a.xlsx") == {"same": lists.count(sample, key, request)}


@pytest.mark.parametrize(
    ("key", "record"),
    [
        ("projects", Project(year=2023, name="=HYPERLINK(1) – dự án", requested_vnd=123_456_789)),
        ("projects", Project(year=2023, name="+84 & <b>dự án</b>")),
        ("people", Person(name="Đại biểu 90", phone="0912000090", post="@trưởng phòng")),
        ("establishments", Establishment(name="Cơ sở 90", tax_code="0100109106", address="-5 đường số 7")),
    ],
)
def test_words_that_look_like_something_else_come_back(
    sample: Workspace, tmp_path: Path, key: str, record: Project | Person | Establishment
) -> None:
    sample.save(record)
    counts = _counts(sample, key, tmp_path / "a.xlsx")
    assert set(counts) == {"same"}
