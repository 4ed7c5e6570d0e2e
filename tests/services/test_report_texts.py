"""Soạn báo cáo: phrases offered by what the figures say, words kept per year and period, figures filled in on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kc_desktop.documents import report_words
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.council import Phrase
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.report_text import ALWAYS, PHRASE_CONDITIONS, REPORT_SECTIONS, ReportText
from kc_desktop.services import funding, papers, plan_papers, report_texts
from kc_desktop.services.workspace import Workspace
from tests.documents.plan_dossiers import plan_dossier

KEY = "annual-report"


def plan_of(workspace: Workspace, year: int = 2023) -> int:
    return plan_papers.plan_of(workspace, year).id


def names_of(workspace: Workspace, section: str) -> list[str]:
    return [each.name for each in report_texts.draft(workspace, KEY, plan_of(workspace)).suggestions[section]]


def test_every_phrase_the_program_brings_names_only_figures_there_are(sample: Workspace) -> None:
    draft = report_texts.draft(sample, KEY, plan_of(sample))
    phrases = [each for each in sample.all(Phrase) if each.scope != "minutes"]
    assert {each.scope for each in phrases} == {code for code, _ in REPORT_SECTIONS}
    assert {each.condition for each in phrases} == {code for code, _ in PHRASE_CONDITIONS}
    for each in phrases:
        assert draft.unknown_names(each.body) == (), each.name
        assert "{" not in draft.printed(each.body)


def test_phrases_are_offered_where_the_figures_say_so_with_the_figures_of_the_ledger(sample: Workspace) -> None:
    assert "tồn tại: chưa đạt kế hoạch" in names_of(sample, "weaknesses")
    assert "ưu điểm: đạt kế hoạch" not in names_of(sample, "strengths")
    assert "tồn tại: đề án giảm" in names_of(sample, "weaknesses")
    sums = funding.sums(sample, 2023)
    draft = report_texts.draft(sample, KEY, plan_of(sample))
    (told,) = [each.printed for each in draft.suggestions["weaknesses"] if each.name == "tồn tại: còn vốn"]
    assert told == f"Còn {format_vnd(sums.allocated_vnd - sums.disbursed_vnd)} đồng vốn được giao chưa giải ngân."
    own = sample.save(
        Phrase(name="của đơn vị", scope="causes", condition="plan_short", body="Mới giải ngân {tỷ lệ vốn giao}.")
    )
    assert own.name in names_of(sample, "causes")


@pytest.mark.parametrize(
    ("planned", "disbursed", "then", "wanted"),
    [
        (100, 120, 100, {"plan_exceeded", "disbursed_up"}),
        (100, 100, 100, {"plan_reached"}),
        (100, 40, 50, {"plan_short", "disbursed_down"}),
        (0, 40, 40, set()),
        (100, 40, 0, {"plan_short"}),  # nothing spent a year ago may be a year that was never entered
    ],
)
def test_conditions_are_told_by_the_figures_alone(planned: int, disbursed: int, then: int, wanted: set[str]) -> None:
    given = plan_dossier()
    before = given.before
    assert before is not None
    dossier = replace(
        given,
        by_source=replace(given.by_source, total=Amounts(planned_vnd=planned, paid_vnd=disbursed)),
        before=replace(
            before,
            by_source=replace(before.by_source, total=Amounts(planned_vnd=1, paid_vnd=then)),
            projects=given.projects,
        ),
        programmes=(),
    )
    assert report_words.conditions(dossier) == {ALWAYS, *wanted}
    assert report_words.conditions(replace(dossier, before=None)) == {ALWAYS, *wanted} - {
        "disbursed_up",
        "disbursed_down",
    }
    assert report_words.figures(replace(dossier, before=None))["giải ngân năm trước"] == "…"


def test_what_is_written_is_kept_for_its_year_and_period_printed_with_todays_figures_and_undone_at_once(
    sample: Workspace,
) -> None:
    plan = plan_of(sample)
    draft = report_texts.draft(sample, KEY, plan)
    texts = {"general": "Dòng một.\nĐã giải ngân {Giải ngân} đồng.", "causes": "Do {không có}."}
    assert report_texts.save(sample, draft, texts)
    assert not report_texts.save(sample, draft, texts)
    half = report_texts.draft(sample, f"{KEY}:h1", plan)
    assert half.texts == {}
    assert report_texts.save(sample, half, {"general": "Lời của 6 tháng."})
    assert draft.unknown_names(texts["causes"]) == ("không có",)
    assert papers.problems(sample, KEY, plan)[0].startswith("Không có số liệu tên “không có”")
    text = plain_text(papers.build(sample, KEY, plan))
    assert "Dòng một.\nĐã giải ngân 420.000.000 đồng." in text
    assert "Lời của 6 tháng." in plain_text(papers.build(sample, f"{KEY}:h1", plan))
    entry = next(each for each in sample.all(FundEntry) if each.kind == "advance")
    sample.save(replace(entry, id=0, kind="refund", amount_vnd=20_000_000, happened_on=date(2023, 12, 1)))
    assert "Đã giải ngân 400.000.000 đồng." in plain_text(papers.build(sample, KEY, plan))
    sample.undo()
    sample.undo()
    assert len(sample.all(ReportText)) == 2
    sample.undo()
    assert sample.all(ReportText) == ()
    sample.redo()
    assert report_texts.save(sample, draft, {"general": "Khác."})
    assert [(each.section, each.body) for each in sample.all(ReportText)] == [("general", "Khác.")]


def test_the_words_of_the_year_before_are_on_offer_and_their_figures_follow_the_year(sample: Workspace) -> None:
    before = report_texts.draft(sample, KEY, plan_of(sample, 2022))
    report_texts.save(sample, before, {"directions": "Giải ngân hết {vốn giao} đồng năm {năm}."})
    offered = report_texts.draft(sample, KEY, plan_of(sample)).suggestions["directions"][-1]
    assert offered.name == "Lời của năm 2022"
    assert offered.printed == "Giải ngân hết 4.800.000.000 đồng năm 2023."


def test_only_the_yearly_report_and_its_parts_have_sections_to_write() -> None:
    written = {each.key for each in papers.all_kinds() if report_texts.is_written(each.key)}
    assert written == {KEY}
    assert report_texts.is_written(f"{KEY}:q1")
