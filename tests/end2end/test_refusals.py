"""What a user can get wrong: one Vietnamese line with the remedy, the exit code, nothing half-written or spoilt."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.end2end.program import ROOT, Answer, kc

_VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")


def _refused(answer: Answer, code: int = 1) -> str:
    assert answer.is_one_line_of_complaint(code), (answer.code, answer.out, answer.err)
    assert _VIETNAMESE.search(answer.err.lower())
    assert answer.err.rstrip().endswith(".")
    return answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("list", "meetings"),
        ("list", "--data", "a.kcdb"),
        ("list", "meetings", "--data"),
        ("list", "meetings", "--data", ""),
        ("list", "meetings", "--data", "a.kcdb", "--jsn"),
        ("papers", "meetings"),
        ("print",),
        ("print", "meeting-minutes", "1", "--data", "a.kcdb"),
        ("print", "meeting-minutes", "--data", "a.kcdb", "--to", "a.pdf"),
        ("print", "meeting-minutes", "1", "--data", "a.kcdb", "--to", ""),
        ("sample",),
        ("sample", ""),
        ("sample", "a.kcdb", "b.kcdb"),
        ("check",),
        ("check", " "),
        ("self-test", "now"),
        ("--unknown",),
        ("a.kcdb", "b.kcdb"),
        ("frobnicate",),
        ("",),
    ],
    ids=lambda each: " ".join(each) or "empty",
)
def test_words_that_do_not_fit_together_are_exit_code_two(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert "--help" in _refused(kc(*arguments, cwd=tmp_path), 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["list", "check", "print"])
class TestAFileThatCannotBeRead:
    """Each command that reads a data file says what is wrong with it and leaves it as it was."""

    def _run(self, command: str, data: Path, target: Path) -> Answer:
        if command == "list":
            return kc("list", "meetings", "--data", data)
        if command == "check":
            return kc("check", data)
        return kc("print", "meeting-minutes", "1", "--data", data, "--to", target)

    def test_because_it_is_not_there(self, command: str, tmp_path: Path) -> None:
        assert "không có.kcdb" in _refused(self._run(command, tmp_path / "không có.kcdb", tmp_path / "a.pdf"))
        assert list(tmp_path.iterdir()) == []

    def test_because_its_folder_is_not_there(self, command: str, tmp_path: Path) -> None:
        _refused(self._run(command, tmp_path / "đâu" / "a.kcdb", tmp_path / "a.pdf"))
        assert list(tmp_path.iterdir()) == []

    def test_because_it_is_a_folder(self, command: str, tmp_path: Path) -> None:
        folder = tmp_path / "thư mục.kcdb"
        folder.mkdir()
        assert "thư mục" in _refused(self._run(command, folder, tmp_path / "a.pdf"))

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not ours at all", b"SQLite format 3\0" + bytes(84)])
    def test_because_it_is_not_ours(self, command: str, content: bytes, tmp_path: Path) -> None:
        other = tmp_path / "của người khác.kcdb"
        other.write_bytes(content)
        assert "không phải tệp dữ liệu" in _refused(self._run(command, other, tmp_path / "a.pdf"))
        assert other.read_bytes() == content
        assert [each.name for each in tmp_path.iterdir()] == [other.name]

    def test_because_another_program_made_the_database(self, command: str, tmp_path: Path) -> None:
        other = tmp_path / "sổ khác.kcdb"
        with closing(sqlite3.connect(other)) as connection:
            connection.execute("CREATE TABLE something (id INTEGER)")
        assert "không phải tệp dữ liệu" in _refused(self._run(command, other, tmp_path / "a.pdf"))

    def test_because_it_is_newer(self, command: str, copy: Path, tmp_path: Path) -> None:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA user_version = 99")
        before = copy.read_bytes()
        assert "mới hơn" in _refused(self._run(command, copy, tmp_path / "a.pdf"))
        assert copy.read_bytes() == before
        assert [each.name for each in tmp_path.iterdir()] == [copy.name]


def _damage(path: Path) -> bytes:
    """Overwrite everything behind the first page, as a bad disk does."""
    spoilt = path.read_bytes()
    spoilt = spoilt[:4096] + b"\xa5" * (len(spoilt) - 4096)
    path.write_bytes(spoilt)
    return spoilt


@pytest.mark.parametrize("command", ["list", "print"])
def test_a_damaged_file_is_told_and_left_as_it_is(command: str, copy: Path, tmp_path: Path) -> None:
    before = _damage(copy)
    more = ("list", "meetings") if command == "list" else ("print", "meeting-minutes", "1", "--to", tmp_path / "a.pdf")
    assert "hỏng" in _refused(kc(*more, "--data", copy))
    assert copy.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [copy.name]


def test_check_of_a_damaged_file_says_what_is_wrong_and_is_exit_code_one(copy: Path) -> None:
    before = _damage(copy)
    answer = kc("check", copy)
    assert (answer.code, answer.out) == (1, "")
    assert "hỏng" in answer.err
    assert "Traceback" not in answer.err
    assert copy.read_bytes() == before


def test_check_of_a_file_changed_by_another_program_names_the_step(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE change SET label = 'khác' WHERE id = (SELECT max(id) FROM change)")
    answer = kc("check", copy)
    assert answer.code == 1
    assert "Nhật ký" in answer.err
    assert "Traceback" not in answer.err


def test_a_cut_off_file_is_told(copy: Path) -> None:
    content = copy.read_bytes()
    copy.write_bytes(content[: len(content) // 2])
    answer = kc("check", copy)
    assert answer.code == 1
    assert "hỏng" in answer.err
    assert "Traceback" not in answer.err


def test_an_unknown_table_is_answered_with_the_known_ones(sample: Path) -> None:
    assert "meetings" in _refused(kc("list", "meeting", "--data", sample))


def test_an_unknown_kind_is_answered_with_the_known_ones(sample: Path, tmp_path: Path) -> None:
    said = _refused(kc("print", "minutes", "1", "--data", sample, "--to", tmp_path / "a.pdf"))
    assert "meeting-minutes" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", ["abc", "0", "999", "1.5", " 1", "١", "9" * 19, "9" * 5000, "'; DROP TABLE meeting"])
def test_a_number_that_is_no_record_is_told(sample: Path, tmp_path: Path, number: str) -> None:
    _refused(kc("print", "meeting-minutes", number, "--data", sample, "--to", tmp_path / "a.pdf"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a", "a.txt", "a.doc", ".pdf", "a.pdf.", "a.kcdb"])
def test_a_target_that_is_neither_pdf_nor_word_is_told(sample: Path, tmp_path: Path, name: str) -> None:
    said = _refused(kc("print", "meeting-minutes", "1", "--data", sample, "--to", tmp_path / name))
    assert ".docx" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("print", "meeting-minutes", "1"), ("sample",)], ids=["print", "sample"])
def test_a_target_in_a_folder_that_is_not_there_names_the_folder(
    sample: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    folder = tmp_path / "chưa có"
    more = ("--data", sample, "--to", folder / "a.pdf") if arguments[0] == "print" else (folder / "a.kcdb",)
    assert "chưa có" in _refused(kc(*arguments, *more))
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_is_a_folder_is_told(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    assert "thư mục" in _refused(kc("print", "meeting-minutes", "1", "--data", sample, "--to", tmp_path / "a.pdf"))
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]


def test_a_target_name_that_is_too_long_is_told(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / ("biên bản " * 40 + ".pdf")
    assert "dài" in _refused(kc("print", "meeting-minutes", "1", "--data", sample, "--to", target))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path", ["a" * 300, "a" * 300 + "/a.kcdb", "a" * 300 + ".kcdb"], ids=["word", "folder", "name"]
)
def test_names_too_long_for_the_system_are_told(sample: Path, tmp_path: Path, path: str) -> None:
    _refused(kc("sample", path, cwd=tmp_path))
    _refused(kc("list", "people", "--data", path, cwd=tmp_path))
    _refused(kc("print", "meeting-minutes", "1", "--data", sample, "--to", f"{path}/a.pdf", cwd=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_word_too_long_to_be_a_file_is_a_wrong_command(tmp_path: Path) -> None:
    _refused(kc("a" * 300, cwd=tmp_path), 2)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no place among the files there")
def test_a_pipe_given_for_a_data_file_is_told_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.kcdb")
    for words in (("check",), ("list", "people", "--data")):
        assert "không phải tệp dữ liệu" in _refused(kc(*words, tmp_path / "a.kcdb"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk at hand")
def test_an_answer_that_finds_no_room_is_told(sample: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device, not a path of ours
        for words in (("papers",), ("list", "people", "--json", "--data", str(sample))):
            done = subprocess.run(
                [sys.executable, "-m", "kc_desktop", *words],
                cwd=ROOT,
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=60,
                check=False,
            )
            _refused(Answer(code=done.returncode, out="", err=done.stderr.decode()))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_ends_a_command_quietly_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _INTERRUPTED_HALF_WAY, str(tmp_path / "a.kcdb")], cwd=ROOT, stderr=subprocess.PIPE
    )
    assert program.stderr is not None
    with program.stderr:
        assert program.stderr.read() == b""
    assert program.wait(60) == 130
    assert list(tmp_path.iterdir()) == []


_INTERRUPTED_HALF_WAY = """
import os, signal, sys
from kc_desktop import commands
from kc_desktop.services import sample
def interrupted(self):
    os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell begins beside itself does not hear Ctrl+C
sample._Writer._write_meeting = interrupted
sys.exit(commands.run(["sample", sys.argv[1]], None))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the account's name comes from the system there")
def test_an_account_name_in_another_encoding_is_no_obstacle(copy: Path) -> None:
    words = [sys.executable, "-m", "kc_desktop", "list", "plans", "--data", str(copy)]
    odd = {**os.environb, b"LOGNAME": b"Ph\xf2ng", b"USER": b"Ph\xf2ng"}
    done = subprocess.run(words, cwd=ROOT, env=odd, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="folders come from the environment there")
def test_a_profile_that_cannot_be_written_to_is_told_with_another_way_to_the_sample() -> None:
    answer = kc("--sample", XDG_DATA_HOME="/dev/null/a", QT_QPA_PLATFORM="offscreen")
    assert "kc-desktop sample" in _refused(answer)


def test_the_sample_never_replaces_what_is_there(tmp_path: Path) -> None:
    there = tmp_path / "của tôi.kcdb"
    there.write_bytes(b"precious")
    assert "của tôi.kcdb" in _refused(kc("sample", there))
    assert there.read_bytes() == b"precious"
    assert [each.name for each in tmp_path.iterdir()] == [there.name]


def test_the_sample_is_a_data_file_by_name(tmp_path: Path) -> None:
    assert ".kcdb" in _refused(kc("sample", tmp_path / "mẫu.xlsx"))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def closed_folder(tmp_path: Path) -> Path:
    """A folder nobody may write to; as root that is only one of the kernel's."""
    folder = tmp_path / "chỉ đọc"
    folder.mkdir(mode=0o555)
    for each in (folder, Path("/sys")):
        try:
            (each / "kc-desktop-thử").touch()
        except OSError:
            return each
        (each / "kc-desktop-thử").unlink()
    pytest.skip("this account may write everywhere")


def test_a_folder_that_may_not_be_written_to_is_told(sample: Path, closed_folder: Path) -> None:
    before = set(closed_folder.iterdir())
    _refused(kc("print", "meeting-minutes", "1", "--data", sample, "--to", closed_folder / "a.pdf"))
    _refused(kc("sample", closed_folder / "a.kcdb"))
    assert set(closed_folder.iterdir()) == before


def test_a_file_held_by_another_instance_can_still_be_read(copy: Path, tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(copy)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline().strip() == b"held"
        assert kc("list", "people", "--data", copy).code == 0
        assert kc("print", "estimate", "32", "--data", copy, "--to", tmp_path / "a.pdf").code == 0
        assert kc("check", copy).code == 0
    finally:
        holder.stdin.close()
        holder.stdout.close()
        holder.wait(60)


_HOLD = """
import sys
from pathlib import Path
from kc_desktop.services.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
workspace.close()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a screen")
def test_opening_the_window_without_a_screen_is_told() -> None:
    bare = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "kc_desktop"], cwd=ROOT, env=bare, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "màn hình" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
