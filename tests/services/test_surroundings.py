"""What is told around an open file: its place, its rights, and a clock that cannot be right."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kc_desktop import paths
from kc_desktop.domain.people import Person
from kc_desktop.services import record_history, surroundings
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import places
from kc_desktop.storage.places import System

_VIETNAM = timezone(timedelta(hours=7))
_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=_VIETNAM)


class _Clock:
    """A clock the test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def _written(path: Path, now: datetime) -> Workspace:
    workspace = Workspace.create(path, clock=_Clock(now))
    workspace.save(Person(name="Đại biểu 01"))
    return workspace


@pytest.mark.parametrize("folder", ["OneDrive", "OneDrive - Sở Công Thương", "Google Drive", "Dropbox"])
def test_a_file_in_a_clouds_folder_is_told_with_the_services_name_and_what_to_do(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    workspace = Workspace.create(tmp_path / folder / "a.kcdb")
    (caution,) = surroundings.cautions(workspace)
    workspace.close()
    assert caution.key == "place"
    assert caution.is_lasting
    assert folder.split(" -")[0] in caution.message
    assert "ổ đĩa của máy" in caution.remedy
    assert "sao lưu" in caution.remedy


def test_a_file_opened_inside_an_archive_is_told_every_time(tmp_path: Path) -> None:
    (tmp_path / "Temp1_hồ sơ.zip").mkdir()
    caution = surroundings.caution_of_place(tmp_path / "Temp1_hồ sơ.zip" / "a.kcdb")
    assert caution is not None
    assert "sẽ bị xóa" in caution.message
    assert "lấy tệp .kcdb ra" in caution.remedy
    assert not caution.is_lasting


def test_a_file_on_a_share_is_told_with_the_shares_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = f"//may-chu/chung {tmp_path} cifs rw 0 0\n"
    on_the_share = System(environment={}, mounts=lambda: share, drive_type=lambda _root: places._DRIVE_REMOTE)
    monkeypatch.setattr(places.place_of, "__defaults__", (on_the_share,))
    caution = surroundings.caution_of_place(tmp_path / "a.kcdb")
    assert caution is not None
    assert "ổ mạng" in caution.message
    assert ("//may-chu/chung" if sys.platform != "win32" else tmp_path.drive) in caution.message


def test_a_file_on_the_pcs_own_disk_under_a_clock_that_is_right_needs_no_word(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "a.kcdb")
    workspace.save(Person(name="Đại biểu 01"))
    assert surroundings.cautions(workspace) == ()
    workspace.close()


@pytest.mark.parametrize(
    ("now", "is_told"),
    [
        (_NOON + timedelta(days=1), False),
        (_NOON - timedelta(minutes=5), False),
        (_NOON - timedelta(minutes=11), True),
        (_NOON - timedelta(days=365), True),
        (_NOON.astimezone(UTC), False),
        ((_NOON - timedelta(hours=1)).astimezone(UTC), True),
    ],
)
def test_a_clock_before_the_newest_change_is_told_with_both_moments(
    tmp_path: Path, now: datetime, is_told: bool
) -> None:
    workspace = _written(tmp_path / "a.kcdb", _NOON)
    caution = surroundings.caution_of_clock(workspace, now)
    workspace.close()
    assert (caution is not None) is is_told
    if caution is not None:
        assert f"{now:%H:%M} ngày {now.day}/{now.month}/{now.year}" in caution.message
        assert "12:00 ngày 23/11/2026" in caution.message
        assert "Chỉnh lại ngày giờ" in caution.remedy
        assert not caution.is_lasting


@pytest.mark.parametrize("year", [1980, 2023, 2101, 2155])
def test_a_year_that_cannot_be_is_told_even_in_a_file_nobody_has_changed(tmp_path: Path, year: int) -> None:
    workspace = Workspace.create(tmp_path / "a.kcdb")
    caution = surroundings.caution_of_clock(workspace, _NOON.replace(year=year))
    workspace.close()
    assert caution is not None
    assert str(year) in caution.message


@pytest.mark.parametrize("year", [2024, 2026, 2100])
def test_a_year_that_can_be_is_not(tmp_path: Path, year: int) -> None:
    workspace = Workspace.create(tmp_path / "a.kcdb", clock=_Clock(_NOON.replace(year=2024)))
    assert surroundings.caution_of_clock(workspace, _NOON.replace(year=year)) is None
    workspace.close()


def test_history_bin_and_undo_keep_their_order_whatever_the_clock_says(tmp_path: Path) -> None:
    clock = _Clock(_NOON)
    workspace = Workspace.create(tmp_path / "a.kcdb", clock=clock)
    first = workspace.save(Person(name="Đại biểu 01"))
    clock.now = _NOON - timedelta(days=4000)
    other = workspace.save(Person(name="Đại biểu 02"))
    workspace.delete(Person, other.id)
    clock.now = _NOON + timedelta(days=4000)
    workspace.save(Person(id=first.id, name="Đại biểu 03"))
    clock.now = _NOON - timedelta(days=9000)
    workspace.delete(Person, first.id)
    assert [line.label.split()[0] for line in record_history.life(workspace, "person", first.id)] == [
        "Xóa",
        "Sửa",
        "Thêm",
    ]
    assert [item.title for item in record_history.deleted(workspace)] == ["Đại biểu 03", "Đại biểu 02"]
    workspace.undo()
    assert workspace.get(Person, first.id).name == "Đại biểu 03"
    workspace.undo()
    assert workspace.get(Person, first.id).name == "Đại biểu 01"
    workspace.redo()
    assert workspace.get(Person, first.id).name == "Đại biểu 03"
    workspace.close()


def _documents(monkeypatch: pytest.MonkeyPatch, home: Path, documents: Path) -> Path:
    documents.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(documents))
    monkeypatch.setenv("WIN_PD_OVERRIDE_PERSONAL", str(documents))
    monkeypatch.setattr(Path, "home", lambda: home)
    return paths.documents_folder()


def test_new_files_are_offered_in_the_users_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = tmp_path / "Phòng KT" / "Tài liệu"
    assert _documents(monkeypatch, tmp_path / "Phòng KT", documents) == documents


def test_documents_that_onedrive_has_taken_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "Phòng KT"
    taken = home / "OneDrive - Sở" / "Tài liệu"
    assert _documents(monkeypatch, home, taken) == home
    (home / "Documents").mkdir()
    assert _documents(monkeypatch, home, taken) == home / "Documents"


def test_where_everything_is_in_a_cloud_the_documents_are_offered_and_the_file_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "OneDrive" / "kt"
    assert _documents(monkeypatch, home, home / "Tài liệu") == home / "Tài liệu"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs to become another account")
def test_a_file_of_another_account_is_told_with_its_owner(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "a.kcdb").close()
    (tmp_path / "a.kcdb").chmod(0o644)
    for folder in (tmp_path, *tmp_path.parents):
        folder.chmod(folder.stat().st_mode | 0o011)
    os.seteuid(65534)
    try:
        caution = surroundings.caution_of_rights(tmp_path / "a.kcdb")
    finally:
        os.seteuid(0)
    assert caution is not None
    assert "tài khoản root" in caution.message
    assert "cấp quyền ghi" in caution.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="an attribute there")
def test_a_file_of_ones_own_that_is_marked_read_only_is_told_by_the_status_line_alone(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "a.kcdb").close()
    (tmp_path / "a.kcdb").chmod(0o444)
    assert surroundings.caution_of_rights(tmp_path / "a.kcdb") is None
