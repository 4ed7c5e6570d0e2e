"""What collaborators do and are paid for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kc_desktop.domain.fields import Choices, choice, day, decimal, line, link, money, record, text
from kc_desktop.domain.people import COLLABORATOR_LEVELS

LEAD_STATES: Choices = (
    ("new", "Mới ghi nhận"),
    ("followed", "Đang theo dõi"),
    ("project", "Đã thành đề án"),
    ("closed", "Đã kết thúc"),
)
RULE_KINDS: Choices = (("coefficient", "Hệ số × lương cơ sở"), ("fixed", "Số tiền cố định"))


@record("collaborator_report", "báo cáo", "Báo cáo của cộng tác viên")
class CollaboratorReport:
    """A periodic report that was, or was not, received."""

    id: int = 0
    person_id: int = link("Cộng tác viên", "person", optional=False, in_list=True)
    period: str = line("Kỳ", required=True, width=8, in_list=True, help="Năm và tháng, ví dụ 2023-04")
    received_on: date | None = day("Ngày nhận", in_list=True)
    content: str = text("Nội dung")


@record("lead", "nhu cầu", "Nhu cầu ghi nhận ở cơ sở")
class Lead:
    """A need a collaborator found at an establishment, followed to a project."""

    id: int = 0
    person_id: int = link("Cộng tác viên", "person", optional=False, in_list=True)
    establishment_id: int | None = link("Cơ sở CNNT", "establishment", in_list=True)
    found_on: date | None = day("Ngày", in_list=True)
    need: str = text("Nhu cầu", required=True, in_list=True)
    project_id: int | None = link("Đề án", "project", in_list=True)
    state: str = choice("Tình trạng", LEAD_STATES, default="new", in_list=True)


@record("remuneration_rule", "mức thù lao", "Mức thù lao")
class RemunerationRule:
    """How a level of collaborators is paid for a span of time; the province sets it (NĐ 45/2012 Điều 10)."""

    id: int = 0
    level: str = choice("Cấp", COLLABORATOR_LEVELS, default="xa", in_list=True)
    kind: str = choice("Cách tính", RULE_KINDS, default="coefficient", in_list=True)
    coefficient: Decimal | None = decimal("Hệ số", in_list=True)
    amount_vnd: int | None = money("Số tiền một tháng", in_list=True)
    citation: str = line("Căn cứ", width=40, in_list=True)
    valid_from: date | None = day("Từ ngày", in_list=True)
    valid_to: date | None = day("Đến ngày", in_list=True)


@record("remuneration", "thù lao", "Thù lao cộng tác viên")
class Remuneration:
    """What one person is paid for one period."""

    id: int = 0
    person_id: int = link("Cộng tác viên", "person", optional=False, in_list=True)
    period: str = line("Kỳ", required=True, width=8, in_list=True)
    amount_vnd: int = money("Số tiền", default=0, in_list=True)
    paid_on: date | None = day("Ngày chi", in_list=True)
    fund_entry_id: int | None = link("Bút toán", "fund_entry")
