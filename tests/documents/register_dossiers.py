"""A register with a row of every state, as long as wanted."""

from __future__ import annotations

from datetime import date, timedelta

from kc_desktop.domain.paper import ENTERED, PaperRecord, RegisterDossier
from tests.documents import dossiers

_FIRST_DAY = date(2023, 1, 4)
_STATES = ("issued", "issued", "cancelled", "replaced", "reserved", "issued")


def register_dossier(rows: int = 6) -> RegisterDossier:
    """Return a register of the year 2023; every row after a replaced one replaces it."""
    return RegisterDossier(
        office=dossiers.meeting_dossier().office,
        year=2023,
        papers=tuple(_row(place + 1) for place in range(rows)),
        is_sample=True,
    )


def _row(number: int) -> PaperRecord:
    state = _STATES[(number - 1) % len(_STATES)]
    day = _FIRST_DAY + timedelta(days=number % 350)
    was_replaced = number > 1 and _STATES[(number - 2) % len(_STATES)] == "replaced"
    return PaperRecord(
        id=number,
        kind=ENTERED,
        number=number,
        symbol="BB-TTKC",
        series="BB",
        year=2023,
        dated=day,
        subject=f"Biên bản họp giao ban lần {number} về tiến độ thực hiện các đề án khuyến công",
        signer="Hồ Trần Hồng Ân",
        recipients="Sở Công Thương (để báo cáo)\nCác phòng\nLưu: VT, KC",
        state=state,
        kept_by="Văn thư",
        copies=number % 9 + 1,
        sent_on=day,
        receipt="Đã nhận",
        replaces_id=number - 1 if was_replaced else None,
        reason="sai nội dung kết luận 2" if state in ("cancelled", "replaced") else "",
    )
