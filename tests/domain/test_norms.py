"""Limits from rates, ceilings and caps: exact, never negative, and growing with what they are worked out from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain import limit_facts, norms
from kc_desktop.domain.law import AdvanceRate, LegalFigure, Norm
from kc_desktop.domain.limit_facts import LimitFacts, LimitLaw
from kc_desktop.domain.norms import Limit
from kc_desktop.domain.project import Contract, LimitOverride, Project, ProjectBeneficiary

MOST = 10**15
amounts = st.integers(0, MOST)
maybe = st.none() | amounts
rates = st.decimals(0, 100, places=2)


@st.composite
def laws(draw: st.DrawFn) -> LimitLaw:
    """Law with one norm, its advance rate and the general figures, any of which may be missing."""
    norm = Norm(
        id=1,
        code="n",
        name="Mức",
        rate_percent=draw(st.none() | rates),
        ceiling_vnd=draw(maybe),
        basis=draw(st.sampled_from(["establishment", "project"])),
        advance_code=draw(st.sampled_from(["", "a"])),
    )
    figures = (
        LegalFigure(code=limit_facts.ADVANCE_CAP, value=draw(st.none() | rates)),
        LegalFigure(code=limit_facts.PRIORITY_MULTIPLIER, value=draw(st.none() | st.decimals(1, 3, places=2))),
        LegalFigure(code=limit_facts.MANAGEMENT_OF_PROJECT, value=draw(st.none() | rates)),
    )
    return LimitLaw(norms=(norm,), advance_rates=(AdvanceRate(code="a", rate_percent=draw(rates)),), figures=figures)


@st.composite
def moneys(draw: st.DrawFn) -> LimitFacts:
    """A project with any amounts, beneficiaries, contracts and entries."""
    project = Project(
        id=1,
        year=2023,
        norm_id=draw(st.sampled_from([None, 1])),
        kind=draw(st.sampled_from(["thuong", "nhom"])),
        state=draw(st.sampled_from(["draft", "approved", "running", "accepted", "paid"])),
        is_priority=draw(st.booleans()),
        requested_vnd=draw(maybe),
        appraised_vnd=draw(maybe),
        approved_vnd=draw(maybe),
        adjusted_vnd=draw(maybe),
        own_vnd=draw(amounts),
        other_vnd=draw(amounts),
    )
    shares = draw(st.lists(st.tuples(amounts, amounts), max_size=4))
    contracts = draw(st.lists(st.tuples(maybe, st.booleans()), max_size=3))
    advanced = draw(st.integers(-MOST, MOST))
    return LimitFacts(
        project=project,
        shares=tuple(
            ProjectBeneficiary(id=place, project_id=1, establishment_id=place, support_vnd=support, own_vnd=own)
            for place, (support, own) in enumerate(shares, start=1)
        ),
        contracts=tuple(
            Contract(project_id=1, number="1", support_vnd=support, establishment_id=1 if is_with_one else None)
            for support, is_with_one in contracts
        ),
        advanced_vnd=advanced,
        disbursed_vnd=advanced + draw(amounts),
    )


def _whole(limit: Limit) -> bool:
    return type(limit.limit_vnd) is int and type(limit.used_vnd) is int and type(limit.left_vnd) is int


@given(laws(), moneys())
def test_limits_are_whole_and_never_negative_and_what_is_left_is_the_difference(
    law: LimitLaw, given_money: LimitFacts
) -> None:
    shown = norms.limits(law, given_money)
    for each in (*shown, *(held.limit for held in norms.held_amounts(law, given_money))):
        assert _whole(each)
        assert each.limit_vnd >= 0
        assert each.used_vnd >= 0
        assert each.left_vnd == each.limit_vnd - each.used_vnd
        assert each.is_exceeded == (each.left_vnd < 0)
        assert each.excess_vnd == max(-each.left_vnd, 0)
        assert each.explanation.startswith(each.name)
        assert each.code in dict(norms.LIMIT_RULES)


@given(amounts, rates)
def test_a_rate_gives_the_exact_share_rounded_down(amount: int, rate: Decimal) -> None:
    exact = Fraction(amount) * Fraction(rate) / 100
    assert limit_facts.percent_of(amount, rate) == exact.numerator // exact.denominator


@given(laws(), moneys(), amounts)
def test_more_of_the_beneficiarys_own_money_or_a_higher_priority_never_lowers_a_limit(
    law: LimitLaw, given_money: LimitFacts, more: int
) -> None:
    richer = replace(given_money, project=replace(given_money.project, own_vnd=given_money.project.own_vnd + more))
    dearer = replace(given_money, project=replace(given_money.project, is_priority=True))
    now = {each.code: each.limit_vnd for each in norms.limits(law, given_money)}
    for better in (richer, dearer):
        then = {each.code: each.limit_vnd for each in norms.limits(law, better) if each.code != "support-each"}
        assert all(limit >= now[code] for code, limit in then.items())


@given(laws(), moneys())
def test_acceptance_never_lowers_the_advance_and_opens_the_whole_support(
    law: LimitLaw, given_money: LimitFacts
) -> None:
    accepted = replace(given_money, project=replace(given_money.project, state="accepted"))
    before = [each for each in norms.limits(law, given_money) if each.code == "advance"]
    after = [each for each in norms.limits(law, accepted) if each.code == "advance"]
    assert len(before) == len(after)
    base = given_money.contracted_vnd if given_money.contracted_vnd is not None else given_money.approved_vnd
    for early, late in zip(before, after, strict=True):
        assert early.limit_vnd <= late.limit_vnd == base


@given(st.none() | rates, st.none() | rates, amounts)
def test_the_lower_of_the_types_rate_and_the_cap_counts_but_for_the_type_with_100_percent(
    own: Decimal | None, cap: Decimal | None, approved: int
) -> None:
    law = LimitLaw(
        norms=(Norm(id=1, code="n", name="Mức", advance_code="a"),),
        advance_rates=() if own is None else (AdvanceRate(code="a", rate_percent=own),),
        figures=() if cap is None else (LegalFigure(code=limit_facts.ADVANCE_CAP, value=cap),),
    )
    project = Project(year=2023, norm_id=1, approved_vnd=approved, state="running")
    limit = next(each for each in norms.limits(law, LimitFacts(project=project)) if each.code == "advance")
    known = [each for each in (own, cap) if each is not None]
    rate = Decimal(100) if own == 100 or not known else min(known)
    assert limit.limit_vnd == limit_facts.percent_of(approved, rate)


@given(laws(), moneys(), amounts)
def test_an_override_raises_what_is_permitted_and_leaves_the_limit_as_it_is(
    law: LimitLaw, given_money: LimitFacts, amount: int
) -> None:
    let = replace(given_money, overrides=(LimitOverride(rule="disbursed", amount_vnd=amount, reason="Cho phép"),))
    (plain,) = [each for each in norms.limits(law, given_money) if each.code == "disbursed"]
    (raised,) = [each for each in norms.limits(law, let) if each.code == "disbursed"]
    assert raised.limit_vnd == plain.limit_vnd
    assert raised.permitted_vnd == max(plain.limit_vnd, amount)
    assert raised.excess_vnd == max(raised.used_vnd - raised.permitted_vnd, 0)


@given(st.none() | amounts, amounts, st.integers(-MOST, MOST))
def test_the_year_has_limits_once_money_was_given(allocated: int | None, approved: int, disbursed: int) -> None:
    figure = LegalFigure(code=limit_facts.MANAGEMENT_OF_YEAR, name="Chi quản lý", value=Decimal("1.5"))
    law = LimitLaw(figures=(figure,))
    found = norms.year_limits(
        law, year=2023, source="KCDP", allocated_vnd=allocated, approved_vnd=approved, disbursed_vnd=disbursed
    )
    assert (found == ()) == (allocated is None)
    assert all(_whole(each) and each.limit_vnd >= 0 and each.used_vnd >= 0 for each in found)
    if allocated:
        assert [each.code for each in found] == ["year-approved", "year-disbursed", "management"]
        assert found[2].is_information
        assert found[2].limit_vnd == allocated * 15 // 1000


def test_a_limit_reads_as_one_sentence_with_its_source_and_its_doubt() -> None:
    norm = Norm(
        id=1,
        code="may",
        name="Máy móc thiết bị",
        rate_percent=Decimal(50),
        ceiling_vnd=300_000_000,
        per="cơ sở",
        citation="TT 28/2018/TT-BTC",
    )
    money = LimitFacts(project=Project(year=2023, norm_id=1, approved_vnd=1))
    (support, *_) = norms.limits(LimitLaw(norms=(norm,)), money)
    assert support.explanation == (
        "Máy móc thiết bị: tối đa 50 % chi phí và 300.000.000 đồng mỗi cơ sở (TT 28/2018/TT-BTC), chưa kiểm chứng"
    )
    (support, *_) = norms.limits(LimitLaw(norms=(replace(norm, certainty="confirmed"),)), money)
    assert support.explanation.endswith("(TT 28/2018/TT-BTC)")


def test_a_group_project_without_beneficiaries_is_held_to_the_rate_alone() -> None:
    norm = Norm(id=1, code="may", name="Máy", rate_percent=Decimal(50), ceiling_vnd=300_000_000)
    project = Project(year=2023, norm_id=1, approved_vnd=10**9, own_vnd=10**9)
    for kind, expected in (("thuong", 300_000_000), ("nhom", 10**9)):
        (support, *_) = norms.limits(LimitLaw(norms=(norm,)), LimitFacts(project=replace(project, kind=kind)))
        assert support.limit_vnd == expected


def test_the_law_of_a_project_is_that_of_its_approval_else_of_its_request_else_of_its_year() -> None:
    project = Project(year=2023)
    assert limit_facts.day_of_law(project) == date(2023, 1, 1)
    project = replace(project, requested_on=date(2022, 11, 3))
    assert limit_facts.day_of_law(project) == date(2022, 11, 3)
    assert limit_facts.day_of_law(replace(project, approved_on=date(2023, 2, 4))) == date(2023, 2, 4)
