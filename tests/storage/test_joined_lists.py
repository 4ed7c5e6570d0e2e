"""Lists sorted by a joined person's name come out alike, whether they are read from the people's index or sorted."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kc_desktop.domain.collaborator import CollaboratorReport
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.storage import listing, records, searched_pages
from kc_desktop.storage.data_file import DataFile
from kc_desktop.storage.listing import ListRequest
from kc_desktop.storage.listings import LISTINGS
from tests.storage.helpers import new_file

SYLLABLES = ("An", "Ân", "Bình", "Đạt", "Hòa", "Hồ", "Thủy", "Yến")


@pytest.fixture
def network(tmp_path: Path) -> Iterator[DataFile]:
    file = new_file(tmp_path)
    with file.change("Thêm"):
        decisions = [
            records.insert(
                file.connection,
                Appointment(number=f"{year}/QĐ", valid_from=date(year, 1, 1), valid_to=date(year, 12, 31)),
            )
            for year in (2022, 2023)
        ]
        for number in range(64):
            name = f"{SYLLABLES[number % 8]} {SYLLABLES[number // 8]} {SYLLABLES[number % 3]}"
            person = records.insert(file.connection, Person(name=name))
            if number % 5:
                member = AppointmentMember(appointment_id=decisions[number % 2].id, person_id=person.id)
                records.insert(file.connection, member)
                records.insert(file.connection, CollaboratorReport(person_id=person.id, period="2023-01"))
                records.insert(file.connection, CollaboratorReport(person_id=person.id, period="2023-02"))
    yield file
    file.close()


def _ids(file: DataFile, key: str, request: ListRequest) -> list[int]:
    ids: list[int] = []
    while page := listing.page(file.connection, LISTINGS[key], dataclasses.replace(request, offset=len(ids))):
        ids += [row.id for row in page]
    return ids


@pytest.mark.parametrize("key", ["collaborators", "reports"])
@pytest.mark.parametrize("search", ["", "a", "hồ", "an hoà", "khong co ai"])
@pytest.mark.parametrize("year", [None, 2023])
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_by_a_joined_name_is_the_same_from_the_index_and_sorted(
    network: DataFile, monkeypatch: pytest.MonkeyPatch, key: str, search: str, year: int | None, descending: bool
) -> None:
    request = ListRequest(search=search, sort="name", descending=descending, year=year, limit=7)
    expected = _ids(network, key, dataclasses.replace(request, limit=1000))
    for long, few, first in ((0, 0, 10), (0, 1000, 10), (1000, 0, 10), (0, 0, 1000)):
        monkeypatch.setattr(listing, "_LONG", long)
        monkeypatch.setattr(searched_pages, "_FEW", few)
        monkeypatch.setattr(searched_pages, "_FEW_TO_LOOK_AT", few)
        monkeypatch.setattr(searched_pages, "_FIRST", first)
        assert _ids(network, key, request) == expected
    assert listing.count(network.connection, LISTINGS[key], request) == len(expected)
    assert bool(expected) is (search != "khong co ai")
