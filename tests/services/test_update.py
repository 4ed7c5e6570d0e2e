"""Updating from a file: which installer is taken, which refused, what is said of it, and how it is started."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop import __version__
from kc_desktop.errors import KnownError
from kc_desktop.services import update
from resources.installer import build
from tests.services.installers import CHANGES, installer, real_installer, write_sum


def test_versions_compare_as_numbers() -> None:
    assert update.is_newer("0.10", "0.9.9")
    assert update.is_newer("1.0.1", "1.0")
    assert not update.is_newer("1.0.0", "1.0")
    assert not update.is_newer("0.9", "0.10")
    assert not update.is_newer("")


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.lists(st.integers(0, 30), min_size=1, max_size=4))
def test_of_two_versions_at_most_one_is_newer(one: list[int], other: list[int]) -> None:
    first, second = (".".join(map(str, each)) for each in (one, other))
    assert not (update.is_newer(first, second) and update.is_newer(second, first))
    assert not update.is_newer(first, first)


def test_what_is_new_is_every_version_since() -> None:
    assert [each.version for each in update.news_since("0.0.1", CHANGES)] == ["99.1.0", "99.0.0"]
    assert [each.version for each in update.news_since("99.0", CHANGES)] == ["99.1.0"]
    assert update.news_since("99.1.0", CHANGES) == ()
    assert update.news_since("0", "không có gì") == ()
    (newest, *_) = update.news_since("0.0.1", CHANGES)
    assert newest.text == "- **Sao lưu.** Tự sao lưu mỗi ngày."


def test_the_program_knows_what_its_own_version_brought() -> None:
    assert __version__ in [each.version for each in update.news_since("0")]


def test_an_installer_tells_what_it_brings(tmp_path: Path) -> None:
    found = update.judge(installer(tmp_path))
    assert (found.version, found.is_compared) == ("99.1.0", True)
    assert [each.version for each in found.news] == ["99.1.0", "99.0.0"]


def test_an_installer_without_a_checksum_beside_it_is_taken_and_says_so(tmp_path: Path) -> None:
    assert not update.judge(installer(tmp_path, with_sum=False)).is_compared


@pytest.mark.parametrize("signature", [b"", b"\x30\x82" + bytes(12_000), os.urandom(120_000)])
def test_a_signature_after_it_does_no_harm(signature: bytes, tmp_path: Path) -> None:
    path = installer(tmp_path, with_sum=False)
    with path.open("ab") as stream:
        stream.write(signature)
    assert update.judge(path).version == "99.1.0"


def test_a_long_log_of_changes_fits_with_a_signature_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "KC-Desktop-Setup-99.1.0.exe"
    path.write_bytes(b"MZ")
    build.append_trailer(path, "99.1.0", CHANGES + "Đổi mới. " * 100_000)
    with path.open("ab") as stream:
        stream.write(bytes(60_000))
    assert update.judge(path).news[0].version == "99.1.0"


def test_an_installer_as_nsis_makes_it_is_recognised(tmp_path: Path) -> None:
    path = real_installer(tmp_path, "99.1.0")
    if path is None:
        pytest.skip("no NSIS at hand")
    build.write_checksums(path)
    found = update.judge(path)
    assert (found.version, found.is_compared) == ("99.1.0", True)


def test_a_file_that_is_no_installer_of_ours_is_refused(tmp_path: Path) -> None:
    for name, content in (
        ("KC-Desktop-Setup-99.0.0.exe", b"MZ" + bytes(5000)),
        ("KC-Desktop-Setup-98.0.0.exe", b""),
        ("ảnh.jpg", b"\xff\xd8" + update.MARK + bytes(100)),
        ("cut.exe", b"MZ" + update.MARK),
        ("cut off.exe", b"MZ" + update.MARK + b"\xff\0\0\0" + b'{"version": "99'),
        ("list.exe", b"MZ" + update.MARK + b"\2\0\0\0[]"),
        ("nothing.exe", b"MZ" + update.MARK + b"\2\0\0\0{}"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(KnownError, match="không phải bộ cài đặt"):
            update.judge(tmp_path / name)
    with pytest.raises(KnownError, match="Không đọc được"):
        update.judge(tmp_path / "không có.exe")
    with pytest.raises(KnownError, match="Không đọc được"):
        update.judge(tmp_path)


@pytest.mark.parametrize("version", ["0.0.1", __version__])
def test_a_version_that_is_not_newer_is_refused_by_name(version: str, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="không mới hơn"):
        update.judge(installer(tmp_path, version))


def test_an_installer_that_does_not_fit_its_checksum_is_refused(tmp_path: Path) -> None:
    path = installer(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"x" + content[101:])
    with pytest.raises(KnownError, match="không khớp"):
        update.judge(path)
    write_sum(path)
    assert update.judge(path).is_compared
    path.with_name(path.name + ".sha256").write_text("nothing", encoding="ascii")
    with pytest.raises(KnownError, match="không khớp"):
        update.judge(path)


# --- finding ---


def test_the_newest_on_a_stick_is_found_at_its_root_and_one_folder_deep(tmp_path: Path) -> None:
    deep = tmp_path / "Phần mềm" / "cũ"
    deep.mkdir(parents=True)
    installer(deep, "99.9.0")
    installer(tmp_path, "99.2.0")
    newest = installer(tmp_path / "Phần mềm", "99.10.0")
    installer(tmp_path, "0.0.1")
    found = update.find((tmp_path, tmp_path / "không có"))
    assert found is not None
    assert found.path == newest


def test_a_spoilt_one_is_passed_over_and_other_files_are_not_looked_at(tmp_path: Path) -> None:
    sound = installer(tmp_path, "99.1.0")
    spoilt = installer(tmp_path, "99.2.0")
    spoilt.write_bytes(spoilt.read_bytes()[:-10])
    installer(tmp_path, "99.3.0", name="setup.exe")
    (tmp_path / "KC-Desktop-Setup-99.4.0.exe").mkdir()
    found = update.find((tmp_path,))
    assert found is not None
    assert found.path == sound


def test_a_stick_without_anything_newer_gives_nothing(tmp_path: Path) -> None:
    installer(tmp_path, __version__)
    assert update.find((tmp_path,)) is None
    assert update.find(()) is None
    if sys.platform != "win32":
        assert update.find() is None


# --- handing over ---


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files."""
    folder = tmp_path / "tạm"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_the_installer_is_started_from_a_copy_and_told_to_ask_the_program_to_close(
    temporary: Path, tmp_path: Path
) -> None:
    path = installer(tmp_path)
    started: list[list[str]] = []
    update.hand_over(update.judge(path), start=started.append)
    ((program, *switches),) = started
    assert switches == ["/S", "/CLOSE", "/OPEN"]
    assert Path(program).read_bytes() == path.read_bytes()
    assert temporary in Path(program).parents
    update.remove_copies()
    assert list(temporary.iterdir()) == []


def test_an_installer_changed_since_it_was_judged_is_not_started(temporary: Path, tmp_path: Path) -> None:
    judged = update.judge(installer(tmp_path))
    judged.path.write_bytes(judged.path.read_bytes() + b"x")
    started: list[list[str]] = []
    with pytest.raises(KnownError, match="không khớp"):
        update.hand_over(judged, start=started.append)
    judged.path.unlink()
    with pytest.raises(KnownError, match="Chưa đọc"):
        update.hand_over(judged, start=started.append)
    assert started == []
    assert temporary.is_dir()


def test_a_system_that_does_not_let_it_run_is_told(temporary: Path, tmp_path: Path) -> None:
    def refuse(_command: list[str]) -> None:
        raise PermissionError

    with pytest.raises(KnownError, match="không cho chạy"):
        update.hand_over(update.judge(installer(tmp_path)), start=refuse)
    assert temporary.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="there it is run")
def test_elsewhere_than_on_windows_it_is_told_what_to_do_instead(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="chỉ chạy trên Windows"):
        update.hand_over(update.judge(installer(tmp_path)))
    assert not update.can_update()


def test_the_program_and_the_build_agree_on_the_mark() -> None:
    assert build.TRAILER_MARK == update.MARK
