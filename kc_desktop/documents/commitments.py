"""The two commitments of Mẫu số 1, Phụ lục 1 of TT 36/2013/TT-BCT.

Their wording is that of Điều 7 khoản 4 and 3 of TTLT 26/2014/TTLT-BTC-BCT, the conditions for support.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kc_desktop.documents.paper import Block, closed, para, sentence_end

COMMITMENTS: Final = (
    "Chưa được hỗ trợ từ bất kỳ nguồn kinh phí nào của Nhà nước cho cùng một nội dung chi được kinh phí khuyến công "
    "hỗ trợ",
    "Đã đầu tư vốn hoặc cam kết đầu tư đủ kinh phí thực hiện đề án đã được cấp có thẩm quyền phê duyệt (sau khi trừ số "
    "kinh phí được ngân sách nhà nước hỗ trợ)",
)


def final_commitments(committer: str) -> Iterable[Block]:
    """Yield "… cam kết:" and the numbered commitments as the last words of a paper."""
    yield para(f"{committer} cam kết:", keep_with_next=True)
    yield para(f"1. {sentence_end(COMMITMENTS[0], ';')}")
    yield para(f"2. {closed(COMMITMENTS[1])}")
