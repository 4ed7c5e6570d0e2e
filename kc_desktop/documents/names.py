"""Break the name of a body or a title where a person would break it.

Lines come out balanced, no syllable stands alone, words of two syllables and the name of a province stay whole.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

Measure = Callable[[str], float]

_LINE_COST: Final = 4.0
_LONELY_COST: Final = 60.0
_COMPOUND_COST: Final = 9.0
_GOOD_BREAK: Final = -2.5
_RAGGED_COST: Final = 12.0
_BAD_START_COST: Final = 9.0

# Words of two syllables that bodies, projects and meetings are named with.
_COMPOUND_LIST: Final = """
ủy ban | nhân dân | hội đồng | trung tâm | xúc tiến | đầu tư | thương mại | phát triển | công nghiệp |
công thương | khuyến công | tư vấn | hỗ trợ | doanh nghiệp | thành phố | nông thôn | nông nghiệp | môi trường |
tài nguyên | khoa học | công nghệ | kế hoạch | tài chính | chế biến | dịch vụ | hợp tác | tác xã | sản xuất |
trách nhiệm | hữu hạn | thành viên | cổ phần | công ty | quản lý | năng lượng | tiết kiệm | sáng tạo |
đổi mới | chuyển đổi | tỉnh ủy | văn phòng | chi nhánh | tiểu thủ | thủ công | mỹ nghệ | cộng tác | tác viên |
mạng lưới | tổng kết | hoạt động | triển khai | nhiệm vụ | chương trình | đề án | dự án | kinh phí | năm nay |
xây dựng | mô hình | trình diễn | kỹ thuật | máy móc | thiết bị | tiên tiến | ứng dụng | nâng cao | năng lực |
tổ chức | thực hiện | sản phẩm | tiêu biểu | cung cấp | thông tin | chính sách | duy trì | cơ sở | hiệp hội |
ngành hàng | làng nghề | truyền thống | gia công | cơ khí | kim loại | thực phẩm | xuất khẩu | nhập khẩu |
nội thất | đồ gỗ | gốm sứ | sơn mài | may mặc | công tác | ban quản | hộ kinh | kinh doanh | doanh nhân |
tư nhân | nhà nước | việt nam | địa phương | quốc gia | tổng hợp | kinh tế | hạ tầng | đô thị | xã hội |
giáo dục | đào tạo | lao động | thanh lý | hợp đồng | nghiệm thu | dự toán | đề nghị | báo cáo | kiểm tra | xác nhận |
thanh toán | tạm ứng | hoàn trả | quyết toán | phê duyệt | thẩm định | chứng từ | ngân sách | doanh thu | đơn vị |
thụ hưởng | khối lượng | số tiền | ghi chú
"""
_COMPOUNDS: Final = frozenset(pair.strip() for pair in _COMPOUND_LIST.split("|"))
_GOOD_STARTS: Final = frozenset(["và", "tỉnh", "thuộc", "của", "cho", "với", "tại", "về", "giai", "đối", "trong"])
_OF_DATES: Final = ("ngày", "tháng", "năm")
_PLACE_WORDS: Final = ("tỉnh", "thành phố", "huyện", "xã", "phường", "thị xã", "thị trấn", "đặc khu", "quận")
_MAX_PLACE_WORDS: Final = 6
_MAX_EXACT_LINES: Final = 16


def break_name(text: str, measure: Measure, max_width: float) -> tuple[str, ...]:
    """Return the lines of a name, each at most `max_width` wide as `measure` sees it (a single long word may be wider).

    The fewest lines are taken unless one more spares a break inside a word.
    """
    words = text.split()
    if not words:
        return ()
    if measure(" ".join(words)) <= max_width:
        return (" ".join(words),)
    costs = tuple(_break_cost(words, place) for place in range(1, len(words)))
    return _best_lines(words, costs, measure, max_width)


def rule_length(widths: Sequence[float], share: float, least: float, most: float) -> float:
    """Return the length of the rule under a name: `share` of the line.

    With several lines it is, where that can be, between `least` and `most` of both the last and the longest line.
    """
    longest, last = max(widths), widths[-1]
    low, high = longest * least, last * most
    wanted = longest * share
    return wanted if low > high else min(max(wanted, low), high)


def _best_lines(words: list[str], costs: Sequence[float], measure: Measure, max_width: float) -> tuple[str, ...]:
    count = len(words)
    widths = _line_widths(words, measure, max_width)
    greedy_lines = len(_greedy_cuts(count, widths))
    best: tuple[float, tuple[int, ...]] = (float("inf"), ())
    for lines in range(greedy_lines, min(greedy_lines + 1, _MAX_EXACT_LINES, count) + 1):
        cost, cuts = _split_into(lines, count, widths, costs, max_width)
        cost += lines * _LINE_COST
        if cost < best[0]:
            best = (cost, cuts)
    if not best[1]:
        return _greedy(words, widths)
    edges = (0, *best[1], count)
    return tuple(" ".join(words[start:end]) for start, end in itertools.pairwise(edges))


def _line_widths(words: list[str], measure: Measure, max_width: float) -> dict[tuple[int, int], float]:
    """Return the widths of all stretches of words that fit (single words even where they do not)."""
    widths: dict[tuple[int, int], float] = {}
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            width = measure(" ".join(words[start:end]))
            if width > max_width and end > start + 1:
                break
            widths[start, end] = width
    return widths


def _greedy_cuts(count: int, widths: dict[tuple[int, int], float]) -> list[int]:
    cuts, start = [], 0
    while start < count:
        end = start + 1
        while end < count and (start, end + 1) in widths:
            end += 1
        cuts.append(end)
        start = end
    return cuts


def _greedy(words: list[str], widths: dict[tuple[int, int], float]) -> tuple[str, ...]:
    edges = (0, *_greedy_cuts(len(words), widths))
    return tuple(" ".join(words[start:end]) for start, end in itertools.pairwise(edges))


def _split_into(
    lines: int, count: int, widths: dict[tuple[int, int], float], costs: Sequence[float], max_width: float
) -> tuple[float, tuple[int, ...]]:
    """Return the cheapest cuts into exactly so many lines, and their cost (infinite when there are none)."""
    target = widths.get((0, count), sum(widths[place, place + 1] for place in range(count))) / lines

    @cache
    def best_from(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return (_line_cost(start, count), ()) if (start, count) in widths else (float("inf"), ())
        best: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for end in range(start + 1, count - left + 2):
            if (start, end) not in widths:
                break
            rest, cuts = best_from(end, left - 1)
            cost = _line_cost(start, end) + costs[end - 1] + rest
            if cost < best[0]:
                best = (cost, (end, *cuts))
        return best

    def _line_cost(start: int, end: int) -> float:
        ragged = (widths[start, end] - target) / max_width
        return _RAGGED_COST * ragged * ragged + (_LONELY_COST if end - start == 1 else 0.0)

    return best_from(0, lines)


def _break_cost(words: Sequence[str], place: int) -> float:
    """Return what it costs to break before the word at `place`."""
    before, after = words[place - 1].casefold(), words[place].casefold()
    if _inside_place_name(words, place):
        return _COMPOUND_COST
    if before[-1] in ",;:.–-":
        return _GOOD_BREAK
    if after in ("-", "–", ",", "/"):
        return _BAD_START_COST
    if f"{before} {after}" in _COMPOUNDS:
        return _COMPOUND_COST
    if (before in _OF_DATES and after[0].isdigit()) or (before.isdigit() and after in _OF_DATES):
        return _COMPOUND_COST
    if before in ("và", "của", "các", "tại", "thuộc", "sở", "bộ", "cục", "số", "ngày", "năm", "xã", "huyện", "tỉnh"):
        return _BAD_START_COST / 2
    return _GOOD_BREAK if after in _GOOD_STARTS else 0.0


def _inside_place_name(words: Sequence[str], place: int) -> bool:
    """Tell whether a break here would cut "tỉnh Bà Rịa - Vũng Tàu" at the end of a name."""
    for start in range(max(0, place - _MAX_PLACE_WORDS), place):
        rest = " ".join(words[start:]).casefold()
        if len(words) - start <= _MAX_PLACE_WORDS and re.match(rf"(?:{'|'.join(_PLACE_WORDS)}) ", rest):
            return True
    return False
