"""Every command does what the README's table says."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from kc_desktop import __version__
from kc_desktop.documents.catalogue import KINDS, REGISTER
from kc_desktop.services.lists import LISTS
from tests.end2end.program import ROOT, kc

pytestmark = pytest.mark.timeout(300)


def _json(*arguments: str | Path) -> Any:
    answer = kc(*arguments, "--json")
    assert answer.code == 0, answer.err
    assert answer.err == ""
    return json.loads(answer.out)


def _pdf_text(path: Path) -> str:
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def _word_text(path: Path) -> str:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_sample_writes_a_healthy_file_marked_as_ours(sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x4B434442,)
    answer = kc("check", sample)
    assert (answer.code, answer.err) == (0, "")
    assert sample.name in answer.out


def test_sample_leaves_only_the_file_behind(sample: Path) -> None:
    assert [each.name for each in sample.parent.iterdir()] == [sample.name]


def test_papers_are_listed_with_key_name_and_record() -> None:
    rows = _json("papers")
    assert {each["key"] for each in rows} >= {
        *("meeting-minutes", "attendance-sheet", "support-request", "project-proposal", "estimate"),
    }
    assert all(set(each) >= {"key", "name", "record"} for each in rows)
    assert {each["record"] for each in rows} <= set(LISTS)


def test_papers_without_json_are_one_line_each() -> None:
    answer = kc("papers")
    assert answer.code == 0
    assert [line.split("\t")[0] for line in answer.out.splitlines()] == [each.key for each in KINDS]


@pytest.mark.parametrize("table", sorted(LISTS))
def test_every_table_is_listed_with_ids_and_names(sample: Path, table: str) -> None:
    rows = _json("list", table, "--data", sample)
    assert isinstance(rows, list)
    assert all(isinstance(each["id"], int) and each["name"].strip() for each in rows)
    assert len({each["id"] for each in rows}) == len(rows)
    plain = kc("list", table, "--data", sample)
    assert plain.code == 0
    assert [line.split("\t") for line in plain.out.splitlines()] == [[str(each["id"]), each["name"]] for each in rows]


def test_the_sample_holds_the_year_its_source_tells_of(sample: Path) -> None:
    assert len(_json("list", "programmes", "--data", sample)) == 4
    assert len(_json("list", "collaborators", "--data", sample)) == 25
    names = {each["name"] for each in _json("list", "people", "--data", sample)}
    assert "Hồ Trần Hồng Ân" in names
    assert all(unicodedata.is_normalized("NFC", each) for each in names)


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.key)
def test_every_paper_of_a_fitting_record_is_printed(sample: Path, tmp_path: Path, kind: Any, suffix: str) -> None:
    record = {"id": 2023} if kind.record == REGISTER else _json("list", kind.record, "--data", sample)[-1]
    target = tmp_path / f"giấy tờ số {record['id']}{suffix}"
    answer = kc("print", kind.key, str(record["id"]), "--data", sample, "--to", target)
    assert (answer.code, answer.err) == (0, "")
    assert [each.name for each in tmp_path.iterdir()] == [target.name]
    text = _pdf_text(target) if suffix == ".pdf" else _word_text(target)
    begins = "Phụ lục" if kind.key == "appointment-list" else "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert begins in " ".join(text.split())
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.timeout(600)
def test_every_record_of_the_sample_can_be_printed_as_every_paper_that_takes_it(sample: Path, tmp_path: Path) -> None:
    """In this process, because there are dozens: the commands themselves are tried above."""
    from kc_desktop.services import papers
    from kc_desktop.services.workspace import Workspace

    workspace = Workspace.open(sample)
    try:
        for kind in papers.all_kinds():
            for place, (record_id, _name) in enumerate(papers.records_for(workspace, kind.record)):
                assert papers.render(workspace, kind.key, record_id, ".pdf").startswith(b"%PDF-")
                if place == 0:  # of one content: what the PDF takes, Word takes
                    assert papers.render(workspace, kind.key, record_id, ".docx").startswith(b"PK")
    finally:
        workspace.close()
    assert list(tmp_path.iterdir()) == []


def test_an_invitation_each_is_a_file_of_the_ones_name_in_the_folder(sample: Path, tmp_path: Path) -> None:
    answer = kc("print", "invitation", "1", "--data", sample, "--each", "--to", tmp_path)
    assert (answer.code, answer.err) == (0, "")
    names = sorted(each.name for each in tmp_path.iterdir())
    assert answer.out.strip() == f"Đã in {len(names)} tệp vào {tmp_path}."
    assert len(names) == 29
    assert all(each.startswith("2023.04.13. Giấy mời - ") and each.endswith(".pdf") for each in names)
    (mine,) = tmp_path.glob("*Cộng tác viên 07*")
    assert "Cộng tác viên 07" in _pdf_text(mine)
    assert kc("print", "invitation", "1", "--data", sample, "--each", "--to", tmp_path, "--format", "docx").code == 0
    assert len(list(tmp_path.glob("*.docx"))) == 29


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_all_invitations_fit_in_one_file(sample: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"giấy mời{suffix}"
    assert kc("print", "invitation", "1", "--data", sample, "--each", "--to", target).code == 0
    assert list(tmp_path.iterdir()) == [target]
    text = _pdf_text(target) if suffix == ".pdf" else _word_text(target)
    assert text.count("GIẤY MỜI") == 29


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("meeting-minutes", "1", "--each", "--to", "."), 1),
        (("invitation:26", "1", "--each", "--to", "."), 1),
        (("invitation:99999", "1", "--to", "a.pdf"), 1),
        (("invitation:x", "1", "--to", "a.pdf"), 1),
        (("invitation", "1", "--each", "--to", "không có"), 1),
        (("invitation", "1", "--each", "--to", "a.odt"), 1),
        (("invitation", "1", "--each", "--to", ".", "--format", "odt"), 2),
        (("invitation", "1", "--to", "a.pdf", "--format", "pdf"), 2),
    ],
)
def test_what_cannot_be_printed_for_each_is_told_and_nothing_is_written(
    sample: Path, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    answer = kc("print", *words, "--data", sample, cwd=tmp_path)
    assert answer.is_one_line_of_complaint(code)
    assert list(tmp_path.iterdir()) == []


def test_printing_over_an_older_copy_replaces_it_whole(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "biên bản.PDF"
    target.write_bytes(b"old" * 200_000)
    assert kc("print", "meeting-minutes", "1", "--data", sample, "--to", target).code == 0
    assert target.read_bytes().startswith(b"%PDF-")
    assert "old" * 10 not in target.read_bytes()[-1000:].decode("latin-1")


def test_the_same_record_prints_to_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert kc("print", "meeting-minutes", "1", "--data", sample, "--to", tmp_path / name).code == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_names_with_loose_marks_spaces_and_vietnamese_letters_work(tmp_path: Path) -> None:
    folder = tmp_path / unicodedata.normalize("NFD", "Khuyến công – Tài liệu")
    folder.mkdir()
    data = folder / unicodedata.normalize("NFD", "mẫu số 1.kcdb")
    target = folder / unicodedata.normalize("NFD", "Biên bản họp ngày 13-4.pdf")
    assert kc("sample", data).code == 0
    assert kc("print", "meeting-minutes", "1", "--data", data, "--to", target).code == 0
    assert kc("check", data).code == 0
    assert {each.name for each in folder.iterdir()} == {data.name, target.name}


def test_relative_paths_are_taken_from_the_current_folder(tmp_path: Path) -> None:
    assert kc("sample", "mẫu.kcdb", cwd=tmp_path).code == 0
    assert kc("print", "estimate", "32", "--data", "mẫu.kcdb", "--to", "dự toán.docx", cwd=tmp_path).code == 0
    assert {each.name for each in tmp_path.iterdir()} == {"mẫu.kcdb", "dự toán.docx"}


def test_reading_commands_leave_the_data_file_byte_for_byte(copy: Path, tmp_path: Path) -> None:
    before = copy.read_bytes()
    kc("list", "people", "--data", copy)
    kc("check", copy)
    kc("print", "estimate", "32", "--data", copy, "--to", tmp_path / "a.pdf")
    assert copy.read_bytes() == before


def test_another_console_encoding_does_not_stop_vietnamese(sample: Path) -> None:
    answer = kc("list", "people", "--data", sample, PYTHONIOENCODING="cp1252", LC_ALL="C")
    assert answer.code == 0
    assert "Hồ Trần Hồng Ân" in answer.out


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_names_every_command(word: str) -> None:
    answer = kc(word)
    assert (answer.code, answer.err) == (0, "")
    for each in ("sample", "list", "papers", "print", "check", "self-test"):
        assert f"kc-desktop {each}" in answer.out


def test_the_version_is_the_packages() -> None:
    assert kc("--version").out.strip() == f"KC Desktop {__version__}"


def test_the_self_test_of_a_whole_installation_passes() -> None:
    answer = kc("self-test", QT_QPA_PLATFORM="offscreen")
    assert (answer.code, answer.err) == (0, "")
    for each in KINDS:
        assert f"{each.name} (" in answer.out


def test_a_reader_that_leaves_early_is_no_accident(sample: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _WITH_CLOSED_READER, "list", "people", "--data", str(sample)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    program.stdout.close()
    assert program.stderr is not None
    with program.stderr:
        assert program.stderr.read() == b""
    assert program.wait(60) == 1


_WITH_CLOSED_READER = """
import sys
from kc_desktop.__main__ import main
sys.exit(main())
"""


def test_the_balances_of_a_year_are_printed_and_given_as_whole_dong(sample: Path) -> None:
    plan = _json("balance", "--data", sample, "--year", "2022", "--by", "source")
    assert (plan["year"], plan["by"]) == (2022, "source")
    assert plan["total"]["allocated"] == 5_978_000_000
    assert plan["total"]["approved"] == 5_804_000_000
    table = _json("balance", "--data", sample, "--year", "2023")
    assert [each["planned"] for each in table["rows"] if each["key"]] == [
        *(2_735_000_000, 335_000_000, 900_000_000, 830_000_000),
    ]
    assert table["total"]["planned"] == table["total"]["allocated"] == 4_800_000_000
    keys = {"planned", "allocated", "approved", "advanced", "paid", "refunded", "disbursed", "settled", "left", "share"}
    assert set(table["total"]) == keys
    for key in keys:
        assert sum(each[key] for each in table["rows"]) == table["total"][key]
    answer = kc("balance", "--data", sample, "--year", "2023")
    assert answer.code == 0
    head, *lines = answer.out.splitlines()
    assert head == "Cân đối kinh phí năm 2023 (đơn vị tính: đồng)"
    assert lines[0].split()[:2] == ["Chương", "trình"]
    assert lines[-1].split()[:4] == ["Tổng", "cộng", "4.800.000.000", "4.800.000.000"]
    assert len({len(line) for line in lines}) == 1


def test_a_year_without_anything_and_one_that_cannot_be_are_told(sample: Path) -> None:
    answer = kc("balance", "--data", sample, "--year", "2031")
    assert (answer.code, answer.out.strip()) == (0, "Năm 2031 chưa có kế hoạch, đề án hay bút toán nào.")
    answer = kc("balance", "--data", sample, "--year", "99999999999999999999")
    assert answer.code == 1
    assert "từ 1990 đến 2100" in answer.err
    assert kc("balance", "--data", sample).code == 2
    assert kc("balance", "--data", sample, "--year", "2023", "--by", "colour").code == 2
