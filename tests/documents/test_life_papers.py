"""Papers of a project's life, from its appraisal to its settlement: what each holds, for 0, 1 and many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kc_desktop.documents import (
    acceptance,
    appraisal,
    catalogue,
    completion,
    double_support,
    liquidation,
    parties,
    payment_request,
    progress,
    settlement,
    vouchers,
)
from kc_desktop.documents.paper import CitizenHead, Orientation, Paper, StateHead, Table
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.project import Contract
from kc_desktop.domain.project_dossier import ProjectDossier
from tests.documents import dossiers
from tests.documents.reading import read_pdf
from tests.documents.test_project_papers import EMPTY

Build = Callable[[ProjectDossier], Paper]
LIFE = [kind for kind in catalogue.KINDS if kind.record == "projects" and kind.step != catalogue.PREPARING]


def table_with(paper: Paper, title: str) -> Table:
    """Return the first table that has a column of this title."""
    return next(
        block
        for block in paper.body
        if isinstance(block, Table) and any(column.title == title for column in block.columns)
    )


def column_of(table: Table, title: str, *, at: int = 0) -> list[str]:
    """Return the cells under a title; `at` picks one of several columns called so."""
    places = [place for place, column in enumerate(table.columns) if column.title == title]
    return [row.cells[places[at]] for row in table.rows]


def with_money(money: Amounts, *, granted: int = 200_000_000) -> ProjectDossier:
    given = dossiers.running_dossier()
    return replace(given, money=money, project=replace(given.project, approved_vnd=granted))


@pytest.mark.parametrize("kind", LIFE, ids=[kind.key for kind in LIFE])
def test_an_empty_project_prints_as_a_form_to_fill_in_by_hand(kind: catalogue.PaperKind) -> None:
    paper = kind.build(EMPTY)
    text = plain_text(paper)
    assert "None" not in text
    assert "………" in text
    assert read_pdf(render_pdf(paper, bundled_font=True)).pages


@pytest.mark.parametrize("kind", LIFE, ids=[kind.key for kind in LIFE])
def test_wide_forms_lie_across_and_minutes_stand_upright(kind: catalogue.PaperKind) -> None:
    across = {"completion-report", "settlement-detail", "voucher-list", "double-support-evidence"}
    for paper in (kind.build(dossiers.running_dossier()), *kind.build(dossiers.running_dossier()).followed_by):
        assert (paper.orientation is Orientation.LANDSCAPE) == (kind.key in across)


# --- the appraisal form ---


def test_the_appraisal_form_is_the_departments_paper_with_the_five_matters_of_the_circular() -> None:
    paper = appraisal.build(dossiers.running_dossier())
    assert isinstance(paper.head, StateHead)
    assert paper.head.parent == "Ủy ban nhân dân tỉnh Bình Dương"
    assert paper.head.body == "Sở Công Thương tỉnh Bình Dương"
    assert (paper.head.number, paper.head.place_date) == ("Số: 15/PTĐ-SCT", "Bình Dương, ngày 20 tháng 3 năm 2023")
    assert column_of(table_with(paper, "Nội dung thẩm định"), "Nội dung thẩm định") == list(appraisal.CRITERIA)
    text = plain_text(paper)
    assert "Mức hỗ trợ đề nghị: 200.000.000 đồng (Bằng chữ: Hai trăm triệu đồng)." in text
    assert "49/QĐ-SCT" not in text, "the decision comes after the appraisal"


def test_the_papers_before_the_appraisers_are_listed_as_received_or_not() -> None:
    table = table_with(appraisal.build(dossiers.running_dossier()), "Giấy tờ")
    assert column_of(table, "Giấy tờ") == [
        "Công văn đề nghị của đơn vị thực hiện",
        "Đơn đề nghị hỗ trợ của đơn vị thụ hưởng",
        "Tài liệu khác theo Phụ lục 2 (nếu có)",
    ]
    assert column_of(table, "Ngày nhận") == ["01/03/2023", "Chưa có", ""]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_form_on_each_beneficiary_follows_the_form_on_the_project(number: int) -> None:
    paper = appraisal.build(dossiers.running_dossier(beneficiaries=number))
    assert [each.title.subject for each in paper.followed_by] == [
        f"Đơn vị thụ hưởng: Cơ sở {place:02d}" for place in range(3, 3 + number)
    ]
    for each in paper.followed_by:
        assert column_of(table_with(each, "Điều kiện"), "Điều kiện") == list(appraisal.CONDITIONS)


def test_warnings_about_limits_stand_in_the_conclusion() -> None:
    warned = replace(dossiers.running_dossier(), warnings=("Mức tối đa 150.000.000 đồng, đề án ghi 200.000.000 đồng",))
    assert "- Mức tối đa 150.000.000 đồng, đề án ghi 200.000.000 đồng." in plain_text(appraisal.build(warned))


@pytest.mark.parametrize(
    ("body", "committee"),
    [
        ("Sở Công Thương tỉnh Bà Rịa - Vũng Tàu", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu"),
        ("Sở Công Thương Thành phố Hồ Chí Minh", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("Sở Công Thương", "Ủy ban nhân dân ………"),
        ("", "Ủy ban nhân dân ………"),
    ],
)
def test_the_committee_over_a_department_is_that_of_its_province(body: str, committee: str) -> None:
    given = dossiers.running_dossier()
    head = appraisal.build(replace(given, office=replace(given.office, parent_name=body))).head
    assert isinstance(head, StateHead)
    assert head.parent == committee


# --- progress and completion ---


def test_the_progress_report_is_that_of_the_latest_month_with_the_months_before_it() -> None:
    paper = progress.build(dossiers.running_dossier(months=3))
    assert paper.title.subject == "Tiến độ thực hiện đề án khuyến công tháng 8 năm 2023"
    assert isinstance(paper.head, StateHead)
    assert paper.head.place_date == "Bình Dương, ngày 18 tháng 9 năm 2023"
    table = table_with(paper, "Tháng")
    assert column_of(table, "Tháng") == ["6/2023", "7/2023", "8/2023"]
    assert column_of(table, "Báo cáo") == ["20 %", "40 %", "60 %"]
    assert column_of(table, "Xác nhận") == ["17,5 %", "37,5 %", "57,5 %"]
    text = plain_text(paper)
    assert "đã thực hiện: 60 %; kiểm tra thực tế xác nhận 57,5 % (ngày 22 tháng 9 năm 2023)." in text
    assert "Thiết bị về chậm so với kế hoạch." in text


def test_a_month_nobody_checked_says_only_what_was_reported() -> None:
    given = dossiers.running_dossier(months=1)
    (month,) = given.progress
    unchecked = replace(month, verified_percent=None, verified_on=None, verified_by="", reported_percent=Decimal("7.5"))
    text = plain_text(progress.build(replace(given, progress=(unchecked,))))
    assert "Khối lượng công việc đã thực hiện: 7,5 %.\n" in text


@pytest.mark.parametrize("build", [progress.build, completion.build])
def test_reports_go_to_who_pays_and_of_national_projects_to_the_department_too(build: Build) -> None:
    local = dossiers.running_dossier()
    national = replace(local, project=replace(local.project, source="KCQG"), payer="Cục quản lý khuyến công")
    assert build(local).addressees == ("Sở Công Thương tỉnh Bình Dương",)
    assert build(national).addressees == (
        "Cục quản lý khuyến công",
        "Sở Công Thương tỉnh Bình Dương",
    )


@pytest.mark.parametrize("build", [progress.build, completion.build])
def test_the_department_confirms_beside_the_office(build: Build) -> None:
    signatures = build(dossiers.running_dossier()).signatures
    assert signatures is not None
    signers = signatures.signers
    assert signers[0].post == ("XÁC NHẬN CỦA SỞ CÔNG THƯƠNG TỈNH BÌNH DƯƠNG",)
    assert signers[1].name == "Trương Thanh Nhàn"


def test_the_completion_report_sets_room_for_what_was_done_beside_the_estimate() -> None:
    paper = completion.build(dossiers.running_dossier(lines=2))
    table = table_with(paper, "Nội dung chi")
    assert [column.group for column in table.columns].count("Kinh phí thực hiện") == 4
    assert column_of(table, "Khuyến công") == ["100", "100", "200"]
    assert column_of(table, "Khuyến công", at=1) == ["", "", ""]
    assert "đề nghị tạm ứng, thanh toán: 100.000.000 đồng (Bằng chữ: Một trăm triệu đồng)." in plain_text(paper)


def _with_work_done(given: ProjectDossier) -> ProjectDossier:
    million = 1_000_000
    first, *rest = given.estimate
    done = replace(
        first,
        done_quantity=Decimal("1.5"),
        done_support_vnd=80 * million,
        done_own_vnd=90 * million,
        done_other_vnd=5 * million,
    )
    return replace(given, estimate=(done, *rest))


def test_what_was_done_and_what_it_cost_stands_on_every_paper_that_asks_for_it() -> None:
    given = _with_work_done(dossiers.running_dossier(lines=2))
    table = table_with(completion.build(given), "Nội dung chi")
    assert column_of(table, "Thực hiện") == ["1,5", "", ""]
    assert [column_of(table, "Tổng", at=1), column_of(table, "Khuyến công", at=1)] == [
        ["175", "", "175"],
        ["80", "", "80"],
    ]
    settled = table_with(settlement.build(given), "Nội dung chi")
    assert column_of(settled, "Đơn vị thụ hưởng", at=1) == ["90", "", "90"]
    work = table_with(progress.build(given), "Nội dung công việc")
    assert [column_of(work, "Đã thực hiện"), column_of(work, "Đã thực hiện", at=1)] == [
        ["1,5", "", ""],
        ["175", "", "175"],
    ]
    minutes = acceptance.build(given)
    assert column_of(table_with(minutes, "Thực tế nghiệm thu"), "Thực tế nghiệm thu") == ["1,5", ""]
    assert column_of(table_with(minutes, "Nguồn kinh phí"), "Thực hiện đến ngày nghiệm thu") == ["80", "90", "5", "175"]


def test_the_results_of_every_beneficiary_stand_before_and_after() -> None:
    table = table_with(completion.build(dossiers.running_dossier(beneficiaries=3)), "Sản phẩm mới")
    assert column_of(table, "Đơn vị thụ hưởng") == ["Cơ sở 03", "Cơ sở 04", "Cơ sở 05"]
    assert table.rows[0].cells[2:7] == ("45", "52", "30.500", "36.000", "410")


# --- acceptance ---


@pytest.mark.parametrize("number", [0, 1, 3])
def test_each_beneficiary_has_acceptance_minutes_of_its_own(number: int) -> None:
    paper = acceptance.build(dossiers.running_dossier(beneficiaries=number))
    assert len((paper, *paper.followed_by)) == max(1, number)
    assert isinstance(paper.head, CitizenHead)
    assert "Hôm nay, ngày 20 tháng 11 năm 2023, tại Xã 01, tỉnh Bình Dương, chúng tôi gồm:" in plain_text(paper)


def test_every_party_of_the_acceptance_is_named_and_signs() -> None:
    paper = acceptance.build(dossiers.running_dossier())
    assert paper.signatures is not None
    assert [signer.post[1] for signer in paper.signatures.signers] == [
        "SỞ CÔNG THƯƠNG TỈNH BÌNH DƯƠNG",
        "PHÒNG KINH TẾ",
        "ỦY BAN NHÂN DÂN XÃ",
        "TRUNG TÂM XÚC TIẾN ĐẦU TƯ, THƯƠNG MẠI VÀ PHÁT TRIỂN CÔNG NGHIỆP",
        "CƠ SỞ 03",
    ]
    assert [len(row) for row in paper.signatures.rows] == [3, 2]
    text = plain_text(paper)
    assert "5. Đại diện Cơ sở 03\n- Ông (bà): Đại diện 03; chức vụ: Giám đốc\n" in text


@pytest.mark.parametrize(
    ("post", "written"),
    [
        ("PHÓ GIÁM ĐỐC", "Phó Giám đốc"),
        ("GIÁM ĐỐC", "Giám đốc"),
        ("Phó Trưởng phòng", "Phó Trưởng phòng"),
        ("", "………………"),
    ],
)
def test_a_post_is_written_in_the_text_as_the_text_does(post: str, written: str) -> None:
    assert parties.person_line("Người ký 01", post).endswith(f"chức vụ: {written}")


def test_a_committee_nobody_wrote_down_gets_a_dotted_place() -> None:
    given = dossiers.running_dossier()
    paper = acceptance.build(replace(given, project=replace(given.project, partners="Phòng Kinh tế")))
    assert "3. Đại diện Ủy ban nhân dân xã, phường ………\n" in plain_text(paper)


def test_the_estimate_is_checked_line_by_line_at_the_only_place_and_by_hand_at_several() -> None:
    only = table_with(acceptance.build(dossiers.running_dossier()), "Thực tế nghiệm thu")
    several = table_with(acceptance.build(dossiers.running_dossier(beneficiaries=2)), "Thực tế nghiệm thu")
    assert column_of(only, "Nội dung") == [f"Máy gia công gỗ số {place:02d}" for place in range(1, 5)]
    assert not any(column_of(several, "Nội dung"))
    assert several.for_handwriting


def test_minutes_cite_the_decision_and_the_contract_with_that_beneficiary() -> None:
    papers = acceptance.build(dossiers.running_dossier(beneficiaries=2))
    for place, paper in enumerate((papers, *papers.followed_by), start=3):
        assert paper.basis_lines[-2:] == (
            "Căn cứ Quyết định số 49/QĐ-SCT ngày 30 tháng 3 năm 2023;",
            f"Căn cứ Hợp đồng số {place:02d}/HĐ-KC ngày 20 tháng 4 năm 2023.",
        )


# --- liquidation ---


def test_the_liquidation_names_contract_sides_and_what_is_left_to_pay() -> None:
    paper = liquidation.build(dossiers.running_dossier())
    assert isinstance(paper.head, StateHead)
    assert paper.head.number == "Số: 03/BB-TTXT"
    assert paper.head.place_date == "", "minutes have no place-and-date line"
    assert column_of(table_with(paper, "Số tiền"), "Số tiền") == ["400", "200", "50", "50", "0", "100"]
    text = plain_text(paper)
    assert "Hai bên thống nhất thanh lý Hợp đồng số 03/HĐ-KC ngày 20 tháng 4 năm 2023 như sau:" in text
    assert "Bằng chữ: Một trăm triệu đồng." in text
    assert "Căn cứ Biên bản nghiệm thu cơ sở ngày 20 tháng 11 năm 2023." in text


def test_each_contract_is_liquidated_and_what_the_ledger_cannot_tell_apart_is_left_open() -> None:
    paper = liquidation.build(dossiers.running_dossier(beneficiaries=3))
    assert len(paper.followed_by) == 2
    for each in (paper, *paper.followed_by):
        assert column_of(table_with(each, "Số tiền"), "Số tiền") == ["400", "200", "", "", "", ""]
        assert "Bằng chữ: …" in plain_text(each)


def test_a_contract_of_three_sides_is_signed_by_three() -> None:
    given = dossiers.running_dossier()
    (contract,) = given.contracts
    paper = liquidation.build(replace(given, contracts=(replace(contract, party="Cục quản lý khuyến công"),)))
    assert paper.signatures is not None
    assert [signer.note for signer in paper.signatures.signers] == [
        "(Cục quản lý khuyến công)",
        f"({given.office.name})",
        "(Cơ sở 03)",
    ]
    assert "Các bên thống nhất thanh lý" in plain_text(paper)


def test_money_paid_beyond_the_contract_must_come_back() -> None:
    table = table_with(liquidation.build(with_money(Amounts(advanced_vnd=250_000_000))), "Số tiền")
    assert table.rows[-1].cells[1:] == ("Phải hoàn trả", "50")


def test_a_contract_with_somebody_who_assigns_the_work_has_the_office_as_its_other_side() -> None:
    given = dossiers.running_dossier()
    assigned = Contract(number="07/HĐ-CT", signed_on=date(2023, 4, 1), party="Cục quản lý khuyến công")
    paper = liquidation.build(replace(given, contracts=(*given.contracts, assigned))).followed_by[0]
    assert "Bên A: Cục quản lý khuyến công\n" in plain_text(paper)
    assert f"Bên B: {given.office.name}\n" in plain_text(paper)
    assert column_of(table_with(paper, "Số tiền"), "Số tiền")[1:3] == ["200", "50"]


# --- payment, settlement, vouchers ---


def test_the_request_asks_for_what_is_granted_and_has_not_gone_out() -> None:
    paper = payment_request.build(with_money(Amounts(advanced_vnd=120_000_000, refunded_vnd=20_000_000)))
    assert table_with(paper, "Kinh phí được duyệt").rows[0].cells[2:7] == ("200", "120", "0", "20", "100")
    assert "đề nghị thanh toán: 100.000.000 đồng (Bằng chữ: Một trăm triệu đồng)." in plain_text(paper)


def test_the_request_never_asks_for_less_than_nothing() -> None:
    text = plain_text(payment_request.build(with_money(Amounts(advanced_vnd=201_000_000))))
    assert "đề nghị thanh toán: 0 đồng (Bằng chữ: Không đồng)." in text
    assert "phải hoàn trả: 1.000.000 đồng (Bằng chữ: Một triệu đồng)." in text


def test_several_beneficiaries_have_a_row_each_over_the_projects_total() -> None:
    table = table_with(payment_request.build(dossiers.running_dossier(beneficiaries=3)), "Kinh phí được duyệt")
    assert [row.cells[1] for row in table.rows] == ["Cơ sở 03", "Cơ sở 04", "Cơ sở 05", "Tổng cộng"]
    assert table.rows[-1].cells[2:7] == ("200", "50", "50", "0", "100")


def test_the_settlement_takes_the_ledgers_settled_sum_and_before_that_what_was_disbursed() -> None:
    before = settlement.build(with_money(Amounts(advanced_vnd=70_000_000, paid_vnd=30_000_000)))
    after = settlement.build(with_money(Amounts(advanced_vnd=70_000_000, paid_vnd=30_000_000, settled_vnd=90_000_000)))
    assert column_of(table_with(before, "Nội dung chi"), "Khuyến công", at=1)[-1] == "100"
    assert column_of(table_with(after, "Nội dung chi"), "Khuyến công", at=1)[-1] == "90"
    assert "đề nghị quyết toán: 90.000.000 đồng (Bằng chữ: Chín mươi triệu đồng)." in plain_text(after)


def test_the_settlements_estimate_adds_up() -> None:
    table = table_with(settlement.build(dossiers.running_dossier(lines=5)), "Nội dung chi")
    assert column_of(table, "Khuyến công") == [*["40"] * 5, "200"]
    assert column_of(table, "Tổng") == [*["80"] * 5, "400"]


def test_vouchers_are_the_ledgers_entries_and_a_refund_counts_against_them() -> None:
    given = dossiers.running_dossier(vouchers=2)
    back = FundEntry(id=9, happened_on=date(2023, 12, 1), kind="refund", amount_vnd=20_000_000, document="GNT 01")
    settled = FundEntry(id=10, happened_on=date(2024, 1, 5), kind="settlement", amount_vnd=80_000_000)
    money = Amounts(advanced_vnd=50_000_000, paid_vnd=50_000_000, refunded_vnd=20_000_000)
    paper = vouchers.build(replace(given, entries=(*given.entries, back, settled), money=money))
    table = table_with(paper, "Đơn vị nhận")
    assert column_of(table, "Số chứng từ") == ["UNC 01", "UNC 02", "GNT 01", ""]
    assert column_of(table, "Số tiền") == ["50", "50", "-20", "80"]
    assert "đề nghị quyết toán: 80.000.000 đồng (Bằng chữ: Tám mươi triệu đồng)." in plain_text(paper)


def test_the_list_with_other_sources_follows_only_where_others_pay() -> None:
    given = dossiers.running_dossier()
    alone = replace(given, project=replace(given.project, own_vnd=0, other_vnd=0))
    assert vouchers.build(alone).followed_by == ()
    (whole,) = vouchers.build(given).followed_by
    assert "Đóng góp của đơn vị thụ hưởng theo đề án: 200.000.000 đồng" in plain_text(whole)
    assert "Nguồn khác theo đề án" not in plain_text(whole)
    assert column_of(table_with(whole, "Khuyến công"), "Khuyến công") == ["50", "50", *[""] * 5, "100"]


def test_headers_come_again_and_rows_stay_whole_over_many_pages_of_vouchers() -> None:
    pdf = read_pdf(render_pdf(vouchers.build(dossiers.running_dossier(vouchers=60)), bundled_font=True))
    listed = [page for page in pdf.pages if page.rects]
    assert len(listed) > 4
    for page in listed:
        assert page.stream_text.count("Sốchứngtừ") == 1
        assert max(bottom for *_, bottom in page.rects) <= page.height_mm - 20 + 0.1


@pytest.mark.parametrize("lines", range(18, 40))
def test_a_total_is_never_the_only_row_on_a_page(lines: int) -> None:
    pdf = read_pdf(render_pdf(progress.build(dossiers.running_dossier(lines=lines)), bundled_font=True))
    (page,) = [page for page in pdf.pages if any("Tổng cộng" in line.text for line in page.lines)]
    assert any("Máy gia công gỗ số" in line.text for line in page.lines)


# --- double support ---


def test_the_evidence_names_the_other_projects_with_contracts_and_vouchers() -> None:
    paper = double_support.build(dossiers.doubly_supported_dossier(2))
    table = table_with(paper, "Được duyệt")
    assert column_of(table, "Quyết định") == ["01/QĐ-BCT ngày 01/02/2023", "02/QĐ-BCT ngày 01/02/2023"]
    assert column_of(table, "Được duyệt") == ["150", "150"]
    proofs = table_with(paper, "Chứng cứ")
    assert [row.cells[0] for row in proofs.rows if row.spans] == [
        "Hỗ trợ ứng dụng máy móc thiết bị 01",
        "Hỗ trợ ứng dụng máy móc thiết bị 02",
    ]
    assert ("Hợp đồng", "01/HĐ-QG", "01/03/2023", "150") in [row.cells for row in proofs.rows]
    assert ("Tạm ứng: Cơ sở 03", "UNC 01", "16/06/2023", "105") in [row.cells for row in proofs.rows]


def test_no_double_support_is_said_in_words() -> None:
    text = plain_text(double_support.build(dossiers.running_dossier()))
    assert "Không thấy đề án nào khác đã hỗ trợ cùng nội dung" in text
