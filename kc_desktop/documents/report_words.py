"""The figures of the yearly report by their names, and which of them went up, down or short: what its phrases say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kc_desktop.documents import results_report, tables
from kc_desktop.domain.money import format_percent, format_vnd
from kc_desktop.domain.plan_dossier import PlanDossier, PlannedTarget
from kc_desktop.domain.project import Project
from kc_desktop.domain.report_text import ALWAYS

UNKNOWN: Final = "…"
"""What stands on paper for a figure the file does not hold: to be written by hand."""
_NAMED: Final = re.compile(r"\{([^{}\n]{1,60})\}")


def fill(text: str, figures: Mapping[str, str]) -> str:
    """Return a text with its figures in the place of their names; a name there is no figure of stays as it is."""
    return _NAMED.sub(lambda found: figures.get(_plain(found[1]), found[0]), text)


def unknown_names(text: str, figures: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names in a text there is no figure of, each once."""
    return tuple(dict.fromkeys(each for each in _NAMED.findall(text) if _plain(each) not in figures))


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def figures(dossier: PlanDossier) -> dict[str, str]:
    """Return the figures of a report by the names the office writes them with: {giải ngân}, {số đề án}.

    Counts and rates are as at the end of the report's period; what was disbursed and settled is of the period itself,
    and "lũy kế" from the beginning of the year. Amounts are whole đồng. What cannot be told is `UNKNOWN`.
    """
    year, period, sums, own = dossier.plan.year, dossier.period, dossier.by_source.total, dossier.in_period
    before = dossier.before if dossier.before is not None and dossier.before.is_known else None
    then, so_far_then = _then(dossier), before.by_source.total.disbursed_vnd if before is not None else 0
    targets = _targets(dossier)
    short = [each for each in targets if not _is_reached(each)]
    projects = len(dossier.projects)
    return {
        "kỳ": period.noun(year),
        "hết kỳ": period.end_words(year),
        "kỳ trước": dossier.before_words,
        "cả kỳ": period.plan_words(year),
        "cả kỳ trước": period.before().plan_words(year - 1),
        "năm": str(year),
        "năm trước": str(year - 1),
        "năm sau": str(year + 1),
        "số đề án": tables.count_cell(projects),
        "số đề án năm trước": tables.count_cell(len(before.projects)) if before else UNKNOWN,
        "chênh lệch đề án": tables.count_cell(abs(projects - len(before.projects))) if before else UNKNOWN,
        "số đề án được duyệt": tables.count_cell(len(results_report.approved_of(dossier))),
        "số đề án được duyệt trong kỳ": tables.count_cell(len(_approved(dossier))),
        "số cơ sở thụ hưởng": tables.count_cell(sum(dossier.beneficiaries.values())),
        "kế hoạch": format_vnd(sums.planned_vnd),
        "vốn giao": format_vnd(sums.allocated_vnd),
        "vốn giao trong kỳ": format_vnd(own.allocated_vnd),
        "được duyệt": format_vnd(sums.approved_vnd),
        "giải ngân": format_vnd(own.disbursed_vnd),
        "giải ngân lũy kế": format_vnd(sums.disbursed_vnd),
        "quyết toán": format_vnd(own.settled_vnd),
        "quyết toán lũy kế": format_vnd(sums.settled_vnd),
        "chưa giải ngân": format_vnd(sums.allocated_vnd - sums.disbursed_vnd),
        "tỷ lệ kế hoạch": _share(sums.disbursed_vnd, dossier.whole_planned_vnd),
        "tỷ lệ vốn giao": _share(sums.disbursed_vnd, sums.allocated_vnd),
        "chênh lệch kế hoạch": UNKNOWN
        if dossier.unplanned_years
        else format_vnd(abs(sums.planned_vnd - sums.disbursed_vnd)),
        "giải ngân năm trước": format_vnd(then) if then else UNKNOWN,
        "chênh lệch giải ngân": format_vnd(abs(own.disbursed_vnd - then)) if then else UNKNOWN,
        "giải ngân lũy kế năm trước": format_vnd(so_far_then) if so_far_then else UNKNOWN,
        "chênh lệch lũy kế": format_vnd(abs(sums.disbursed_vnd - so_far_then)) if so_far_then else UNKNOWN,
        "số chỉ tiêu": tables.count_cell(len(targets)),
        "số chỉ tiêu đạt": tables.count_cell(len(targets) - len(short)),
        "số chỉ tiêu chưa đạt": tables.count_cell(len(short)),
        "chỉ tiêu chưa đạt": "; ".join(each.target.name for each in short) or UNKNOWN,
    }


def _approved(dossier: PlanDossier) -> tuple[Project, ...]:
    """Return the projects approved in the period itself; of a year all of its own that are approved."""
    if dossier.within is not None:
        return dossier.within.approved
    return results_report.approved_of(dossier)


def _then(dossier: PlanDossier) -> int:
    """Return what was disbursed in the same period a year ago; 0 where the file holds nothing of it."""
    before = dossier.before
    if before is None:
        return 0
    return (before.within.by_source if before.within is not None else before.by_source).total.disbursed_vnd


def conditions(dossier: PlanDossier) -> frozenset[str]:
    """Return which of `report_text.PHRASE_CONDITIONS` hold: what the phrases on offer are chosen by.

    Against the year before only what the file holds of it is compared: a year without any money spent may be one that
    was never entered. Without a plan nothing reaches it, and before the end of its year nothing falls short of it.
    """
    sums, own, found = dossier.by_source.total, dossier.in_period, {ALWAYS}
    before = dossier.before
    if before is not None and before.is_known:
        if _then(dossier):
            found |= _against(own.disbursed_vnd, _then(dossier), "disbursed")
        found |= _against(len(dossier.projects), len(before.projects), "projects")
    if dossier.whole_planned_vnd > 0:
        ahead = sums.disbursed_vnd - dossier.whole_planned_vnd
        if ahead >= 0:
            found.add("plan_exceeded" if ahead else "plan_reached")
        elif dossier.period.is_to_december:
            found.add("plan_short")
    targets = _targets(dossier)
    if targets:
        found.add("targets_reached" if all(map(_is_reached, targets)) else "targets_short")
    if sums.allocated_vnd > sums.disbursed_vnd:
        found.add("unspent")
    return frozenset(found)


def _against(now: int, then: int, what: str) -> set[str]:
    return set() if now == then else {f"{what}_up" if now > then else f"{what}_down"}


def _targets(dossier: PlanDossier) -> list[PlannedTarget]:
    return [each for programme in dossier.programmes for each in programme.targets if each.target.planned_from]


def _is_reached(given: PlannedTarget) -> bool:
    return given.done >= given.target.planned_from


def _share(part: int, whole: int) -> str:
    return format_percent(part, whole) if whole > 0 else UNKNOWN
