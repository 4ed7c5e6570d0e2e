"""Đối tượng khuyến công: whether an establishment is one that support may be for on a day, by which rule, and why.

The rule of NĐ 45/2012/NĐ-CP Điều 1 khoản 2 counts until NĐ 235/2025/NĐ-CP amends it; both days are those of the legal
bases in the file, the thresholds of size are its legal figures. A project approved earlier goes on under the rule of
its approval day, so ask for that day. What the file does not know is never guessed: the answer is then "unknown".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.establishment import BENEFICIARY_GROUPS, ESTABLISHMENT_KINDS, Establishment
from kc_desktop.domain.fields import Choices
from kc_desktop.domain.law import LegalBasis, LegalFigure, holds_on, in_force
from kc_desktop.domain.people import AdminUnit

ELIGIBILITY_OUTCOMES: Choices = (
    ("eligible", "Thuộc đối tượng khuyến công"),
    ("not", "Không thuộc đối tượng khuyến công"),
    ("unknown", "Chưa xác định được"),
)
SIZE_CLASSES: Choices = (
    ("micro", "Doanh nghiệp siêu nhỏ"),
    ("small", "Doanh nghiệp nhỏ"),
    ("medium", "Doanh nghiệp vừa"),
    ("large", "Doanh nghiệp lớn"),
    ("unknown", "Chưa đủ số liệu"),
)
OLD_DECREE, NEW_DECREE = "45/2012/NĐ-CP", "235/2025/NĐ-CP"
_OLD_RULE = "Nghị định 45/2012/NĐ-CP Điều 1 khoản 2"
_NEW_RULE = "Nghị định 45/2012/NĐ-CP Điều 1 khoản 2, sửa bởi Nghị định 235/2025/NĐ-CP Điều 1 khoản 1"
_NO_LIMITS = "Thông tư 46/2012/TT-BCT Điều 3 khoản 2"
_SME = "sme-law"
"""The figures that bound a small or medium enterprise as a whole; those of a class are "sme-micro" and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an establishment works on a day: its commune and the province over it; None for what is not known."""

    commune: AdminUnit | None = None
    province: AdminUnit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """The verdict on an establishment for a day; `outcome` is one of ELIGIBILITY_OUTCOMES, `size` of SIZE_CLASSES.

    `rule_from` is the day since when the rule counts, `fact` what decided, as a whole sentence.
    """

    outcome: str
    on: date
    fact: str
    citation: str = ""
    rule_from: date | None = None
    certainty: str = "unverified"
    size: str = "unknown"

    @property
    def label(self) -> str:
        """The outcome in words."""
        return dict(ELIGIBILITY_OUTCOMES)[self.outcome]

    @property
    def explanation(self) -> str:
        """The verdict in sentences: what, why, by which rule and since when."""
        rule = ""
        if self.citation:
            since = f", áp dụng từ {format_date(self.rule_from)}" if self.rule_from else ""
            doubt = ", chưa kiểm chứng" if self.certainty == "unverified" else ""
            rule = f" Căn cứ: {self.citation}{since}{doubt}."
        return f"{self.label} ngày {format_date(self.on)}. {self.fact}{rule}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """One condition: met, not met, or not to be told (None), and the fact that says so."""

    is_met: bool | None
    fact: str
    citation: str = ""


# --- size ---


def size_class(establishment: Establishment, figures: Iterable[LegalFigure], on: date) -> str:
    """Return the size class of an enterprise in industry by NĐ 80/2021/NĐ-CP Điều 5, one of SIZE_CLASSES.

    A class counts by the insured workers and by revenue or capital; "unknown" where what is known leaves two open.
    """
    rows = tuple(figures)
    for each in ("micro", "small", "medium"):
        is_within = _is_within(establishment, rows, f"sme-{each}", on)
        if is_within is None:
            return "unknown"
        if is_within:
            return each
    return "large"


def is_small_or_medium(establishment: Establishment, figures: Iterable[LegalFigure], on: date) -> bool | None:
    """Tell whether an enterprise is a small or medium one (Luật 04/2017/QH14 Điều 4); None when it cannot be told."""
    return _is_within(establishment, tuple(figures), _SME, on)


def _is_within(establishment: Establishment, figures: tuple[LegalFigure, ...], prefix: str, on: date) -> bool | None:
    most = {
        name: found.value if (found := in_force(figures, f"{prefix}-{name}", on)) is not None else None
        for name in ("workers", "capital", "revenue")
    }
    workers = _at_most(establishment.insured_workers, most["workers"])
    if workers is None and _at_most(establishment.workers, most["workers"]):
        workers = True  # there are never more insured workers than workers
    capital = _at_most(establishment.capital_vnd, most["capital"])
    revenue = _at_most(establishment.revenue_vnd, most["revenue"])
    money = True if capital or revenue else None if capital is None or revenue is None else False
    if workers is False or money is False:
        return False
    return None if workers is None or money is None else True


def _at_most(value: int | None, most: Decimal | None) -> bool | None:
    return None if value is None or most is None else value <= most


# --- the verdict ---


def judge(
    establishment: Establishment,
    place: Place,
    *,
    on: date,
    figures: Iterable[LegalFigure],
    bases: Iterable[LegalBasis],
) -> Eligibility:
    """Return whether support may be for an establishment at a place on a day, by the rule in force that day."""
    figures, bases = tuple(figures), tuple(bases)
    old, new = (_base(bases, code, on) for code in (OLD_DECREE, NEW_DECREE))
    size = size_class(establishment, figures, on) if establishment.kind == "doanh_nghiep" else "unknown"
    base = new or old
    if base is None:
        fact = f"Danh mục Căn cứ pháp lý không có nghị định về khuyến công có hiệu lực ngày {format_date(on)}."
        return Eligibility(outcome="unknown", on=on, fact=fact, size=size)
    answers = _answers(establishment, place, on, figures, is_new=new is not None)
    deciding = next((each for each in answers if each.is_met is False), None)
    deciding = deciding or next((each for each in answers if each.is_met is None), answers[-1])
    return Eligibility(
        outcome={True: "eligible", False: "not", None: "unknown"}[deciding.is_met],
        on=on,
        fact=deciding.fact,
        citation=deciding.citation or (_NEW_RULE if new is not None else _OLD_RULE),
        rule_from=base.valid_from,
        certainty=base.certainty,
        size=size,
    )


def _base(bases: Iterable[LegalBasis], code: str, on: date) -> LegalBasis | None:
    return next((each for each in bases if each.code == code and holds_on(each, on)), None)


def _answers(
    establishment: Establishment, place: Place, on: date, figures: tuple[LegalFigure, ...], *, is_new: bool
) -> tuple[_Answer, ...]:
    """Return the conditions that count for this kind of beneficiary, the one to name last when all are met."""
    group = establishment.beneficiary_group
    label = dict(BENEFICIARY_GROUPS).get(group, group)
    rule = _NEW_RULE if is_new else _OLD_RULE
    if group == "sxsh":
        fact = f"{label}: không giới hạn quy mô và địa bàn."
        return (_Answer(is_met=True, fact=fact, citation=f"{rule}; {_NO_LIMITS}"),)
    if group == "service":
        return (_Answer(is_met=True, fact=f"{label}: tham gia quản lý, thực hiện hoạt động khuyến công."),)
    if group in ("cluster", "artisan"):
        if is_new:
            return (_Answer(is_met=True, fact=f"{label}: thuộc đối tượng được bổ sung."),)
        fact = (
            f"Quy định ngày {format_date(on)} chưa nêu riêng {label.lower()}: xét theo điểm a, b hoặc c của khoản này."
        )
        return (_Answer(is_met=None, fact=fact),)
    place_answer = _place_answer(establishment, place, on, is_new=is_new)
    return (_kind_answer(establishment, figures, on), place_answer)


def _kind_answer(establishment: Establishment, figures: tuple[LegalFigure, ...], on: date) -> _Answer:
    label = dict(ESTABLISHMENT_KINDS).get(establishment.kind, establishment.kind)
    if establishment.kind == "khac":
        return _Answer(is_met=None, fact="Loại hình là “Khác”: ghi đúng loại hình của cơ sở rồi xem lại.")
    if establishment.kind != "doanh_nghiep":
        return _Answer(is_met=True, fact=f"Loại hình: {label.lower()}.")
    is_met = is_small_or_medium(establishment, figures, on)
    if is_met is None:
        fact = (
            "Chưa đủ số liệu để biết là doanh nghiệp nhỏ và vừa: ghi lao động tham gia BHXH, vốn, doanh thu năm trước."
        )
        return _Answer(is_met=None, fact=fact)
    if is_met:
        return _Answer(is_met=True, fact="Doanh nghiệp nhỏ và vừa.")
    source = in_force(figures, f"{_SME}-workers", on)
    fact = "Doanh nghiệp có quy mô lớn hơn doanh nghiệp nhỏ và vừa."
    return _Answer(is_met=False, fact=fact, citation=source.citation if source is not None else "")


def _place_answer(establishment: Establishment, place: Place, on: date, *, is_new: bool) -> _Answer:
    commune = place.commune
    if commune is None:
        if establishment.commune_id is None:
            return _Answer(is_met=None, fact="Cơ sở chưa ghi xã, phường.")
        fact = f"Chưa biết xã, phường của cơ sở vào ngày {format_date(on)}: đơn vị đã ghi không có vào ngày đó."
        return _Answer(is_met=None, fact=fact)
    if is_new:
        return _new_place(establishment, commune, place.province, on)
    if commune.kind in ("xa", "thi_tran", "huyen"):
        return _Answer(is_met=True, fact=f"{commune.name}: địa bàn xã, thị trấn, huyện.")
    if commune.kind == "phuong":
        fact = (
            f"{commune.name}: phường chỉ được khi thuộc thị xã, thành phố loại 2, loại 3, hoặc thuộc thành phố loại 1 "
            "và chuyển từ xã chưa quá 05 năm; danh mục không ghi loại đô thị."
        )
        return _Answer(is_met=None, fact=fact)
    return _Answer(is_met=None, fact=f"{commune.name}: quy định ngày {format_date(on)} không nêu cấp hành chính này.")


def _new_place(establishment: Establishment, commune: AdminUnit, province: AdminUnit | None, on: date) -> _Answer:
    """Judge by NĐ 235/2025: all communes of provinces; of centrally-run cities, wards only as craft villages."""
    if establishment.is_craft_village and commune.kind == "phuong":
        decision = establishment.craft_village_decision
        return _Answer(
            is_met=True, fact="Thuộc làng nghề được UBND cấp tỉnh công nhận" + (f" ({decision})." if decision else ".")
        )
    if commune.kind in ("xa", "dac_khu"):
        return _Answer(is_met=True, fact=f"{commune.name}: địa bàn xã, đặc khu.")
    if commune.kind != "phuong":
        fact = f"{commune.name}: quy định ngày {format_date(on)} không nêu cấp hành chính này."
        return _Answer(is_met=None, fact=fact)
    if province is None or province.kind not in ("tinh", "thanh_pho"):
        fact = f"Chưa biết {commune.name} thuộc tỉnh hay thành phố trực thuộc trung ương vào ngày {format_date(on)}."
        return _Answer(is_met=None, fact=fact)
    if province.kind == "tinh":
        return _Answer(is_met=True, fact=f"{commune.name}: phường của tỉnh ({province.name}).")
    fact = (
        f"{commune.name}: phường của thành phố trực thuộc trung ương ({province.name}), không thuộc làng nghề được "
        "công nhận."
    )
    return _Answer(is_met=False, fact=fact)
