"""Papers: which kinds a record can be printed as, what a paper still lacks, its bytes and its file."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from kc_desktop.documents import catalogue
from kc_desktop.documents.catalogue import PaperKind
from kc_desktop.documents.paper import Paper
from kc_desktop.errors import KnownError
from kc_desktop.services import meeting_papers, plan_papers, project_papers
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import failures

__all__ = [
    "PaperKind",
    "all_kinds",
    "build",
    "by_period",
    "file_name",
    "kinds_for",
    "name_of",
    "problems",
    "render",
    "write",
]

SUFFIXES = (".pdf", ".docx")
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_NAME, _MOST_BYTES = 120, 220
"""Characters, for Windows counts a path's; bytes, for Linux counts a name's, and the date and suffix come to them."""


def all_kinds() -> tuple[PaperKind, ...]:
    """Return every kind of paper."""
    return catalogue.KINDS


def kinds_for(record: str) -> tuple[PaperKind, ...]:
    """Return the kinds of paper a record of this list can be printed as."""
    return tuple(each for each in catalogue.KINDS if each.record == record)


class _Source(Protocol):
    """A module that knows a record's papers."""

    def dossier(self, workspace: Workspace, key: str, record_id: int, /) -> Any:
        """Gather everything the record's papers are made from."""

    def dated(self, key: str, given: Any, /) -> date | None:
        """Return the day a paper bears; None where it is not known."""

    def subject(self, key: str, given: Any, /) -> str:
        """Return what a paper's file is named after."""

    def problems(self, workspace: Workspace, key: str, given: Any, /) -> Iterable[str]:
        """Return what a paper still lacks, in sentences that say the next step."""


_SOURCES: Mapping[str, _Source] = {
    catalogue.MEETINGS: meeting_papers,
    catalogue.PROJECTS: project_papers,
    catalogue.PLANS: plan_papers,
}
"""Each list whose records have papers, with the module that gathers what they are made from."""


def _gather(workspace: Workspace, key: str, record_id: int) -> tuple[_Source, Any]:
    source = _SOURCES[catalogue.kind(key).record]
    return source, source.dossier(workspace, key, record_id)


def name_of(key: str) -> str:
    """Return the name of a kind of paper, with the period its key names: "Báo cáo kinh phí quý II"."""
    period = catalogue.period_of(key)
    name = catalogue.kind(key).name
    return name if period.is_year else f"{name} {period.label}"


def by_period(kind: PaperKind) -> tuple[tuple[str, str], ...]:
    """Return the keys of a kind with the names of their periods; the only one of most kinds is its own."""
    return tuple((key, "Cả năm" if each.is_year else each.label) for key, each in catalogue.by_period(kind))


def build(workspace: Workspace, key: str, record_id: int) -> Paper:
    """Return a paper's content. Raises KnownError for an unknown kind or a record that is gone."""
    return catalogue.kind(key).build(_gather(workspace, key, record_id)[1])


def render(workspace: Workspace, key: str, record_id: int, suffix: str) -> bytes:
    """Return a paper as a PDF (".pdf") or a Word file (".docx"). Raises KnownError with the remedy."""
    suffix = suffix.lower()
    if suffix not in SUFFIXES:
        raise KnownError(f"Không in được ra tệp “{suffix}”.", "Đặt tên tệp có đuôi .pdf hoặc .docx.")
    paper = build(workspace, key, record_id)
    if suffix == ".pdf":
        from kc_desktop.documents.pdf import render_pdf  # ReportLab is loaded only when something is printed

        return render_pdf(paper)
    from kc_desktop.documents.word import render_docx  # python-docx likewise

    return render_docx(paper)


def file_name(workspace: Workspace, key: str, record_id: int, suffix: str) -> str:
    """Return the usual name of a paper's file, "2023.04.13. Trích yếu.pdf", fit for Windows."""
    source, dossier = _gather(workspace, key, record_id)
    day = source.dated(key, dossier)
    stamp = (day or date.today()).strftime("%Y.%m.%d")
    words = _NOT_IN_FILE_NAMES.sub(" ", f"{catalogue.kind(key).name} - {source.subject(key, dossier)}")
    words = " ".join(words.split())[:_LONGEST_NAME].encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(" .")
    return f"{stamp}. {words}{suffix}"


def problems(workspace: Workspace, key: str, record_id: int) -> tuple[str, ...]:
    """Return what a paper still lacks, in sentences that say the next step; it can be printed all the same."""
    source, dossier = _gather(workspace, key, record_id)
    lacking = [] if dossier.office.name else ["Chưa có tên đơn vị: mở Danh mục, Thiết lập đơn vị để ghi."]
    return (*lacking, *source.problems(workspace, key, dossier))


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, through a link into the file it leads to.

    Raises KnownError when the place cannot be written to.
    """
    made: Path | None = None
    try:
        path = Path(os.path.realpath(path))
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
        made = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        made.chmod(0o666 & ~_umask())
        made.replace(path)
    except OSError as error:
        told = failures.known(error, path)
        if told is None:
            raise
        raise told from error
    finally:
        if made is not None:
            with contextlib.suppress(OSError):
                made.unlink()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
