"""What a council votes on as a grid: an item a row, a member a column, the count at the end."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from kc_desktop.domain.council import CAME, Ballot, CouncilDossier, CountedItem
from kc_desktop.domain.meeting import AttendeeDetail
from ui import theme

Index = QModelIndex | QPersistentModelIndex
_SHORT = {"yes": "Đồng ý", "no": "Không", "abstain": "Ý kiến khác"}
_COMMENTED = "✎"
_SHORT_NAME = 13
_RESULT = {
    ("vote", True): "Thông qua",
    ("vote", False): "Không thông qua",
    ("score", True): "Đạt",
    ("score", False): "Chưa đạt",
}


def number_text(value: Decimal | None) -> str:
    """Return a score as people write it: "8,5"; "" for none."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


class BallotModel(QAbstractTableModel):
    """Rows are items; between their title and their count a column for each member."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[CountedItem, ...] = ()
        self.members: tuple[AttendeeDetail, ...] = ()
        self._ballots: dict[tuple[int, int], Ballot] = {}

    def show_council(self, council: CouncilDossier | None, members: tuple[AttendeeDetail, ...]) -> bool:
        """Show a council; return whether rows or columns came or went (else only cells changed)."""
        items = council.items if council is not None else ()
        same = [each.item.id for each in items] == [each.item.id for each in self.items] and [
            each.attendee.id for each in members
        ] == [each.attendee.id for each in self.members]
        if not same:
            self.beginResetModel()
        self.items, self.members = items, members
        self._ballots = {(each.vote_item_id, each.attendee_id): each for item in items for each in item.ballots}
        if not same:
            self.endResetModel()
        elif items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(items) - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        return not same

    def item_at(self, row: int) -> CountedItem | None:
        """Return the item of a row."""
        return self.items[row] if 0 <= row < len(self.items) else None

    def member_at(self, column: int) -> AttendeeDetail | None:
        """Return the member of a column, None for one that is nobody's."""
        return self.members[column - 1] if 1 <= column <= len(self.members) else None

    def ballot(self, item: CountedItem, member: AttendeeDetail) -> Ballot | None:
        """Return what a member gave on an item."""
        return self._ballots.get((item.item.id, member.attendee.id))

    def may_vote(self, member: AttendeeDetail) -> bool:
        """Whether a member is there, or has somebody named in their place."""
        return not why_not(member)

    # overrides

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.members) + 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        counted = self.item_at(index.row())
        if counted is None:
            return None
        member = self.member_at(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(counted, index.column(), member)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() > len(self.members):
            return _pass_words(counted) or self._text(counted, index.column(), member)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(counted, index.column(), member)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(counted, index.column(), member)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        member = self.member_at(section)
        if role == Qt.ItemDataRole.ToolTipRole and member is not None:
            return why_not(member) or f"{member.person.name}: {member.attendee.council_role}"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if member is None:
            return {0: "Nội dung", len(self.members) + 1: "Kiểm phiếu", len(self.members) + 2: "Kết quả"}.get(section)
        who = (member.delegate or member.person).name
        return f"{_in_two_lines(who)}\n{'(dự thay)' if member.delegate is not None else member.attendee.council_role}"

    # private

    def _text(self, counted: CountedItem, column: int, member: AttendeeDetail | None) -> str:
        if member is not None:
            ballot = self.ballot(counted, member)
            if not self.may_vote(member):
                return "vắng" if member.attendee.state not in CAME else "–"
            if ballot is None:
                return ""
            words = number_text(ballot.score) if counted.item.kind == "score" else _SHORT.get(ballot.answer, "")
            return f"{words} {_COMMENTED}".strip() if ballot.comment else words
        if column == 0:
            return counted.item.title
        tally = counted.tally
        if column == len(self.members) + 2:
            return _RESULT.get((counted.item.kind, bool(tally.is_passed)), "") if tally.is_passed is not None else ""
        if counted.item.kind == "score":
            given = sum(each.score is not None for each in counted.ballots)
            average = f" · TB {number_text(tally.average)}" if tally.average is not None else ""
            return f"{given}/{tally.members}{average}"
        others = "".join(
            f" · {number} {word}" for number, word in ((tally.no, "không"), (tally.abstain, "khác")) if number
        )
        return f"{tally.yes}/{tally.members} đồng ý{others}"

    def _tip(self, counted: CountedItem, column: int, member: AttendeeDetail | None) -> str:
        if member is None:
            return self._text(counted, column, member)
        ballot = self.ballot(counted, member)
        said = f"Nhận xét: {ballot.comment}" if ballot is not None and ballot.comment else ""
        return why_not(member) or said or self._text(counted, column, member)

    def _ink(self, counted: CountedItem, column: int, member: AttendeeDetail | None) -> QColor | None:
        colours = theme.colours()
        if member is not None:
            ballot = self.ballot(counted, member)
            if not self.may_vote(member):
                return QColor(colours.muted)
            return QColor(colours.problem) if ballot is not None and ballot.answer == "no" else None
        if column == len(self.members) + 2 and counted.tally.is_passed is False:
            return QColor(colours.late)
        return None


def _pass_words(counted: CountedItem) -> str:
    if counted.item.pass_at is None:
        return ""
    unit = "điểm trung bình" if counted.item.kind == "score" else "% số thành viên có mặt đồng ý"
    return f"Đạt từ {number_text(counted.item.pass_at)} {unit}"


def _in_two_lines(name: str) -> str:
    """Return a name that is too long for its column broken before its last words."""
    if len(name) <= _SHORT_NAME or " " not in name:
        return name
    middle = len(name) // 2
    place = min((at for at, letter in enumerate(name) if letter == " "), key=lambda at: abs(at - middle))
    return f"{name[:place]}\n{name[place + 1 :]}"


def why_not(member: AttendeeDetail) -> str:
    """Return why a member cannot vote, "" when they can."""
    if member.attendee.state not in CAME:
        return f"{member.person.name} chưa được điểm danh có mặt: đánh dấu ở phần Thành phần."
    if member.attendee.state == "delegate" and member.delegate is None:
        return f"Chưa ghi ai dự thay {member.person.name}: ghi ở phần Thành phần."
    return ""
