"""Papers in a batch: one file or one each, whole or not at all; 500 in one go, ended on the way."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from kc_desktop.domain.meeting import AgendaItem, Attendee, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.services import batch, collaborator_work, issuing, papers
from kc_desktop.services.papers import Gathered
from kc_desktop.services.workspace import Workspace

OLD = b"what was there"
TITLE = "Hội nghị tổng kết công tác khuyến công năm 2026"


class _EnoughError(Exception):
    """What a caller's `tell` raises to end the work."""


def _quiet(_done: int, _total: int) -> None:
    """Let the work go on."""


def _meeting(workspace: Workspace, names: list[str]) -> Gathered:
    with workspace.change("Mời"):
        meeting = workspace.save(Meeting(title=TITLE, held_on=date(2026, 12, 10), starts_at="8:00", place="Hội trường"))
        for place, name in enumerate(names, start=1):
            person = workspace.save(Person(name=name, honorific="ba", post="Cộng tác viên", organisation=f"Xã {place}"))
            workspace.save(Attendee(meeting_id=meeting.id, person_id=person.id, ordinal=place))
    return papers.gather(workspace, "invitation", meeting.id)


def _ids(found: Gathered) -> list[int]:
    return [each.id for each in found.parts]


def _pages(pdf: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield " ".join(page.get_textpage().get_text_range().split())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to print to."""
    folder = tmp_path / "Giấy mời"
    folder.mkdir()
    return folder


@pytest.fixture
def three(empty: Workspace) -> Gathered:
    """A meeting three are asked to."""
    return _meeting(empty, [f"Đại biểu {number:02d}" for number in (1, 2, 3)])


def test_one_file_holds_each_ones_paper_in_order_and_no_number_on_any_first_page(three: Gathered) -> None:
    heard: list[tuple[int, int]] = []
    pages = list(_pages(batch.together(three, _ids(three), ".pdf", lambda done, of: heard.append((done, of)))))
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"trân trọng kính mời: Bà Đại biểu {number:02d} - Cộng tác viên, Xã {number}." in page
        assert page.count("Đại biểu") == 1
        assert not page.startswith(str(number))


def test_one_word_file_holds_each_ones_paper_in_a_section_of_its_own(three: Gathered) -> None:
    document = docx.Document(io.BytesIO(batch.together(three, _ids(three), ".docx", _quiet)))
    assert len(document.sections) == 3
    words = "\n".join(each.text for each in document.paragraphs)
    assert [words.count(f"Bà Đại biểu {number:02d}") for number in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize("suffix", papers.SUFFIXES)
def test_each_file_bears_its_ones_name_and_is_what_printing_it_alone_gives(
    empty: Workspace, out: Path, suffix: str
) -> None:
    found = _meeting(empty, [f"Đại biểu {number:02d}" for number in (1, 2)])
    written = batch.write_each(found, _ids(found), out, suffix, _quiet)
    assert [each.name for each in written] == [
        f"2026.12.10. Giấy mời - Đại biểu {number:02d} - {TITLE}{suffix}" for number in (1, 2)
    ]
    assert sorted(out.iterdir()) == sorted(written)
    for part, path in zip(found.parts, written, strict=True):
        assert path.read_bytes() == papers.render(empty, part.key, found.dossier.meeting.id, suffix)


def test_only_the_chosen_get_one(three: Gathered, out: Path) -> None:
    (path,) = batch.write_each(three, _ids(three)[1:2], out, ".pdf", _quiet)
    assert "Đại biểu 02" in path.name
    with pytest.raises(KnownError, match="Chưa chọn người nào"):
        batch.write_each(three, [], out, ".pdf", _quiet)
    with pytest.raises(KnownError, match="không có bản riêng"):
        batch.write_each(three, [*_ids(three), 99_999], out, ".pdf", _quiet)
    assert list(out.iterdir()) == [path]


def test_people_of_one_name_and_odd_names_get_files_of_their_own_that_windows_takes(
    empty: Workspace, out: Path
) -> None:
    names = ["Đại biểu 01", "ĐẠI BIỂU 01", "Đại biểu 01", 'Đại biểu "A/B": <1>?', "Đại biểu " + "ệ" * 180]
    found = _meeting(empty, names)
    written = batch.write_each(found, _ids(found), out, ".pdf", _quiet)
    assert len({each.name.casefold() for each in written}) == len(names) == len(list(out.iterdir()))
    assert written[1].name.endswith(" (2).pdf")
    assert written[2].name.endswith(" (3).pdf")
    for each in written:
        assert not set('<>:"/\\|?*') & set(each.name)
        assert len(each.name) <= 150
        assert len(each.name.encode()) <= 255


def test_500_invitations_ended_on_the_way_leave_nothing_and_what_was_there_stays(empty: Workspace, out: Path) -> None:
    found = _meeting(empty, [f"Đại biểu {number:03d}" for number in range(1, 501)])
    there = out / found.file_name(found.parts[0].id, ".pdf")
    there.write_bytes(OLD)

    def tell(done: int, total: int) -> None:
        assert total == 500
        if done == 400:
            raise _EnoughError

    with pytest.raises(_EnoughError):
        batch.write_each(found, _ids(found), out, ".pdf", tell)
    with pytest.raises(_EnoughError):
        batch.write_together(found, _ids(found), out / "tất cả.pdf", tell)
    assert list(out.iterdir()) == [there]
    assert there.read_bytes() == OLD

    written = batch.write_each(found, _ids(found), out, ".pdf", _quiet)
    batch.write_together(found, _ids(found), out / "tất cả.pdf", _quiet)
    assert len(written) == 500 == sum(1 for _ in _pages((out / "tất cả.pdf").read_bytes()))
    assert there.read_bytes().startswith(b"%PDF-")
    assert len(list(out.iterdir())) == 501


def test_two_of_one_name_are_told_apart_by_their_work(three: Gathered) -> None:
    assert [each.about for each in three.parts] == [f"Cộng tác viên, Xã {number}" for number in (1, 2, 3)]


def test_ctrl_c_leaves_nothing(three: Gathered, out: Path) -> None:
    def tell(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.write_each(three, _ids(three), out, ".docx", tell)
    assert list(out.iterdir()) == []


def test_a_file_that_cannot_be_replaced_puts_everything_back(three: Gathered, out: Path) -> None:
    first, second, third = (out / three.file_name(part, ".pdf") for part in _ids(three))
    first.write_bytes(OLD)
    third.mkdir()
    (third / "giữ lại.txt").write_text("x", encoding="utf-8")

    def tell(done: int, total: int) -> None:
        if done == total:  # what is made beside cannot be moved: as with a file that is open in another program
            (made,) = out.glob(".giay-to-*")
            (made / third.name).unlink()

    with pytest.raises(KnownError) as caught:
        batch.write_each(three, _ids(three), out, ".pdf", tell)
    assert caught.value.remedy
    assert first.read_bytes() == OLD
    assert not second.exists()
    assert (third / "giữ lại.txt").exists()
    assert not list(out.glob(".giay-to-*"))


def test_a_full_disk_is_told_with_the_way_out_and_leaves_nothing(
    three: Gathered, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    for work in (
        lambda: batch.write_each(three, _ids(three), out, ".pdf", _quiet),
        lambda: batch.write_together(three, _ids(three), out / "tất cả.pdf", _quiet),
    ):
        with pytest.raises(KnownError, match="đã đầy nên chưa ghi tờ nào") as caught:
            work()
        assert "ổ khác" in caught.value.remedy
        assert list(out.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(three: Gathered, out: Path) -> None:
    with pytest.raises(KnownError) as caught:
        batch.write_each(three, _ids(three), out / "không có", ".pdf", _quiet)
    assert caught.value.remedy
    with pytest.raises(KnownError, match=r"\.odt"):
        batch.write_each(three, _ids(three), out, ".odt", _quiet)


def test_papers_of_several_pages_begin_their_numbers_again(empty: Workspace) -> None:
    found = _meeting(empty, [f"Đại biểu {number:02d}" for number in (1, 2, 3)])
    meeting_id = found.dossier.meeting.id
    with empty.change("Nội dung"):
        for place in range(12):
            empty.save(AgendaItem(meeting_id=meeting_id, ordinal=place, title=f"Mục {place}: {'rất dài ' * 50}"))
    found = papers.gather(empty, "invitation", meeting_id)
    pages = list(_pages(batch.together(found, _ids(found), ".pdf", _quiet)))
    alone = len(pages) // 3
    assert alone > 1
    for place, page in enumerate(pages):
        number = place % alone + 1
        assert page.startswith(f"{number} ") == (number > 1)


def test_the_papers_of_each_bear_the_number_the_one_for_all_was_issued_with(sample: Workspace) -> None:
    before = papers.gather(sample, "invitation", 1)
    assert before.issued_for_all is None
    alone = before.parts[0]
    issuing.issue(sample, alone.key, 1, number=6, dated=date(2023, 4, 2))
    issuing.issue(sample, "invitation", 1, number=7, dated=date(2023, 4, 3))
    found = papers.gather(sample, "invitation", 1)
    assert found.issued_for_all is not None
    first, *others = _pages(batch.together(found, _ids(found)[:3], ".pdf", _quiet))
    assert "Số: 06/GM-TTXT" in first
    for page in others:
        assert "Số: 07/GM-TTXT" in page
        assert "ngày 03 tháng 4 năm 2023" in page


def test_letters_of_reminder_go_out_as_a_batch_too(sample: Workspace, out: Path) -> None:
    kept = collaborator_work.remind(sample, 2023, ("2023-03", "2023-04"), date(2023, 6, 15))
    found = papers.gather(sample, "report-reminder", kept.id)
    assert len(found.parts) == 25
    written = batch.write_each(found, _ids(found), out, ".pdf", _quiet)
    assert sum("Cộng tác viên 07" in each.name for each in written) == 1
    pages = list(_pages(batch.together(found, _ids(found), ".pdf", _quiet)))
    assert len(pages) == 25
    assert "Cộng tác viên 01" in pages[0]
