"""The verdict on an establishment of the file: its commune and province as they stood on the day."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import AdminUnit
from kc_desktop.domain.project import Project, ProjectBeneficiary
from kc_desktop.services import admin_units, eligibility
from kc_desktop.services.workspace import Workspace

NEW = date(2025, 10, 15)
FORMER_BINH_DUONG = (
    *("Xã Dầu Tiếng", "Xã Minh Thạnh", "Xã Long Hoà", "Xã Thanh An", "Xã Trừ Văn Thố", "Xã Bàu Bàng", "Xã Phú Giáo"),
    *("Xã Phước Thành", "Xã An Long", "Xã Phước Hoà", "Xã Bắc Tân Uyên", "Xã Thường Tân"),
)


def _household(workspace: Workspace, commune: AdminUnit) -> Establishment:
    return workspace.save(Establishment(name=f"Cơ sở ở {commune.name}", kind="ho_kinh_doanh", commune_id=commune.id))


def test_the_communes_of_former_binh_duong_stay_in_and_the_wards_of_the_city_fall_out(empty: Workspace) -> None:
    admin_units.install_communes(empty, "79")
    communes = empty.children(AdminUnit, parent_code="79")
    kept = {each.name for each in communes if each.name in FORMER_BINH_DUONG}
    assert kept == set(FORMER_BINH_DUONG)
    for each in (*(each for each in communes if each.name in FORMER_BINH_DUONG), communes[0]):
        verdict = eligibility.verdict(empty, _household(empty, each).id, NEW)
        assert verdict.outcome == ("not" if each.kind == "phuong" else "eligible")
        assert verdict.rule_from == NEW
        assert verdict.certainty == "confirmed"


def test_a_province_that_becomes_a_city_takes_its_wards_out_from_that_day(empty: Workspace) -> None:
    admin_units.install_communes(empty, "75")
    ward = next(each for each in empty.children(AdminUnit, parent_code="75") if each.kind == "phuong")
    establishment = _household(empty, ward)
    assert eligibility.verdict(empty, establishment.id, date(2026, 4, 29)).outcome == "eligible"
    verdict = eligibility.verdict(empty, establishment.id, date(2026, 4, 30))
    assert verdict.outcome == "not"
    assert "Thành phố Đồng Nai" in verdict.fact


def test_a_commune_of_before_is_followed_to_what_took_its_place(empty: Workspace) -> None:
    admin_units.install_communes(empty, "79")
    new = next(each for each in empty.children(AdminUnit, parent_code="79") if each.name == "Xã Bàu Bàng")
    old = empty.save(
        AdminUnit(
            code="old", name="Thị trấn Lai Uyên", kind="thi_tran", valid_to=date(2025, 6, 30), successor_code=new.code
        )
    )
    establishment = _household(empty, old)
    assert "Lai Uyên" in eligibility.verdict(empty, establishment.id, date(2025, 6, 30)).fact
    verdict = eligibility.verdict(empty, establishment.id, NEW)
    assert (verdict.outcome, "Bàu Bàng" in verdict.fact) == ("eligible", True)
    before = eligibility.verdict(empty, _household(empty, new).id, date(2020, 1, 1))
    assert (before.outcome, "không có vào ngày đó" in before.fact) == ("unknown", True)


def test_a_project_approved_before_goes_on_under_the_old_rule(empty: Workspace) -> None:
    admin_units.install_communes(empty, "79")
    ward = next(each for each in empty.children(AdminUnit, parent_code="79") if each.kind == "phuong")
    establishment = _household(empty, ward)
    for approved_on, outcome in ((date(2025, 10, 14), "unknown"), (None, "not")):
        project = empty.save(Project(name="Đề án", year=2025, approved_on=approved_on))
        empty.save(ProjectBeneficiary(project_id=project.id, establishment_id=establishment.id))
        ((_, verdict),) = eligibility.of_project(empty, project.id, date(2026, 1, 1))
        assert verdict.outcome == outcome


def test_the_size_class_comes_from_the_figures_of_the_file(empty: Workspace) -> None:
    firm = Establishment(name="Công ty", insured_workers=10, capital_vnd=3_000_000_000)
    assert eligibility.size_class(empty, firm, NEW) == "micro"


def test_what_stands_against_a_projects_beneficiaries_is_told_with_its_rule(empty: Workspace) -> None:
    admin_units.install_communes(empty, "79")
    communes = empty.children(AdminUnit, parent_code="79")
    project = empty.save(Project(name="Đề án", year=2026))
    for kind in ("phuong", "xa"):
        commune = next(each for each in communes if each.kind == kind)
        empty.save(ProjectBeneficiary(project_id=project.id, establishment_id=_household(empty, commune).id))
    unknown = empty.save(Establishment(name="Cơ sở 09"))
    empty.save(ProjectBeneficiary(project_id=project.id, establishment_id=unknown.id))
    (against, is_against), (doubtful, is_doubtful) = eligibility.doubts(empty, project.id, NEW)
    assert is_against
    assert "không thuộc đối tượng khuyến công" in against
    assert "235/2025" in against
    assert not is_doubtful
    assert doubtful.startswith("Cơ sở 09: chưa xác định được")
