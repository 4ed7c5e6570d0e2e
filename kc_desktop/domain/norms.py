"""What may be supported, advanced and disbursed: the ONE rule engine behind forms, pasting, imports and commands.

Amounts in, limits out, in whole đồng; rates are exact decimals and what a rate gives is rounded down. Every rate,
ceiling and cap is a dated row of law; `limit_facts` says which one counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Choices
from kc_desktop.domain.law import AdvanceRate, LegalFigure, Norm, holds_on, in_force
from kc_desktop.domain.limit_facts import (
    ADVANCE_CAP,
    MANAGEMENT_OF_PROJECT,
    MANAGEMENT_OF_YEAR,
    PRIORITY_MULTIPLIER,
    LimitFacts,
    LimitLaw,
    day_of_law,
    norm_of,
    percent_of,
    percent_text,
)
from kc_desktop.domain.money import apportion, format_vnd
from kc_desktop.domain.project import LimitOverride, Project

LIMIT_RULES: Choices = (
    ("support", "Mức hỗ trợ của đề án"),
    ("support-each", "Mức hỗ trợ của từng đơn vị thụ hưởng"),
    ("contract", "Hỗ trợ theo hợp đồng"),
    ("advance", "Tạm ứng"),
    ("disbursed", "Giải ngân"),
    ("settled", "Quyết toán"),
    ("management", "Chi quản lý"),
    ("year-approved", "Tổng phê duyệt trong năm"),
    ("year-disbursed", "Tổng giải ngân trong năm"),
)
DECIDED_FIELDS = ("appraised_vnd", "approved_vnd", "adjusted_vnd")
"""The amounts someone decided: these must keep to the limits. What was only requested may exceed them."""
ACCEPTED_STATES = frozenset({"accepted", "paid", "settled"})
_WHOLE = Decimal(100)
_REST_OF_ADVANCE = "Thông tư 36/2013/TT-BCT Điều 14"
"""For national projects; how the rest of a local one is advanced is for the province to say (TT 46/2012 Điều 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit with what is used of it, in đồng; `code` is one of LIMIT_RULES.

    `terms` says the rule in words, `subject` whom it is for when that is one of several beneficiaries. `is_information`
    marks a limit that nothing in the file can be held against: what is used of it is not known.
    """

    code: str
    name: str
    terms: str
    citation: str = ""
    certainty: str = "confirmed"
    subject: str = ""
    limit_vnd: int
    used_vnd: int = 0
    overrides: tuple[LimitOverride, ...] = ()
    is_information: bool = False

    @property
    def left_vnd(self) -> int:
        """What is left; below zero when the limit is exceeded."""
        return self.limit_vnd - self.used_vnd

    @property
    def is_exceeded(self) -> bool:
        """Whether more is used than the rule allows, let stand or not."""
        return self.used_vnd > self.limit_vnd

    @property
    def permitted_vnd(self) -> int:
        """The limit, or the amount an override lets stand when that is higher."""
        return max(self.limit_vnd, *(each.amount_vnd for each in self.overrides), 0)

    @property
    def excess_vnd(self) -> int:
        """How much is over what is permitted, 0 when nothing is."""
        return max(self.used_vnd - self.permitted_vnd, 0)

    @property
    def explanation(self) -> str:
        """The rule in one sentence, with its citation and how certain it is."""
        name = f"{self.name}, {self.subject}" if self.subject else self.name
        source = f" ({self.citation})" if self.citation else ""
        doubt = ", chưa kiểm chứng" if self.certainty == "unverified" else ""
        return f"{name}: {self.terms}{source}{doubt}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAmount:
    """An amount that must keep to a limit: the field of the row it stands in."""

    limit: Limit
    table: str
    row_id: int
    field: str


def limits(law: LimitLaw, given: LimitFacts, names: Mapping[int, str] | None = None) -> tuple[Limit, ...]:
    """Return a project's limits, as they are shown; `names` are the establishments' names by id.

    What was only requested is held against the norm, too, so that a request over it can be seen early.
    """
    names, found = names or {}, []
    support = _support(law, given, given.project.support_vnd)
    if support is not None:
        found.append(support)
    if len(given.shares) > 1:
        found += [each.limit for each in _shares(law, given, names) if each.limit.used_vnd or each.limit.limit_vnd]
    has_base = given.contracted_vnd is not None or given.approved_vnd is not None
    advance = _advance(law, given) if has_base else None
    settled = _settled(given) if given.settled_vnd else None
    for each in (_contract(law, given), advance, _disbursed(given), settled, _management(law, given)):
        if each is not None:
            found.append(each)
    return tuple(found)


def held_amounts(law: LimitLaw, given: LimitFacts, names: Mapping[int, str] | None = None) -> Iterator[HeldAmount]:
    """Yield the amounts of a project that must keep to a limit, each with its limit.

    The shares of the beneficiaries and the cost of management count once someone decided on the project: until then
    they are a request.
    """
    project, is_decided = given.project, False
    for field in DECIDED_FIELDS:
        amount: int | None = getattr(project, field)
        is_decided = is_decided or amount is not None
        limit = None if amount is None else _support(law, given, amount)
        if limit is not None:
            yield HeldAmount(limit=limit, table="project", row_id=project.id, field=field)
    if is_decided:
        yield from _shares(law, given, names or {})
        managed = _management(law, given)
        if managed is not None and not managed.is_information:
            yield HeldAmount(limit=managed, table="estimate_line", row_id=0, field="support_vnd")
    contract = _contract(law, given)
    if contract is not None:
        yield HeldAmount(limit=contract, table="contract", row_id=0, field="support_vnd")
    for limit in (_disbursed(given), _advance(law, given), _settled(given)):
        yield HeldAmount(limit=limit, table="fund_entry", row_id=0, field="amount_vnd")


# --- support ---


def _multiplier(law: LimitLaw, project: Project) -> LegalFigure | None:
    """Return by how much a priority project's ceiling is raised (TTLT 26/2014 Điều 6 khoản 2 điểm t), None if not."""
    if not project.is_priority:
        return None
    return law.figure(PRIORITY_MULTIPLIER, day_of_law(project), project.source)


def _ceiling(norm: Norm, multiplier: LegalFigure | None) -> int | None:
    if norm.ceiling_vnd is None or multiplier is None or multiplier.value is None:
        return norm.ceiling_vnd
    return max(norm.ceiling_vnd, percent_of(norm.ceiling_vnd, multiplier.value * 100))


def _support(law: LimitLaw, given: LimitFacts, amount_vnd: int) -> Limit | None:
    """Hold an amount of support for the whole project against its norm.

    A ceiling for each establishment counts once for every beneficiary, and once while none is written down; for a group
    project (đề án nhóm) without beneficiaries only the rate can be told.
    """
    project, norm = given.project, norm_of(law, given.project)
    if norm is None:
        return None
    by_place = norm.basis == "establishment"
    count = max(len(given.shares), 1) if by_place else 1
    if by_place and not given.shares and project.kind == "nhom":
        count = 0
    cost = amount_vnd + project.own_vnd + project.other_vnd
    return _of_norm(law, given, norm, code="support", used_vnd=amount_vnd, cost_vnd=cost, count=count)


def _shares(law: LimitLaw, given: LimitFacts, names: Mapping[int, str]) -> Iterator[HeldAmount]:
    """Hold each beneficiary's support against the norm; what comes from other sources is shared out by their cost."""
    norm = norm_of(law, given.project)
    if norm is None or norm.basis != "establishment":
        return
    costs = [each.support_vnd + each.own_vnd for each in given.shares]
    others = apportion(given.project.other_vnd, costs) if any(costs) else (0,) * len(costs)
    is_alone = len(given.shares) == 1
    for share, cost, other in zip(given.shares, costs, others, strict=True):
        if not cost:
            continue
        limit = _of_norm(
            law,
            given,
            norm,
            code="support" if is_alone else "support-each",
            used_vnd=share.support_vnd,
            cost_vnd=cost + other,
            count=1,
            subject=names.get(share.establishment_id, ""),
        )
        if limit is not None:
            yield HeldAmount(limit=limit, table="project_beneficiary", row_id=share.id, field="support_vnd")


def _of_norm(
    law: LimitLaw,
    given: LimitFacts,
    norm: Norm,
    *,
    code: str,
    used_vnd: int,
    cost_vnd: int,
    count: int,
    subject: str = "",
) -> Limit | None:
    multiplier = _multiplier(law, given.project)
    ceiling = _ceiling(norm, multiplier) if count else None
    parts = [] if norm.rate_percent is None else [percent_of(cost_vnd, norm.rate_percent)]
    parts += [] if ceiling is None else [ceiling * count]
    if not parts:
        return None
    rows = (norm, multiplier) if multiplier is not None and ceiling is not None else (norm,)
    terms, certainty = _terms(norm, ceiling, count, is_raised=len(rows) > 1), _certainty(rows)
    on = day_of_law(given.project)
    if not (holds_on(norm, on) and norm.scope in ("", given.project.source)):
        terms += f"; mức đã chọn không áp dụng cho nguồn này ngày {format_date(on)}"
        certainty = "unverified"
    return Limit(
        code=code,
        name=norm.name,
        terms=terms,
        citation=_citations(rows),
        certainty=certainty,
        subject=subject,
        limit_vnd=min(parts),
        used_vnd=used_vnd,
        overrides=given.overrides_of(code),
    )


def _terms(norm: Norm, ceiling_vnd: int | None, count: int, *, is_raised: bool) -> str:
    parts = [] if norm.rate_percent is None else [f"{percent_text(norm.rate_percent)} chi phí"]
    if ceiling_vnd is not None:
        per = norm.per or ("cơ sở" if norm.basis == "establishment" else "đề án")
        part = f"{format_vnd(ceiling_vnd)} đồng mỗi {per}"
        part += " (mức ưu tiên)" if is_raised else ""
        parts.append(part + (f" × {count}" if count > 1 else ""))
    return "tối đa " + " và ".join(parts)


# --- contract, advance, disbursement ---


def _contract(law: LimitLaw, given: LimitFacts) -> Limit | None:
    """Hold the support written into contracts against what was approved, before the approval against the norm."""
    amount = given.contracted_vnd
    if amount is None:
        return None
    approved = given.approved_vnd
    if approved is None:
        norm = _support(law, given, amount)
        if norm is None:
            return None
        limit_vnd, terms, citation, certainty = norm.limit_vnd, norm.terms, norm.citation, norm.certainty
    else:
        limit_vnd, terms, certainty = approved, "không quá số hỗ trợ được duyệt", "confirmed"
        citation = _decision(given.project)
    return Limit(
        code="contract",
        name=_RULE_NAMES["contract"],
        terms=terms,
        citation=citation,
        certainty=certainty,
        limit_vnd=limit_vnd,
        used_vnd=amount,
        overrides=given.overrides_of("contract"),
    )


def _advance(law: LimitLaw, given: LimitFacts) -> Limit:
    """Hold the advances of a project against the support in the signed contract, else the support approved.

    How 70 % and 100 % go together, decided here and nowhere else: TTLT 26/2014 Điều 8 khoản 2 điểm b caps the advance
    for every khuyến công project, and TT 36/2013 Điều 13 gives each type its rate, so before acceptance the LOWER of
    the two counts (Điều 16 also keeps special rates within the financial rules). The one type with a rate of 100 %,
    setting up an enterprise (Điều 13 khoản 3), does not break the cap: its dossier must hold the record of acceptance,
    so that what is advanced is at once the rest of Điều 14, for work that is done. Hence a type's own rate of 100 % and
    the state "accepted" or later both open the whole support. TT 36/2013 is for national projects only: a local one
    has the cap, unless the province writes rates of its own. Nothing is advanced before an approval or a contract.
    """
    base = given.contracted_vnd
    of = "hỗ trợ theo hợp đồng" if base is not None else "hỗ trợ được duyệt"
    base = (given.approved_vnd or 0) if base is None else base
    rate, row, condition = _advance_rate(law, given.project)
    terms, citation, certainty = f"tối đa {percent_text(rate)} {of}", "", "confirmed"
    if given.project.state in ACCEPTED_STATES:
        rate, terms = _WHOLE, f"toàn bộ {of} sau khi nghiệm thu"
        is_national = given.project.source == "KCQG"
        citation, certainty = (_REST_OF_ADVANCE, "confirmed") if is_national else ("", "unverified")
    elif row is not None:
        citation, certainty = row.citation, row.certainty
        terms += f"; {condition[:1].lower()}{condition[1:]}" if condition else ""
    return Limit(
        code="advance",
        name=_RULE_NAMES["advance"],
        terms=terms,
        citation=citation,
        certainty=certainty,
        limit_vnd=percent_of(base, rate),
        used_vnd=max(given.advanced_vnd, 0),
        overrides=given.overrides_of("advance"),
    )


def _advance_rate(law: LimitLaw, project: Project) -> tuple[Decimal, AdvanceRate | LegalFigure | None, str]:
    """Return the rate before acceptance, the row that sets it, and the condition of the project's type."""
    on, norm = day_of_law(project), norm_of(law, project)
    own = in_force(law.advance_rates, norm.advance_code, on, project.source) if norm and norm.advance_code else None
    cap = law.figure(ADVANCE_CAP, on, project.source)
    own_rate = own.rate_percent if own is not None else None
    cap_rate = cap.value if cap is not None else None
    if own is not None and own_rate is not None and (cap_rate is None or own_rate <= cap_rate or own_rate >= _WHOLE):
        return min(own_rate, _WHOLE), own, own.condition
    if cap_rate is not None:
        return min(cap_rate, _WHOLE), cap, own.condition if own is not None else ""
    return _WHOLE, None, ""


def _disbursed(given: LimitFacts) -> Limit:
    """Hold what has gone out against what was approved; nothing may go out before that."""
    return _of_approved(given, "disbursed", given.disbursed_vnd)


def _settled(given: LimitFacts) -> Limit:
    """Hold what is settled against what was approved: more was never the project's."""
    return _of_approved(given, "settled", given.settled_vnd)


def _of_approved(given: LimitFacts, code: str, used_vnd: int) -> Limit:
    approved = given.approved_vnd
    return Limit(
        code=code,
        name=_RULE_NAMES[code],
        terms="chưa có số hỗ trợ được duyệt" if approved is None else "không quá số hỗ trợ được duyệt",
        citation=_decision(given.project),
        limit_vnd=approved or 0,
        used_vnd=max(used_vnd, 0),
        overrides=given.overrides_of(code),
    )


def _decision(project: Project) -> str:
    number = project.approval_number if project.adjusted_vnd is None else project.adjustment_number
    return f"Quyết định {number}" if number else ""


# --- management, the year ---


def _management(law: LimitLaw, given: LimitFacts) -> Limit | None:
    """Hold what the estimate sets aside for managing a project; a piece of information while no line is marked so."""
    project = given.project
    row = law.figure(MANAGEMENT_OF_PROJECT, day_of_law(project), project.source)
    limit = _managed(row, project.support_vnd, "dự toán kinh phí khuyến công của đề án")
    if limit is None or given.managed_vnd is None:
        return limit
    overrides = given.overrides_of("management")
    return replace(limit, used_vnd=given.managed_vnd, overrides=overrides, is_information=False)


def _managed(row: LegalFigure | None, base_vnd: int, base: str) -> Limit | None:
    if row is None or row.value is None or not base_vnd:
        return None
    return Limit(
        code="management",
        name=row.name or _RULE_NAMES["management"],
        terms=f"tối đa {percent_text(row.value)} {base}",
        citation=row.citation,
        certainty=row.certainty,
        limit_vnd=percent_of(base_vnd, row.value),
        is_information=True,
    )


def year_limits(
    law: LimitLaw,
    *,
    year: int,
    source: str,
    allocated_vnd: int | None,
    approved_vnd: int,
    disbursed_vnd: int,
    overrides: tuple[LimitOverride, ...] = (),
) -> tuple[Limit, ...]:
    """Return the limits of a year's money of one source; () while nothing was allocated (`allocated_vnd` None)."""
    if allocated_vnd is None:
        return ()
    found = [
        Limit(
            code=code,
            name=_RULE_NAMES[code],
            terms=f"không quá kinh phí được giao năm {year}",
            limit_vnd=max(allocated_vnd, 0),
            used_vnd=max(used, 0),
            overrides=tuple(each for each in overrides if each.rule == code),
        )
        for code, used in (("year-approved", approved_vnd), ("year-disbursed", disbursed_vnd))
    ]
    managed = _managed(
        law.figure(MANAGEMENT_OF_YEAR, date(year, 1, 1), source), max(allocated_vnd, 0), "kinh phí được giao trong năm"
    )
    return (*found, managed) if managed is not None else tuple(found)


# --- words ---

_RULE_NAMES = dict(LIMIT_RULES)


def _citations(rows: tuple[Norm | LegalFigure, ...]) -> str:
    return "; ".join(dict.fromkeys(each.citation for each in rows if each.citation))


def _certainty(rows: tuple[Norm | LegalFigure, ...]) -> str:
    return "unverified" if any(each.certainty == "unverified" for each in rows) else "confirmed"
