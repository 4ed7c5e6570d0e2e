"""The type of each part of a paper: both renderers read it, Word gets one named style for each."""

from dataclasses import dataclass
from typing import Final

from kc_desktop.documents import decree30 as d
from kc_desktop.documents.paper import Align, HeadingLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """Size, face and place of one kind of line. `name` is its style name in Word."""

    name: str
    size_pt: float
    bold: bool = False
    italic: bool = False
    align: Align = Align.CENTER
    first_line_mm: float = 0.0
    space_before_pt: float = 0.0
    keep_with_next: bool = False

    @property
    def line_height_pt(self) -> float:
        """Return the distance from line to line, in points."""
        return self.size_pt * d.SINGLE_LINE * d.LINE_SPACING


def _centred(name: str, size_pt: float, *, bold: bool = False, italic: bool = False, before: float = 0.0) -> TextStyle:
    return TextStyle(name=name, size_pt=size_pt, bold=bold, italic=italic, space_before_pt=before, keep_with_next=True)


def _body(name: str, *, bold: bool = False, italic: bool = False, keep: bool = False) -> TextStyle:
    """Return a style of the text; headings are not justified, so that their words are not pulled apart."""
    return TextStyle(
        name=name,
        size_pt=d.BODY_PT,
        bold=bold,
        italic=italic,
        align=Align.LEFT if keep else Align.JUSTIFY,
        first_line_mm=d.FIRST_LINE_MM,
        space_before_pt=d.PARAGRAPH_GAP_PT,
        keep_with_next=keep,
    )


NATIONAL_NAME: Final = _centred("KC Quốc hiệu", d.NATIONAL_NAME_PT, bold=True)
MOTTO: Final = _centred("KC Tiêu ngữ", d.MOTTO_PT, bold=True)
PARENT_BODY: Final = _centred("KC Cơ quan chủ quản", d.PARENT_BODY_PT)
ISSUING_BODY: Final = _centred("KC Cơ quan ban hành", d.ISSUING_BODY_PT, bold=True)
NUMBER: Final = _centred("KC Số ký hiệu", d.NUMBER_PT, before=d.HEAD_GAP_PT)
LETTER_SUBJECT: Final = _centred("KC Trích yếu công văn", d.LETTER_SUBJECT_PT, before=d.LETTER_SUBJECT_GAP_PT)
PLACE_DATE: Final = _centred("KC Địa danh ngày tháng", d.PLACE_DATE_PT, italic=True, before=d.HEAD_GAP_PT)
KIND: Final = _centred("KC Tên loại", d.KIND_PT, bold=True, before=d.TITLE_GAP_PT)
SUBJECT: Final = _centred("KC Trích yếu", d.SUBJECT_PT, bold=True)
ADDRESSEE: Final = _centred("KC Kính gửi", d.ADDRESSEE_PT, before=d.PARAGRAPH_GAP_PT)
BASIS: Final = _body("KC Căn cứ", italic=True)
BODY: Final = _body("KC Lời văn")
PART_NUMBER: Final = _centred("KC Phần", d.BODY_PT, bold=True, before=d.PARAGRAPH_GAP_PT)
PART_TITLE: Final = _centred("KC Tiêu đề phần", d.BODY_PT, bold=True)
SECTION: Final = _body("KC Mục", bold=True, keep=True)
ARTICLE: Final = _body("KC Điều", bold=True, keep=True)
CLAUSE: Final = _body("KC Khoản", bold=True, keep=True)
POINT: Final = _body("KC Điểm", keep=True)
UNIT_NOTE: Final = TextStyle(
    name="KC Đơn vị tính",
    size_pt=d.TABLE_PT,
    italic=True,
    align=Align.RIGHT,
    space_before_pt=d.PARAGRAPH_GAP_PT,
    keep_with_next=True,
)
TABLE_HEAD: Final = TextStyle(name="KC Đầu bảng", size_pt=d.TABLE_PT, bold=True)
TABLE_CELL: Final = TextStyle(name="KC Ô bảng", size_pt=d.TABLE_PT, align=Align.LEFT)
SIGNER_POST: Final = _centred("KC Chức vụ người ký", d.SIGNER_PT, bold=True)
SIGNER_NOTE: Final = _centred("KC Chỉ dẫn ký", d.SIGNER_PT - 1, italic=True)
SIGNER_NAME: Final = TextStyle(name="KC Họ tên người ký", size_pt=d.SIGNER_PT, bold=True)
RECIPIENTS_WORD: Final = TextStyle(
    name="KC Nơi nhận", size_pt=d.RECIPIENTS_WORD_PT, bold=True, italic=True, align=Align.LEFT
)
RECIPIENT: Final = TextStyle(name="KC Danh sách nơi nhận", size_pt=d.RECIPIENT_PT, align=Align.LEFT)
ANNEX_WORD: Final = _centred("KC Phụ lục", d.ANNEX_WORD_PT, bold=True)
ANNEX_TITLE: Final = _centred("KC Tiêu đề phụ lục", d.ANNEX_TITLE_PT, bold=True)
ANNEX_REFERENCE: Final = _centred("KC Kèm theo", d.ANNEX_REFERENCE_PT, italic=True)
PAGE_NUMBER: Final = TextStyle(name="KC Số trang", size_pt=d.PAGE_NUMBER_PT)
SAMPLE_MARK: Final = TextStyle(name="KC Dữ liệu mẫu", size_pt=d.SAMPLE_MARK_PT)

ALL: Final[tuple[TextStyle, ...]] = tuple(value for value in dict(globals()).values() if isinstance(value, TextStyle))

HEADINGS: Final[dict[HeadingLevel, tuple[TextStyle, ...]]] = {
    HeadingLevel.PART: (PART_NUMBER, PART_TITLE),
    HeadingLevel.SECTION: (SECTION,),
    HeadingLevel.ARTICLE: (ARTICLE,),
    HeadingLevel.CLAUSE: (CLAUSE,),
    HeadingLevel.POINT: (POINT,),
}
