"""Whom support may be for: the rule of the day, the place, the kind and the size, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain import eligibility
from kc_desktop.domain.eligibility import Eligibility, Place
from kc_desktop.domain.establishment import BENEFICIARY_GROUPS, ESTABLISHMENT_KINDS, Establishment
from kc_desktop.domain.law import LegalBasis, LegalFigure
from kc_desktop.domain.people import ADMIN_KINDS, AdminUnit

BILLION = 10**9
LAST_OLD, FIRST_NEW = date(2025, 10, 14), date(2025, 10, 15)
BASES = (
    LegalBasis(code="45/2012/NĐ-CP", valid_from=date(2012, 7, 5), certainty="confirmed"),
    LegalBasis(code="235/2025/NĐ-CP", valid_from=FIRST_NEW, certainty="confirmed"),
)
FIGURES = tuple(
    LegalFigure(code=f"sme-{name}-{what}", value=Decimal(value), citation=f"Căn cứ {name}")
    for name, values in (
        ("law", (200, 100 * BILLION, 300 * BILLION)),
        ("micro", (10, 3 * BILLION, 3 * BILLION)),
        ("small", (100, 20 * BILLION, 50 * BILLION)),
        ("medium", (200, 100 * BILLION, 200 * BILLION)),
    )
    for what, value in zip(("workers", "capital", "revenue"), values, strict=True)
)
CITY = AdminUnit(code="79", name="Thành phố Hồ Chí Minh", kind="thanh_pho")
PROVINCE = AdminUnit(code="68", name="Tỉnh Lâm Đồng", kind="tinh")
HOUSEHOLD = Establishment(name="Cơ sở 01", kind="ho_kinh_doanh", commune_id=1)


def _judge(
    establishment: Establishment = HOUSEHOLD, commune: str = "xa", province: AdminUnit = CITY, on: date = FIRST_NEW
) -> Eligibility:
    unit = AdminUnit(code="1", name="Nơi 01", kind=commune)
    return eligibility.judge(establishment, Place(commune=unit, province=province), on=on, figures=FIGURES, bases=BASES)


@pytest.mark.parametrize(
    ("commune", "province", "on", "outcome"),
    [
        ("phuong", CITY, FIRST_NEW, "not"),
        ("xa", CITY, FIRST_NEW, "eligible"),
        ("dac_khu", CITY, FIRST_NEW, "eligible"),
        ("phuong", PROVINCE, FIRST_NEW, "eligible"),
        ("dac_khu", PROVINCE, FIRST_NEW, "eligible"),
        ("phuong", CITY, LAST_OLD, "unknown"),
        ("phuong", PROVINCE, LAST_OLD, "unknown"),
        ("xa", CITY, LAST_OLD, "eligible"),
        ("thi_tran", PROVINCE, date(2020, 1, 1), "eligible"),
        ("huyen", PROVINCE, date(2020, 1, 1), "eligible"),
        ("thi_tran", PROVINCE, FIRST_NEW, "unknown"),
        ("xa", PROVINCE, date(2012, 7, 4), "unknown"),
    ],
)
def test_the_place_counts_by_the_rule_of_the_day(commune: str, province: AdminUnit, on: date, outcome: str) -> None:
    verdict = _judge(commune=commune, province=province, on=on)
    assert verdict.outcome == outcome
    assert verdict.on == on
    if on >= date(2012, 7, 5):
        assert ("235/2025" in verdict.citation) == (on >= FIRST_NEW)
        assert verdict.rule_from == (FIRST_NEW if on >= FIRST_NEW else date(2012, 7, 5))
        assert "Nơi 01" in verdict.explanation


def test_a_craft_village_keeps_a_ward_of_a_city_in() -> None:
    village = replace(HOUSEHOLD, is_craft_village=True, craft_village_decision="7/QĐ-UBND")
    verdict = _judge(village, "phuong")
    assert verdict.outcome == "eligible"
    assert "7/QĐ-UBND" in verdict.explanation
    assert _judge(village, "phuong", on=LAST_OLD).outcome == "unknown"


def test_cleaner_production_knows_no_place_and_no_size() -> None:
    large = Establishment(name="Nhà máy", beneficiary_group="sxsh", insured_workers=5_000, capital_vnd=10**13)
    for on in (LAST_OLD, FIRST_NEW):
        verdict = _judge(large, "phuong", on=on)
        assert verdict.outcome == "eligible"
        assert "46/2012" in verdict.citation


@pytest.mark.parametrize("group", ["cluster", "artisan"])
def test_those_the_new_decree_adds_are_in_from_its_first_day(group: str) -> None:
    added = replace(HOUSEHOLD, beneficiary_group=group)
    assert _judge(added, "phuong").outcome == "eligible"
    assert _judge(added, "phuong", on=LAST_OLD).outcome == "unknown"


@pytest.mark.parametrize(
    ("workers", "capital", "revenue", "size", "outcome"),
    [
        (10, 3 * BILLION, None, "micro", "eligible"),
        (10, None, 3 * BILLION, "micro", "eligible"),
        (10, 3 * BILLION + 1, 3 * BILLION + 1, "small", "eligible"),
        (11, BILLION, BILLION, "small", "eligible"),
        (200, 100 * BILLION, 999 * BILLION, "medium", "eligible"),
        (200, 101 * BILLION, 300 * BILLION, "large", "eligible"),
        (200, 101 * BILLION, 301 * BILLION, "large", "not"),
        (201, BILLION, BILLION, "large", "not"),
        (201, None, None, "large", "not"),
        (None, BILLION, BILLION, "unknown", "unknown"),
        (10, None, None, "unknown", "unknown"),
        (10, 4 * BILLION, None, "unknown", "eligible"),
    ],
)
def test_an_enterprise_is_judged_by_its_size(
    workers: int | None, capital: int | None, revenue: int | None, size: str, outcome: str
) -> None:
    firm = Establishment(
        name="Công ty", commune_id=1, insured_workers=workers, capital_vnd=capital, revenue_vnd=revenue
    )
    verdict = _judge(firm)
    assert (verdict.size, verdict.outcome) == (size, outcome)


def test_few_workers_are_few_insured_workers() -> None:
    firm = Establishment(name="Công ty", workers=9, capital_vnd=BILLION)
    assert eligibility.size_class(firm, FIGURES, FIRST_NEW) == "micro"
    assert eligibility.size_class(replace(firm, workers=900), FIGURES, FIRST_NEW) == "unknown"


def test_what_is_not_known_is_asked_for() -> None:
    for establishment, place, told in (
        (replace(HOUSEHOLD, commune_id=None), Place(), "chưa ghi xã, phường"),
        (HOUSEHOLD, Place(), "không có vào ngày đó"),
        (replace(HOUSEHOLD, kind="khac"), Place(commune=AdminUnit(name="Xã A", kind="xa")), "ghi đúng loại hình"),
        (HOUSEHOLD, Place(commune=AdminUnit(name="Phường A", kind="phuong")), "thành phố trực thuộc trung ương"),
    ):
        verdict = eligibility.judge(establishment, place, on=FIRST_NEW, figures=FIGURES, bases=BASES)
        assert verdict.outcome == "unknown"
        assert told in verdict.fact


@given(
    st.sampled_from([code for code, _ in BENEFICIARY_GROUPS]),
    st.sampled_from([code for code, _ in ESTABLISHMENT_KINDS]),
    st.sampled_from([code for code, _ in ADMIN_KINDS]),
    st.sampled_from([CITY, PROVINCE]),
    st.dates(date(2012, 7, 5), date(2030, 1, 1)),
    st.booleans(),
)
def test_every_verdict_names_its_rule_and_the_fact_that_decided(
    group: str, kind: str, commune: str, province: AdminUnit, on: date, is_village: bool
) -> None:
    establishment = replace(HOUSEHOLD, beneficiary_group=group, kind=kind, is_craft_village=is_village)
    verdict = _judge(establishment, commune, province, on)
    assert verdict.outcome in dict(eligibility.ELIGIBILITY_OUTCOMES)
    assert verdict.citation
    assert verdict.fact.endswith(".")
    assert verdict.label in verdict.explanation
