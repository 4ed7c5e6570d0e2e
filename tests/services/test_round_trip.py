"""What goes out as a workbook comes back as it was: importing it again changes nothing."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
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


_hostile = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.sampled_from(
        ["=1+1", "+84", "-5", "@SUM(A1)", "hết;", "<b>&amp;</b>", "_x0041_", "0123", "1e5", "TRUE", "#REF!", "'chữ"]
    ),
)


def _made(workspace: Workspace, key: str, at: int, text: str, amount: int) -> None:
    """Save a record of a kind with this text wherever it has any."""
    name = f"Thử {at:03d} {text}"
    if key == "people":
        workspace.save(Person(name=name, post=text, organisation=text, group_code="guest"))
    elif key == "establishments":
        workspace.save(Establishment(name=name, address=text, trade=text))
    elif key == "projects":
        workspace.save(Project(year=2023, name=name, requested_vnd=amount))
    elif key == "collaborators":
        person = workspace.save(Person(name=name, organisation=text, group_code="collaborator"))
        decision = next(each for each in workspace.all(Appointment) if each.number)
        workspace.save(AppointmentMember(appointment_id=decision.id, person_id=person.id, area=text))
    elif key == "leads":
        person = workspace.all(Person)[0]
        workspace.save(Lead(person_id=person.id, found_on=date(2023, 5, 1 + at % 28), need=name))
    else:
        given = next(each for each in workspace.all(FundEntry) if each.kind == "allocation")
        workspace.save(dataclasses.replace(given, id=0, payee=text, document=name, amount_vnd=amount))


@pytest.mark.parametrize("key", importing.WHATS)
def test_records_of_any_words_come_back_as_they_are(sample: Workspace, tmp_path: Path, key: str) -> None:
    kept = sample.revision
    numbers = itertools.count()

    @settings(max_examples=8, deadline=None)
    @given(rows=st.lists(st.tuples(_hostile, st.integers(1, 10**9)), min_size=3, max_size=8))
    def check(rows: list[tuple[str, int]]) -> None:
        with sample.change("Thử"):
            for text, amount in rows:
                _made(sample, key, next(numbers), text, amount)
        counts = _counts(sample, key, tmp_path / "a.xlsx")
        assert set(counts) == {"same"}, counts

    check()
    assert sample.revision > kept


@pytest.mark.parametrize("key", ["people", "establishments"])
def test_a_list_comes_into_an_empty_file_as_it_stands(
    sample: Workspace, empty: Workspace, tmp_path: Path, key: str
) -> None:
    for at, text in enumerate(("=1+1", "+84", "@a\nb", "<i>&", "0123")):
        _made(sample, key, at, text, 1)
    request = exporting.whole_request(key, None, date(2026, 11, 23))
    exporting.export_list(sample, key, request, tmp_path / "a.xlsx", _quiet)
    importing.write(importing.judge(empty, key, importing.read_workbook(tmp_path / "a.xlsx")))
    one, two = ([row.cells for row in lists.every_row(each, key, request)] for each in (sample, empty))
    assert two == one
