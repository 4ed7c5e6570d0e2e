"""Dự toán kinh phí: Mẫu số 1, Phụ lục 1 of TT 36/2013/TT-BCT.

Columns and the two commitments are those of the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kc_desktop.documents import wording
from kc_desktop.documents.commitments import final_commitments
from kc_desktop.documents.paper import (
    Align,
    Block,
    Column,
    Paper,
    Row,
    Signatures,
    Signer,
    Table,
    Title,
)
from kc_desktop.documents.project_parts import beneficiary_signer, table_head
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.project import EstimateLine
from kc_desktop.domain.project_dossier import ProjectDossier

_BLANK_ROWS: Final = 5


def _columns(source: str) -> tuple[Column, ...]:
    """Return the columns of the form; the support is named by its source, KCQG or KCĐP."""
    support = "KCQG" if source == "KCQG" else "KCĐP"
    return (
        Column(title="TT", weight=6, align=Align.CENTER),
        Column(title="Nội dung chi", weight=31),
        Column(title="Tổng kinh phí", weight=14, align=Align.RIGHT),
        Column(title=f"Kinh phí {support} hỗ trợ", weight=14, align=Align.RIGHT),
        Column(title="Đóng góp của đơn vị thụ hưởng", weight=16, align=Align.RIGHT),
        Column(title="Nguồn khác", weight=10, align=Align.RIGHT),
        Column(title="Ghi chú", weight=9),
    )


def build(dossier: ProjectDossier) -> Paper:
    """Build the estimate of a project."""
    office, project = dossier.office, dossier.project
    return Paper(
        key="estimate",
        name=f"Dự toán kinh phí {project.name}",
        author=office.name,
        head=table_head(dossier, None),
        title=Title(kind="Dự toán kinh phí", subject=f"Đề án: {project.name}"),
        body=(
            *estimate_blocks(dossier),
            *final_commitments(_committer(dossier)),
        ),
        signatures=Signatures(signers=tuple(_signers(dossier))),
        is_sample=dossier.is_sample,
    )


def estimate_blocks(dossier: ProjectDossier) -> Iterable[Block]:
    """Yield the table of Mẫu số 1 and its total in words; the proposal prints the same."""
    totals = estimate_totals(dossier)
    amounts = tuple(amount for line in dossier.estimate for amount in line_amounts(line))
    unit = wording.table_unit((*amounts, *totals))
    rows = [_row(place, line, unit) for place, line in enumerate(dossier.estimate, start=1)]
    if not rows:
        rows = [Row(cells=(str(place), *[""] * 6)) for place in range(1, _BLANK_ROWS + 1)]
    is_blank = not dossier.estimate and totals[0] == 0
    total_cells = ("",) * 4 if is_blank else tuple(wording.table_amount(amount, unit) for amount in totals)
    yield Table(
        columns=_columns(dossier.project.source),
        rows=(*rows, Row(cells=("", "Tổng cộng", *total_cells, ""), bold=True)),
        unit_note=f"Đơn vị tính: {unit}",
        for_handwriting=not dossier.estimate,
    )
    yield wording.in_words_line(None if is_blank else totals[0])


def line_amounts(line: EstimateLine) -> tuple[int, int, int, int]:
    """Return a line's total, support, own and other money."""
    return (line.total_vnd, line.support_vnd, line.own_vnd, line.other_vnd)


def done_amounts(line: EstimateLine) -> tuple[int | None, int | None, int | None, int | None]:
    """Return what a line really cost: all of it, of the support, of own and of other money; None where not known."""
    return (line.done_vnd, line.done_support_vnd, line.done_own_vnd, line.done_other_vnd)


def done_totals(lines: Sequence[EstimateLine]) -> tuple[int | None, int | None, int | None, int | None]:
    """Return the sums of what the lines really cost; None where no line knows."""
    columns = list(zip(*map(done_amounts, lines), strict=True)) or [()] * 4
    total, support, own, other = (
        sum(each for each in column if each is not None) if any(each is not None for each in column) else None
        for column in columns
    )
    return (total, support, own, other)


def estimate_totals(dossier: ProjectDossier) -> tuple[int, int, int, int]:
    """Return the sums of the lines, or the project's own figures while there are no lines."""
    if not dossier.estimate:
        project = dossier.project
        return (project.total_vnd, project.support_vnd, project.own_vnd, project.other_vnd)
    total, support, own, other = (sum(column) for column in zip(*map(line_amounts, dossier.estimate), strict=True))
    return (total, support, own, other)


def _row(place: int, line: EstimateLine, unit: str) -> Row:
    content = line.content.strip()
    if line.quantity is not None and line.price_vnd is not None:
        count = f"{wording.quantity_text(line.quantity)} {line.unit.strip()}".strip()
        content = f"{content}\n({count} x {format_vnd(line.price_vnd)} đồng)"
    cells = (wording.table_amount(amount, unit) for amount in line_amounts(line))
    return Row(cells=(str(place), content, *cells, line.note))


def _committer(dossier: ProjectDossier) -> str:
    names = [each.establishment.name for each in dossier.beneficiaries]
    return names[0] if len(names) == 1 else "Đơn vị thụ hưởng"


def _signers(dossier: ProjectDossier) -> Sequence[Signer]:
    implementer = wording.signer_block(dossier.signer, post="Đại diện đơn vị thực hiện")
    known = [each for each in dossier.beneficiaries if each.representative is not None]
    return (beneficiary_signer(known[0] if len(known) == 1 else None), implementer)
