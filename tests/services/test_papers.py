"""Papers from records: every kind of the sample in both forms, what they lack, their file names, whole files only."""

from __future__ import annotations

import dataclasses
import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from kc_desktop.domain.meeting import Meeting
from kc_desktop.errors import KnownError
from kc_desktop.services import papers
from kc_desktop.services.workspace import Workspace


def _pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.split())


@pytest.mark.parametrize("kind", [each.key for each in papers.all_kinds()])
def test_every_paper_of_every_fitting_record_of_the_sample_prints_in_both_forms(sample: Workspace, kind: str) -> None:
    record = next(each.record for each in papers.all_kinds() if each.key == kind)
    names = papers.records_for(sample, record)
    for record_id, _ in (names[0], names[-1]):
        assert papers.render(sample, kind, record_id, ".pdf").startswith(b"%PDF-")
        assert zipfile.is_zipfile(io.BytesIO(papers.render(sample, kind, record_id, ".docx")))


def test_the_minutes_of_the_sample_hold_the_meeting(sample: Workspace) -> None:
    words = _pdf_text(papers.render(sample, "meeting-minutes", 1, ".pdf"))
    for expected in (
        "BIÊN BẢN",
        "Họp tổng kết hoạt động của cộng tác viên năm 2022",
        "Hồ Trần Hồng Ân",
        "có mặt 29 người",
        "5 tỷ 978 triệu đồng",
        "Trương Thanh Nhàn",
        "DỮ LIỆU MẪU",
    ):
        assert expected in words


def test_what_a_paper_lacks_is_said_with_the_next_step(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    sample.save(dataclasses.replace(meeting, chair_id=None, starts_at="8:00", ends_at="11h15"))
    found = papers.problems(sample, "meeting-minutes", meeting.id)
    assert found == ("Chưa có chủ trì: chọn người chủ trì trước khi in biên bản.",)
    assert papers.problems(sample, "attendance-sheet", meeting.id) == ()


def test_file_names_are_usual_and_fit_windows(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    sample.save(dataclasses.replace(meeting, title='Họp "A/B": 1 < 2?'))
    assert papers.file_name(sample, "meeting-minutes", 1, ".pdf") == "2023.04.13. Biên bản họp - Họp A B 1 2.pdf"


def test_the_name_of_any_subject_is_one_the_system_takes(empty: Workspace, tmp_path: Path) -> None:
    meeting = empty.save(Meeting(title="ệ" * 490, held_on=date(2023, 4, 13)))
    name = papers.file_name(empty, "meeting-minutes", meeting.id, ".pdf")
    papers.write(tmp_path / name, b"%PDF")
    assert name.startswith("2023.04.13. ")
    assert name.endswith("ệ.pdf")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_stays_a_link_to_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "ổ chung").mkdir()
    there, link = tmp_path / "ổ chung" / "a.pdf", tmp_path / "a.pdf"
    link.symlink_to(there)
    papers.write(link, b"%PDF")
    assert link.is_symlink()
    assert there.read_bytes() == b"%PDF"


def test_unknown_kinds_records_and_suffixes_are_refused_in_words(sample: Workspace) -> None:
    for kind, record_id, suffix in (
        ("không-có", 1, ".pdf"),
        ("meeting-minutes", 99, ".pdf"),
        ("estimate", 99, ".pdf"),
        ("meeting-minutes", 1, ".odt"),
    ):
        with pytest.raises(KnownError) as caught:
            papers.render(sample, kind, record_id, suffix)
        assert caught.value.remedy


def test_a_paper_for_one_of_a_record_is_that_ones_alone_and_its_file_bears_the_name(sample: Workspace) -> None:
    found = papers.gather(sample, "invitation", 1)
    assert found.parts == papers.parts(sample, "invitation", 1)
    first, second = found.parts[0], found.parts[1]
    assert first.key == f"invitation:{first.id}"
    words = _pdf_text(papers.render(sample, first.key, 1, ".pdf"))
    assert first.name in words
    assert second.name not in words
    assert found.file_name(first.id, ".pdf") == papers.file_name(sample, first.key, 1, ".pdf")
    assert papers.file_name(sample, first.key, 1, ".docx").startswith(f"2023.04.13. Giấy mời - {first.name} - Họp tổng")
    assert papers.parts(sample, "meeting-minutes", 1) == ()


def test_a_paper_for_one_who_is_not_of_the_record_is_refused_in_words(sample: Workspace) -> None:
    with pytest.raises(KnownError, match="không có bản riêng số 99999") as caught:
        papers.render(sample, "invitation:99999", 1, ".pdf")
    assert caught.value.remedy


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "biên bản.pdf"
    papers.write(target, b"mot")
    papers.write(target, b"hai")
    assert target.read_bytes() == b"hai"
    with pytest.raises(KnownError):
        papers.write(tmp_path / "không có" / "a.pdf", b"x")
    folder = tmp_path / "thư mục.pdf"
    folder.mkdir()
    with pytest.raises(KnownError):
        papers.write(folder, b"x")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["biên bản.pdf", "thư mục.pdf"]
