"""The directory's further details: phones and posts over time, and who was shown what is protected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from kc_desktop.domain.fields import Choices, choice, day, line, link, moment, record

CONTACT_KINDS: Choices = (("phone", "Điện thoại"), ("email", "Thư điện tử"), ("other", "Khác"))


@record("person_contact", "cách liên hệ", "Liên hệ khác")
class PersonContact:
    """A further phone or address of a person; the first ones are the person's own fields."""

    id: int = 0
    person_id: int = link("Người", "person", optional=False)
    kind: str = choice("Loại", CONTACT_KINDS, default="phone", in_list=True)
    value: str = line("Số, địa chỉ", required=True, width=28, in_list=True)
    note: str = line("Ghi chú", width=28, in_list=True)


@record("person_post", "chức vụ qua các thời kỳ", "Chức vụ qua các thời kỳ")
class PersonPost:
    """A post a person held for a span of time; the person's own fields are the present one."""

    id: int = 0
    person_id: int = link("Người", "person", optional=False)
    post: str = line("Chức vụ", required=True, width=18, in_list=True)
    organisation: str = line("Đơn vị công tác", width=36, in_list=True)
    valid_from: date | None = day("Từ ngày", in_list=True)
    valid_to: date | None = day("Đến ngày", in_list=True)


def post_on(held: Iterable[PersonPost], day: date) -> PersonPost | None:
    """Return the post held on a day, of several the one that began last; None where none holds."""
    fitting = [each for each in held if (each.valid_from or date.min) <= day <= (each.valid_to or date.max)]
    return max(fitting, key=lambda each: (each.valid_from or date.min, each.id), default=None)


@record("disclosure", "lần xem dữ liệu bảo vệ", "Nhật ký xem dữ liệu bảo vệ")
class Disclosure:
    """One showing of a protected field (Luật 91/2025/QH15): which, when and what for; who is in the history."""

    id: int = 0
    person_id: int = link("Người", "person", optional=False, in_list=True)
    field: str = line("Dữ liệu", required=True, width=20, in_list=True)
    shown_at: datetime | None = moment("Lúc", required=True, in_list=True)
    reason: str = line("Mục đích", width=40, in_list=True)
