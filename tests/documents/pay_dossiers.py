"""A payment list of thù lao for the tests: numbered collaborators, months of two base salaries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kc_desktop.domain.network import RemunerationDossier, RemunerationLine, RemunerationList
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person
from kc_desktop.domain.project_dossier import PaperSigner

BEFORE, AFTER = 1_800_000, 2_340_000
"""The base salary until 30/6/2024 and from 1/7/2024."""


def line(number: int, months: tuple[str, ...], salary: int = BEFORE, account: str = "") -> RemunerationLine:
    """Return months of one collaborator at 0,3 of a base salary."""
    return RemunerationLine(
        person=Person(id=number, name=f"Cộng tác viên {number:02d}", group_code="collaborator"),
        level="xa",
        months=months,
        coefficient=Decimal("0.3"),
        base_salary_vnd=salary,
        monthly_vnd=salary * 3 // 10,
        account=account,
    )


def pay_dossier(lines: tuple[RemunerationLine, ...] | None = None) -> RemunerationDossier:
    """Return a list of two collaborators over the change of the base salary, or of the lines given."""
    if lines is None:
        lines = tuple(
            each
            for number in (1, 2)
            for each in (line(number, ("2024-05", "2024-06")), line(number, ("2024-07",), AFTER))
        )
    return RemunerationDossier(
        office=Office(name="Trung tâm Khuyến công", parent_name="Sở Công Thương", place="Bình Dương"),
        listed=RemunerationList(
            id=1,
            name="Thù lao 05–07/2024",
            first_month="2024-05",
            last_month="2024-07",
            document="UNC 05",
            paid_on=date(2024, 8, 5),
        ),
        lines=lines,
        citations=("Quyết định số 01/QĐ-UBND",),
        signer=PaperSigner(name="Đại biểu 01", post="Giám đốc"),
        is_sample=True,
    )
