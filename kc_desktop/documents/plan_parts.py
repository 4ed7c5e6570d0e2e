"""What the papers of a year's plan share: heads, who signs, their day, words and tables.

Amounts are the balances of the ledger that every screen shows; nothing is added up a second way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kc_desktop.documents import project_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import (
    Column,
    Heading,
    HeadingLevel,
    Row,
    Signatures,
    Signer,
    StateHead,
    Table,
    or_dots,
)
from kc_desktop.domain.plan_dossier import PlanDossier

WRITING_LINES: Final = 3
"""Dotted lines left for what only the office can say."""
SOURCE_COLUMNS: Final = {"KCQG": "KCQG", "KCDP": "KCĐP"}
MILLION: Final = "triệu đồng"
PART_SIGN: Final = "- "


def office_head(dossier: PlanDossier, kind: str) -> StateHead:
    """Return the head of a paper the office issues; its number and day are given when it is issued."""
    office = dossier.office
    return StateHead(
        parent=office.parent_name,
        body=or_dots(office.name),
        number=wording.number_and_symbol(None, wording.symbol_of(kind, office)),
        place_date=wording.place_and_date(office.place, None),
    )


def table_head(dossier: PlanDossier) -> StateHead:
    """Return the head of a form that is a table: the office's, without a number."""
    office = dossier.office
    return StateHead(
        parent=office.parent_name, body=or_dots(office.name), place_date=wording.place_and_date(office.place, None)
    )


def addressees(dossier: PlanDossier) -> tuple[str, ...]:
    """Return whom a report goes to: the office's parent body."""
    return (or_dots(dossier.office.parent_name),)


def office_signatures(dossier: PlanDossier, recipients: str) -> Signatures:
    """Return the signature of a paper the office issues, with Nơi nhận one a line."""
    return Signatures(
        signers=(wording.signer_block(dossier.signer, post="Giám đốc"),),
        recipients=wording.recipients_with_archive(recipients, dossier.office.department_abbreviation),
    )


def table_signatures(dossier: PlanDossier, *others: str) -> Signatures:
    """Return who signs a form that is a table: those named, at the right the head of the office."""
    return Signatures(
        signers=(
            *[Signer(post=(other,)) for other in others],
            wording.signer_block(dossier.signer, post="Giám đốc"),
        )
    )


def source_name(dossier: PlanDossier) -> str:
    """Return "khuyến công địa phương" or "khuyến công quốc gia"."""
    return parts.SUPPORT_NAMES.get(dossier.plan.source, parts.SUPPORT_NAMES["KCDP"])


def plan_decision(dossier: PlanDossier) -> str:
    """Return "Quyết định số … ngày … giao kế hoạch …"; "" while none is recorded."""
    plan = dossier.plan
    if not plan.decision and plan.decided_on is None:
        return ""
    number = plan.decision.strip()
    number = number[len("Quyết định") :].strip() if number.casefold().startswith("quyết định") else number
    return f"Quyết định {parts.of_number(number, plan.decided_on)} giao kế hoạch {source_name(dossier)} năm {plan.year}"


def section(number: str, title: str) -> Heading:
    """Return a heading "I. …"."""
    return Heading(level=HeadingLevel.SECTION, number=number, title=title)


def clause(number: int, title: str) -> Heading:
    """Return a heading "1. …"."""
    return Heading(level=HeadingLevel.CLAUSE, number=str(number), title=title)


def by_source_columns() -> tuple[Column, ...]:
    """Return the columns of a report's table: TT | Chỉ tiêu | ĐVT | KCQG | KCĐP."""
    return (
        tables.number_column(),
        tables.text_column("Chỉ tiêu", 44),
        tables.centred_column("ĐVT", 14),
        *[tables.amount_column(title, 18) for title in SOURCE_COLUMNS.values()],
    )


def report_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
    """Return a report's table; each row states its own unit, one that begins with a dash belongs to the one above."""
    written, number = [], 0
    for cells in rows:
        is_part = cells[0].startswith(PART_SIGN)
        number += not is_part
        written.append(Row(cells=("" if is_part else str(number), *cells)))
    return Table(columns=tuple(columns), rows=tuple(written))


def flowing(table: Table) -> Table:
    """Return a table that may begin at the foot of a page however few rows it has: rows of many lines fill pages."""
    return replace(table, is_whole=False)


def numeral(number: int) -> str:
    """Return a Roman numeral, as groups of a table are numbered; 1 to 3999."""
    text = ""
    for value, sign in _NUMERALS:
        count, number = divmod(number, value)
        text += sign * count
    return text


_NUMERALS: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def time_of(starts_on: date | None, ends_on: date | None, year: int, end_year: int | None) -> str:
    """Return the time a project takes as tables print it, line by line: "05/2023 đến 11/2023", else its years."""
    if starts_on is not None and ends_on is not None:
        first, last = f"{starts_on:%m/%Y}", f"{ends_on:%m/%Y}"
    else:
        first, last = str(year), str(end_year or year)
    return first if first == last else f"{first}\nđến\n{last}"
