"""What collaborators do: their reports and the needs they find."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.fields import Choices, choice, day, line, link, record, text
from kc_desktop.domain.programme import CONTENTS

LEAD_STATES: Choices = (
    ("new", "Mới ghi nhận"),
    ("followed", "Đang theo dõi"),
    ("project", "Đã thành đề án"),
    ("closed", "Đã kết thúc"),
)


@record("collaborator_report", "báo cáo", "Báo cáo của cộng tác viên")
class CollaboratorReport:
    """A periodic report that was, or was not, received."""

    id: int = 0
    person_id: int = link("Cộng tác viên", "person", optional=False, in_list=True)
    period: str = line("Tháng", required=True, width=8, in_list=True, help="Tháng và năm, ví dụ 4/2023")
    received_on: date | None = day("Ngày nhận", in_list=True)
    content: str = text("Nội dung")


@record("lead", "nhu cầu", "Nhu cầu ghi nhận ở cơ sở")
class Lead:
    """A need a collaborator found at an establishment, followed to a project."""

    id: int = 0
    person_id: int = link("Cộng tác viên", "person", optional=False, in_list=True)
    establishment_id: int | None = link("Cơ sở CNNT", "establishment", width=40, in_list=True)
    found_on: date | None = day("Ngày", in_list=True)
    need: str = text("Nhu cầu", required=True, in_list=True)
    content: str = choice("Nội dung hoạt động", CONTENTS, width=40)
    project_id: int | None = link("Đề án", "project", width=50, in_list=True)
    state: str = choice("Tình trạng", LEAD_STATES, default="new", in_list=True)
    result: str = text("Kết quả")
