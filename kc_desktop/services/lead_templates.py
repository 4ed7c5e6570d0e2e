"""Mẫu ghi nhu cầu: a workbook for collaborators to write needs in, which is imported as it comes back.

lead_templates.write(workspace, path, year=2026)                       # for anybody
lead_templates.write_each(workspace, folder, people, tell, year=2026)   # one for each, with their name in it
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import describe
from kc_desktop.domain.people import AdminUnit, AppointmentMember, Person
from kc_desktop.domain.text import person_sort_key, sort_key
from kc_desktop.errors import KnownError
from kc_desktop.exchange import entry_template
from kc_desktop.exchange.entry_template import DAY, EntryColumn, EntrySheet
from kc_desktop.services import batch, exporting, import_columns, lists
from kc_desktop.services.exporting import SUFFIX, Tell
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import failures

TITLE: Final = "Nhu cầu của cơ sở công nghiệp nông thôn"
ROWS: Final = 200
"""So many needs a workbook has room for."""
_TAB, _GUIDE = "Nhu cầu", "Cách ghi"


def made(workspace: Workspace, person: Person | None, year: int) -> bytes:
    """Return the workbook of a year, for one collaborator with their name in it, or for anybody."""
    return entry_template.made(_sheet(workspace, person, year))


def write(workspace: Workspace, path: Path, *, year: int, person_id: int = 0) -> None:
    """Write the workbook for anybody, or for one collaborator. Raises KnownError where it cannot be written."""
    from kc_desktop.services import papers  # every kind of paper comes with it

    if path.suffix.lower() != SUFFIX:
        raise KnownError(f"Tệp Excel không thể có tên “{path.name}”.", f"Đặt tên tệp có đuôi {SUFFIX}.")
    papers.write(path, made(workspace, workspace.find(Person, person_id), year))


def write_each(
    workspace: Workspace, folder: Path, people: Sequence[Person], tell: Tell, *, year: int
) -> tuple[Path, ...]:
    """Write a workbook for each collaborator into a folder that is there; all of them, or none.

    Raises KnownError for nobody, and for a folder that cannot be written to.
    """
    if not people:
        raise KnownError(
            f"Năm {year} chưa có cộng tác viên nào.", "Ghi quyết định công nhận ở Danh mục trước, hoặc chọn năm khác."
        )
    names = _names(people, year)
    try:
        beside = Path(tempfile.mkdtemp(dir=folder, prefix=".mau-"))
        try:
            for done, (name, person) in enumerate(zip(names, people, strict=True)):
                tell(done, len(people))
                (beside / name).write_bytes(made(workspace, person, year))
            tell(len(people), len(people))
            return batch.put_in_place(beside, folder, names)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        known = failures.known(error, folder)
        if known is None:
            raise
        raise known from error


def file_name(year: int, person: Person | None = None) -> str:
    """Return a file name: "Mẫu ghi nhu cầu 2026 – Cộng tác viên 07.xlsx"."""
    who = f" – {person.name}" if person is not None else ""
    return exporting.plain_name(f"Mẫu ghi nhu cầu {year}{who}") + SUFFIX


def _names(people: Sequence[Person], year: int) -> list[str]:
    """Return a file name for each, namesakes told apart."""
    found: list[str] = []
    taken: set[str] = set()
    for person in people:
        name = file_name(year, person)
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{file_name(year, person).removesuffix(SUFFIX)} ({count}){SUFFIX}"
        taken.add(name.casefold())
        found.append(name)
    return found


def collaborators(workspace: Workspace, year: int) -> tuple[Person, ...]:
    """Return who is a collaborator in a year by the decisions that hold in it, by name."""
    members = [each.id for each in lists.every_row(workspace, "collaborators", ListRequest(year=year))]
    ids = {each.person_id for each in workspace.many(AppointmentMember, set(members)).values()}
    return tuple(sorted(workspace.many(Person, ids).values(), key=lambda each: (person_sort_key(each.name), each.id)))


def _sheet(workspace: Workspace, person: Person | None, year: int) -> EntrySheet:
    office = workspace.office
    return EntrySheet(
        tab=_TAB,
        title=TITLE.upper(),
        owner=exporting.owner(workspace),
        columns=_columns(workspace),
        above=(
            ("Cộng tác viên", person.name if person is not None else ""),
            ("Điện thoại", person.phone if person is not None else ""),
        ),
        year_label="Năm",
        year=year,
        rows=ROWS,
        guide_title=_GUIDE,
        guide=(
            "1. Ghi họ và tên, điện thoại của cộng tác viên ở trên bảng, nếu chưa có sẵn.",
            "2. Mỗi dòng một nhu cầu của một cơ sở. Cột có dấu (*) phải ghi; cột khác chưa biết thì để trống, "
            "không ghi “không có”.",
            "3. Ô có danh sách thì bấm mũi tên cạnh ô để chọn. Chọn vào ô nào, bên cạnh hiện cách ghi ô đó.",
            "4. Không sửa dòng tiêu đề, không chèn cột: bảng gửi về được đọc theo các tiêu đề này.",
            f"5. Một tệp ghi được {ROWS} nhu cầu. Hết chỗ thì chép tệp này ra một tệp mới để ghi tiếp.",
            f"6. Lưu lại (giữ kiểu .xlsx) rồi gửi về {office.name or 'Trung tâm'}. Gửi lại tệp đã ghi thêm cũng được: "
            "dòng đã nhập không bị nhập hai lần.",
        ),
    )


def _columns(workspace: Workspace) -> tuple[EntryColumn, ...]:
    fields = import_columns.layout(import_columns.LEADS).fields
    contents, kinds = (
        tuple(label for code, label in described.choices if code)
        for described in (describe(Lead).field("content"), describe(Establishment).field("kind"))
    )

    def column(name: str, letters: int, note: str, **more: object) -> EntryColumn:
        return EntryColumn(heading=fields[name].label, letters=letters, note=note, **more)  # type: ignore[arg-type]  # as named

    return (
        column("found_on", 12, "Ngày biết nhu cầu: ngày/tháng/năm, ví dụ 15/4/2026.", kind=DAY),
        column("establishment", 28, "Tên đầy đủ của doanh nghiệp, hợp tác xã, tổ hợp tác hoặc hộ kinh doanh."),
        column("kind", 14, "Bấm mũi tên để chọn loại hình.", choices=kinds),
        column("tax_code", 14, "Mã số thuế 10 hoặc 13 số, có thì ghi: giúp không ghi trùng cơ sở."),
        column("commune_id", 18, "Bấm mũi tên để chọn xã, phường nơi cơ sở sản xuất.", choices=communes(workspace)),
        column("address", 20, "Thôn, ấp, khu phố, đường."),
        column("phone", 13, "Điện thoại liên hệ của cơ sở, ghi cả số 0 ở đầu."),
        column("trade", 18, "Ngành nghề, sản phẩm chính."),
        column("need", 38, "Cơ sở cần hỗ trợ gì: máy móc, đào tạo nghề, hội chợ… Ghi như cơ sở nói.", is_needed=True),
        column("content", 28, "Bấm mũi tên để chọn nội dung phù hợp; chưa rõ thì để trống.", choices=contents),
    )


def communes(workspace: Workspace) -> tuple[str, ...]:
    """Return the communes of the office's province that stand today, by name; of every province where none is set."""
    today = date.today()
    units = [
        each for each in workspace.all(AdminUnit) if (each.valid_from or today) <= today <= (each.valid_to or today)
    ]
    province = workspace.find(AdminUnit, workspace.office.province_id)
    found = {
        each.name for each in units if each.parent_code and (province is None or each.parent_code == province.code)
    }
    return tuple(sorted(found, key=sort_key))
