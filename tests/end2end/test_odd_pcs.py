"""PCs as offices have them: names with blanks and marks, long paths, no room for temporary files, sleep in mid-work."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from kc_desktop import commands, paths
from kc_desktop.storage import failures
from tests.end2end.program import ROOT, kc
from ui.view_state import settings_file

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def _profile(folder: Path) -> dict[str, str]:
    """The environment of an account whose name has a blank and marks, as its folders have."""
    home = folder / "Users" / "Phòng KT (Sở)"
    variables = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "Cấu hình",
        "XDG_STATE_HOME": home / "Trạng thái",
        "XDG_DATA_HOME": home / "Dữ liệu của tôi",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "TMPDIR": home / "Tạm thời",
        "TEMP": home / "Tạm thời",
    }
    for each in variables.values():
        each.mkdir(parents=True, exist_ok=True)
    return {name: str(path) for name, path in variables.items()} | {"LOGNAME": "Phòng KT", "USERNAME": "Phòng KT"}


def test_the_installation_tests_itself_in_a_profile_with_blanks_and_marks(tmp_path: Path) -> None:
    answer = kc("self-test", cwd=tmp_path, QT_QPA_PLATFORM="offscreen", **_profile(tmp_path))
    assert answer.code == 0, answer.err


def test_two_accounts_of_one_pc_share_neither_settings_nor_logs_nor_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[Path]] = []
    for account in ("Phòng KT", "Kế toán"):
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            monkeypatch.setenv(name, str(tmp_path / account / name))
        for name in ("WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
            monkeypatch.setenv(name, str(tmp_path / account / name))
        seen.append({paths.log_folder(), paths.sample_file().parent})
        if sys.platform != "win32":  # there Qt asks the system, which answers for the account that is signed in
            seen[-1].add(settings_file().parent)
        assert all(each.is_relative_to(tmp_path / account) for each in seen[-1])
    assert not seen[0] & seen[1]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_whose_name_was_written_on_a_mac_is_checked_listed_and_printed(
    sample: Path, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / unicodedata.normalize(form, "Kế hoạch quý Ⅳ – Phòng KT")  # type: ignore[arg-type]  # one of two
    folder.mkdir()
    path = Path(shutil.copyfile(sample, folder / unicodedata.normalize(form, "Khuyến công huyện Mường Lát.kcdb")))  # type: ignore[arg-type]
    target = folder / unicodedata.normalize(form, "biên bản họp.pdf")  # type: ignore[arg-type]
    assert kc("check", path).code == 0
    assert kc("list", "people", "--data", path).code == 0
    assert kc("print", "meeting-minutes", "1", "--data", path, "--to", target).code == 0
    assert target.is_file()
    assert sorted(each.name for each in folder.iterdir()) == sorted([path.name, target.name])


def test_check_tells_where_a_good_file_should_not_lie(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Sở Công Thương"
    folder.mkdir()
    path = Path(shutil.copyfile(sample, folder / "a.kcdb"))
    answer = kc("check", path)
    assert (answer.code, answer.err) == (0, "")
    assert "Tệp a.kcdb tốt." in answer.out
    assert "Lưu ý: Tệp này nằm trong thư mục OneDrive." in answer.out
    assert "Lưu ý" not in kc("check", sample).out


def _deep(folder: Path, length: int) -> Path:
    while len(os.fsencode(folder)) < length - 60:
        folder = folder / "thu muc cua Phong KT voi ten rat dai"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / ("a" * (length - len(os.fsencode(folder)) - 6) + ".kcdb")


@posix_only
def test_a_path_longer_than_windows_once_allowed_is_used_like_any_other(sample: Path, tmp_path: Path) -> None:
    path = _deep(tmp_path, 330)
    shutil.copyfile(sample, path)
    assert kc("check", path).code == 0


@posix_only
def test_a_path_that_is_too_long_is_told_as_that_and_leaves_nothing_behind(sample: Path, tmp_path: Path) -> None:
    path = _deep(tmp_path, 560)
    answer = kc("sample", path)
    assert answer.is_one_line_of_complaint()
    assert "quá dài" in answer.err
    assert "gần gốc ổ đĩa" in answer.err
    shutil.copyfile(sample, path)
    assert "quá dài" in kc("check", path).err
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_windows_own_way_of_saying_so_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows says of a path that is too long that it is not there."""
    monkeypatch.setattr(failures, "_LONGEST_PATH", len(str(tmp_path)))
    told = failures.known(FileNotFoundError(2, "The system cannot find the path specified"), tmp_path / "a.kcdb")
    assert told is not None
    assert "quá dài" in told.message


def test_printing_needs_no_room_for_temporary_files(sample: Path, tmp_path: Path) -> None:
    nowhere = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path / "không có"))
    target = tmp_path / "a.pdf"
    assert kc("print", "meeting-minutes", "1", "--data", sample, "--to", target, cwd=tmp_path, **nowhere).code == 0
    assert target.is_file()


def test_a_self_test_without_any_folder_for_temporary_files_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.TemporaryDirectory", nowhere)
    code = commands.run(["self-test"], commands.Window(open=lambda _path: 0, build=lambda _path: ()))
    assert code == 1
    told = capsys.readouterr().err
    assert "thư mục tạm" in told
    assert "TEMP" in told


_SAVE_SLOWLY = """
import sys
from pathlib import Path
from kc_desktop.domain.people import Person
from kc_desktop.services.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
with workspace.change("Thêm hai người"):
    workspace.save(Person(name="Đại biểu 98"))
    print("half", flush=True)
    sys.stdin.readline()
    workspace.save(Person(name="Đại biểu 99"))
workspace.close()
"""


def _is_stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "T"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux whether a process sleeps")
def test_a_save_that_sleeps_with_the_pc_is_whole_after_it_wakes_and_nobody_gets_between(copy: Path) -> None:
    saving = subprocess.Popen(
        [sys.executable, "-c", _SAVE_SLOWLY, str(copy)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert saving.stdin is not None
    assert saving.stdout is not None
    try:
        assert saving.stdout.readline().strip() == b"half"
        saving.send_signal(signal.SIGSTOP)
        os.waitpid(saving.pid, os.WUNTRACED)
        assert _is_stopped(saving.pid)
        answer = kc("list", "people", "--data", copy)
        assert answer.code == 0
        assert "Đại biểu 98" not in answer.out, "half a save is no save"
        saving.send_signal(signal.SIGCONT)
        saving.stdin.write(b"\n")
        saving.stdin.close()
        assert saving.wait(60) == 0
    finally:
        saving.kill()
        saving.stdout.close()
        saving.wait(60)
    names = kc("list", "people", "--data", copy).out
    assert "Đại biểu 98" in names
    assert "Đại biểu 99" in names
    assert kc("check", copy).code == 0
