"""What backups are called and which are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.storage import backup_files
from kc_desktop.storage.backup_files import Backup, Reason

_START = datetime(2026, 3, 2, 8, 0, 0)


def _backup(at: datetime, reason: Reason = Reason.DAILY) -> Backup:
    return Backup(path=Path(f"{at:%Y%m%d%H%M%S} {reason}.kcdb"), at=at, reason=reason, size=1)


def _kept(backups: list[Backup]) -> set[Backup]:
    return set(backups) - set(backup_files.superfluous(backups))


def test_a_name_tells_the_file_the_moment_and_the_reason(tmp_path: Path) -> None:
    data = tmp_path / "Khuyến công 2026.kcdb"
    path = backup_files.free_name(tmp_path, data, _START, Reason.DATA_UPGRADE)
    assert path.name == "Khuyến công 2026 – sao lưu 2026-03-02 08.00.00 trước khi nâng cấp dữ liệu.kcdb"
    path.write_bytes(b"12345")
    (found,) = backup_files.backups_in(tmp_path, data)
    assert (found.path, found.at, found.reason, found.size) == (path, _START, Reason.DATA_UPGRADE, 5)
    assert backup_files.is_backup(path)


def test_a_second_backup_of_the_same_second_gets_a_name_of_its_own(tmp_path: Path) -> None:
    data = tmp_path / "a.kcdb"
    for _ in range(3):
        backup_files.free_name(tmp_path, data, _START, Reason.ASKED).touch()
    assert [each.at for each in backup_files.backups_in(tmp_path, data)] == [_START] * 3


def test_backups_of_files_in_one_folder_are_told_apart(tmp_path: Path) -> None:
    first, second = tmp_path / "Khuyến công.kcdb", tmp_path / "Khuyến công 2026.kcdb"
    for data in (first, second):
        backup_files.free_name(tmp_path, data, _START, Reason.ASKED).touch()
    assert len(backup_files.backups_in(tmp_path, first)) == len(backup_files.backups_in(tmp_path, second)) == 1
    assert backup_files.default_folder(first) != backup_files.default_folder(second)


@pytest.mark.parametrize("name", ["a.kcdb", "a – sao lưu.kcdb", "a – sao lưu của tôi.kcdb", "sao lưu 2026.kcdb"])
def test_other_names_are_no_backups(name: str) -> None:
    assert not backup_files.is_backup(Path(name))


def test_a_name_no_calendar_knows_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "a – sao lưu 2026-02-31 08.00.00 hằng ngày.kcdb").touch()
    assert backup_files.backups_in(tmp_path, tmp_path / "a.kcdb") == ()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_data_file_gives_a_name_every_system_takes(stem: str) -> None:
    name = backup_files.free_name(Path(), Path(f"{stem.replace('/', '')}x.kcdb"), _START, Reason.DATA_UPGRADE).name
    assert len(name.encode()) <= 240
    assert not set('<>:"/\\|?*') & set(name)
    assert backup_files.is_backup(Path(name))


def test_every_day_for_three_years_leaves_fourteen_days_eight_weeks_and_twenty_four_months() -> None:
    backups: list[Backup] = []
    for day in range(3 * 365):
        backups.append(_backup(_START + timedelta(days=day)))
        gone = backup_files.superfluous(backups)
        backups = [each for each in backups if each not in gone]
    days = [each.at.date() for each in sorted(backups, key=lambda each: each.at, reverse=True)]
    last = days[0]
    assert days[:14] == [last - timedelta(days=back) for back in range(14)]
    assert len({each.at.isocalendar()[:2] for each in backups}) >= 8
    assert len({(each.at.year, each.at.month) for each in backups}) == 24
    assert len(backups) <= 14 + 8 + 24


def test_the_newest_of_a_day_is_the_one_that_stays() -> None:
    morning, evening, next_day = (_backup(_START + timedelta(hours=each)) for each in (0, 9, 24))
    assert _kept([morning, evening, next_day]) == {evening, next_day}
    assert _kept([morning, evening]) == {morning, evening}, "all of the newest day stay"


_moments = st.datetimes(datetime(2020, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(microsecond=0))
_backups = st.lists(st.builds(_backup, _moments, st.sampled_from(Reason)), min_size=1, unique_by=lambda each: each.path)


@given(_backups)
def test_whatever_the_clock_said_the_newest_stays_and_what_was_made_before_a_change_of_version(
    backups: list[Backup],
) -> None:
    kept = _kept(backups)
    assert max(backups, key=lambda each: each.at) in kept
    always = {each for each in backups if each.reason not in (Reason.DAILY, Reason.ASKED)}
    assert always <= kept
    assert len(kept - always) <= 14 + 8 + 24 + sum(
        each.at.date() == max(other.at for other in backups).date() for each in backups
    )


@given(_backups)
def test_what_was_kept_once_is_kept_again(backups: list[Backup]) -> None:
    assert backup_files.superfluous(_kept(backups)) == ()
