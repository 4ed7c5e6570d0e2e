"""All a file holds, as one workbook for each area: every record is there, and nothing protected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kc_desktop.domain.fields import described_tables
from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.services import whole_data
from kc_desktop.services.whole_data import export_all
from kc_desktop.services.workspace import Workspace


class _StoppedError(Exception):
    pass


def _quiet(_done: int, _total: int) -> None:
    pass


def _books(folder: Path) -> dict[str, CalamineWorkbook]:
    return {path.stem: CalamineWorkbook.from_path(str(path)) for path in sorted(folder.glob("*.xlsx"))}


def test_every_table_with_rows_is_a_sheet_with_all_its_rows(sample: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "ra"
    folder.mkdir()
    written = export_all(sample, folder, _quiet)
    assert sorted(written) == sorted(folder.iterdir())
    books = _books(folder)
    rows = {
        name: sum(1 for row in book.get_sheet_by_name(name).to_python() if isinstance(row[0], float))
        for book in books.values()
        for name in book.sheet_names
    }
    kept = {each.plural: len(sample.all(each.cls)) for each in described_tables().values()}
    assert rows == {name[:31].rstrip(): number for name, number in kept.items() if number}


def test_links_are_names_codes_are_words_and_protected_numbers_are_masked(sample: Workspace, tmp_path: Path) -> None:
    sample.save(Person(name="Đại biểu 90", citizen_id="001099000017", bank_account="0451000090017", phone="0912000090"))
    export_all(sample, tmp_path, _quiet)
    books = _books(tmp_path)
    people = books["Danh bạ, cơ sở"].get_sheet_by_name("Danh bạ").to_python()
    (row,) = [row for row in people if "Đại biểu 90" in row]
    assert "0912000090" in row
    assert "001099000017" not in str(people)
    assert "0451000090017" not in str(people)
    projects = books["Chương trình, đề án"].get_sheet_by_name("Đề án").to_python()
    assert any("Đang thực hiện" in row for row in projects)
    assert not any("implementing" in row for row in projects)


def test_one_that_is_stopped_leaves_what_was_there(sample: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "ra"
    folder.mkdir()
    earlier = folder / "Kinh phí.xlsx"
    earlier.write_bytes(b"earlier")

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        export_all(sample, folder, stop)
    assert list(folder.iterdir()) == [earlier]
    assert earlier.read_bytes() == b"earlier"


def test_the_folder_of_its_own_is_taken_away_when_nothing_came_of_it(sample: Workspace, tmp_path: Path) -> None:
    parent = tmp_path / "ra"
    parent.mkdir()

    def stop(_done: int, _total: int) -> None:
        raise _StoppedError

    with pytest.raises(_StoppedError):
        whole_data.export_beside(sample, parent, stop)
    assert list(parent.iterdir()) == []
    folder, written = whole_data.export_beside(sample, parent, _quiet, today=date(2026, 11, 23))
    assert folder.name == "Toàn bộ dữ liệu Dữ liệu mẫu (23.11.2026)"
    assert sorted(written) == sorted(folder.iterdir())
    with pytest.raises(KnownError, match="Không có thư mục"):
        whole_data.export_beside(sample, tmp_path / "không có", _quiet)


def test_progress_ends_at_the_last_row(sample: Workspace, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export_all(sample, tmp_path, lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1] == sum(len(sample.all(each.cls)) for each in described_tables().values())


def test_no_table_stands_in_two_workbooks() -> None:
    placed = [table for _, found in whole_data.AREAS for table in found]
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(described_tables())
