"""Soạn báo cáo: what the office writes into the yearly report, kept per year and period, and phrases to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kc_desktop.domain.council import Phrase
from kc_desktop.domain.report_text import REPORT_SECTIONS, ReportText
from kc_desktop.domain.text import clean_text
from kc_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from kc_desktop.domain.plan_dossier import PlanDossier
    from kc_desktop.domain.report_period import Period

KEY: Final = "annual-report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A phrase on offer: its words with the names of figures, and as they would be printed now."""

    name: str
    body: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The report of a year or a part of it while it is written: what is kept, its figures and phrases by section."""

    year: int
    period: Period
    texts: Mapping[str, str]
    figures: Mapping[str, str]
    suggestions: Mapping[str, tuple[Suggestion, ...]]

    @property
    def title(self) -> str:
        """Which report it is: "tổng kết năm 2023"."""
        return f"{'tổng kết' if self.period.is_year else 'sơ kết'} {self.period.words(self.year)}"

    def printed(self, text: str) -> str:
        """Return a text as it is printed, figures in the place of their names."""
        from kc_desktop.documents import report_words

        return report_words.fill(clean_text(text), self.figures)

    def unknown_names(self, text: str) -> tuple[str, ...]:
        """Return the names in a text that stand for no figure."""
        from kc_desktop.documents import report_words

        return report_words.unknown_names(text, self.figures)


def is_written(key: str) -> bool:
    """Whether a kind of paper, perhaps of a period, has sections the office writes."""
    return key.partition(":")[0] == KEY


def kept(workspace: Workspace, year: int, period: str) -> dict[str, str]:
    """Return what was written for a year and a period, by section."""
    return {each.section: each.body for each in workspace.children(ReportText, year=year, part=period)}


def draft(workspace: Workspace, key: str, plan_id: int) -> Draft:
    """Return the report as it stands. Raises KnownError when the plan is gone."""
    from kc_desktop.documents import report_words
    from kc_desktop.services import plan_papers

    dossier = plan_papers.dossier(workspace, key, plan_id)
    figures = report_words.figures(dossier)
    return Draft(
        year=dossier.plan.year,
        period=dossier.period,
        texts=dossier.texts,
        figures=figures,
        suggestions=_suggestions(workspace, dossier, figures),
    )


def _suggestions(
    workspace: Workspace, dossier: PlanDossier, figures: Mapping[str, str]
) -> dict[str, tuple[Suggestion, ...]]:
    """Return the phrases whose condition holds, by section, and what was written for the same period a year ago."""
    from kc_desktop.documents import report_words

    holding = report_words.conditions(dossier)
    year = dossier.plan.year
    before = kept(workspace, year - 1, dossier.period.code)
    phrases = sorted(workspace.all(Phrase), key=lambda each: (each.ordinal, each.id))
    found = {}
    for section, _ in REPORT_SECTIONS:
        bodies = [(each.name, each.body) for each in phrases if each.scope == section and each.condition in holding]
        if before.get(section):
            bodies.append((f"Lời của năm {year - 1}", before[section]))
        found[section] = tuple(
            Suggestion(name=name, body=body, printed=report_words.fill(body, figures)) for name, body in bodies
        )
    return found


def save(workspace: Workspace, given: Draft, texts: Mapping[str, str]) -> bool:
    """Keep what was written, one step to undo; an emptied section is dotted lines again. Returns whether any changed.

    Raises KnownError where the file cannot be written.
    """
    wanted = {section: clean_text(texts.get(section, "")).strip() for section, _ in REPORT_SECTIONS}
    there = {each.section: each for each in workspace.children(ReportText, year=given.year, part=given.period.code)}
    changed = {
        section: body for section, body in wanted.items() if body != (there[section].body if section in there else "")
    }
    if not changed:
        return False
    with workspace.change(f"Soạn báo cáo {given.title}"):
        for section, body in changed.items():
            own = there.get(section)
            if own is None:
                workspace.save(ReportText(year=given.year, part=given.period.code, section=section, body=body))
            elif body:
                workspace.save(replace(own, body=body))
            else:
                workspace.delete(ReportText, own.id)
    return True
