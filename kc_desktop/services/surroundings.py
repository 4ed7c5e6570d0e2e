"""What around an open data file deserves a word: where it lies, who may write to it, and the clock of the PC.

None of it keeps anybody from working: these are cautions, told calmly and once, each with what to do instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kc_desktop.services.workspace import Workspace, this_user
from kc_desktop.storage import clock, places
from kc_desktop.storage.places import Kind, Place

_FIRST_YEAR, _LAST_YEAR = 2024, 2100
"""The program is younger than the first; a clock beyond the last has lost its battery or its mind."""

_SLACK = timedelta(minutes=10)
"""Two PCs that share a file never agree to the minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One thing to know: `message` says what is the case, `remedy` what to do.

    `key` tells the kinds apart. A lasting one is as true the next time, so that it can be put away for good; another
    comes back as long as it holds.
    """

    key: str
    message: str
    remedy: str
    is_lasting: bool = True


def cautions(workspace: Workspace, now: datetime | None = None) -> tuple[Caution, ...]:
    """Return everything to be told when a file has been opened."""
    found = (
        caution_of_place(workspace.path),
        caution_of_rights(workspace.path),
        caution_of_clock(workspace, now or _now()),
    )
    return tuple(each for each in found if each is not None)


def cautions_of(path: Path) -> tuple[Caution, ...]:
    """Return everything to be told of a file that nobody has opened yet. Raises KnownError when it cannot be opened."""
    workspace = Workspace.open(path)
    try:
        return cautions(workspace)
    finally:
        workspace.close()


def caution_of_place(path: Path) -> Caution | None:
    """Return what is to be said against a place for a data file, None for the PC's own disk."""
    place = places.place_of(path)
    return None if place is None else _in_words(place)


def _in_words(place: Place) -> Caution:
    if place.kind is Kind.CLOUD:
        return Caution(
            key="place",
            message=f"Tệp này nằm trong thư mục {place.name}. {place.name} chép tệp lên mạng cả khi chương trình đang "
            "ghi, nên có lúc sinh ra hai bản khác nhau hoặc mất phần vừa lưu.",
            remedy=f"Nên đóng tệp, chuyển về ổ đĩa của máy rồi mở ở đó; {place.name} chỉ để giữ bản sao lưu.",
        )
    if place.kind is Kind.PASSING:
        return Caution(
            key="place",
            message="Tệp này được mở thẳng từ tệp nén hoặc thư điện tử, nên nằm trong một thư mục tạm sẽ bị xóa.",
            remedy="Nên đóng tệp, lấy tệp .kcdb ra một thư mục trên ổ đĩa của máy rồi mở ở đó.",
            is_lasting=False,
        )
    return Caution(
        key="place",
        message=f"Tệp này nằm trên ổ mạng ({place.name}). Mạng đứt giữa lúc lưu có thể làm hỏng tệp, và có nơi hai "
        "máy không biết nhau đang cùng mở.",
        remedy="Nên đóng tệp, chuyển về ổ đĩa của máy rồi mở ở đó; ổ mạng chỉ để giữ bản sao lưu.",
    )


def caution_of_rights(path: Path) -> Caution | None:
    """Return a word about a file this account may only read, None when it may write or the file itself is marked."""
    if not places.lacks_rights(path):
        return None
    owner = places.owner_of(path)
    whose = f" của tài khoản {owner}" if owner else " này"
    return Caution(
        key="rights",
        message=f"Tài khoản {this_user().who} không có quyền ghi vào tệp{whose}, nên ở đây chỉ xem và in được.",
        remedy="Nhờ người giữ tệp hoặc cán bộ tin học cấp quyền ghi, hoặc chép tệp về thư mục của mình rồi mở bản đó.",
    )


def caution_of_clock(workspace: Workspace, now: datetime) -> Caution | None:
    """Return what is odd about the clock of the PC beside this file, None for a clock that may be right."""
    with workspace.reading() as connection:
        last = clock.changed_last_at(connection)
    shown = _moment_in_words(now)
    remedy = "Chỉnh lại ngày giờ của máy: ngày được điền sẵn và giờ ghi trong lịch sử đều lấy từ đồng hồ này."
    if not _FIRST_YEAR <= now.year <= _LAST_YEAR:
        return Caution(key="clock", message=f"Đồng hồ của máy đang chỉ {shown}.", remedy=remedy, is_lasting=False)
    if last is not None and now < last - _SLACK:
        return Caution(
            key="clock",
            message=f"Đồng hồ của máy đang chỉ {shown}, trước lần sửa gần nhất của tệp ({_moment_in_words(last)}).",
            remedy=f"{remedy} Nếu đồng hồ đúng thì lần sửa đó đã ghi bằng một đồng hồ sai, không cần làm gì.",
            is_lasting=False,
        )
    return None


def _now() -> datetime:
    return datetime.now().astimezone()


def _moment_in_words(moment: datetime) -> str:
    return f"{moment:%H:%M} ngày {moment.day}/{moment.month}/{moment.year}"
