"""Attached files: whole or not at all, kept under what they hold, told when damaged, in every backup."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.paper import Attachment
from kc_desktop.domain.project import Project
from kc_desktop.errors import KnownError
from kc_desktop.services import attachments, backup, checking, finalising
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import attachments as storage

BYTES = b"%PDF-1.7 a scan of the signed sheet"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scan on the disk."""
    path = tmp_path / "Biên bản đã ký.pdf"
    path.write_bytes(BYTES)
    return path


def test_a_file_is_kept_under_its_digest_beside_the_data_file(sample: Workspace, scan: Path) -> None:
    (kept,) = attachments.attach(sample, "meeting", 1, [scan])
    assert kept.sha256 == hashlib.sha256(BYTES).hexdigest()
    assert (kept.name, kept.size_bytes) == ("Biên bản đã ký.pdf", len(BYTES))
    folder = sample.path.parent / "Tệp đính kèm Dữ liệu mẫu"
    assert [each.name for each in folder.iterdir()] == [kept.sha256]
    assert attachments.read(sample, kept.id) == BYTES
    assert scan.read_bytes() == BYTES


def test_the_same_file_is_attached_to_a_record_once_and_shared_between_records(sample: Workspace, scan: Path) -> None:
    attachments.attach(sample, "meeting", 1, [scan])
    before = sample.revision
    assert attachments.attach(sample, "meeting", 1, [scan]) == ()
    assert sample.revision == before
    project = sample.all(Project)[0]
    attachments.attach(sample, "project", project.id, [scan])
    assert len(list(attachments.folder(sample).iterdir())) == 1
    assert len(attachments.of(sample, "project", project.id)) == 1


def test_attaching_several_is_one_step_and_a_bad_one_keeps_all_from_being_attached(
    sample: Workspace, scan: Path, tmp_path: Path
) -> None:
    other = tmp_path / "Ảnh.png"
    other.write_bytes(b"picture")
    before = sample.revision
    attachments.attach(sample, "meeting", 1, [scan, other])
    assert sample.revision == before + 1
    sample.undo()
    assert attachments.of(sample, "meeting", 1) == ()
    empty = tmp_path / "trống.pdf"
    empty.touch()
    for bad in (empty, tmp_path, tmp_path / "không có.pdf"):
        with pytest.raises(KnownError) as caught:
            attachments.attach(sample, "meeting", 1, [scan, bad])
        assert caught.value.remedy
    assert attachments.of(sample, "meeting", 1) == ()


def test_removing_is_undone_with_the_bytes(sample: Workspace, scan: Path) -> None:
    (kept,) = attachments.attach(sample, "meeting", 1, [scan])
    attachments.remove(sample, kept.id)
    assert attachments.of(sample, "meeting", 1) == ()
    sample.undo()
    (again,) = attachments.of(sample, "meeting", 1)
    assert attachments.read(sample, again.id) == BYTES


def test_a_file_over_the_limit_is_refused_with_the_limit(sample: Workspace, scan: Path, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="50 MB"):
        attachments.attach_bytes(sample, "meeting", 1, "lớn.png", b"0" * (attachments.MOST_BYTES + 1))
    with pytest.raises(KnownError, match="quá 0 MB"):
        storage.keep(scan, tmp_path / "kho", 3)
    assert not (tmp_path / "kho").exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told(sample: Workspace, scan: Path) -> None:
    folder = attachments.folder(sample)
    folder.mkdir()
    folder.chmod(0o500)
    try:
        with pytest.raises(KnownError, match="Không được phép ghi"):
            attachments.attach(sample, "meeting", 1, [scan])
    finally:
        folder.chmod(0o700)


def test_a_file_in_the_way_of_the_folder_is_told(sample: Workspace, scan: Path) -> None:
    attachments.folder(sample).write_text("đây là tệp")
    with pytest.raises(KnownError, match="đã có một tệp tên như vậy"):
        attachments.attach(sample, "meeting", 1, [scan])


def test_a_file_that_is_only_read_takes_nothing(sample: Workspace, scan: Path) -> None:
    with closing(Workspace.open(sample.path)) as second:
        assert second.is_read_only
        with pytest.raises(KnownError, match="chỉ để đọc"):
            attachments.attach(second, "meeting", 1, [scan])


def test_the_scan_of_closed_minutes_may_still_be_attached(sample: Workspace, scan: Path) -> None:
    (meeting,) = sample.all(Meeting)
    finalising.finalise(sample, meeting.id, on=date(2023, 4, 14))
    assert attachments.attach(sample, "meeting", meeting.id, [scan])


def test_a_missing_and_a_damaged_file_are_told_by_the_check(sample: Workspace, scan: Path, tmp_path: Path) -> None:
    other = tmp_path / "Ảnh hội nghị.png"
    other.write_bytes(b"picture")
    first, second = attachments.attach(sample, "meeting", 1, [scan, other])
    folder, path = attachments.folder(sample), sample.path
    (folder / first.sha256).unlink()
    (folder / second.sha256).write_bytes(b"pictur3")
    assert not attachments.is_there(sample, first)
    for each, words in ((first, "Không thấy"), (second, "không còn nguyên vẹn")):
        with pytest.raises(KnownError, match=words):
            attachments.read(sample, each.id)
    sample.close()
    told = checking.check(path)
    assert any("không thấy" in each and "Biên bản đã ký.pdf" in each for each in told)
    assert any("không còn nguyên vẹn" in each and "Ảnh hội nghị.png" in each for each in told)


def test_what_is_damaged_is_mended_by_attaching_the_same_file_again(sample: Workspace, scan: Path) -> None:
    (kept,) = attachments.attach(sample, "meeting", 1, [scan])
    (attachments.folder(sample) / kept.sha256).write_bytes(b"?")
    attachments.attach(sample, "meeting", 1, [scan])
    assert attachments.read(sample, kept.id) == BYTES


def test_a_backup_holds_the_files_and_a_restore_brings_them_back(sample: Workspace, scan: Path) -> None:
    (kept,) = attachments.attach(sample, "meeting", 1, [scan])
    path, folder = sample.path, attachments.folder(sample)
    sample.close()
    done = backup.back_up(path)
    assert done.faults == ()
    beside = done.backup.path.parent / folder.name / kept.sha256
    assert beside.read_bytes() == BYTES
    (folder / kept.sha256).unlink()
    backup.restore(done.backup.path, path)
    assert (folder / kept.sha256).read_bytes() == BYTES


def test_a_backup_without_a_file_says_so(sample: Workspace, scan: Path) -> None:
    (kept,) = attachments.attach(sample, "meeting", 1, [scan])
    (attachments.folder(sample) / kept.sha256).unlink()
    path = sample.path
    sample.close()
    done = backup.back_up(path)
    assert any("Biên bản đã ký.pdf" in each for each in done.faults)
    assert done.backup.path.is_file()


def test_a_copy_is_saved_whole(sample: Workspace, scan: Path, tmp_path: Path) -> None:
    (kept,) = attachments.attach(sample, "meeting", 1, [scan])
    attachments.save_as(sample, kept.id, tmp_path / "bản sao.pdf")
    assert (tmp_path / "bản sao.pdf").read_bytes() == BYTES


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=300), data=st.binary(min_size=1, max_size=200))
def test_any_name_and_any_bytes_come_back(sample: Workspace, name: str, data: bytes) -> None:
    try:
        made = attachments.attach_bytes(sample, "meeting", 1, name, data)
    except KnownError:
        pytest.fail("refused")
    for each in made:
        assert attachments.read(sample, each.id) == data
        assert not set(each.name) & set('<>:"/\\|?*')


def test_a_record_that_is_gone_takes_no_file(sample: Workspace, scan: Path) -> None:
    with pytest.raises(KnownError, match="Không còn"):
        attachments.attach(sample, "meeting", 99, [scan])


def test_a_deleted_meeting_comes_back_with_its_files(sample: Workspace, scan: Path) -> None:
    meeting = sample.save(dataclasses.replace(sample.all(Meeting)[0], id=0, title="Họp khác"))
    attachments.attach(sample, "meeting", meeting.id, [scan])
    sample.delete(Meeting, meeting.id)
    sample.undo()
    assert len(attachments.of(sample, "meeting", meeting.id)) == 1


def test_a_folder_left_behind_by_a_rename_of_the_data_file_is_named(sample: Workspace, scan: Path) -> None:
    (kept,) = attachments.attach(sample, "meeting", 1, [scan])
    folder = attachments.folder(sample)
    folder.rename(folder.with_name("Tệp đính kèm Tên cũ"))
    with pytest.raises(KnownError, match=f"đổi tên thư mục đó thành {folder.name}") as told:
        attachments.read(sample, kept.id)
    assert "Tệp đính kèm Tên cũ" in told.value.remedy


def test_no_digest_leads_out_of_the_folder(sample: Workspace) -> None:
    kept = sample.save(Attachment(owner_table="meeting", owner_id=1, name="a", size_bytes=1, sha256="../mẫu"))
    with pytest.raises(KnownError, match="Không thấy"):
        attachments.read(sample, kept.id)
    with sample.reading() as connection:
        assert storage.wanted_by(connection) == []
