"""The limits of projects and years: what is refused, what stands with a reason, what stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.law import AdvanceRate, LegalFigure, Norm
from kc_desktop.domain.norms import Limit
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import (
    Contract,
    EstimateLine,
    LimitOverride,
    Project,
    ProjectBeneficiary,
    YearShare,
)
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import funding, record_history, rules
from kc_desktop.services.workspace import Workspace

MILLION = 1_000_000
DAY = date(2023, 3, 1)


@pytest.fixture
def machines(empty: Workspace) -> Norm:
    """A norm of the test's own: half the cost, at most 300 million for each establishment, 70 % in advance."""
    empty.save(AdvanceRate(code="thu-70", name="Máy móc", rate_percent=Decimal(70), citation="Căn cứ tạm ứng"))
    return empty.save(
        Norm(
            code="thu-may",
            name="Máy móc thiết bị",
            content="3",
            rate_percent=Decimal(50),
            ceiling_vnd=300 * MILLION,
            per="cơ sở",
            advance_code="thu-70",
            citation="Căn cứ mức",
        )
    )


def _project(workspace: Workspace, norm: Norm | None, **more: Any) -> Project:
    values: dict[str, Any] = {"name": "Đề án 1", "year": 2023, "approved_on": DAY, "content": "3", **more}
    return workspace.save(Project(norm_id=norm.id if norm else None, **values))


def _with(project: Project, **more: Any) -> Project:
    return replace(project, **more)


def _plan(workspace: Workspace, allocated: int = 0, source: str = "KCDP") -> AnnualPlan:
    found = [each for each in workspace.children(AnnualPlan, year=2023) if each.source == source]
    plan = found[0] if found else workspace.save(AnnualPlan(year=2023, source=source))
    if allocated:
        workspace.save(FundEntry(happened_on=DAY, kind="allocation", plan_id=plan.id, amount_vnd=allocated))
    return plan


def _pay(workspace: Workspace, project: Project, kind: str, amount: int) -> FundEntry:
    plan = _plan(workspace, source=project.source)
    return workspace.save(
        FundEntry(happened_on=DAY, kind=kind, plan_id=plan.id, project_id=project.id, amount_vnd=amount)
    )


def _limit(workspace: Workspace, project: Project, code: str) -> Limit:
    return next(each for each in rules.limits(workspace, project.id) if each.code == code)


def test_an_approved_amount_over_its_ceiling_is_refused_at_its_field_with_the_rule_and_what_is_left(
    empty: Workspace, machines: Norm
) -> None:
    with pytest.raises(FieldError) as caught:
        _project(empty, machines, approved_vnd=301 * MILLION, own_vnd=400 * MILLION)
    assert caught.value.field == "approved_vnd"
    for told in ("301.000.000", "300.000.000", "Máy móc thiết bị", "Căn cứ mức", "50 %", "chưa kiểm chứng", "còn"):
        assert told in caught.value.message
    assert "Vượt mức có lý do" in caught.value.remedy
    assert empty.all(Project) == ()


def test_a_share_of_the_cost_over_the_rate_is_refused(empty: Workspace, machines: Norm) -> None:
    with pytest.raises(FieldError, match=r"quá mức tối đa 99.999.999 đồng"):
        _project(empty, machines, approved_vnd=100 * MILLION, own_vnd=100 * MILLION - 1)
    assert _project(empty, machines, approved_vnd=100 * MILLION, own_vnd=100 * MILLION).id


def test_a_request_may_exceed_and_is_shown_as_exceeding(empty: Workspace, machines: Norm) -> None:
    project = _project(empty, machines, approved_on=None, requested_vnd=400 * MILLION, own_vnd=400 * MILLION)
    limit = _limit(empty, project, "support")
    assert (limit.is_exceeded, limit.left_vnd) == (True, -100 * MILLION)
    empty.save(replace(project, requested_vnd=500 * MILLION))
    for name in ("appraised_vnd", "approved_vnd", "adjusted_vnd"):
        with pytest.raises(FieldError) as caught:
            empty.save(_with(project, **{name: 400 * MILLION}))
        assert caught.value.field == name


def test_an_override_lets_an_amount_stand_with_its_reason_and_cannot_be_taken_away_while_it_is_needed(
    empty: Workspace, machines: Norm
) -> None:
    project = _project(empty, machines, approved_vnd=300 * MILLION, own_vnd=600 * MILLION)
    higher = replace(project, approved_vnd=400 * MILLION)
    with pytest.raises(FieldError):
        empty.save(higher)
    allowed = LimitOverride(project_id=project.id, rule="support", limit_vnd=300 * MILLION, amount_vnd=400 * MILLION)
    with pytest.raises(FieldError, match="Lý do"):
        empty.save(allowed)
    kept = empty.save(replace(allowed, document="12/UBND", decided_on=DAY, reason="UBND tỉnh cho phép"))
    empty.save(higher)
    with pytest.raises(FieldError, match=r"mức đã cho vượt 400.000.000"):
        empty.save(replace(project, approved_vnd=400 * MILLION + 1))
    limit = _limit(empty, project, "support")
    assert limit.is_exceeded
    assert [each.reason for each in limit.overrides] == ["UBND tỉnh cho phép"]
    with pytest.raises(KnownError, match="Chưa bỏ được lần vượt mức"):
        empty.delete(LimitOverride, kept.id)
    with pytest.raises(KnownError, match="Chưa bỏ được lần vượt mức"):
        empty.save(replace(kept, amount_vnd=399 * MILLION))
    empty.save(project)
    empty.delete(LimitOverride, kept.id)


def test_undo_and_redo_are_never_refused(empty: Workspace, machines: Norm) -> None:
    project = _project(empty, machines, approved_vnd=300 * MILLION, own_vnd=600 * MILLION)
    kept = empty.save(LimitOverride(project_id=project.id, rule="support", amount_vnd=400 * MILLION, reason="Cho phép"))
    empty.save(replace(project, approved_vnd=400 * MILLION))
    empty.save(project)
    empty.delete(LimitOverride, kept.id)
    for _ in range(4):
        empty.undo()
    for _ in range(4):
        empty.redo()
    empty.undo()
    empty.undo()
    assert empty.get(Project, project.id).approved_vnd == 400 * MILLION


def test_what_exceeds_already_stays_editable_and_only_growing_is_refused(empty: Workspace, machines: Norm) -> None:
    with empty.change("Tệp cũ", is_start=True):
        project = _project(empty, machines, approved_vnd=400 * MILLION, own_vnd=900 * MILLION)
        _pay(empty, project, "payment", 500 * MILLION)
    empty.save(replace(project, name="Đề án một", own_vnd=800 * MILLION, is_priority=False))
    with pytest.raises(FieldError) as caught:
        empty.save(replace(project, approved_vnd=400 * MILLION + 1))
    assert caught.value.field == "approved_vnd"


def test_an_approval_can_be_written_down_after_the_money_went_out(empty: Workspace) -> None:
    with empty.change("Tệp cũ", is_start=True):
        project = _project(empty, None)
        _pay(empty, project, "advance", 50 * MILLION)
    approved = empty.save(replace(project, approved_vnd=40 * MILLION))
    with pytest.raises(FieldError) as caught:
        empty.save(replace(approved, approved_vnd=39 * MILLION))
    assert caught.value.field == "approved_vnd"


def test_a_limit_that_shrinks_is_told_at_what_made_it_shrink(empty: Workspace, machines: Norm) -> None:
    project = _project(empty, machines, approved_vnd=200 * MILLION, own_vnd=200 * MILLION)
    for changes, field in (({"own_vnd": 100 * MILLION}, "own_vnd"), ({"approved_vnd": 0}, "approved_vnd")):
        if field == "approved_vnd":
            _pay(empty, project, "advance", 100 * MILLION)
        with pytest.raises(FieldError) as caught:
            empty.save(_with(project, **changes))
        assert caught.value.field == field
    small = empty.save(Norm(code="thu-nho", name="Mức nhỏ", ceiling_vnd=1 * MILLION, basis="project"))
    with pytest.raises(FieldError) as caught:
        empty.save(replace(project, norm_id=small.id))
    assert caught.value.field == "norm_id"


def test_every_beneficiary_is_counted_and_each_keeps_to_the_norm(empty: Workspace, machines: Norm) -> None:
    first, second = (empty.save(Establishment(name=f"Cơ sở {each:02d}")) for each in (1, 2))
    with empty.change("Lập đề án"):
        project = _project(empty, machines, approved_vnd=500 * MILLION, own_vnd=700 * MILLION)
        for each in (first, second):
            empty.save(
                ProjectBeneficiary(
                    project_id=project.id, establishment_id=each.id, support_vnd=250 * MILLION, own_vnd=350 * MILLION
                )
            )
    assert _limit(empty, project, "support").limit_vnd == 600 * MILLION
    shares = [each for each in rules.limits(empty, project.id) if each.code == "support-each"]
    assert [(each.subject, each.limit_vnd, each.left_vnd) for each in shares] == [
        ("Cơ sở 01", 300 * MILLION, 50 * MILLION),
        ("Cơ sở 02", 300 * MILLION, 50 * MILLION),
    ]
    share = empty.children(ProjectBeneficiary, project_id=project.id)[1]
    with pytest.raises(FieldError, match="Cơ sở 02") as caught:
        empty.save(replace(share, support_vnd=310 * MILLION))
    assert caught.value.field == "support_vnd"
    with pytest.raises(FieldError, match=r"quá mức tối đa 300.000.000"):
        empty.delete(ProjectBeneficiary, share.id)


def test_advances_keep_to_the_contract_and_to_70_percent_until_acceptance(empty: Workspace, machines: Norm) -> None:
    project = _project(empty, machines, approved_vnd=200 * MILLION, own_vnd=300 * MILLION, state="contracted")
    empty.save(Contract(project_id=project.id, number="01/HĐ", signed_on=DAY, support_vnd=100 * MILLION))
    with pytest.raises(FieldError, match=r"quá mức tối đa 70.000.000") as caught:
        _pay(empty, project, "advance", 70 * MILLION + 1)
    assert caught.value.field == "amount_vnd"
    wrong = _pay(empty, project, "advance", 60 * MILLION)
    with pytest.raises(FieldError, match=r"Trước lần ghi này là 60.000.000 đồng, còn 10.000.000 đồng"):
        _pay(empty, project, "advance", 11 * MILLION)
    funding.reverse(empty, wrong.id, "Ghi nhầm", on=DAY)
    _pay(empty, project, "advance", 70 * MILLION)
    _pay(empty, project, "refund", 20 * MILLION)
    _pay(empty, project, "advance", 20 * MILLION)
    empty.save(replace(project, state="accepted"))
    _pay(empty, project, "advance", 30 * MILLION)
    assert _limit(empty, project, "advance").left_vnd == 0
    with pytest.raises(FieldError, match="hỗ trợ được duyệt"):
        _pay(empty, project, "payment", 100 * MILLION + 1)
    with pytest.raises(FieldError, match=r"Hỗ trợ theo hợp đồng thành 201.000.000"):
        empty.save(Contract(project_id=project.id, number="02/HĐ", support_vnd=101 * MILLION))


def test_support_adjusted_down_below_what_went_out_is_written_down_and_shown(empty: Workspace) -> None:
    project = _project(empty, None, approved_vnd=100 * MILLION, state="accepted")
    _pay(empty, project, "advance", 80 * MILLION)
    empty.save(replace(project, state="suspended"))
    empty.save(replace(project, state="stopped", adjusted_vnd=20 * MILLION))
    for code in ("advance", "disbursed"):
        assert _limit(empty, project, code).is_exceeded
    with pytest.raises(FieldError):
        _pay(empty, project, "payment", 1)
    _pay(empty, project, "refund", 60 * MILLION)
    assert not _limit(empty, project, "disbursed").is_exceeded


def test_nothing_goes_out_before_the_approval(empty: Workspace) -> None:
    project = _project(empty, None, approved_on=None, requested_vnd=MILLION)
    with pytest.raises(FieldError, match="chưa có số hỗ trợ được duyệt"):
        _pay(empty, project, "payment", 1)


def test_the_type_with_100_percent_opens_the_whole_support_and_a_lower_rate_goes_before_the_cap(
    empty: Workspace,
) -> None:
    for rate, expected in ((100, 100), (90, 70), (30, 30)):
        empty.save(AdvanceRate(code=f"thu-{rate}", name="Loại thử", rate_percent=Decimal(rate)))
        norm = empty.save(
            Norm(
                code=f"thu-muc-{rate}", name="Mức thử", ceiling_vnd=10**12, basis="project", advance_code=f"thu-{rate}"
            )
        )
        project = _project(empty, norm, approved_vnd=100 * MILLION, code=str(rate))
        assert _limit(empty, project, "advance").limit_vnd == expected * MILLION


def test_the_law_of_the_approval_day_counts(empty: Workspace) -> None:
    old = empty.save(
        Norm(code="doi", name="Mức", ceiling_vnd=200 * MILLION, valid_from=date(2014, 4, 8), valid_to=date(2018, 5, 10))
    )
    empty.save(Norm(code="doi", name="Mức", ceiling_vnd=300 * MILLION, valid_from=date(2018, 5, 11)))
    late = _project(empty, old, approved_on=date(2018, 5, 11), approved_vnd=300 * MILLION, own_vnd=0)
    assert _limit(empty, late, "support").limit_vnd == 300 * MILLION
    with pytest.raises(FieldError):
        empty.save(replace(late, approved_on=date(2018, 5, 10)))
    asked = _project(empty, old, year=2019, approved_on=None, requested_on=date(2018, 1, 1), requested_vnd=1)
    assert _limit(empty, asked, "support").limit_vnd == 200 * MILLION
    planned = _project(empty, old, year=2019, approved_on=None, requested_vnd=1)
    assert _limit(empty, planned, "support").limit_vnd == 300 * MILLION


def test_a_priority_project_has_the_multiplied_ceiling_where_the_law_has_one(empty: Workspace) -> None:
    norm = empty.save(Norm(code="uu-tien", name="Mức", ceiling_vnd=200 * MILLION, basis="project"))
    for figure in empty.children(LegalFigure, code="priority-multiplier"):
        empty.delete(LegalFigure, figure.id)
    project = _project(empty, norm, is_priority=True, approved_vnd=200 * MILLION)
    assert _limit(empty, project, "support").limit_vnd == 200 * MILLION
    empty.save(LegalFigure(code="priority-multiplier", name="Hệ số", value=Decimal("1.5"), citation="Căn cứ ưu tiên"))
    limit = _limit(empty, project, "support")
    assert limit.limit_vnd == 300 * MILLION
    assert "mức ưu tiên" in limit.explanation
    assert "Căn cứ ưu tiên" in limit.explanation


def test_the_years_money_holds_what_is_approved_and_what_goes_out(empty: Workspace) -> None:
    _project(empty, None, approved_vnd=900 * MILLION)  # nothing allocated yet: nothing to hold it against
    assert rules.year_limits(empty, 2023, "KCDP") == ()
    plan = _plan(empty, allocated=1_000 * MILLION)
    with pytest.raises(FieldError, match=r"quá mức 1.000.000.000 đồng") as caught:
        _project(empty, None, approved_vnd=100 * MILLION + 1)
    assert caught.value.field == "approved_vnd"
    second = _project(empty, None, approved_vnd=100 * MILLION)
    entry = FundEntry(happened_on=DAY, kind="payment", plan_id=plan.id, amount_vnd=1_001 * MILLION)
    with pytest.raises(FieldError) as caught:
        empty.save(entry)
    assert caught.value.field == "amount_vnd"
    empty.save(replace(entry, amount_vnd=1_000 * MILLION))
    empty.save(FundEntry(happened_on=DAY, kind="reduction", plan_id=plan.id, amount_vnd=MILLION))
    assert [each.is_exceeded for each in rules.year_limits(empty, 2023, "KCDP")][:2] == [True, True]
    empty.save(
        LimitOverride(project_id=second.id, rule="year-approved", amount_vnd=2_000 * MILLION, reason="Chờ bổ sung")
    )
    _project(empty, None, approved_vnd=100 * MILLION)
    _project(empty, None, approved_vnd=100 * MILLION, year=2024)
    _project(empty, None, approved_vnd=100 * MILLION, source="KCQG")


def test_saving_a_name_or_a_person_reads_no_law(empty: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _project(empty, None, approved_vnd=MILLION)
    seen: list[object] = []
    monkeypatch.setattr(rules, "refuse_excess", lambda *given: seen.append(given))
    empty.save(replace(project, name="Tên khác", goals="Mục tiêu"))
    empty.save(Establishment(name="Cơ sở 01"))
    assert seen == []
    empty.save(replace(project, approved_vnd=2 * MILLION))
    assert len(seen) == 1


def test_a_deleted_project_that_exceeded_comes_back_from_the_bin(empty: Workspace, machines: Norm) -> None:
    with empty.change("Tệp cũ", is_start=True):
        project = _project(empty, machines, approved_vnd=400 * MILLION, own_vnd=900 * MILLION)
    empty.delete(Project, project.id)
    (item,) = record_history.deleted(empty)
    record_history.restore(empty, item)
    assert empty.get(Project, project.id) == project


@given(
    st.lists(st.tuples(st.sampled_from(["advance", "payment", "refund", "reverse"]), st.integers(1, 120)), max_size=8)
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_entries_gets_past_the_limits(empty: Workspace, steps: list[tuple[str, int]]) -> None:
    project = _project(empty, None, approved_vnd=100 * MILLION, code=str(len(empty.all(Project))))
    standing: list[FundEntry] = []
    for kind, amount in steps:
        try:
            if kind != "reverse":
                standing.append(_pay(empty, project, kind, amount * MILLION))
            elif standing:
                funding.reverse(empty, standing.pop().id, "Thử", on=DAY)
        except KnownError:
            continue
        advance, disbursed = (_limit(empty, project, each) for each in ("advance", "disbursed"))
        assert not advance.is_exceeded
        assert not disbursed.is_exceeded
        assert disbursed.used_vnd >= 0


def test_the_same_support_twice_is_told_with_its_evidence_and_never_blocks(empty: Workspace) -> None:
    one, twin = (empty.save(Establishment(name=f"Cơ sở {each:02d}", tax_code="0100109106")) for each in (1, 2))
    other = empty.save(Establishment(name="Cơ sở 03"))
    earlier = _project(
        empty, None, name="Đề án trước", year=2022, end_year=2023, approved_vnd=50 * MILLION, source="KCQG"
    )
    empty.save(ProjectBeneficiary(project_id=earlier.id, establishment_id=twin.id, support_vnd=50 * MILLION))
    empty.save(Contract(project_id=earlier.id, number="07/HĐ"))
    _pay(empty, earlier, "advance", 10 * MILLION)
    project = _project(empty, None, requested_vnd=MILLION)
    for each in (one, other):
        empty.save(ProjectBeneficiary(project_id=project.id, establishment_id=each.id))
    (found,) = rules.double_support(empty, project.id)
    assert (found.project.id, found.establishment_name, found.disbursed_vnd) == (earlier.id, "Cơ sở 02", 10 * MILLION)
    assert ([each.number for each in found.contracts], len(found.entries)) == (["07/HĐ"], 1)
    assert "Đề án trước" in found.sentence
    assert "Điều 7" in found.sentence
    for elsewhere in (
        replace(earlier, content="4"),
        replace(earlier, end_year=None),
        replace(earlier, state="rejected"),
    ):
        empty.save(replace(elsewhere, approved_vnd=50 * MILLION))
        has = elsewhere.state == "rejected"  # money went out all the same
        assert bool(rules.double_support(empty, project.id)) is has


def test_a_project_of_several_years_uses_each_years_money_for_that_years_part(empty: Workspace) -> None:
    _plan(empty, allocated=300 * MILLION)
    project = _project(empty, None, end_year=2024)
    with empty.change("Phê duyệt"):
        empty.save(YearShare(project_id=project.id, year=2024, support_vnd=400 * MILLION))
        empty.save(replace(project, approved_vnd=700 * MILLION))
    assert [each.used_vnd for each in rules.year_limits(empty, 2023, "KCDP")][:1] == [300 * MILLION]
    (later,) = empty.children(YearShare, project_id=project.id)
    with pytest.raises(KnownError, match="Tổng phê duyệt trong năm 2023"):
        empty.save(replace(later, support_vnd=399 * MILLION))
    with pytest.raises(KnownError, match="Tổng phê duyệt trong năm 2023"):
        empty.delete(YearShare, later.id)
    empty.save(replace(later, support_vnd=500 * MILLION))
    assert [each.used_vnd for each in rules.year_limits(empty, 2023, "KCDP")][:1] == [200 * MILLION]


def test_what_the_estimate_sets_aside_for_management_keeps_to_the_rate_once_it_is_decided(empty: Workspace) -> None:
    empty.save(LegalFigure(code="management-implementer", name="Chi quản lý", value=Decimal("2.5"), unit="%"))
    project = _project(empty, None, requested_vnd=200 * MILLION)
    assert _limit(empty, project, "management").is_information
    line = EstimateLine(
        project_id=project.id, content="Quản lý", total_vnd=6 * MILLION, support_vnd=6 * MILLION, is_management=True
    )
    kept = empty.save(line)
    assert _limit(empty, project, "management").is_exceeded
    with pytest.raises(FieldError, match=r"Chi quản lý trong dự toán thành 6.000.000 đồng, quá mức tối đa 5.000.000"):
        empty.save(replace(project, approved_vnd=200 * MILLION))
    empty.save(replace(kept, total_vnd=5 * MILLION, support_vnd=5 * MILLION))
    empty.save(replace(project, approved_vnd=200 * MILLION))
    with pytest.raises(FieldError):
        empty.save(replace(line, id=0, total_vnd=1, support_vnd=1))
    empty.save(LimitOverride(project_id=project.id, rule="management", amount_vnd=6 * MILLION, reason="Sở cho phép"))
    empty.save(replace(line, total_vnd=MILLION, support_vnd=MILLION))


def test_no_more_is_settled_than_was_approved(empty: Workspace) -> None:
    project = _project(empty, None, approved_vnd=100 * MILLION)
    _pay(empty, project, "settlement", 100 * MILLION)
    with pytest.raises(FieldError, match=r"Quyết toán của đề án thành 100.000.001 đồng"):
        _pay(empty, project, "settlement", 1)
    assert _limit(empty, project, "settled").left_vnd == 0
