"""Every size, margin and gap of an official paper, with the clause of NĐ 30/2020/NĐ-CP that sets it.

Numbers only. Clauses are those of Phụ lục I, Phần I unless another place is named; "Mục V" is its table of samples.
Where the decree gives a range, the range stands beside the value this program uses. What the decree leaves open is
marked "custom": offices' usual practice, free to change.
"""

from typing import Final

Range = tuple[float, float]

# Mục I.1-2: A4; landscape only for tables that are no annex of their own.
PAGE_WIDTH_MM: Final = 210.0
PAGE_HEIGHT_MM: Final = 297.0

# Mục I.3: distances from the edges of the sheet.
MARGIN_TOP_RANGE_MM: Final[Range] = (20.0, 25.0)
MARGIN_BOTTOM_RANGE_MM: Final[Range] = (20.0, 25.0)
MARGIN_LEFT_RANGE_MM: Final[Range] = (30.0, 35.0)
MARGIN_RIGHT_RANGE_MM: Final[Range] = (15.0, 20.0)
MARGIN_TOP_MM: Final = 20.0
MARGIN_BOTTOM_MM: Final = 20.0
MARGIN_LEFT_MM: Final = 30.0
MARGIN_RIGHT_MM: Final = 20.0

# Mục I.7 and Mục V.14: page number, centred in the top margin, hidden on the first page.
PAGE_NUMBER_RANGE_PT: Final[Range] = (13.0, 14.0)
PAGE_NUMBER_PT: Final = 14.0
PAGE_NUMBER_TOP_MM: Final = 10.0  # custom: from the edge of the sheet to the top of the figure

# Mục II.1: Quốc hiệu and Tiêu ngữ.
NATIONAL_NAME_RANGE_PT: Final[Range] = (12.0, 13.0)
NATIONAL_NAME_PT: Final = 12.0
MOTTO_RANGE_PT: Final[Range] = (13.0, 14.0)
MOTTO_PT: Final = 13.0

# Mục II.2: parent body and issuing body; the rule under it is 1/3 to 1/2 of the line.
PARENT_BODY_PT: Final = 12.0
ISSUING_BODY_PT: Final = 12.0
BODY_NAME_RANGE_PT: Final[Range] = (12.0, 13.0)
SHORT_RULE_RANGE: Final[Range] = (1 / 3, 1 / 2)
SHORT_RULE: Final = 0.42
SHORT_RULE_SAFE_RANGE: Final[Range] = (0.345, 0.485)  # clear of the bounds, whatever is rounded

# Mục II.3: number and symbol.
NUMBER_PT: Final = 13.0

# Mục II.4: place and date.
PLACE_DATE_RANGE_PT: Final[Range] = (13.0, 14.0)
PLACE_DATE_PT: Final = 13.0

# Mục II.5: kind of paper and subject.
KIND_RANGE_PT: Final[Range] = (13.0, 14.0)
KIND_PT: Final = 14.0
SUBJECT_PT: Final = 14.0
LETTER_SUBJECT_RANGE_PT: Final[Range] = (12.0, 13.0)
LETTER_SUBJECT_PT: Final = 12.0
LETTER_SUBJECT_GAP_PT: Final = 6.0  # under the number, in a công văn

# Mục II.6: bases, body, headings. Single spacing is what Times New Roman itself asks for (ascent, descent, line gap).
BODY_RANGE_PT: Final[Range] = (13.0, 14.0)
BODY_PT: Final = 14.0
FIRST_LINE_MM: Final = 10.0  # or 12.7
PARAGRAPH_GAP_MIN_PT: Final = 6.0
PARAGRAPH_GAP_PT: Final = 6.0
LINE_SPACING_RANGE: Final[Range] = (1.0, 1.5)
LINE_SPACING: Final = 1.0
SINGLE_LINE: Final = (1825 + 443 + 87) / 2048  # line height of Times New Roman and Tinos, in sizes
ASCENT: Final = 1825 / 2048

# Mục II.7: authority, post and name of the signer; the room between them is custom (signature and a 36 mm seal).
SIGNER_RANGE_PT: Final[Range] = (13.0, 14.0)
SIGNER_PT: Final = 14.0
SIGNATURE_ROOM_MM: Final = 24.0

# Mục II.9: addressees and recipients.
ADDRESSEE_PT: Final = 14.0
RECIPIENTS_WORD_PT: Final = 12.0
RECIPIENT_PT: Final = 11.0

# Mục III.1: annex.
ANNEX_WORD_PT: Final = 14.0
ANNEX_TITLE_PT: Final = 14.0
ANNEX_REFERENCE_PT: Final = 14.0

# Custom: the decree sets no size inside tables. 13 is used and lowered only as far as wide figures make it necessary.
TABLE_PT: Final = 13.0
TABLE_MIN_PT: Final = 8.0
CELL_PADDING_X_MM: Final = 1.4
CELL_PADDING_Y_MM: Final = 0.9
HANDWRITING_ROW_MM: Final = 8.0
UNIT_NOTE_GAP_PT: Final = 2.0
LINE_WIDTH_PT: Final = 0.5
RULE_WIDTH_PT: Final = 0.75
RULE_GAP_PT: Final = 2.5  # from the foot of the text to the rule under it
RULE_ROOM_PT: Final = 6.0  # height taken by a rule
HEAD_GAP_PT: Final = 4.0  # between the rule under the body's name and the number
TITLE_GAP_PT: Final = 22.0  # between the head and the kind of paper
BODY_START_GAP_PT: Final = 10.0  # between the rule under the subject and the text
SIGNATURE_GAP_PT: Final = 12.0
HEAD_LEFT_SHARE: Final = 0.42  # Phụ lục III gives 3829 : 5670 twips; here Quốc hiệu at 12 pt needs 89 of 160 mm
HEAD_COLUMN_GAP_PT: Final = 6.0
HEAD_RIGHT_MIN_MM: Final = 92.0
HEAD_RIGHT_MAX_MM: Final = 101.0
CENTRED_SHARE: Final = 0.88  # of the width: a centred title keeps clear of the margins
SAMPLE_MARK_PT: Final = 10.0
SAMPLE_MARK_GREY: Final = 0.6
SAMPLE_MARK_BOTTOM_MM: Final = 9.0

# Phần I, Mục II.7 and III: what must not stand alone.
SIGNATURE_MIN_LINES: Final = 2  # custom: lines of content on the page of the signature block
