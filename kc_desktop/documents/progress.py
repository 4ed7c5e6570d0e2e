"""Báo cáo tiến độ thực hiện: Mẫu số 3a, Phụ lục 1 of TT 36/2013/TT-BCT.

Điều 23 khoản 3 điểm a asks for it every month, confirmed by the Sở when an advance is asked with it; Điều 13 wants the
share of the work, or of the whole investment, that is done; Điều 21 khoản 4 the confirmation. The field list of the
form itself was not seen: the paper holds what these articles require. The quantity and cost done of a line that are
not written down are left to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kc_desktop.documents import project_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.estimate import done_totals
from kc_desktop.documents.paper import (
    DOTS,
    BlankLines,
    Block,
    Heading,
    HeadingLevel,
    Paper,
    Signatures,
    Table,
    Title,
    closed,
    para,
    paras,
)
from kc_desktop.domain.project import ProgressReport
from kc_desktop.domain.project_dossier import ProjectDossier

KIND: Final = "Báo cáo"
SUBJECT: Final = "Tiến độ thực hiện đề án khuyến công"
_BLANK_LINES: Final = 3


def build(dossier: ProjectDossier) -> Paper:
    """Build the report of the latest month that was recorded, with the months before it."""
    latest = dossier.progress[-1] if dossier.progress else None
    month = parts.month_text(latest.month if latest else "")
    return Paper(
        key="progress-report",
        name=f"{SUBJECT} {month} {dossier.project.name}",
        author=dossier.office.name,
        head=parts.office_head(dossier, "BC", parts.paper_day("progress-report", dossier)),
        title=Title(kind=KIND, subject=f"{SUBJECT} {month}"),
        addressees=parts.addressees(dossier),
        body=(
            _clause("1", "Thông tin về đề án"),
            *parts.facts(dossier),
            *parts.decided_facts(dossier),
            _clause("2", f"Tiến độ đến hết {month}"),
            _share_done(latest),
            _months_table(dossier),
            _clause("3", "Khối lượng công việc đã thực hiện"),
            _work_table(dossier),
            _clause("4", "Tình hình kinh phí"),
            parts.ledger_table(dossier),
            _clause("5", "Khó khăn, vướng mắc và kiến nghị"),
            *_remarks(latest),
            para(closed(f"{dossier.office.name or DOTS} báo cáo và cam đoan số liệu trên là đúng thực tế")),
        ),
        signatures=Signatures(
            signers=(parts.confirmer(dossier), parts.office_signer(dossier)),
            recipients=parts.office_recipients(dossier),
        ),
        is_sample=dossier.is_sample,
    )


def _clause(number: str, title: str) -> Heading:
    return Heading(level=HeadingLevel.CLAUSE, number=number, title=title)


def _share_done(latest: ProgressReport | None) -> Block:
    reported = tables.percent_cell(latest.reported_percent if latest else None) or f"{DOTS} %"
    text = f"Khối lượng công việc đã thực hiện: {reported}"
    if latest is None or latest.verified_percent is None:
        return para(f"{text}.")
    checked = f"kiểm tra thực tế xác nhận {tables.percent_cell(latest.verified_percent)}"
    when = f" ({wording.day_text(latest.verified_on)})" if latest.verified_on else ""
    return para(f"{text}; {checked}{when}.")


def _months_table(dossier: ProjectDossier) -> Table:
    columns = (
        tables.number_column(),
        tables.centred_column("Tháng", 13),
        tables.centred_column("Báo cáo", 12),
        tables.centred_column("Ngày báo cáo", 14),
        tables.centred_column("Xác nhận", 12),
        tables.centred_column("Ngày kiểm tra", 14),
        tables.text_column("Người kiểm tra", 25),
    )
    rows = tables.numbered(
        (
            _short_month(each.month),
            tables.percent_cell(each.reported_percent),
            tables.day_cell(each.reported_on),
            tables.percent_cell(each.verified_percent),
            tables.day_cell(each.verified_on),
            each.verified_by,
        )
        for each in dossier.progress
    )
    return tables.table(columns, rows)


def _short_month(month: str) -> str:
    return parts.month_text(month).removeprefix("tháng ").replace(" năm ", "/")


def _work_table(dossier: ProjectDossier) -> Table:
    lines = dossier.estimate
    unit = tables.unit_of(amount for line in lines for amount in (line.total_vnd, line.done_vnd))
    columns = (
        tables.number_column(),
        tables.text_column("Nội dung công việc", 30),
        tables.centred_column("ĐVT", 8),
        *[tables.amount_column(title, 10, group="Khối lượng") for title in ("Dự toán", "Đã thực hiện")],
        *[tables.amount_column(title, 14, group="Giá trị") for title in ("Dự toán", "Đã thực hiện")],
    )
    rows = tables.numbered(
        (
            line.content,
            line.unit,
            tables.quantity_cell(line.quantity),
            tables.quantity_cell(line.done_quantity),
            tables.amount_cell(line.total_vnd, unit),
            tables.amount_cell(line.done_vnd, unit),
        )
        for line in lines
    )
    total = tables.amount_cell(sum(line.total_vnd for line in lines), unit) if lines else ""
    cells = {5: total, 6: tables.amount_cell(done_totals(lines)[0], unit)}
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Tổng cộng", cells),), unit=unit)


def _remarks(latest: ProgressReport | None) -> Iterable[Block]:
    if latest is not None and latest.note.strip():
        yield from paras(latest.note)
    else:
        yield BlankLines(count=_BLANK_LINES)
