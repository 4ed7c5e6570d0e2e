"""What the minutes of a council and their excerpts share: who of the council came, votes and scores, decisions.

How a council votes and writes its results down is the practice of the offices; no form for it was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import Block, Heading, HeadingLevel, Paragraph, Table, or_dots, para, sentence_end
from kc_desktop.domain.council import BALLOTS, COUNCIL_VERDICTS, CountedItem, DecidedProject, Quorum, Tally
from kc_desktop.domain.meeting import AttendeeDetail

VOTE: Final = "vote"
_PASSED: Final = {True: "Thông qua", False: "Không thông qua", None: ""}
_REACHED: Final = {True: "Đạt", False: "Chưa đạt", None: ""}


def result_word(kind: str, tally: Tally) -> str:
    """Return what the count of an item comes to; "" while nothing tells."""
    return (_PASSED if kind == VOTE else _REACHED)[tally.is_passed]


def quorum_line(quorum: Quorum) -> Paragraph:
    """Return how many members the council has and how many came, and whether that is as many as the office asks for."""
    words = f"Hội đồng có {quorum.members:02d} thành viên, có mặt {quorum.came:02d} thành viên"
    if quorum.needed:
        is_met = "đủ" if quorum.is_met else "chưa đủ"
        words += f" ({is_met} số thành viên tối thiểu là {quorum.needed:02d})"
    return para(sentence_end(words, "."))


def vote_blocks(items: Sequence[CountedItem], attendees: Sequence[AttendeeDetail]) -> Iterable[Block]:
    """Yield the votes, then the scores, each item with its count; then what members said besides."""
    votes = [each for each in items if each.item.kind == VOTE]
    scores = [each for each in items if each.item.kind != VOTE]
    if votes:
        yield from _titled("Biểu quyết", _vote_table(votes), with_title=bool(scores))
    if scores:
        yield from _titled("Chấm điểm", _score_table(scores), with_title=bool(votes))
    yield from _comments(items, attendees)


def _comments(items: Sequence[CountedItem], attendees: Sequence[AttendeeDetail]) -> Iterable[Block]:
    people = {each.attendee.id: (each.delegate or each.person).address_name for each in attendees}
    said = [
        (counted.item.title, people[ballot.attendee_id], ballot.comment.strip())
        for counted in items
        for ballot in counted.ballots
        if ballot.comment.strip() and ballot.attendee_id in people
    ]
    if said:
        yield para("Nhận xét của thành viên hội đồng:", keep_with_next=True)
    for title, name, words in said:
        about = f" về {title}" if len(items) > 1 else ""
        yield para(f"- {name}{about}: {sentence_end(words, '.')}")


def _titled(title: str, table: Table, *, with_title: bool) -> Iterable[Block]:
    if with_title:
        yield para(f"{title}:", keep_with_next=True)
    yield table


def _vote_table(items: Sequence[CountedItem]) -> Table:
    columns = (
        tables.number_column(),
        tables.text_column("Nội dung", 36),
        tables.centred_column("Số phiếu", 9),
        *[tables.centred_column(label, 12) for code, label in BALLOTS if code],
        tables.centred_column("Kết quả", 17),
    )
    rows = tables.numbered(
        (each.item.title, *map(str, _votes(each.tally)), result_word(VOTE, each.tally)) for each in items
    )
    return tables.table(columns, rows)


def _votes(tally: Tally) -> tuple[int, int, int, int]:
    return tally.voted, tally.yes, tally.no, tally.abstain


def _score_table(items: Sequence[CountedItem]) -> Table:
    columns = (
        tables.number_column(),
        tables.text_column("Nội dung", 45),
        tables.centred_column("Số phiếu chấm", 13),
        tables.centred_column("Điểm trung bình", 13),
        tables.centred_column("Mức đạt", 11),
        tables.centred_column("Kết quả", 13),
    )
    rows = tables.numbered(
        (
            each.item.title,
            str(sum(ballot.score is not None for ballot in each.ballots)),
            tables.quantity_cell(each.tally.average),
            tables.quantity_cell(each.item.pass_at),
            result_word(each.item.kind, each.tally),
        )
        for each in items
    )
    return tables.table(columns, rows)


def decision_table(decisions: Sequence[DecidedProject]) -> Table:
    """Return what the council concludes on each project; the amounts stand only where one was agreed on."""
    amounts = [each.decision.amount_vnd for each in decisions]
    unit = tables.unit_of(amounts) if any(amount is not None for amount in amounts) else ""
    columns = [tables.number_column(), tables.text_column("Đề án", 36), tables.centred_column("Kết luận", 17)]
    if unit:
        columns.append(tables.amount_column("Hỗ trợ thống nhất", 15))
    columns.append(tables.text_column("Ý kiến, yêu cầu", 27 if unit else 42))
    rows = tables.numbered(
        (
            each.project.name,
            verdict_word(each),
            *([tables.amount_cell(each.decision.amount_vnd, unit)] if unit else []),
            each.decision.opinion,
        )
        for each in decisions
    )
    return tables.table(columns, rows, unit=unit)


def verdict_word(decided: DecidedProject) -> str:
    """Return the verdict on a project, "" while there is none."""
    return dict(COUNCIL_VERDICTS)[decided.decision.verdict] if decided.decision.verdict else ""


def decision_blocks(decided: DecidedProject) -> Iterable[Block]:
    """Yield what the council concludes on one project, as sentences."""
    decision = decided.decision
    yield wording.labelled("Kết luận của hội đồng", verdict_word(decided))
    if decision.amount_vnd is not None:
        yield wording.labelled("Kinh phí hỗ trợ thống nhất", wording.money_text(decision.amount_vnd))
    lines = [line.strip() for line in decision.opinion.splitlines() if line.strip()]
    yield para(f"Ý kiến, yêu cầu: {or_dots(lines[0] if lines else '')}")
    for line in lines[1:]:
        yield para(line)


def section(number: str, title: str) -> Heading:
    """Return the heading of a section with its Roman number."""
    return Heading(level=HeadingLevel.SECTION, number=number, title=title)
