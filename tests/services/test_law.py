"""Law as dated rows: what every file begins with, what stays the office's own, and what holds on a day."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kc_desktop.domain.fields import describe
from kc_desktop.domain.law import (
    AdvanceRate,
    BaseSalary,
    BodyName,
    DeadlineRule,
    DossierRule,
    LegalBasis,
    LegalFigure,
    Norm,
    PaperBasis,
    ReportingGroup,
)
from kc_desktop.domain.people import AdminUnit, Person
from kc_desktop.domain.programme import CONTENTS
from kc_desktop.domain.project import PROJECT_STEPS, Project
from kc_desktop.services import law, lists, papers, record_history, validation
from kc_desktop.services.workspace import LAW_SETTING, LAW_VERSION, Workspace, this_user
from kc_desktop.storage import data_file, records
from tests.storage.old_files import old_file, opened

_TABLES = (
    AdminUnit,
    Norm,
    AdvanceRate,
    LegalFigure,
    BaseSalary,
    DeadlineRule,
    LegalBasis,
    BodyName,
    ReportingGroup,
    DossierRule,
)
_MILLION = 1_000_000
_OLD, _NEW = date(2016, 6, 1), date(2023, 4, 13)


def _rows() -> list[Any]:
    return [row for cls in _TABLES for row in law.shipped(cls)]


def _forget_version(workspace: Workspace) -> None:
    workspace.set_setting(LAW_SETTING, "", "Quên lần nạp")


# --- the rows the program brings ---


@pytest.mark.parametrize("cls", _TABLES, ids=lambda each: str(each.__name__))
def test_the_program_brings_rows_of_every_kind_and_each_can_be_kept(cls: type[Any]) -> None:
    rows = law.shipped(cls)
    assert rows
    assert [validation.checked(row) for row in rows] == list(rows)


def test_every_row_of_law_says_where_it_comes_from() -> None:
    for row in _rows():
        if not isinstance(row, AdminUnit | LegalBasis):
            assert row.citation, row


def test_no_code_stands_for_two_things_on_one_day_and_source() -> None:
    for cls in (Norm, AdvanceRate, LegalFigure, DeadlineRule):
        rows = law.shipped(cls)
        keys = [(row.code, row.scope, row.valid_from) for row in rows]
        assert len(set(keys)) == len(keys)


def test_every_code_a_row_names_is_there() -> None:
    rates = {each.code for each in law.shipped(AdvanceRate)}
    norms = {each.code for each in law.shipped(Norm)}
    deadlines = {each.code for each in law.shipped(DeadlineRule)}
    bases = {each.code for each in law.shipped(LegalBasis)}
    steps = {code for code, _label in PROJECT_STEPS if code}
    assert {each.advance_code for each in law.shipped(Norm)} - {""} <= rates
    assert {each.norm_code for each in law.shipped(DossierRule)} - {""} <= norms
    assert {each.deadline_code for each in law.shipped(DossierRule)} - {""} <= deadlines
    assert {each.step for each in law.shipped(DossierRule)} <= steps
    assert {each.after_step for each in law.shipped(DeadlineRule)} - {""} <= steps
    assert {each.replaced_by for each in law.shipped(LegalBasis)} - {""} <= bases
    assert {told["legal_basis"] for told in law.read("paper-bases")} <= bases
    kinds = {each.key for each in papers.all_kinds()}
    assert {told["kind"].partition("/")[0] for told in law.read("paper-bases")} <= kinds


def test_every_content_of_the_decree_is_in_one_reporting_group() -> None:
    held = [code.strip() for each in law.shipped(ReportingGroup) for code in each.contents.split(",")]
    assert sorted(held) == [code for code, _label in CONTENTS if code]


_TT28 = "Thông tư 28/2018/TT-BTC"
_VERIFIED_SINCE_2018 = frozenset(
    {
        "thanh-lap-dn",
        "mo-hinh-moi",
        "may-moc",
        "may-moc-day-chuyen",
        "binh-chon-khu-vuc",
        "binh-chon-quoc-gia",
        "ha-tang-cum",
    }
)


def test_of_the_norms_since_2018_only_those_our_sources_show_are_verified_and_only_for_national_money() -> None:
    since = [each for each in law.shipped(Norm) if each.citation.startswith(_TT28)]
    verified = [each for each in since if each.certainty == "confirmed"]
    assert {each.code for each in verified} == _VERIFIED_SINCE_2018
    assert {each.scope for each in verified} == {"KCQG"}
    assert all(each.note for each in since if each.certainty == "unverified")


def test_norms_of_2014_end_the_day_before_those_of_2018_begin() -> None:
    old = [each for each in law.shipped(Norm) if "26/2014/TTLT-BTC-BCT" in each.citation]
    assert {(each.valid_from, each.valid_to) for each in old} == {(date(2014, 4, 8), date(2018, 5, 10))}
    assert {each.certainty for each in old} == {"confirmed"}


@pytest.mark.parametrize(
    ("code", "on", "source", "rate", "million", "certainty"),
    [
        ("may-moc", _OLD, "KCQG", 50, 200, "confirmed"),
        ("may-moc", _NEW, "KCQG", 50, 300, "confirmed"),
        ("may-moc", _NEW, "KCDP", 50, 300, "unverified"),
        ("may-moc-day-chuyen", _NEW, "KCQG", 50, 450, "confirmed"),
        ("mo-hinh-moi", _OLD, "KCQG", 30, 500, "confirmed"),
        ("mo-hinh-moi", _NEW, "KCQG", 30, 1000, "confirmed"),
        ("mo-hinh-nhan-rong", _NEW, "KCQG", None, 100, "unverified"),
        ("thanh-lap-dn", _NEW, "KCQG", None, 10, "confirmed"),
        ("tham-gia-hoi-cho", _OLD, "KCQG", 80, None, "confirmed"),
        ("binh-chon-quoc-gia", _NEW, "KCQG", None, 400, "confirmed"),
        ("thuong-hieu", _NEW, "KCDP", 50, 35, "unverified"),
        ("tu-van", _OLD, "KCQG", 50, 35, "confirmed"),
        ("hiep-hoi-vung", _NEW, "KCQG", 30, 70, "unverified"),
        ("lai-vay-di-doi", _OLD, "KCQG", 50, 500, "confirmed"),
        ("o-nhiem-cum", _NEW, "KCQG", 30, 1500, "unverified"),
        ("ha-tang-cum", _OLD, "KCQG", None, 3000, "confirmed"),
        ("ha-tang-cum", _NEW, "KCQG", None, 6000, "confirmed"),
    ],
)
def test_a_norm_of_a_day_and_source(
    empty: Workspace, code: str, on: date, source: str, rate: int | None, million: int | None, certainty: str
) -> None:
    found = law.in_force(empty, Norm, code, on, source)
    assert found is not None
    assert found.rate_percent == rate
    assert found.ceiling_vnd == (million * _MILLION if million is not None else None)
    assert found.certainty == certainty
    assert law.certainty_words(found) == ("" if certainty == "confirmed" else "chưa kiểm chứng")


def test_local_money_had_no_norm_of_its_own_before_2018(empty: Workspace) -> None:
    assert law.in_force(empty, Norm, "may-moc", _OLD, "KCDP") is None


@pytest.mark.parametrize(
    ("code", "on", "value", "certainty"),
    [
        ("advance-cap", _OLD, 70, "confirmed"),
        ("advance-cap", _NEW, 70, "unverified"),
        ("management-agency", _OLD, "1.5", "confirmed"),
        ("management-implementer", _NEW, "2.5", "unverified"),
        ("priority-multiplier", _NEW, "1.5", "unverified"),
        ("line-multiplier", _NEW, "1.5", "confirmed"),
        ("treasury-category", _OLD, 70, "confirmed"),
        ("treasury-item", _OLD, 102, "confirmed"),
        ("treasury-category", _NEW, 280, "confirmed"),
        ("treasury-item", _NEW, 309, "confirmed"),
        ("sme-micro-workers", _NEW, 10, "confirmed"),
        ("sme-medium-capital", _NEW, 100_000 * _MILLION, "confirmed"),
        ("sme-law-revenue", _NEW, 300_000 * _MILLION, "confirmed"),
    ],
)
def test_a_figure_of_a_day(empty: Workspace, code: str, on: date, value: object, certainty: str) -> None:
    found = law.figure(empty, code, on, "KCQG")
    assert found is not None
    assert str(found.value) == str(value)
    assert found.certainty == certainty


@pytest.mark.parametrize(
    ("code", "rate"),
    [
        ("tam-ung-30", 30),
        ("tam-ung-70", 70),
        ("tam-ung-70-dao-tao", 70),
        ("tam-ung-70-khoi-luong", 70),
        ("tam-ung-100", 100),
    ],
)
def test_an_advance_rate_is_that_of_circular_36_for_national_money_only(empty: Workspace, code: str, rate: int) -> None:
    found = law.in_force(empty, AdvanceRate, code, _NEW, "KCQG")
    assert found is not None
    assert found.rate_percent == rate
    assert found.condition
    assert law.in_force(empty, AdvanceRate, code, _NEW, "KCDP") is None


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2019, 6, 30), None),
        (date(2023, 6, 30), 1_490_000),
        (date(2023, 7, 1), 1_800_000),
        (date(2024, 6, 30), 1_800_000),
        (date(2024, 7, 1), 2_340_000),
        (date(2026, 6, 30), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
    ],
)
def test_the_base_salary_of_a_day(empty: Workspace, on: date, amount: int | None) -> None:
    found = law.base_salary(empty, on)
    assert (found.amount_vnd if found else None) == amount


def test_the_central_agency_is_called_by_the_name_of_the_day_and_says_it_is_not_verified(empty: Workspace) -> None:
    now = law.body_name(empty, "central-agency", date(2026, 1, 1))
    before = law.body_name(empty, "central-agency", _NEW)
    assert now is not None
    assert now.name == "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công"
    assert before is not None
    assert before.name == "Cục Công Thương địa phương"
    assert law.certainty_words(before)


def test_the_deadlines_are_those_of_circular_36(empty: Workspace) -> None:
    told = {
        each.code: (each.month, each.day_of_month, each.is_next_year, each.days_after, each.after_step)
        for each in empty.all(DeadlineRule)
    }
    assert told["dossier-to-department"] == (5, 20, False, None, "")
    assert told["register"] == (6, 15, False, None, "")
    assert told["monthly-report"] == (None, 25, False, None, "")
    assert told["settlement-dossier"] == (None, None, False, 15, "accept")
    assert told["settlement"] == (1, 22, True, None, "")


# --- a file gets them once ---


def test_a_new_file_holds_every_row_and_no_undo_takes_them_away(empty: Workspace) -> None:
    for cls in _TABLES:
        kept: tuple[Any, ...] = empty.all(cls)
        assert [dataclasses.replace(each, id=0) for each in kept] == list(law.shipped(cls))
    assert empty.setting(LAW_SETTING) == str(LAW_VERSION)
    assert empty.undo_label == ""
    assert empty.revision == 1
    (line,) = record_history.life(empty, "norm", 1)
    assert line.label.startswith("Nạp quy định")


def test_a_file_made_below_the_workspace_has_no_law(tmp_path: Path) -> None:
    made = data_file.create(tmp_path / "a.kcdb", this_user())
    assert records.fetch_all(made.connection, Norm) == ()
    made.close()


def test_bringing_the_law_again_changes_nothing(empty: Workspace) -> None:
    assert not law.install(empty)
    _forget_version(empty)
    before = {cls: empty.all(cls) for cls in (*_TABLES, PaperBasis)}
    assert law.install(empty)
    assert {cls: empty.all(cls) for cls in (*_TABLES, PaperBasis)} == before


def test_what_the_office_changed_or_deleted_stays_so(empty: Workspace) -> None:
    norm = law.in_force(empty, Norm, "may-moc", _NEW, "KCDP")
    assert norm is not None
    own = empty.save(dataclasses.replace(norm, ceiling_vnd=250 * _MILLION, citation="Nghị quyết của tỉnh"))
    moved = empty.save(dataclasses.replace(empty.all(BaseSalary)[0], valid_from=date(2019, 1, 1)))
    gone = empty.all(AdvanceRate)[0]
    empty.delete(AdvanceRate, gone.id)
    salaries = empty.all(BaseSalary)
    _forget_version(empty)
    law.install(empty)
    assert empty.get(Norm, own.id) == own
    assert empty.all(BaseSalary) == salaries
    assert moved in salaries
    assert gone.code not in {each.code for each in empty.all(AdvanceRate)}


def test_a_row_only_the_program_ever_wrote_follows_the_program(empty: Workspace) -> None:
    norm = empty.all(Norm)[0]
    with empty.change("Bản chương trình cũ", is_start=True):
        empty.save(dataclasses.replace(norm, name="Tên cũ"))
    _forget_version(empty)
    law.install(empty)
    assert empty.get(Norm, norm.id) == norm


def test_a_basis_a_paper_no_longer_cites_is_not_brought_back(empty: Workspace) -> None:
    first = empty.all(PaperBasis)[0]
    empty.delete(PaperBasis, first.id)
    _forget_version(empty)
    law.install(empty)
    assert first not in empty.all(PaperBasis)
    assert len(empty.all(PaperBasis)) == len(law.read("paper-bases")) - 1


def test_an_older_file_gets_the_law_at_once_and_its_own_steps_can_still_be_undone(tmp_path: Path) -> None:
    before = opened(old_file(tmp_path))
    with before.change("Thêm người"):
        person = records.insert(before.connection, Person(name="Đại biểu 07"))
    before.close()
    after = Workspace.open(before.path)
    assert len(after.all(Norm)) == len(law.shipped(Norm))
    assert after.undo_label == "Thêm người"
    after.undo()
    assert after.find(Person, person.id) is None
    assert len(after.all(Norm)) == len(law.shipped(Norm))
    after.redo()
    assert after.find(Person, person.id) == person
    after.close()


def test_a_file_that_may_only_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.kcdb"
    first = data_file.create(path, this_user())
    second = Workspace.open(path)
    assert second.is_read_only
    assert not law.install(second)
    assert second.all(Norm) == ()
    second.close()
    first.close()


# --- the bases of papers ---


def _codes(workspace: Workspace, on: date, source: str = "KCDP") -> list[str]:
    return [each.code for each in law.bases_for(workspace, "project-proposal", on, source)]


def test_a_paper_cites_the_law_of_its_day(empty: Workspace) -> None:
    assert _codes(empty, _OLD) == ["45/2012/NĐ-CP", "46/2012/TT-BCT", "26/2014/TTLT-BTC-BCT"]
    assert _codes(empty, _NEW) == ["45/2012/NĐ-CP", "46/2012/TT-BCT", "28/2018/TT-BTC"]
    assert _codes(empty, date(2026, 3, 2)) == ["45/2012/NĐ-CP", "235/2025/NĐ-CP", "46/2012/TT-BCT", "28/2018/TT-BTC"]


def test_only_a_paper_about_national_money_cites_the_circular_on_national_money(empty: Workspace) -> None:
    assert _codes(empty, _NEW, "KCQG") == ["45/2012/NĐ-CP", "46/2012/TT-BCT", "36/2013/TT-BCT", "28/2018/TT-BTC"]


def test_lines_of_bases_have_no_sign_at_their_end(empty: Workspace) -> None:
    basis = LegalBasis(code="1/QĐ", full_text="Căn cứ Quyết định số 1/QĐ-UBND; ")
    assert law.basis_lines((basis,)) == ("Căn cứ Quyết định số 1/QĐ-UBND",)
    assert law.basis_problems(law.bases_for(empty, "project-proposal", _NEW), _NEW) == ()


def test_an_expired_basis_whose_replacement_is_not_cited_stays_and_is_warned_of(empty: Workspace) -> None:
    new = next(each for each in empty.all(LegalBasis) if each.code == "28/2018/TT-BTC")
    law.cite(empty, new.id, "project-proposal", None)
    cited = law.bases_for(empty, "project-proposal", _NEW)
    assert "26/2014/TTLT-BTC-BCT" in {each.code for each in cited}
    (sentence,) = law.basis_problems(cited, _NEW)
    assert "26/2014/TTLT-BTC-BCT hết hiệu lực từ 11/05/2018, thay thế bởi 28/2018/TT-BTC" in sentence


def test_a_basis_that_is_not_verified_is_warned_of(empty: Workspace) -> None:
    basis = next(each for each in empty.all(LegalBasis) if each.code == "64/2024/TT-BTC")
    law.cite(empty, basis.id, "project-proposal", law.Citation(kind="project-proposal", ordinal=9))
    cited = law.bases_for(empty, "project-proposal", _NEW)
    assert cited[-1] == basis
    assert any("64/2024/TT-BTC chưa kiểm chứng" in each for each in law.basis_problems(cited, _NEW))


def test_a_citation_can_be_narrowed_to_a_source_moved_and_taken_away(empty: Workspace) -> None:
    basis = next(each for each in empty.all(LegalBasis) if each.code == "46/2012/TT-BCT")
    narrowed = law.Citation(kind="project-proposal", source="KCQG", ordinal=1)
    law.cite(empty, basis.id, "project-proposal", narrowed)
    assert law.citations(empty, basis.id)["project-proposal"] == narrowed
    assert "46/2012/TT-BCT" not in _codes(empty, _NEW)
    law.cite(empty, basis.id, "project-proposal", None)
    assert "project-proposal" not in law.citations(empty, basis.id)
    empty.undo()
    empty.undo()
    assert "46/2012/TT-BCT" in _codes(empty, _NEW)


def test_the_proposal_warns_when_the_office_says_a_basis_has_expired(sample: Workspace) -> None:
    project = next(each for each in sample.all(Project) if each.year == 2023)
    assert not any("hết hiệu lực" in each for each in papers.problems(sample, "project-proposal", project.id))
    new = next(each for each in sample.all(LegalBasis) if each.code == "28/2018/TT-BTC")
    sample.save(dataclasses.replace(new, valid_to=date(2022, 12, 31)))
    assert any(
        "28/2018/TT-BTC hết hiệu lực từ 01/01/2023" in each
        for each in papers.problems(sample, "project-proposal", project.id)
    )


# --- lists and names ---


_OFFICE_OWN = "remuneration-rules"
"""What the province sets for its collaborators: no source of ours has it, so a new file has no row of it."""


@pytest.mark.parametrize("key", [each for each in lists.LAW_LISTS if each != _OFFICE_OWN])
def test_a_list_of_law_is_found_by_any_of_its_words_and_shows_what_is_in_force(empty: Workspace, key: str) -> None:
    spec = lists.LISTS[key]
    rows = empty.all(spec.cls)
    today = (("in_force", _NEW.isoformat()),)
    assert lists.count(empty, key, lists.ListRequest()) == len(rows)
    holding = lists.page(empty, key, lists.ListRequest(filters=today, limit=1000))
    assert 0 < len(holding) <= len(rows)
    assert len(holding) == lists.count(empty, key, lists.ListRequest(filters=today))
    name = "citation" if hasattr(rows[0], "citation") else "full_text"
    found = lists.page(empty, key, lists.ListRequest(search=getattr(rows[0], name)[:40], limit=1000))
    assert rows[0].id in {each.id for each in found}
    assert lists.page(empty, key, lists.ListRequest(search="không có từ này xyz")) == ()


def test_the_list_of_base_salaries_shows_the_one_in_force(empty: Workspace) -> None:
    (row,) = lists.page(empty, "base-salaries", lists.ListRequest(filters=(("in_force", "2026-07-01"),)))
    assert empty.title_of("base_salary", row.id) == "2.530.000 đồng từ 01/07/2026"


def test_a_norm_is_picked_with_its_source_and_time(empty: Workspace) -> None:
    titles = [title for _id, title in empty.suggest("norm", "may moc")]
    assert any(title.endswith("Khuyến công quốc gia – từ 08/04/2014 đến 10/05/2018") for title in titles)
    assert any(title.endswith("Khuyến công địa phương – từ 11/05/2018") for title in titles)


def test_every_table_of_law_is_one_the_lists_know() -> None:
    listed = {lists.LISTS[key].cls for key in lists.LAW_LISTS if key != _OFFICE_OWN} | {AdminUnit}
    assert listed == set(_TABLES)
    assert all(describe(cls).plural for cls in listed)
