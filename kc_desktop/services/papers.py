"""Papers: which kinds a record can be printed as, what a paper still lacks, its bytes and its file."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from kc_desktop.documents import catalogue, numbering
from kc_desktop.documents.catalogue import PaperKind
from kc_desktop.documents.paper import Paper, Tell
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.errors import KnownError
from kc_desktop.services import (
    lists,
    meeting_papers,
    network_papers,
    plan_papers,
    project_papers,
    register_papers,
    remuneration_papers,
    work_papers,
)
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import failures
from kc_desktop.storage.listings import LISTINGS

__all__ = [
    "Gathered",
    "PaperKind",
    "Part",
    "all_kinds",
    "build",
    "by_period",
    "each_of",
    "file_name",
    "gather",
    "kinds_for",
    "name_of",
    "parts",
    "problems",
    "records_for",
    "render",
    "renderer",
    "write",
]

SUFFIXES = (".pdf", ".docx")
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_NAME, _MOST_BYTES = 120, 220
"""Characters, for Windows counts a path's; bytes, for Linux counts a name's, and the date and suffix come to them."""
_LONGEST_PART_NAME = 60


def all_kinds() -> tuple[PaperKind, ...]:
    """Return every kind of paper."""
    return catalogue.KINDS


def kinds_for(record: str) -> tuple[PaperKind, ...]:
    """Return the kinds of paper a record of this list can be printed as."""
    return tuple(each for each in catalogue.KINDS if each.record == record)


def records_for(workspace: Workspace, record: str) -> tuple[tuple[int, str], ...]:
    """Return the id and name of everything the papers of a list can be made from: its rows, or years of the register.

    The register's come the newest last, as the rows do.
    """
    return register_papers.records(workspace) if record == catalogue.REGISTER else lists.names(workspace, record)


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
    catalogue.APPOINTMENTS: network_papers,
    catalogue.PAYMENT_LISTS: remuneration_papers,
    catalogue.REMINDERS: work_papers,
    catalogue.EVALUATIONS: work_papers,
    catalogue.REGISTER: register_papers,
}
"""Each list whose records have papers, with the module that gathers what they are made from."""

_PARTS: Mapping[str, Callable[[str, Any], Iterable[catalogue.PartOf]]] = {
    catalogue.MEETINGS: meeting_papers.parts,
    catalogue.REMINDERS: work_papers.parts,
    catalogue.EVALUATIONS: work_papers.parts,
}
"""Each list with a kind of paper for one part of the record: `parts(key, dossier)` of its module, which tells ids and
names. The list's dossier has a field `part`: the id of the part the paper is for, 0 for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A recipient or an item of a record that a paper can be made for alone; `about` tells two of one name apart."""

    id: int
    key: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the papers of one kind are made from, read once for however many of its parts.

    `name` is what the paper is called: a kind's own, but for a part of a year. `issued` holds those of them that are
    issued, by key.
    """

    kind: PaperKind
    dossier: Any
    name: str
    parts: tuple[Part, ...] = ()
    issued: Mapping[str, PaperRecord] = dataclasses.field(default_factory=dict)

    @property
    def issued_for_all(self) -> PaperRecord | None:
        """The issued paper for all, whose number and day the papers of single parts bear; None while it is a draft."""
        return self.issued.get(self.kind.key)

    def paper(self, part: int = 0) -> Paper:
        """Return the paper of one part, the one for all for 0. Raises KnownError when there is no such part.

        A part's bears the number and day it was issued with, else those of the one for all: 500 invitations go out
        under one number.
        """
        paper = self.kind.build(self._dossier_of(part))
        mark = self.issued.get(catalogue.key_of(self.kind.key, part), self.issued_for_all) if part else None
        if mark is None or mark.number is None or mark.dated is None or not numbering.takes_number(paper):
            return paper
        return numbering.numbered(paper, mark.number, mark.symbol, self.dossier.office.place, mark.dated)

    def file_name(self, part: int, suffix: str) -> str:
        """Return the usual name of the file: "2023.04.13. Giấy mời - Đại biểu 07 - Tên cuộc họp.pdf", fit for Windows.

        Raises KnownError when there is no such part.
        """
        return self._named(self._dossier_of(part), suffix, self.name, self._name_of(part)[:_LONGEST_PART_NAME])

    def together_name(self, suffix: str) -> str:
        """Return the usual name of a file that holds the papers of several parts, each its own."""
        return self._named(self.dossier, suffix, f"{self.kind.name} cho từng {self.kind.each}")

    def _named(self, given: Any, suffix: str, *names: str) -> str:
        source = _SOURCES[self.kind.record]
        day = source.dated(self.kind.key, given)
        stamp = (day or date.today()).strftime("%Y.%m.%d")
        given_names = (*names, source.subject(self.kind.key, given))
        words = _NOT_IN_FILE_NAMES.sub(" ", " - ".join(each for each in given_names if each))
        words = " ".join(words.split())[:_LONGEST_NAME].encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(" .")
        return f"{stamp}. {words}{suffix}"

    def _dossier_of(self, part: int) -> Any:
        self._name_of(part)
        return dataclasses.replace(self.dossier, part=part) if part else self.dossier

    def _name_of(self, part: int) -> str:
        if not part:
            return ""
        for each in self.parts:
            if each.id == part:
                return each.name
        raise KnownError(
            f"{self.kind.name} không có bản riêng số {part}.",
            f"Chọn {self.kind.each} có trong danh sách, hoặc in {self.kind.name} chung.",
        )


def gather(workspace: Workspace, key: str, record_id: int) -> Gathered:
    """Read what the papers of a kind are made from; a part that the key names is not looked at.

    Raises KnownError for an unknown kind or a record that is gone.
    """
    kind = catalogue.kind(key)
    whole = kind.key if kind.each else key
    dossier = _SOURCES[kind.record].dossier(workspace, whole, record_id)
    parts = _PARTS[kind.record](kind.key, dossier) if kind.each else ()
    return Gathered(
        kind=kind,
        dossier=dossier,
        name=kind.name_for(catalogue.period_of(whole)),
        parts=tuple(
            Part(id=each.id, key=catalogue.key_of(kind.key, each.id), name=each.name, about=each.about)
            for each in parts
        ),
        issued=_issued(workspace, kind, record_id) if kind.each else {},
    )


def _issued(workspace: Workspace, kind: PaperKind, record_id: int) -> dict[str, PaperRecord]:
    """Return the issued papers about a record by key, of several of one key the newest."""
    table = LISTINGS[kind.record].table
    found = workspace.children(PaperRecord, record_table=table, record_id=record_id, state="issued")
    return {each.kind: each for each in sorted(found, key=lambda each: each.id)}


def parts(workspace: Workspace, key: str, record_id: int) -> tuple[Part, ...]:
    """Return the recipients or items of a record that a kind of paper can be made for alone; none for most kinds.

    Raises KnownError as `gather` does.
    """
    return gather(workspace, key, record_id).parts


def name_of(key: str) -> str:
    """Return the name of a kind of paper, with the period its key names: "Báo cáo kinh phí quý II"."""
    period = catalogue.period_of(key)
    name = catalogue.kind(key).name_for(period)
    return f"{name} {period.label}" if period.code else name


def each_of(key: str) -> str:
    """Return what a kind of paper can be made for one of: "người", "đề án"; "" for most.

    Raises KnownError as `build` does.
    """
    return catalogue.kind(key).each


def by_period(kind: PaperKind) -> tuple[tuple[str, str], ...]:
    """Return the keys of a kind with the names of their periods; the only one of most kinds is its own."""
    return tuple((key, "Cả năm" if each.is_year else each.label) for key, each in catalogue.by_period(kind))


def build(workspace: Workspace, key: str, record_id: int) -> Paper:
    """Return a paper's content. Raises KnownError for an unknown kind or part, or a record that is gone."""
    return gather(workspace, key, record_id).paper(catalogue.part_of(key))


def render(workspace: Workspace, key: str, record_id: int, suffix: str) -> bytes:
    """Return a paper as a PDF (".pdf") or a Word file (".docx"). Raises KnownError with the remedy."""
    draw = renderer(suffix)
    return draw(build(workspace, key, record_id))


class Renderer(Protocol):
    """What draws a paper as a file. `tell` hears after each paper of the file how many of how many are drawn."""

    def __call__(self, paper: Paper, /, *, tell: Tell | None = None) -> bytes:
        """Return the file's bytes."""


def renderer(suffix: str) -> Renderer:
    """Return what draws a paper as a file of this suffix. Raises KnownError when nothing does."""
    if suffix.lower() not in SUFFIXES:
        raise KnownError(f"Không in được ra tệp “{suffix}”.", "Đặt tên tệp có đuôi .pdf hoặc .docx.")
    if suffix.lower() == ".pdf":
        from kc_desktop.documents.pdf import render_pdf  # ReportLab is loaded only when something is printed

        return render_pdf
    from kc_desktop.documents.word import render_docx  # python-docx likewise

    return render_docx


def file_name(workspace: Workspace, key: str, record_id: int, suffix: str) -> str:
    """Return the usual name of a paper's file, "2023.04.13. Trích yếu.pdf", fit for Windows."""
    return gather(workspace, key, record_id).file_name(catalogue.part_of(key), suffix)


def problems(workspace: Workspace, key: str, record_id: int) -> tuple[str, ...]:
    """Return what a paper still lacks, in sentences that say the next step; it can be printed all the same."""
    found = gather(workspace, key, record_id)
    lacking = [] if found.dossier.office.name else ["Chưa có tên đơn vị: mở Danh mục, Thiết lập đơn vị để ghi."]
    given = found.kind.key if found.kind.each else key
    return (*lacking, *_SOURCES[found.kind.record].problems(workspace, given, found.dossier))


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
