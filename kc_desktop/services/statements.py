"""Statements of the treasury: pasted, looked at before they are written, matched with the ledger, held against it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kc_desktop.domain.funding import FundEntry, StatementLine, TreasuryStatement
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.reconciliation import MatchedLine, Reconciliation
from kc_desktop.domain.text import clean_line, search_key
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import pasting
from kc_desktop.services.pasting import CellError, Cells
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import statements as stored

_NEAR_DAYS = 15
"""A movement shows at the treasury within so many days of the ledger's date; further apart only the document counts."""

_HEADINGS = {
    "happened_on": ("ngày hạch toán", "ngày giao dịch", "ngày chứng từ", "ngày ct", "ngày", "date"),
    "document": ("số chứng từ", "số ct", "số hiệu chứng từ", "chứng từ", "số giao dịch", "document"),
    "content": ("nội dung", "diễn giải", "nội dung thanh toán", "description"),
    "debit": ("phát sinh nợ", "ghi nợ", "số tiền nợ", "nợ", "chi", "rút", "debit"),
    "credit": ("phát sinh có", "ghi có", "số tiền có", "có", "thu", "nộp", "credit"),
    "amount": ("số tiền", "giá trị", "amount"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewLine:
    """A pasted row as it would be written; `problem` says why it cannot be, then it is left out."""

    number: int
    line: StatementLine
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a pasted block would become; `problem` says why nothing can be read from it, "" when something can."""

    lines: tuple[PreviewLine, ...]
    problem: str

    @property
    def good(self) -> tuple[StatementLine, ...]:
        """The lines that would be written."""
        return tuple(each.line for each in self.lines if not each.problem)


# --- reading a pasted block -------------------------------------------------------------------------------------------


def read_statement(text: str, year: int, unit: int = pasting.DONG) -> Preview:
    """Read a block copied from a treasury's statement; nothing is written.

    The columns are found by their headings, without headings by what stands in them. Money out stands in a debit
    column (nợ) or is positive in a column of amounts; money back stands in a credit column (có) or is negative. A day
    without a year lies in `year`. Rows of totals and balances are left out.
    """
    if pasting.is_too_long(text):
        return Preview(lines=(), problem=f"Khối dán dài quá {pasting.MAX_ROWS} dòng. Dán từng phần.")
    rows = pasting.parse_block(text)
    heading = pasting.heading_row(rows, _HEADINGS)
    places = pasting.columns_by_heading(rows, _HEADINGS) if heading is not None else _guessed(rows)
    if "happened_on" not in places or not places.keys() & {"debit", "credit", "amount"}:
        return Preview(
            lines=(),
            problem="Chưa thấy cột ngày và cột số tiền. Chép cả dòng tiêu đề: Ngày, Số chứng từ, Nội dung, Số tiền.",
        )
    data = rows[heading + 1 :] if heading is not None else rows
    machine = pasting.is_machine_style(
        [row[places[name]] for row in data for name in ("debit", "credit", "amount") if name in places]
    )
    found: list[PreviewLine] = []
    for row in data:
        if any(char.isdigit() for cell in row for char in cell) and not pasting.is_total_row(row) and not _numbers(row):
            found.append(_preview(row, places, len(found) + 1, year, unit, machine=machine))
    problem = "" if found else "Không có dòng nào có ngày và số tiền."
    return Preview(lines=tuple(found), problem=problem)


def _numbers(row: Cells) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3, as forms do below their headings."""
    written = [cell.strip("()") for cell in row if cell]
    return len(written) > 2 and written == [str(place) for place in range(1, len(written) + 1)]


def _preview(row: Cells, places: dict[str, int], number: int, year: int, unit: int, *, machine: bool) -> PreviewLine:
    def cell(name: str) -> str:
        return row[places[name]] if name in places else ""

    line = StatementLine(ordinal=number, document=clean_line(cell("document")), content=clean_line(cell("content")))
    problems = []
    try:
        line = dataclasses.replace(line, happened_on=pasting.day(cell("happened_on"), today=date(year, 12, 31)))
        if line.happened_on is None:
            problems.append("Chưa có ngày.")
    except CellError as error:
        problems.append(str(error))
    try:
        out = pasting.amount(cell("debit"), unit, machine=machine) or 0
        back = pasting.amount(cell("credit"), unit, machine=machine) or 0
        out += pasting.amount(cell("amount"), unit, machine=machine) or 0 if not (out or back) else 0
        if out and back:
            problems.append("Có cả số tiền nợ và số tiền có.")
        net = out - back
        line = dataclasses.replace(line, amount_vnd=abs(net), is_incoming=net < 0)
        if not net:
            problems.append("Chưa có số tiền.")
    except CellError as error:
        problems.append(str(error))
    return PreviewLine(number=number, line=line, problem=" ".join(problems))


def _guessed(rows: Sequence[Cells]) -> dict[str, int]:
    """Find the columns of a block without headings; two columns of amounts never filled together are nợ and có."""
    data = [row for row in rows if any(char.isdigit() for cell in row for char in cell)]
    if not data:
        return {}
    width = len(data[0])
    days = [sum(_is_day(row[place]) for row in data) for place in range(width)]
    if max(days) * 2 < len(data):
        return {}
    places = {"happened_on": days.index(max(days))}
    machine = pasting.is_machine_style([cell for row in data for cell in row])
    amounts = [place for place in range(width) if place not in places.values() and _holds_amounts(data, place, machine)]
    if not amounts:
        return {}
    first, *others = amounts
    if others and not any(row[first] and row[others[0]] for row in data):
        places |= {"debit": first, "credit": others[0]}
    else:
        places["amount"] = first
    texts = [place for place in range(width) if place not in {*places.values(), *amounts}]
    texts.sort(key=lambda place: -sum(len(row[place]) for row in data))
    for name, place in zip(("content", "document"), texts, strict=False):
        places[name] = place
    return places


def _is_day(cell: str) -> bool:
    try:
        return any(char in cell for char in "/-.") and pasting.day(cell) is not None
    except CellError:
        return False


def _holds_amounts(data: Sequence[Cells], place: int, machine: bool) -> bool:
    written = [row[place] for row in data if row[place]]
    try:
        amounts = [abs(pasting.amount(each, machine=machine) or 0) for each in written]
    except CellError:
        return False
    return bool(amounts) and max(amounts) >= 1_000


# --- writing and matching ---------------------------------------------------------------------------------------------


def save_statement(
    workspace: Workspace, statement: TreasuryStatement, lines: Sequence[StatementLine]
) -> TreasuryStatement:
    """Write a statement with its lines and match what can be matched, as one step. Raises FieldError or KnownError.

    A statement without a span gets that of its lines.
    """
    days = [each.happened_on for each in lines if each.happened_on is not None]
    if not lines:
        raise KnownError("Chưa có dòng sao kê nào để ghi.", "Chép các dòng của sao kê từ Excel rồi dán vào.")
    if days:
        statement = dataclasses.replace(
            statement, from_day=statement.from_day or min(days), to_day=statement.to_day or max(days)
        )
    with workspace.change(f"Nhập sao kê kho bạc {statement.name}"):
        kept = workspace.save(statement)
        for each in lines:
            workspace.save(dataclasses.replace(each, statement_id=kept.id))
        match(workspace, kept.id)
    return kept


def match(workspace: Workspace, statement_id: int) -> int:
    """Match the lines that agree with no entry with entries that have no line yet; return how many were matched.

    Amount and direction must agree. The same document comes first, then the nearest day, at most 15 days apart.
    """
    statement = workspace.get(TreasuryStatement, statement_id)
    lines = {each.id: each for each in reconciliation(workspace, statement_id).only_in_statement}
    free: dict[tuple[int, bool], list[FundEntry]] = {}
    for entry in _free_entries(workspace, statement.plan_id):
        free.setdefault((entry.amount_vnd, entry.kind == "refund"), []).append(entry)
    pairs = sorted(
        (nearness, line.ordinal, line.id, entry.id)
        for line in lines.values()
        for entry in free.get((line.amount_vnd, line.is_incoming), ())
        if (nearness := _nearness(line, entry)) is not None
    )
    taken: set[int] = set()
    number = 0
    with workspace.change(f"Khớp sao kê kho bạc {statement.name}"):
        for _near, _ordinal, line_id, entry_id in pairs:
            if line_id in lines and entry_id not in taken:
                taken.add(entry_id)
                workspace.save(dataclasses.replace(lines.pop(line_id), fund_entry_id=entry_id))
                number += 1
    return number


def _nearness(line: StatementLine, entry: FundEntry) -> tuple[bool, int] | None:
    """Return how near two movements are, the nearer the smaller; None when they are too far apart."""
    is_other = not _document(line.document) or _document(line.document) != _document(entry.document)
    if line.happened_on is None or entry.happened_on is None:
        return is_other, _NEAR_DAYS
    days = abs((line.happened_on - entry.happened_on).days)
    return None if is_other and days > _NEAR_DAYS else (is_other, days)


def _document(number: str) -> str:
    return "".join(char for char in search_key(number) if char.isalnum())


def _free_entries(workspace: Workspace, plan_id: int) -> tuple[FundEntry, ...]:
    with workspace.reading() as connection:
        taken = stored.matched_entries(connection, plan_id)
        return tuple(each for each in stored.standing_entries(connection, plan_id) if each.id not in taken)


def candidates(workspace: Workspace, line_id: int) -> tuple[FundEntry, ...]:
    """Return the entries a line may be matched with by hand: of its amount and direction, unmatched, nearest first."""
    line = workspace.get(StatementLine, line_id)
    plan_id = workspace.get(TreasuryStatement, line.statement_id).plan_id
    fitting = [each for each in _free_entries(workspace, plan_id) if _fits(line, each)]
    return tuple(sorted(fitting, key=lambda each: _nearness(line, each) or (True, 10**6)))


def _fits(line: StatementLine, entry: FundEntry) -> bool:
    return line.amount_vnd == entry.amount_vnd and line.is_incoming == (entry.kind == "refund")


def tick(workspace: Workspace, line_id: int, entry_id: int | None) -> StatementLine:
    """Match a line with an entry by hand, or with None take the match away.

    Raises FieldError for an entry that another line has or whose amount differs: a wrong amount is put right in the
    ledger first.
    """
    line = workspace.get(StatementLine, line_id)
    if entry_id is not None and not _fits(line, workspace.get(FundEntry, entry_id)):
        raise FieldError(
            "fund_entry_id",
            "Bút toán và dòng sao kê khác số tiền hoặc khác chiều thu, chi nên không khớp.",
            "Nếu sổ ghi sai thì đảo bút toán và ghi lại, rồi khớp.",
        )
    label = "Khớp dòng sao kê" if entry_id is not None else "Bỏ khớp dòng sao kê"
    return workspace.save(dataclasses.replace(line, fund_entry_id=entry_id), label)


def reconciliation(workspace: Workspace, statement_id: int) -> Reconciliation:
    """Hold a statement against the ledger; a line whose entry was reversed meanwhile counts as not matched."""
    statement = workspace.get(TreasuryStatement, statement_id)
    with workspace.reading() as connection:
        standing = stored.standing_entries(connection, statement.plan_id)
        statement_of = stored.matched_entries(connection, statement.plan_id)
    by_id = {each.id: each for each in standing}
    lines = workspace.children(StatementLine, statement_id=statement_id)
    matched = {each.id: by_id[each.fund_entry_id] for each in lines if each.fund_entry_id in by_id}
    return Reconciliation(
        statement=statement,
        plan=workspace.get(AnnualPlan, statement.plan_id),
        matched=tuple(MatchedLine(line=each, entry=matched[each.id]) for each in lines if each.id in matched),
        only_in_ledger=tuple(each for each in standing if each.id not in statement_of and _is_in_span(statement, each)),
        only_in_statement=tuple(each for each in lines if each.id not in matched),
    )


def _is_in_span(statement: TreasuryStatement, entry: FundEntry) -> bool:
    day = entry.happened_on or date.min
    return (statement.from_day or date.min) <= day <= (statement.to_day or date.max)
