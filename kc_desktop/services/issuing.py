"""Issuing: a paper of the program gets its number and day, keeps its PDF and is locked (NĐ 30/2020 Điều 15, 18).

Issuing is one step of the history. Undone, that step takes row, bytes and number away together, as if the paper had not
been issued, and the number is free again; that is for a slip noticed at once. What has left the office is cancelled or
replaced: the row stays, its number too.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from datetime import date

from kc_desktop.documents import catalogue, numbering
from kc_desktop.documents.paper import DOTS, Paper
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.errors import KnownError
from kc_desktop.services import papers
from kc_desktop.services.register import (
    checked_number,
    checked_reason,
    refuse_taken,
    series_for,
    suggest,
    write_back,
)
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import register as stored
from kc_desktop.storage.listings import LISTINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a paper would be issued as: the next free number of its series, to be confirmed by the clerk."""

    key: str
    record_id: int
    subject: str
    symbol: str
    series: str
    number: int
    dated: date


def bears_number(workspace: Workspace, key: str, record_id: int) -> bool:
    """Return whether a paper bears a number of its own and so can be issued. Raises KnownError when the record is gone.

    The paper of one recipient goes out under the number of the one for all once that is issued.
    """
    if catalogue.part_of(key) and issued_copy(workspace, catalogue.kind(key).key, record_id) is not None:
        return False
    return numbering.takes_number(papers.build(workspace, key, record_id))


def propose(workspace: Workspace, key: str, record_id: int, dated: date) -> Proposed:
    """Return what a paper would be issued as; a number written on it already is proposed while it is free.

    Raises KnownError for a kind of paper that bears no number, or an office without an abbreviation.
    """
    return _proposed(workspace, papers.build(workspace, key, record_id), key, record_id, dated)


def _proposed(workspace: Workspace, paper: Paper, key: str, record_id: int, dated: date) -> Proposed:
    if not numbering.takes_number(paper):
        raise KnownError(f"{paper.name} không đánh số.", "In ra là dùng được; không cần vào sổ văn bản đi.")
    symbol = numbering.symbol_on(paper)
    if not symbol or DOTS in symbol:
        raise KnownError(
            "Chưa có chữ viết tắt của đơn vị nên chưa có ký hiệu văn bản.", "Ghi ở Danh mục, Thiết lập đơn vị."
        )
    series = series_for(workspace, symbol)
    written = numbering.number_on(paper)
    with workspace.reading() as connection:
        is_free = written is not None and stored.holder(connection, series, dated.year, written) is None
    return Proposed(
        key=key,
        record_id=record_id,
        subject=_subject(paper),
        symbol=symbol,
        series=series,
        number=written if written is not None and is_free else suggest(workspace, series, dated.year),
        dated=dated,
    )


def _subject(paper: Paper) -> str:
    """Return kind and subject as a register writes them: "Biên bản họp tổng kết …", a name with its capitals."""
    if not paper.title.kind:
        return f"Công văn về việc {paper.kind_words.removeprefix('V/v').strip()}"
    kind, subject = paper.title.kind.capitalize(), paper.title.subject
    words = subject.split(" ", 2)
    if len(words) > 1 and words[1][:1].islower() and not words[0].isupper():
        subject = subject[:1].lower() + subject[1:]
    return " ".join(part for part in (kind, subject) if part)


def reserved(workspace: Workspace, series: str, year: int) -> tuple[PaperRecord, ...]:
    """Return the numbers of a series and year that are kept for papers still to come, in their order."""
    kept = workspace.children(PaperRecord, state="reserved", series=series, year=year)
    return tuple(sorted(kept, key=lambda each: (each.number or 0, each.id)))


def issued_copy(workspace: Workspace, key: str, record_id: int) -> PaperRecord | None:
    """Return the issued paper of a kind about a record, the newest of several; None while it is a draft."""
    with workspace.reading() as connection:
        found = stored.issued(connection, key, _table_of(key), record_id)
    return workspace.find(PaperRecord, found)


def numbered_kinds() -> tuple[papers.PaperKind, ...]:
    """Return the kinds of paper that may bear a number, to pick one from: each is asked again when it is issued."""
    return tuple(each for each in papers.all_kinds() if each.record != catalogue.REGISTER)


def _table_of(key: str) -> str:
    return LISTINGS[catalogue.kind(key).record].table


def issue(
    workspace: Workspace,
    key: str,
    record_id: int,
    *,
    number: int,
    dated: date,
    reserved_id: int | None = None,
    replaces_id: int | None = None,
    reason: str = "",
) -> PaperRecord:
    """Give a paper its number and day, keep its PDF and lock it; one step of the history.

    With `reserved_id` the number kept for it is used up; with `replaces_id` an issued paper becomes a replaced one, for
    a `reason`. Raises FieldError for a number that is taken or a missing reason, KnownError for a paper that is issued
    already or bears no number.
    """
    paper = papers.build(workspace, key, record_id)
    proposed = _proposed(workspace, paper, key, record_id, dated)
    standing = issued_copy(workspace, key, record_id)
    if standing is not None and standing.id != replaces_id:
        raise KnownError(
            f"{papers.name_of(key)} này đã ban hành: số {standing.mark}.", "Sai nội dung thì lập bản thay thế."
        )
    kept = workspace.get(PaperRecord, reserved_id) if reserved_id else None
    if kept is not None and kept.state != "reserved":
        raise KnownError(f"Số {kept.mark} không còn được giữ.", "Bấm Nạp để xem sổ mới.")
    refuse_taken(workspace, proposed.series, dated.year, checked_number(number), but=reserved_id or 0)
    if replaces_id:
        reason = checked_reason(reason, "thay thế", "sai nội dung kết luận 2")
    pdf = _render(paper, proposed.symbol, number, workspace.office.place, dated)
    signatures = paper.signatures
    record = PaperRecord(
        id=kept.id if kept else 0,
        kind=key,
        number=number,
        symbol=proposed.symbol,
        series=proposed.series,
        year=dated.year,
        dated=dated,
        subject=proposed.subject,
        signer=", ".join(each.name for each in signatures.signers if each.name) if signatures else "",
        recipients="\n".join(signatures.recipients) if signatures else "",
        record_table=_table_of(key),
        record_id=record_id,
        state="issued",
        sha256=hashlib.sha256(pdf).hexdigest(),
        replaces_id=replaces_id,
        reason=reason,
        copies=kept.copies if kept else None,
        note=kept.note if kept else "",
    )
    with workspace.change(f"Ban hành văn bản số {record.mark}"):
        issued = workspace.save(record)
        with workspace.reading() as connection:
            stored.keep_file(connection, issued.id, pdf)
        if replaces_id:
            old = workspace.get(PaperRecord, replaces_id)
            workspace.save(dataclasses.replace(old, state="replaced", reason=reason))
        write_back(workspace, issued, number)
    return issued


def _render(paper: Paper, symbol: str, number: int, place: str, dated: date) -> bytes:
    from kc_desktop.documents.pdf import render_pdf

    return render_pdf(numbering.numbered(paper, number, symbol, place, dated))
