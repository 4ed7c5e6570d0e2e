"""Administrative units: two levels since 01/7/2025, the communes of the office's province, names by the day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from kc_desktop.domain.office import Office
from kc_desktop.domain.people import AdminUnit
from kc_desktop.services import admin_units
from kc_desktop.services.workspace import Workspace

_TODAY = date(2026, 9, 1)
_BINH_DUONG_XA = (
    "Dầu Tiếng",
    "Minh Thạnh",
    "Long Hoà",
    "Thanh An",
    "Trừ Văn Thố",
    "Bàu Bàng",
    "Phú Giáo",
    "Phước Thành",
    "An Long",
    "Phước Hoà",
    "Bắc Tân Uyên",
    "Thường Tân",
)


def _province(workspace: Workspace, code: str) -> AdminUnit:
    found = admin_units.unit_on(workspace, code, _TODAY)
    assert found is not None
    return found


def _communes(workspace: Workspace, code: str) -> list[AdminUnit]:
    return [each for each in workspace.all(AdminUnit) if each.parent_code == code]


def test_a_new_file_has_34_provinces_of_which_7_are_cities_and_no_commune(empty: Workspace) -> None:
    on_the_day = [each for each in empty.all(AdminUnit) if not each.valid_to]
    assert Counter(each.kind for each in on_the_day) == {"tinh": 27, "thanh_pho": 7}
    assert len({each.code for each in empty.all(AdminUnit)}) == 34


def test_the_program_knows_3321_communes(empty: Workspace) -> None:
    codes = {each.code for each in empty.all(AdminUnit)}
    communes = [each for code in codes for each in admin_units.shipped_communes(code)]
    assert Counter(each.kind for each in communes) == {"xa": 2611, "phuong": 697, "dac_khu": 13}
    assert len({each.code for each in communes}) == 3321
    assert {each.valid_from for each in communes} == {date(2025, 7, 1)}


def test_thanh_pho_ho_chi_minh_has_168_communes_those_of_former_binh_duong_among_them(empty: Workspace) -> None:
    assert admin_units.install_communes(empty, "79") == 168
    communes = _communes(empty, "79")
    assert Counter(each.kind for each in communes) == {"phuong": 113, "xa": 54, "dac_khu": 1}
    names = {each.name for each in communes}
    assert {f"Xã {each}" for each in _BINH_DUONG_XA} <= names
    former = [each for each in communes if "25747" <= each.code <= "25987"]
    assert Counter(each.kind for each in former) == {"phuong": 24, "xa": 12}
    assert {each.name for each in former if each.kind == "xa"} == {f"Xã {each}" for each in _BINH_DUONG_XA}
    assert "Đặc khu Côn Đảo" in names


def test_the_communes_come_with_the_province_of_the_office_and_go_with_it(empty: Workspace) -> None:
    empty.save(Office(id=1, name="Trung tâm A", province_id=_province(empty, "79").id))
    assert len(_communes(empty, "79")) == 168
    assert empty.suggest("admin_unit", "thủ dầu một")[0][1] == "Phường Thủ Dầu Một"
    empty.undo()
    assert _communes(empty, "79") == []
    assert empty.office.province_id is None


def test_communes_are_put_in_only_once(empty: Workspace) -> None:
    admin_units.install_communes(empty, "04")
    assert admin_units.install_communes(empty, "04") == 0
    assert admin_units.install_communes(empty, "99") == 0
    assert empty.undo_label == "Nạp xã, phường của Tỉnh Cao Bằng"


def test_the_sample_has_communes_to_pick_from(sample: Workspace) -> None:
    assert sample.title_of("admin_unit", sample.office.province_id) == "Thành phố Hồ Chí Minh"
    assert len(_communes(sample, "79")) == 168


@pytest.mark.parametrize(
    ("on", "name", "kind"),
    [
        (date(2026, 4, 29), "Tỉnh Đồng Nai", "tinh"),
        (date(2026, 4, 30), "Thành phố Đồng Nai", "thanh_pho"),
    ],
)
def test_dong_nai_is_a_city_since_30_april_2026(empty: Workspace, on: date, name: str, kind: str) -> None:
    found = admin_units.unit_on(empty, "75", on)
    assert found is not None
    assert (found.name, found.kind) == (name, kind)
    assert admin_units.province_name(empty, "75", on) == name
    assert admin_units.province_id(empty, "75", on) == found.id


def test_a_unit_did_not_stand_before_its_first_day(empty: Workspace) -> None:
    assert admin_units.unit_on(empty, "79", date(2025, 6, 30)) is None
    assert admin_units.province_id(empty, "79", date(2025, 6, 30)) is None
    assert admin_units.province_name(empty, "79", date(2025, 6, 30)) == "Thành phố Hồ Chí Minh"


def test_an_address_names_the_commune_and_the_province_of_the_day(empty: Workspace) -> None:
    admin_units.install_communes(empty, "75")
    commune = _communes(empty, "75")[0]
    own = admin_units.in_sentence(commune.name)
    assert admin_units.address(empty, commune.id, date(2026, 4, 29)) == f"{own}, tỉnh Đồng Nai"
    assert admin_units.address(empty, commune.id, date(2026, 4, 30)) == f"{own}, thành phố Đồng Nai"
    assert admin_units.address(empty, None, _TODAY) == ""


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Xã Phú Giáo", "xã Phú Giáo"),
        ("Tỉnh Đồng Nai", "tỉnh Đồng Nai"),
        ("Thành phố Huế", "thành phố Huế"),
        ("Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Quận 1", "Quận 1"),
        ("Đặc khu Côn Đảo", "đặc khu Côn Đảo"),
    ],
)
def test_a_place_inside_a_sentence_keeps_its_capital_only_where_decree_30_says_so(name: str, written: str) -> None:
    assert admin_units.in_sentence(name) == written


def test_namesakes_are_told_apart_by_their_province_and_former_units_by_their_end(empty: Workspace) -> None:
    for code in ("01", "04"):
        admin_units.install_communes(empty, code)
    titles = {title for _id, title in empty.suggest("admin_unit", "hưng đạo")}
    assert titles == {"Xã Hưng Đạo – Thành phố Hà Nội", "Xã Hưng Đạo – Tỉnh Cao Bằng"}
    titles = {title for _id, title in empty.suggest("admin_unit", "đồng nai")}
    assert titles == {"Tỉnh Đồng Nai (đến 29/04/2026)", "Thành phố Đồng Nai"}


def test_provinces_stand_first_among_what_may_be_meant(empty: Workspace) -> None:
    admin_units.install_communes(empty, "79")
    kinds = {each.id: each.kind for each in empty.all(AdminUnit)}
    assert {kinds[found] for found, _title in empty.suggest("admin_unit", "")} == {"tinh"}
