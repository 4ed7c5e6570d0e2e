"""What may be imported, and the words by which offices head the columns of their workbooks, the likeliest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Field, Kind, describe
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import Project

PEOPLE, COLLABORATORS, ESTABLISHMENTS = "people", "collaborators", "establishments"
PROJECTS, FUND_ENTRIES, LEADS = "projects", "fund-entries", "leads"
WHATS: Final = (PEOPLE, COLLABORATORS, ESTABLISHMENTS, PROJECTS, FUND_ENTRIES, LEADS)

TITLES: Final = {
    PEOPLE: "danh bạ",
    COLLABORATORS: "cộng tác viên",
    ESTABLISHMENTS: "cơ sở CNNT",
    PROJECTS: "đề án",
    FUND_ENTRIES: "sổ kinh phí",
    LEADS: "nhu cầu",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns a kind of table may have: each by the field it is read as; `needed` names the one it must have."""

    needed: str
    fields: Mapping[str, Field]
    words: Mapping[str, tuple[str, ...]]


_PERSON_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("họ và tên", "họ tên", "họ tên cộng tác viên", "tên cộng tác viên", "cộng tác viên", "tên người"),
    "post_organisation": (
        *("chức vụ, đơn vị công tác", "chức vụ, đơn vị", "chức vụ - đơn vị công tác", "chức danh, đơn vị công tác"),
        *("chức vụ, nơi công tác", "chức vụ, cơ quan công tác"),
    ),
    "honorific": ("danh xưng", "ông/bà", "ông (bà)"),
    "group_code": ("nhóm",),
    "post": ("chức vụ", "chức danh"),
    "organisation": ("đơn vị công tác", "nơi công tác", "cơ quan công tác", "cơ quan", "đơn vị"),
    "phone": ("điện thoại", "số điện thoại", "sđt", "đt", "số đt", "di động", "đtdđ", "số đtdđ"),
    "email": ("thư điện tử", "email", "e-mail", "hộp thư"),
    "commune_id": ("xã, phường", "xã/phường", "phường, xã", "phường/xã"),
    "birth_year": ("năm sinh", "ngày sinh", "ngày tháng năm sinh", "ngày, tháng, năm sinh"),
    "citizen_id": ("số định danh", "số định danh cá nhân", "cccd", "số cccd", "căn cước", "số căn cước", "cmnd"),
    "bank_account": ("số tài khoản", "tài khoản", "stk"),
    "bank_name": ("ngân hàng", "mở tại"),
    "note": ("ghi chú",),
}
_MEMBER_WORDS: Final[dict[str, tuple[str, ...]]] = {
    **_PERSON_WORDS,
    "level": ("cấp", "cấp cộng tác viên"),
    "role": ("vai trò",),
    "area": ("địa bàn phụ trách", "địa bàn, hiệp hội", "địa bàn", "phụ trách địa bàn", "phụ trách"),
    "number": ("số quyết định", "quyết định công nhận", "quyết định số", "quyết định"),
    "decided_on": ("ngày quyết định", "ngày ký quyết định"),
}
_ESTABLISHMENT_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "name": (
        *("tên cơ sở", "tên cơ sở cnnt", "tên cơ sở công nghiệp nông thôn", "tên đơn vị", "tên doanh nghiệp"),
        *("cơ sở cnnt", "cơ sở công nghiệp nông thôn", "cơ sở", "doanh nghiệp", "tên công ty", "tên hợp tác xã"),
    ),
    "kind": ("loại hình", "loại hình cơ sở"),
    "beneficiary_group": ("đối tượng",),
    "tax_code": ("mã số thuế", "mst", "mã số doanh nghiệp"),
    "address": ("địa chỉ", "trụ sở", "địa điểm"),
    "commune_id": ("xã, phường", "xã/phường", "phường, xã", "phường/xã"),
    "phone": ("điện thoại", "số điện thoại", "sđt", "đt", "số đt"),
    "email": ("thư điện tử", "email", "e-mail"),
    "representative": ("người đại diện", "đại diện", "đại diện pháp luật", "chủ cơ sở", "giám đốc"),
    "representative_post": ("chức vụ người đại diện", "chức vụ"),
    "trade": ("ngành nghề sản xuất", "ngành nghề", "ngành nghề kinh doanh", "sản phẩm", "lĩnh vực"),
    "trade_group": ("nhóm ngành nghề",),
    "workers": ("lao động", "số lao động", "tổng số lao động"),
    "insured_workers": ("lao động tham gia bhxh",),
    "capital_vnd": ("vốn", "vốn đầu tư", "vốn điều lệ"),
    "revenue_vnd": ("doanh thu năm trước", "doanh thu"),
    "note": ("ghi chú",),
}
_PROJECT_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("tên đề án", "đề án", "nội dung đề án", "tên đề án, nhiệm vụ", "tên nhiệm vụ"),
    "code": ("mã đề án", "mã số đề án"),
    "year": ("năm thực hiện", "năm"),
    "content_of": ("nội dung hoạt động",),
    "programme": ("chương trình",),
    "source": ("nguồn", "nguồn kinh phí"),
    "kind": ("loại đề án",),
    "implementer": ("đơn vị thực hiện", "đơn vị chủ trì"),
    "beneficiary": ("đơn vị thụ hưởng", "cơ sở thụ hưởng", "đơn vị được hỗ trợ", "tên cơ sở", "doanh nghiệp"),
    "tax_code": ("mã số thuế", "mst"),
    "place": ("địa điểm thực hiện", "địa điểm"),
    "total_vnd": ("tổng kinh phí", "tổng", "tổng cộng", "tổng vốn", "tổng số"),
    "support_vnd": (
        *("kc hỗ trợ", "khuyến công hỗ trợ", "kinh phí khuyến công hỗ trợ", "kinh phí khuyến công", "kinh phí hỗ trợ"),
        *("kpkc hỗ trợ", "kinh phí kc", "nskc", "ngân sách hỗ trợ", "hỗ trợ", "kinh phí kc hỗ trợ"),
    ),
    "own_vnd": ("vốn đối ứng", "đối ứng", "đơn vị thụ hưởng đóng góp", "vốn của đơn vị", "kinh phí đối ứng"),
    "other_vnd": ("nguồn khác", "vốn khác"),
    "approved_on": ("ngày phê duyệt", "ngày duyệt", "ngày quyết định"),
    "approval_number": ("quyết định phê duyệt", "số quyết định", "quyết định số"),
    "requested_on": ("ngày đề nghị",),
    "starts_on": ("bắt đầu", "ngày bắt đầu"),
    "ends_on": ("kết thúc", "ngày kết thúc"),
    "note": ("ghi chú",),
}
_ENTRY_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "amount_vnd": ("số tiền", "giá trị", "kinh phí"),
    "happened_on": ("ngày", "ngày chứng từ", "ngày hạch toán", "ngày tháng"),
    "entry_kind": ("loại", "loại bút toán", "nghiệp vụ"),
    "plan_year": ("năm kế hoạch", "kế hoạch năm", "năm"),
    "source": ("nguồn", "nguồn kinh phí"),
    "programme": ("chương trình",),
    "project": ("đề án", "tên đề án"),
    "document": ("số chứng từ", "chứng từ", "số ct"),
    "payee": ("đơn vị nhận", "đơn vị nhận tiền", "người nhận", "đơn vị thụ hưởng"),
    "treasury_code": ("loại, khoản", "loại - khoản", "mã kho bạc"),
}

_LEAD_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "need": ("nhu cầu", "nhu cầu hỗ trợ", "nội dung nhu cầu", "nhu cầu của cơ sở", "nội dung đề nghị hỗ trợ"),
    "found_on": ("ngày", "ngày ghi nhận", "ngày khảo sát", "ngày tháng"),
    "content": ("nội dung hoạt động", "nội dung khuyến công"),
    "state": ("tình trạng",),
    "result": ("kết quả",),
    "establishment": _ESTABLISHMENT_WORDS["name"],
    "collaborator": ("cộng tác viên", "họ tên cộng tác viên", "tên cộng tác viên", "người ghi nhận"),
    "collaborator_phone": ("điện thoại cộng tác viên",),
}

CONTENT_WORDS: Final = (
    ("1", ("đào tạo nghề", "truyền nghề")),
    ("2", ("nâng cao năng lực quản lý doanh nghiệp", "khởi sự doanh nghiệp", "mở rộng thị trường")),
    ("3", ("mô hình trình diễn", "chuyển giao công nghệ", "máy móc tiên tiến", "máy móc thiết bị tiên tiến")),
    ("4", ("sản phẩm công nghiệp nông thôn tiêu biểu", "sản phẩm cnnt tiêu biểu", "hội chợ", "thương hiệu")),
    ("5", ("tư vấn trợ giúp", "tư vấn, trợ giúp")),
    ("6", ("cung cấp thông tin",)),
    ("7", ("liên doanh", "liên kết", "cụm công nghiệp", "xử lý ô nhiễm")),
    ("8", ("hợp tác quốc tế",)),
    ("9", ("nâng cao năng lực quản lý và tổ chức thực hiện", "nâng cao năng lực quản lý nhà nước")),
)
"""Words of a group's heading that say which of the nine contents of NĐ 45/2012 Điều 4 its projects are."""


def _fields(cls: type[Any], words: Mapping[str, tuple[str, ...]]) -> dict[str, Field]:
    return {each.name: each for each in describe(cls).fields if each.name in words}


def _line(name: str, label: str) -> Field:
    return Field(name=name, label=label, kind=Kind.LINE)


def _amount(name: str, label: str) -> Field:
    return Field(name=name, label=label, kind=Kind.MONEY)


def layout(what: str) -> Layout:
    """Return the columns of a kind of table. Raises KeyError for a kind that is not of `WHATS`."""
    return _LAYOUTS[what]()


def _people() -> Layout:
    fields = _fields(Person, _PERSON_WORDS) | {
        "post_organisation": _line("post_organisation", "Chức vụ, đơn vị công tác")
    }
    return Layout(needed="name", fields=fields, words=_PERSON_WORDS)


def _collaborators() -> Layout:
    fields = {
        **_people().fields,
        **_fields(AppointmentMember, dict.fromkeys(("level", "role", "area"), ())),
        **_fields(Appointment, dict.fromkeys(("number", "decided_on"), ())),
    }
    return Layout(needed="name", fields=fields, words=_MEMBER_WORDS)


def _establishments() -> Layout:
    fields = _fields(Establishment, _ESTABLISHMENT_WORDS)
    fields["representative"] = _line("representative", "Người đại diện")
    return Layout(needed="name", fields=fields, words=_ESTABLISHMENT_WORDS)


def _projects() -> Layout:
    fields = {
        **_fields(Project, _PROJECT_WORDS),
        "content_of": _line("content_of", "Nội dung hoạt động"),
        "programme": _line("programme", "Chương trình"),
        "beneficiary": _line("beneficiary", "Đơn vị thụ hưởng"),
        "tax_code": describe(Establishment).field("tax_code"),
        "total_vnd": _amount("total_vnd", "Tổng kinh phí"),
        "support_vnd": _amount("support_vnd", "Khuyến công hỗ trợ"),
    }
    return Layout(needed="name", fields=fields, words=_PROJECT_WORDS)


def _fund_entries() -> Layout:
    fields = {
        **_fields(FundEntry, _ENTRY_WORDS),
        "entry_kind": replace(describe(FundEntry).field("kind"), name="entry_kind"),
        "plan_year": replace(describe(AnnualPlan).field("year"), name="plan_year"),
        "source": describe(AnnualPlan).field("source"),
        "programme": _line("programme", "Chương trình"),
        "project": _line("project", "Đề án"),
    }
    return Layout(needed="amount_vnd", fields=fields, words=_ENTRY_WORDS)


def _leads() -> Layout:
    of_establishment = dict.fromkeys(("kind", "tax_code", "address", "commune_id", "phone", "trade"), ())
    fields = {
        **_fields(Establishment, of_establishment),
        **_fields(Lead, _LEAD_WORDS),
        "establishment": _line("establishment", "Cơ sở CNNT"),
        "collaborator": _line("collaborator", "Cộng tác viên"),
        "collaborator_phone": _line("collaborator_phone", "Điện thoại cộng tác viên"),
    }
    words = {name: _LEAD_WORDS.get(name) or _ESTABLISHMENT_WORDS[name] for name in fields}
    return Layout(needed="need", fields=fields, words=words)


_LAYOUTS = {
    PEOPLE: _people,
    COLLABORATORS: _collaborators,
    ESTABLISHMENTS: _establishments,
    PROJECTS: _projects,
    FUND_ENTRIES: _fund_entries,
    LEADS: _leads,
}
