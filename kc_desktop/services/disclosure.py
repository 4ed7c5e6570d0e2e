"""What is protected (Luật 91/2025/QH15): shown masked everywhere; shown whole on purpose only, and that is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from kc_desktop.domain import identifiers
from kc_desktop.domain.directory import Disclosure
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Field, describe
from kc_desktop.domain.network import RemunerationList
from kc_desktop.domain.people import Person
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import remuneration
from kc_desktop.services.workspace import Workspace

GRANTED = timedelta(minutes=15)
"""How long accounts may be printed whole after someone gave the purpose."""
PURPOSES = ("Đối chiếu hồ sơ cộng tác viên", "Lập chứng từ chi trả", "Người có dữ liệu đề nghị")
"""What offices look such data up for; any other purpose is typed."""


def masked(field: Field, value: str) -> str:
    """Return a protected value as it may be shown: enough of its digits to tell two apart, no more."""
    if not value:
        return ""
    if field.check == "tax_code":
        return identifiers.mask_tax_code(value)
    return identifiers.mask_citizen_id(value) if field.check == "citizen_id" else identifiers.mask_bank_account(value)


def show(workspace: Workspace, person_id: int, name: str, reason: str, *, at: datetime | None = None) -> str:
    """Return a person's protected field whole, and record that it was shown: no undo takes the record away.

    Raises FieldError without a purpose, KnownError where nothing can be recorded and so nothing is shown.
    """
    person = workspace.get(Person, person_id)
    label = describe(Person).field(name).label
    _record(workspace, (person,), label, reason, f"Xem {label} của {person.name}", at)
    return str(getattr(person, name))


def show_tax_code(workspace: Workspace, establishment_id: int, reason: str, *, at: datetime | None = None) -> str:
    """Return a household's tax code whole, and record that it was shown: it is the citizen id of who stands for it.

    Raises as `show` does, and KnownError where nobody is written down as standing for the establishment.
    """
    establishment = workspace.get(Establishment, establishment_id)
    person = workspace.find(Person, establishment.representative_id)
    if person is None:
        raise KnownError(
            f"{establishment.name} chưa có người đại diện nên không ghi được ai có số này được xem.",
            "Ghi người đại diện của cơ sở rồi bấm Hiện.",
        )
    label = f"{describe(Establishment).field('tax_code').label} của {establishment.name}"
    _record(workspace, (person,), label, reason, f"Xem {label}", at)
    return establishment.tax_code


def grant_accounts(workspace: Workspace, list_id: int, reason: str, *, at: datetime | None = None) -> int:
    """Let a payment list be printed with whole accounts for a while; each person's is recorded. Returns how many.

    Raises as `show` does, and KnownError when nobody in the list has an account.
    """
    listed = workspace.get(RemunerationList, list_id)
    people = [each for each in _people_of(workspace, list_id) if each.bank_account]
    if not people:
        raise KnownError(
            "Chưa ai trong bảng có số tài khoản.", "Ghi số tài khoản ở thẻ Cộng tác viên, Danh bạ rồi in lại."
        )
    _record(
        workspace,
        people,
        _on_paper(list_id),
        reason,
        f"In {len(people)} số tài khoản trên {remuneration.named(listed)}",
        at,
    )
    return len(people)


def granted_accounts(workspace: Workspace, list_id: int, *, at: datetime | None = None) -> frozenset[int]:
    """Return the people whose account the paper of a list may bear whole now."""
    since = (at or datetime.now()) - GRANTED
    found = workspace.children(Disclosure, field=_on_paper(list_id))
    return frozenset(each.person_id for each in found if each.shown_at is not None and each.shown_at >= since)


def _on_paper(list_id: int) -> str:
    return f"{describe(Person).field('bank_account').label} (in bảng thù lao số {list_id})"


def _people_of(workspace: Workspace, list_id: int) -> tuple[Person, ...]:
    from kc_desktop.domain.network import Remuneration

    rows = workspace.children(Remuneration, list_id=list_id)
    return tuple(workspace.many(Person, {each.person_id for each in rows}).values())


def _record(
    workspace: Workspace, people: Iterable[Person], field: str, reason: str, label: str, at: datetime | None
) -> None:
    if not clean_line(reason):
        raise FieldError("reason", "Chưa có mục đích xem.", "Ghi mục đích, ví dụ: lập chứng từ chi trả.")
    if workspace.is_read_only:
        raise KnownError(
            "Tệp đang mở chỉ để đọc nên không ghi được lần xem; dữ liệu được bảo vệ vẫn che.",
            workspace.read_only_reason,
        )
    shown_at = (at or datetime.now()).replace(microsecond=0)
    with workspace.change(label, is_start=True):  # what was shown was shown: no undo takes the record away
        for person in people:
            workspace.save(Disclosure(person_id=person.id, field=field, shown_at=shown_at, reason=reason))
