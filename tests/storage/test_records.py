"""Records survive the file unchanged, and every described field has its column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import described_tables
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import EstimateLine, Project
from kc_desktop.errors import KnownError
from kc_desktop.storage import records
from tests.storage.helpers import content, new_file, put, undo


def test_a_record_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    project = put(file, Project(name="Đề án “A & B” <1>", year=2023, starts_on=date(2023, 2, 5), own_vnd=10**15))
    line = put(
        file,
        EstimateLine(
            project_id=project.id,
            content="Máy\tép",
            quantity=Decimal("1.50"),
            total_vnd=3,
            support_vnd=1,
            own_vnd=1,
            other_vnd=1,
        ),
    )
    shop = put(file, Establishment(name="Cơ sở 01", is_craft_village=True, workers=12))
    for each in (project, line, shop):
        assert records.fetch(file.connection, type(each), each.id) == each
    file.close()


def test_every_described_table_takes_and_gives_back_a_row(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    for table, described in described_tables().items():
        names = {row[1] for row in file.connection.execute(f"PRAGMA table_info({table})")}
        assert {each.name for each in described.fields} <= names
        assert records.fetch_all(file.connection, described.cls) == ()
    file.close()


@pytest.mark.parametrize("parts", [(1, 1, 0), (0, 0, 0), (10**14, 1, 1)])
def test_the_file_itself_refuses_an_estimate_line_that_does_not_add_up(
    tmp_path: Path, parts: tuple[int, int, int]
) -> None:
    file = new_file(tmp_path)
    project = put(file, Project(name="Đề án", year=2023))
    support, own, other = parts
    line = EstimateLine(
        project_id=project.id,
        content="Máy",
        total_vnd=sum(parts) + 1,
        support_vnd=support,
        own_vnd=own,
        other_vnd=other,
    )
    with pytest.raises(KnownError, match="chưa hợp lệ"):
        put(file, line)
    file.close()


def test_the_ledger_refuses_edits_and_deletions_but_lets_undo_take_an_entry_back(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    plan = put(file, AnnualPlan(year=2023))
    empty = content(file.connection)
    put(file, FundEntry(happened_on=date(2023, 1, 1), plan_id=plan.id, amount_vnd=5))
    for sql in ("UPDATE fund_entry SET amount_vnd = 6", "DELETE FROM fund_entry"):
        with pytest.raises(KnownError), file.change("Sửa sổ"):
            file.connection.execute(sql)
    undo(file)
    assert content(file.connection) == empty
    file.close()


@pytest.mark.parametrize("kind", ["do", "start"])
@pytest.mark.parametrize("statement", ["UPDATE fund_entry SET amount_vnd = 1", "DELETE FROM fund_entry"])
def test_no_step_but_undo_and_redo_touches_an_entry_again(tmp_path: Path, kind: str, statement: str) -> None:
    file = new_file(tmp_path)
    plan = put(file, AnnualPlan(year=2023))
    put(file, FundEntry(happened_on=date(2023, 1, 1), plan_id=plan.id, amount_vnd=5))
    with pytest.raises(KnownError), file.change("Sửa", kind=kind):
        file.connection.execute(statement)
    file.close()


def test_there_is_one_office_only(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    put(file, Office(id=1, name="Trung tâm"))
    with pytest.raises(KnownError):
        put(file, Office(id=2, name="Trung tâm khác"))
    file.close()


def test_many_records_are_fetched_by_id(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    with file.change("Thêm"):
        made = [records.insert(file.connection, Person(name=f"Đại biểu {number}")) for number in range(1200)]
    found = records.fetch_many(file.connection, Person, [each.id for each in made] + [99999])
    assert found == {each.id: each for each in made}
    file.close()
