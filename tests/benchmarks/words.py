"""Words that generated records are put together from: random combinations, no real persons, places or firms."""

from __future__ import annotations

import random

_FAMILY = (
    *("Nguyễn",) * 31,
    *("Trần",) * 11,
    *("Lê",) * 9,
    *("Phạm",) * 7,
    *("Huỳnh", "Hoàng", "Phan") * 4,
    *("Vũ", "Võ", "Đặng", "Bùi") * 3,
    *("Đỗ", "Hồ", "Ngô", "Dương", "Lý") * 2,
    *("Đinh", "Lâm", "Mai", "Trương", "Tạ", "Tô", "Châu", "Thạch", "Quách", "Lương", "Cao", "Hà"),
)  # fmt: skip
_MIDDLE_OF_WOMEN = ("Thị", "Thị", "Thị", "Ngọc", "Thanh", "Kim", "Thu", "Mỹ", "Thúy", "Hồng", "Thị Ngọc", "Thị Thu")
_MIDDLE_OF_MEN = ("Văn", "Văn", "Văn", "Hữu", "Đức", "Minh", "Quốc", "Công", "Đình", "Thanh", "Hoàng", "Văn Minh")
_GIVEN_OF_WOMEN = (
    "An", "Anh", "Ánh", "Bích", "Chi", "Dung", "Duyên", "Giang", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa", "Hòa", "Huệ",
    "Hương", "Lan", "Liên", "Linh", "Loan", "Mai", "Nga", "Ngân", "Nguyệt", "Nhung", "Oanh", "Phương", "Quyên", "Tâm",
    "Thảo", "Thơ", "Thủy", "Trang", "Trinh", "Tuyết", "Vân", "Xuân", "Yến",
)  # fmt: skip
_GIVEN_OF_MEN = (
    "An", "Ân", "Bảo", "Bình", "Cường", "Dũng", "Đạt", "Đông", "Được", "Hải", "Hậu", "Hiếu", "Hòa", "Hùng", "Huy",
    "Khánh", "Khoa", "Kiên", "Lâm", "Long", "Lộc", "Mẫn", "Minh", "Nam", "Nghĩa", "Nhàn", "Phong", "Phúc", "Quân",
    "Quý", "Sơn", "Tài", "Tấn", "Thành", "Thắng", "Thịnh", "Toàn", "Trí", "Tuấn", "Vinh", "Vũ", "Ý",
)  # fmt: skip
_PLACE_FIRST = (
    "An", "Bàu", "Bình", "Cẩm", "Châu", "Chánh", "Đại", "Đông", "Đức", "Hòa", "Hưng", "Khánh", "Lai", "Long", "Minh",
    "Mỹ", "Ngọc", "Ninh", "Phú", "Phước", "Quảng", "Sơn", "Tam", "Tân", "Tây", "Thạnh", "Thanh", "Thuận", "Tràm",
    "Trung", "Trường", "Vạn", "Việt", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
_PLACE_SECOND = (
    "An", "Bàng", "Cường", "Dương", "Đạo", "Điền", "Định", "Giang", "Hải", "Hậu", "Hiệp", "Hòa", "Hội", "Hưng", "Khê",
    "Lãnh", "Lâm", "Lập", "Lộc", "Lợi", "Mỹ", "Nghĩa", "Nguyên", "Phong", "Phú", "Phúc", "Phước", "Quới", "Sơn",
    "Thạnh", "Thành", "Thắng", "Thịnh", "Thọ", "Thới", "Thuận", "Tiến", "Trạch", "Uyên", "Xuân",
)  # fmt: skip
_TRADES = (
    ("gốm sứ mỹ nghệ", "máy nung tiết kiệm năng lượng", "b"),
    ("sơn mài", "buồng sơn khép kín", "dd"),
    ("chế biến gỗ", "máy cắt CNC", "b"),
    ("cơ khí chính xác", "máy tiện CNC", "d"),
    ("chế biến hạt điều", "máy phân loại màu", "a"),
    ("bánh tráng", "dây chuyền tráng và sấy", "a"),
    ("may mặc", "máy may lập trình", "b"),
    ("chế biến cao su", "hệ thống xử lý nước thải", "g"),
    ("mây tre đan", "máy chẻ nan", "dd"),
    ("vật liệu xây dựng không nung", "dây chuyền ép gạch", "c"),
    ("chế biến trái cây sấy", "máy sấy lạnh", "a"),
    ("nhựa gia dụng", "máy ép phun", "b"),
    ("điêu khắc gỗ", "máy chạm khắc vi tính", "dd"),
    ("chế biến cà phê", "máy rang tự động", "a"),
    ("giấy và bao bì", "máy in ống đồng", "b"),
)
_FIRM_FORMS = (
    ("Công ty TNHH", "doanh_nghiep"),
    ("Công ty TNHH Một thành viên", "doanh_nghiep"),
    ("Công ty TNHH Sản xuất và Thương mại", "doanh_nghiep"),
    ("Công ty Cổ phần", "doanh_nghiep"),
    ("Doanh nghiệp tư nhân", "doanh_nghiep"),
    ("Hợp tác xã", "hop_tac_xa"),
    ("Tổ hợp tác", "to_hop_tac"),
    ("Hộ kinh doanh", "ho_kinh_doanh"),
    ("Cơ sở", "ho_kinh_doanh"),
)
_SPOKEN = (
    "Tiến độ triển khai đề án còn chậm so với kế hoạch do đơn vị thụ hưởng chưa chủ động vốn đối ứng",
    "Đề nghị cộng tác viên cấp xã rà soát nhu cầu hỗ trợ máy móc, thiết bị của các cơ sở trên địa bàn",
    "Công tác tuyên truyền cần đổi mới, tăng tin bài trên truyền hình và trang thông tin điện tử",
    "Hồ sơ thanh toán phải đủ hợp đồng, biên bản nghiệm thu và hóa đơn theo quy định",
    "Cơ sở mong muốn được hỗ trợ tham gia hội chợ, trưng bày sản phẩm công nghiệp nông thôn tiêu biểu",
    "Thống nhất chuyển phần kinh phí chưa sử dụng sang đề án khác cùng nội dung hoạt động",
)
_POSTS = ("Trưởng phòng", "Phó phòng", "Chuyên viên", "Giám đốc", "Phó Giám đốc", "Chủ cơ sở", "Kế toán")


class Words:
    """Draws names, places, firms and sentences; the same seed draws the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, *choices: str) -> str:
        """Draw one of the choices."""
        return choices[int(self.random.random() * len(choices))]

    def person(self) -> tuple[str, str]:
        """Draw an honorific's code and a name."""
        if self.random.random() < 0.45:
            name = f"{self.pick(*_FAMILY)} {self.pick(*_MIDDLE_OF_WOMEN)} {self.pick(*_GIVEN_OF_WOMEN)}"
            return "ba", name
        return "ong", f"{self.pick(*_FAMILY)} {self.pick(*_MIDDLE_OF_MEN)} {self.pick(*_GIVEN_OF_MEN)}"

    def place(self) -> str:
        """Draw the name of a commune, without its kind."""
        return f"{self.pick(*_PLACE_FIRST)} {self.pick(*_PLACE_SECOND)}"

    def address(self) -> str:
        """Draw an address."""
        house = int(self.random.random() * 900) + 1
        return f"Số {house}, đường {self.place()}, {self.pick('xã', 'phường')} {self.place()}"

    def post(self) -> str:
        """Draw a post."""
        return self.pick(*_POSTS)

    def trade(self) -> tuple[str, str, str]:
        """Draw a trade, the machine it asks for, and the code of its group."""
        return _TRADES[int(self.random.random() * len(_TRADES))]

    def firm(self, trade: str) -> tuple[str, str]:
        """Draw the name of an establishment of a trade, and the code of its kind."""
        form, kind = _FIRM_FORMS[int(self.random.random() * len(_FIRM_FORMS))]
        words = trade.title() if self.random.random() < 0.5 else self.pick("Tân", "Đại", "Việt", "Hoàng", "Kim")
        return f"{form} {words} {self.place()}", kind

    def phone(self) -> str:
        """Draw the number of a mobile phone."""
        return f"09{int(self.random.random() * 10**8):08d}"

    def tax_code(self) -> str:
        """Draw a tax code of ten digits with a check digit that fits."""
        while True:
            digits = f"{int(self.random.random() * 10**9):09d}"
            weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
            check = 10 - sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11
            if check < 10:
                return f"{digits}{check}"

    def sentences(self, number: int) -> str:
        """Draw what somebody said."""
        return ". ".join(self.pick(*_SPOKEN) for _ in range(number)) + "."
