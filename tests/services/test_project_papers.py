"""A project's papers from a real file: the ledger's sums on paper, days, names of their date, what is lacking."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.documents.paper import Paper, StateHead, Table
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain import money
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import AdminUnit, Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import (
    ChecklistItem,
    Contract,
    EstimateLine,
    Impact,
    LimitOverride,
    ProgressReport,
    Project,
    ProjectBeneficiary,
    ProjectStep,
)
from kc_desktop.errors import KnownError
from kc_desktop.services import funding, papers, project_papers, projects
from kc_desktop.services.workspace import Workspace

MILLION = 1_000_000
LIFE = (
    "appraisal-form",
    "double-support-evidence",
    "progress-report",
    "completion-report",
    "acceptance-minutes",
    "contract-liquidation",
    "payment-request",
    "settlement-detail",
    "voucher-list",
)


@pytest.fixture
def project(empty: Workspace) -> Project:
    """A project of 2024 with one beneficiary, in the file of an office."""
    empty.save(
        Office(id=1, name="Trung tâm Khuyến công", parent_name="Sở Công Thương tỉnh Bình Dương", abbreviation="TTKC")
    )
    kept = empty.save(Project(name="Ứng dụng máy ép gạch", year=2024, content="3", own_vnd=300 * MILLION))
    with_beneficiary(empty, kept)
    return kept


def with_beneficiary(workspace: Workspace, kept: Project, number: int = 3, snapshot: str = "") -> ProjectBeneficiary:
    name = f"Cơ sở {number:02d}"
    representative = workspace.save(Person(name=f"Đại diện {number:02d}", organisation=name))
    place = workspace.save(Establishment(name=name, address="Ấp 1", representative_id=representative.id))
    return workspace.save(
        ProjectBeneficiary(project_id=kept.id, establishment_id=place.id, support_vnd=200 * MILLION, snapshot=snapshot)
    )


def granted(workspace: Workspace, kept: Project, amount: int = 200 * MILLION) -> Project:
    return workspace.save(dataclasses.replace(kept, approved_vnd=amount, approved_on=date(2024, 3, 1)))


def pay(workspace: Workspace, kept: Project, kind: str, amount: int, document: str = "UNC 01") -> FundEntry:
    plans = workspace.children(AnnualPlan, year=2024)
    plan = plans[0] if plans else workspace.save(AnnualPlan(year=2024, source="KCDP"))
    return workspace.save(
        FundEntry(
            happened_on=date(2024, 6, 3),
            kind=kind,
            plan_id=plan.id,
            project_id=kept.id,
            amount_vnd=amount,
            document=document,
        )
    )


def voucher_table(paper: Paper) -> Table:
    return next(block for block in paper.body if isinstance(block, Table))


def amount_of(cell: str, unit_note: str) -> int:
    sign = -1 if cell.startswith("-") else 1
    return sign * money.parse(f"{cell.lstrip('-')} {unit_note.removeprefix('Đơn vị tính: ')}")


# --- the ledger on paper ---


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("advance", "payment", "refund", "settlement")), st.integers(1, 10**9), st.booleans()
        ),
        max_size=8,
    )
)
def test_the_vouchers_on_paper_add_up_to_the_ledgers_own_sum(
    empty: Workspace, entries: list[tuple[str, int, bool]]
) -> None:
    kept = granted(empty, empty.save(Project(name="Đề án thử", year=2024)), 10**12)
    for kind, amount, is_wrong in entries:
        entry = pay(empty, kept, kind, amount)
        if is_wrong:
            funding.reverse(empty, entry.id, "ghi nhầm", on=date(2024, 7, 1))
    dossier = projects.dossier(empty, kept.id)
    table = voucher_table(papers.build(empty, "voucher-list", kept.id))
    moving = [each for each in dossier.entries if each.kind != "settlement"]
    if not moving:
        assert not any(row.cells[6] for row in table.rows)
        return
    *rows, total = [amount_of(row.cells[6], table.unit_note) for row in table.rows]
    assert sum(rows) == total == dossier.money.disbursed_vnd


def test_a_reversed_entry_is_on_no_paper(empty: Workspace, project: Project) -> None:
    granted(empty, project)
    pay(empty, project, "advance", 90 * MILLION, "UNC 01")
    wrong = pay(empty, project, "advance", 7 * MILLION, "UNC 02")
    funding.reverse(empty, wrong.id, "ghi nhầm", on=date(2024, 7, 1))
    text = plain_text(papers.build(empty, "voucher-list", project.id))
    assert "UNC 01" in text
    assert "UNC 02" not in text
    assert "110.000.000 đồng (Bằng chữ: Một trăm mười triệu đồng)" in plain_text(
        papers.build(empty, "payment-request", project.id)
    )


def test_money_of_another_project_stays_off_the_paper(empty: Workspace, project: Project) -> None:
    granted(empty, project)
    other = granted(empty, empty.save(Project(name="Đề án khác", year=2024)))
    pay(empty, other, "advance", 5 * MILLION)
    dossier = projects.dossier(empty, project.id)
    assert (dossier.entries, dossier.money.disbursed_vnd, dossier.left_vnd) == ((), 0, 200 * MILLION)


# --- days and names ---


def test_a_paper_bears_the_day_of_the_step_it_was_made_at(empty: Workspace, project: Project) -> None:
    for action, state, day in (
        ("accept", "accepted", date(2024, 11, 5)),
        ("pay", "paid", date(2024, 12, 2)),
        ("settle", "settled", date(2025, 1, 10)),
    ):
        empty.save(ProjectStep(project_id=project.id, action=action, state=state, happened_on=day))
    empty.save(dataclasses.replace(project, appraised_on=date(2024, 2, 20)))
    empty.save(ProgressReport(project_id=project.id, month="2024-06", reported_on=date(2024, 6, 24)))
    days = {
        "appraisal-form": "2024.02.20",
        "progress-report": "2024.06.24",
        "acceptance-minutes": "2024.11.05",
        "payment-request": "2024.12.02",
        "settlement-detail": "2025.01.10",
        "voucher-list": "2025.01.10",
    }
    for key, stamp in days.items():
        assert papers.file_name(empty, key, project.id, ".pdf").startswith(f"{stamp}. ")
    head = papers.build(empty, "payment-request", project.id).head
    assert isinstance(head, StateHead)
    assert head.place_date.endswith("ngày 02 tháng 12 năm 2024")


def test_the_last_of_two_acceptances_gives_the_day(empty: Workspace, project: Project) -> None:
    for day in (date(2024, 11, 20), date(2024, 11, 5)):
        empty.save(ProjectStep(project_id=project.id, action="accept", state="accepted", happened_on=day))
    assert projects.dossier(empty, project.id).day_of("accept") == date(2024, 11, 20)


def test_papers_name_a_beneficiary_as_it_was_at_approval(empty: Workspace, project: Project) -> None:
    kept = {"name": "Cơ sở 04 (tên cũ)", "address": "Xã 01, huyện 01, tỉnh Bình Dương", "workers": 12}
    with_beneficiary(empty, project, 4, json.dumps(kept))
    with_beneficiary(empty, project, 5, "không phải JSON")
    with_beneficiary(empty, project, 6, '["danh sách"]')
    names = [each.establishment.name for each in projects.dossier(empty, project.id).beneficiaries]
    assert names == ["Cơ sở 03", "Cơ sở 04 (tên cũ)", "Cơ sở 05", "Cơ sở 06"]
    assert "huyện 01" in plain_text(papers.build(empty, "acceptance-minutes", project.id))


def test_local_projects_are_paid_by_the_department_and_national_ones_by_the_central_body(
    empty: Workspace, project: Project
) -> None:
    national = dataclasses.replace(project, source="KCQG", approved_on=date(2026, 1, 5))
    assert projects.payer(empty, project) == "Sở Công Thương tỉnh Bình Dương"
    assert projects.payer(empty, national) == "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công"


def test_a_national_bodys_name_that_is_not_verified_is_said(empty: Workspace, project: Project) -> None:
    empty.save(dataclasses.replace(project, source="KCQG", approved_on=date(2020, 1, 6)))
    found = papers.problems(empty, "payment-request", project.id)
    assert any(each.startswith("Tên cơ quan Cục") and "chưa kiểm chứng" in each for each in found)


def test_the_committee_of_the_beneficiarys_commune_accepts_with_the_others(empty: Workspace, project: Project) -> None:
    place = empty.save(AdminUnit(code="25747", name="Phường Thủ Dầu Một", kind="phuong"))
    (share,) = empty.children(ProjectBeneficiary, project_id=project.id)
    here = empty.get(Establishment, share.establishment_id)
    empty.save(dataclasses.replace(here, commune_id=place.id))
    now = plain_text(papers.build(empty, "acceptance-minutes", project.id))
    assert "Đại diện Ủy ban nhân dân phường Thủ Dầu Một\n" in now
    empty.save(dataclasses.replace(share, snapshot='{"commune": "Xã 01"}'))
    then = plain_text(papers.build(empty, "acceptance-minutes", project.id))
    assert "Đại diện Ủy ban nhân dân " in then
    assert "Thủ Dầu Một" not in then


def test_the_bases_of_a_paper_are_those_of_its_day(empty: Workspace, project: Project) -> None:
    granted(empty, project)
    empty.save(ProjectStep(project_id=project.id, action="accept", state="accepted", happened_on=date(2024, 11, 5)))
    text = plain_text(papers.build(empty, "acceptance-minutes", project.id))
    assert "Căn cứ Nghị định số 45/2012/NĐ-CP" in text
    assert "235/2025" not in text, "a decree of 2025 is no basis in 2024"


# --- limits, double support, papers received ---


def test_a_limit_that_is_passed_with_a_reason_stands_on_the_appraisal_form(empty: Workspace, project: Project) -> None:
    _support_of_others(empty, project)
    found = project_papers.dossier(empty, "appraisal-form", project.id)
    assert any("đã được hỗ trợ cho cùng nội dung ở đề án Đề án trước" in each for each in found.warnings)
    assert "Đề án trước" in plain_text(papers.build(empty, "appraisal-form", project.id))
    assert project_papers.dossier(empty, "progress-report", project.id).warnings == ()


def test_the_evidence_of_double_support_prints(empty: Workspace, project: Project) -> None:
    assert "Không thấy hỗ trợ trùng trong tệp này: bảng in ra để trống." in papers.problems(
        empty, "double-support-evidence", project.id
    )
    _support_of_others(empty, project)
    text = plain_text(papers.build(empty, "double-support-evidence", project.id))
    assert "Đề án trước" in text
    assert "UNC 77" in text


def _support_of_others(workspace: Workspace, project: Project) -> None:
    (share,) = workspace.children(ProjectBeneficiary, project_id=project.id)
    other = workspace.save(Project(name="Đề án trước", year=2024, content="3", approved_vnd=100 * MILLION))
    workspace.save(
        ProjectBeneficiary(project_id=other.id, establishment_id=share.establishment_id, support_vnd=100 * MILLION)
    )
    pay(workspace, other, "payment", 50 * MILLION, "UNC 77")


def test_an_override_is_told_with_its_reason() -> None:
    from kc_desktop.domain.norms import Limit

    override = LimitOverride(rule="norm", limit_vnd=300, amount_vnd=350, reason="địa bàn khó khăn")
    limit = Limit(
        code="norm",
        name="Mức hỗ trợ",
        terms="tối đa 300 triệu đồng",
        limit_vnd=300 * MILLION,
        used_vnd=350 * MILLION,
        overrides=(override,),
    )
    told = project_papers.over_limit(limit)
    assert "Mức tối đa 300.000.000 đồng, đề án ghi 350.000.000 đồng." in told
    assert told.endswith("Được vượt, lý do: địa bàn khó khăn.")


def test_the_appraisal_form_lists_what_the_law_wants_though_nobody_kept_it(empty: Workspace, project: Project) -> None:
    empty.save(ChecklistItem(project_id=project.id, step="submit", name="Tài liệu riêng", received_on=date(2024, 2, 1)))
    listed = project_papers.dossier(empty, "appraisal-form", project.id).checklist
    names = [each.name for each in listed]
    assert "Tài liệu riêng" in names
    assert len(names) > 1, "the law's own papers of the submission stand there too"
    assert len(names) == len(set(names)), "a paper that two steps want is one paper"


# --- what is lacking ---


def test_a_bare_project_is_told_what_each_paper_lacks_with_the_next_step(empty: Workspace) -> None:
    bare = empty.save(Project(name="Đề án trống", year=2024))
    expected = {
        "appraisal-form": "Chưa có số tiền đề nghị: ghi ở phần Kinh phí của đề án.",
        "progress-report": "Chưa có báo cáo tiến độ nào: ghi ở phần Báo cáo tiến độ của đề án.",
        "completion-report": "Chưa có mức hỗ trợ được duyệt: ghi bước Phê duyệt của đề án.",
        "acceptance-minutes": "Chưa có ngày nghiệm thu: ghi bước Nghiệm thu cơ sở của đề án.",
        "contract-liquidation": "Chưa có hợp đồng: ghi ở phần Hợp đồng của đề án.",
        "payment-request": "Chưa có hợp đồng: ghi ở phần Hợp đồng của đề án.",
        "settlement-detail": "Sổ kinh phí chưa có bút toán tạm ứng, thanh toán nào của đề án: ghi ở thẻ Kinh phí.",
        "voucher-list": "Sổ kinh phí chưa có bút toán tạm ứng, thanh toán nào của đề án: ghi ở thẻ Kinh phí.",
        "double-support-evidence": "Chưa có đơn vị thụ hưởng: thêm ở đề án.",
    }
    assert set(expected) == set(LIFE)
    for key, sentence in expected.items():
        found = papers.problems(empty, key, bare.id)
        assert sentence in found
        assert found[0].startswith("Chưa có tên đơn vị")
        assert len(found) == len(set(found))


def test_a_project_that_has_everything_lacks_nothing(empty: Workspace, project: Project) -> None:
    _complete(empty, project)
    for key in LIFE:
        if key in ("appraisal-form", "double-support-evidence"):
            continue
        found = [each for each in papers.problems(empty, key, project.id) if not each.startswith("Căn cứ ")]
        assert all(each.startswith("Chưa có người ký mặc định") for each in found), key


def _complete(workspace: Workspace, project: Project) -> None:
    granted(workspace, project)
    (share,) = workspace.children(ProjectBeneficiary, project_id=project.id)
    workspace.save(
        EstimateLine(
            project_id=project.id,
            content="Máy ép",
            total_vnd=500 * MILLION,
            support_vnd=200 * MILLION,
            own_vnd=300 * MILLION,
            done_support_vnd=200 * MILLION,
            done_own_vnd=310 * MILLION,
        )
    )
    workspace.save(
        Contract(
            project_id=project.id,
            number="01/HĐ-KC",
            establishment_id=share.establishment_id,
            support_vnd=200 * MILLION,
            liquidated_on=date(2024, 12, 1),
        )
    )
    workspace.save(ProgressReport(project_id=project.id, month="2024-06", verified_percent=Decimal(60)))
    workspace.save(Impact(project_id=project.id, establishment_id=share.establishment_id, workers_after=20))
    for action, state in (("accept", "accepted"), ("pay", "paid"), ("settle", "settled")):
        workspace.save(ProjectStep(project_id=project.id, action=action, state=state, happened_on=date(2024, 11, 5)))
    pay(workspace, project, "advance", 100 * MILLION)


def test_more_paid_than_granted_is_said_on_every_paper_of_money(empty: Workspace, project: Project) -> None:
    granted(empty, project, 120 * MILLION)
    pay(empty, project, "payment", 120 * MILLION)
    given = dataclasses.replace(
        projects.dossier(empty, project.id), project=dataclasses.replace(project, approved_vnd=100 * MILLION)
    )
    for key in ("completion-report", "contract-liquidation", "payment-request", "voucher-list"):
        found = project_papers.problems(empty, key, given)
        assert any("đã giải ngân vượt mức được duyệt 20.000.000 đồng" in each for each in found), key


def test_entries_without_a_document_are_counted(empty: Workspace, project: Project) -> None:
    granted(empty, project)
    for document in ("", "UNC 02", ""):
        pay(empty, project, "advance", 10 * MILLION, document)
    found = papers.problems(empty, "voucher-list", project.id)
    assert any(each.startswith("2 bút toán chưa có số chứng từ") for each in found)


def test_a_project_that_is_gone_is_said_in_words(empty: Workspace) -> None:
    for key in LIFE:
        with pytest.raises(KnownError):
            papers.build(empty, key, 99)


# --- speed ---


@contextmanager
def queries_of(workspace: Workspace) -> Iterator[list[str]]:
    """Collect the queries a workspace runs."""
    seen: list[str] = []
    with workspace.reading() as connection:
        connection.set_trace_callback(seen.append)
        yield seen
        connection.set_trace_callback(None)


def test_a_dossier_takes_as_many_queries_for_thirty_beneficiaries_as_for_one(
    empty: Workspace, project: Project
) -> None:
    with queries_of(empty) as few:
        projects.dossier(empty, project.id)
    for number in range(10, 39):
        with_beneficiary(empty, project, number)
    with queries_of(empty) as many:
        found = projects.dossier(empty, project.id)
    assert len(found.beneficiaries) == 30
    assert len(many) == len(few)


def test_work_that_is_not_written_down_or_not_what_was_settled_is_told(empty: Workspace, project: Project) -> None:
    _complete(empty, project)
    (line,) = empty.children(EstimateLine, project_id=project.id)
    empty.save(dataclasses.replace(line, done_support_vnd=None, done_own_vnd=None))
    for key in ("completion-report", "settlement-detail"):
        assert any("Chưa ghi khối lượng và kinh phí" in each for each in papers.problems(empty, key, project.id))
    empty.save(dataclasses.replace(line, done_support_vnd=190 * MILLION))
    (plan,) = empty.all(AnnualPlan)
    settled = FundEntry(plan_id=plan.id, project_id=project.id, kind="settlement", happened_on=date(2024, 12, 20))
    empty.save(dataclasses.replace(settled, amount_vnd=200 * MILLION))
    found = papers.problems(empty, "settlement-detail", project.id)
    assert any("cộng được 190.000.000 đồng, sổ kinh phí quyết toán 200.000.000 đồng" in each for each in found)
