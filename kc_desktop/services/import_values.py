"""One cell of a workbook read as one field of a record: its value, and a word where it was not read as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from kc_desktop.domain import identifiers
from kc_desktop.domain.fields import Field, Kind
from kc_desktop.domain.text import clean_line, search_key
from kc_desktop.exchange.reading import Cell, is_error
from kc_desktop.services import pasted_rows, pasting
from kc_desktop.services.import_headings import shown

Resolve = Callable[[str, str], int | None]
"""Finds the id of the record of a table by how it is named; None when there is none, or more than one."""

_FULL_LENGTHS: Final = {"tax_code": ((9, 10), (11, 12)), "citizen_id": ((11, 12), (8, 9))}
"""How many digits are left when a spreadsheet drops the leading zero, and how many there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How the cells of one column are read; `unit` is how many đồng its amounts count."""

    spec: Field
    resolve: Resolve
    unit: int = pasting.DONG
    machine: bool = False
    today: date | None = None
    is_plain: bool = field(init=False)
    """Whether its cells are lines of any words: `read` then only returns them clean."""
    is_whole: bool = field(init=False)
    """Whether its cells are whole numbers: `read` then returns an int as it is."""

    def __post_init__(self) -> None:
        spec = self.spec
        is_plain = spec.kind is Kind.LINE and not spec.protected and spec.check not in _FULL_LENGTHS
        object.__setattr__(self, "is_plain", is_plain)
        object.__setattr__(self, "is_whole", spec.kind is Kind.INTEGER)

    def read(self, cell: Cell) -> tuple[Any, str]:
        """Return the value of a cell that is not empty, and how it was read where that is not plain.

        Raises ValueError (`pasting.CellError` and others), whose words say what is wrong.
        """
        if self.is_plain:  # most of all cells
            return shown(cell), ""
        match self.spec.kind:
            case Kind.MONEY:
                return self._amount(cell), ""
            case Kind.INTEGER | Kind.DECIMAL:
                return self._number(cell)
            case Kind.DATE:
                return self._day(cell), ""
            case Kind.CHOICE:
                return self._choice(shown(cell)), ""
            case Kind.FLAG:
                return (cell if isinstance(cell, bool) else search_key(shown(cell)) in pasted_rows.YES), ""
            case Kind.LINK:
                return self._link(shown(cell)), ""
            case Kind.TEXT:
                return (cell.strip() if isinstance(cell, str) else shown(cell)), ""
        return self._line(shown(cell))

    def _line(self, line: str) -> tuple[str, str]:
        if identifiers.HIDDEN in line and (self.spec.protected or self.spec.check in _FULL_LENGTHS):
            return "", f"{self.spec.label}: đang che ({line}) nên không đọc, số đang có giữ nguyên."
        if self.spec.check in _FULL_LENGTHS:
            full = _with_lost_zero(self.spec.check, line)
            if full != line:
                return full, f"{self.spec.label}: đã thêm số 0 ở đầu, đọc là {_masked(self.spec, full)}."
        return line, ""

    def _amount(self, cell: Cell) -> int | None:
        if isinstance(cell, bool | date | time):
            raise pasting.CellError(f"“{shown(cell)}” chưa phải là một số tiền.")
        if isinstance(cell, str):
            amount = pasting.amount(cell, self.unit, machine=self.machine)
        else:
            exact = Decimal(cell) * self.unit
            amount = int(exact)
            if amount != exact:
                raise pasting.CellError(f"“{shown(cell)}” có phần lẻ của đồng. Kiểm tra lại số tiền và đơn vị tính.")
        if amount is not None and amount < 0:
            raise pasting.CellError("số tiền không được âm.")
        return amount

    def _number(self, cell: Cell) -> tuple[int | Decimal | None, str]:
        number: Decimal | None
        if isinstance(cell, date) and self.spec.name == "birth_year":
            return cell.year, f"{self.spec.label}: lấy năm của {shown(cell)}."
        if isinstance(cell, str) and self.spec.name == "birth_year" and "/" in cell:
            day = pasting.day(cell, today=self.today)
            return (day.year if day else None), f"{self.spec.label}: lấy năm của {shown(cell)}."
        if isinstance(cell, str):
            number = pasting.number(cell.removesuffix("%"), machine=self.machine)
        elif isinstance(cell, int | Decimal) and not isinstance(cell, bool):
            number = Decimal(cell)
        else:
            raise pasting.CellError(f"“{shown(cell)}” chưa phải là một số.")
        if number is None or self.spec.kind is Kind.DECIMAL:
            return number, ""
        if number != int(number):
            raise pasting.CellError(f"“{shown(cell)}” phải là số nguyên.")
        return int(number), ""

    def _day(self, cell: Cell) -> date | None:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        return pasting.day(shown(cell), today=self.today)

    def _choice(self, line: str) -> str:
        wanted = search_key(line)
        keys = [(code, search_key(label)) for code, label in self.spec.choices if code]
        for code, _key in keys:
            if search_key(code) == wanted:  # KCQG, KCĐP: offices write the short word
                return code
        for fits in (str.__eq__, str.startswith, str.__contains__):
            found = [code for code, key in keys if fits(key, wanted)]
            if len(found) == 1:
                return found[0]
        raise pasting.CellError(f"không có “{line[:60]}” trong danh sách.")

    def _link(self, line: str) -> int:
        found = self.resolve(self.spec.target, line)
        if found is None:
            raise pasting.CellError(f"chưa có “{line[:60]}” trong tệp dữ liệu, hoặc có nhiều hơn một.")
        return found


def without_errors(cells: Mapping[str, Cell], readers: Mapping[str, Reader]) -> tuple[dict[str, Cell], list[str]]:
    """Return the cells of a row but those whose formula failed, and what is wrong with these."""
    failed = [name for name in readers if is_error(cells[name])]
    said = [
        f"{readers[name].spec.label}: công thức trong ô bị lỗi {cells[name]}. Sửa công thức, hoặc gõ giá trị vào ô."
        for name in failed
    ]
    return {**cells, **dict.fromkeys(failed, "")}, said


def _masked(spec: Field, value: str) -> str:
    if spec.check == "citizen_id":
        return identifiers.mask_citizen_id(value)
    return identifiers.mask_tax_code(value)


def _with_lost_zero(check: str, line: str) -> str:
    """Put back the leading zero of a code where its own rule then holds: a check digit, or a place of birth."""
    digits = clean_line(line)
    if not digits.isascii() or not digits.isdigit():
        return line
    for short, full in _FULL_LENGTHS[check]:
        if len(digits) != short:
            continue
        candidate = digits.zfill(full)
        try:
            checked = identifiers.check_tax_code(candidate) if check == "tax_code" else candidate
        except identifiers.IdentifierError:
            return line
        parts = identifiers.read_citizen_id(checked)
        if parts is not None and parts.place_code not in identifiers.BIRTH_PLACE_CODES:
            return line
        return checked
    return line
