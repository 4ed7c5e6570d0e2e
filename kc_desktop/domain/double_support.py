"""Hỗ trợ trùng: the same establishment helped with state money for the same content in an overlapping time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.project import Contract, Project

SAME_CONTENT_CITATION = "Thông tư liên tịch 26/2014/TTLT-BTC-BCT Điều 7 khoản 4"
_NOT_SUPPORTED = frozenset({"rejected", "stopped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleSupport:
    """Another project that supported the same establishment for the same content, with what proves it.

    `establishment_name` is the name in the other project; `first_day` to `last_day` its time; amounts in đồng.
    """

    establishment_id: int
    establishment_name: str
    tax_code: str
    project: Project
    source_label: str
    content_label: str
    norm_name: str
    first_day: date
    last_day: date
    approved_vnd: int
    disbursed_vnd: int
    contracts: tuple[Contract, ...] = ()
    entries: tuple[FundEntry, ...] = ()

    @property
    def sentence(self) -> str:
        """The warning in one sentence."""
        return (
            f"{self.establishment_name} đã được hỗ trợ cho cùng nội dung ở đề án {self.project.name} "
            f"({self.source_label}, {format_date(self.first_day)}–{format_date(self.last_day)}, được duyệt "
            f"{format_vnd(self.approved_vnd)} đồng). {SAME_CONTENT_CITATION}: chưa được hỗ trợ từ nguồn nào của Nhà "
            "nước cho cùng một nội dung chi."
        )


def span_of(project: Project) -> tuple[date, date]:
    """Return the first and the last day of a project: as planned, else its whole years."""
    year = max(project.year, 1)
    first = project.starts_on or date(year, 1, 1)
    last = project.ends_on or date(max(project.end_year or year, first.year), 12, 31)
    return first, max(first, last)


def overlap(one: Project, other: Project) -> bool:
    """Tell whether two projects have a day in common."""
    (first, last), (other_first, other_last) = span_of(one), span_of(other)
    return first <= other_last and other_first <= last


def has_support(project: Project, disbursed_vnd: int) -> bool:
    """Tell whether state money was given to a project, or decided for it and not taken back."""
    amount = project.approved_vnd if project.adjusted_vnd is None else project.adjusted_vnd
    return disbursed_vnd > 0 or (bool(amount) and project.state not in _NOT_SUPPORTED)
