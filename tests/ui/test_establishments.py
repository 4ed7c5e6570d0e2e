"""Cơ sở CNNT: the verdict with its rule, and the way to the projects it was given."""

from __future__ import annotations

from typing import cast

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import AdminUnit
from kc_desktop.domain.project import ProjectBeneficiary
from kc_desktop.services import eligibility
from kc_desktop.services.workspace import Workspace
from ui.main_window import MainWindow
from ui.tabs.establishments import EstablishmentTab


def _tab(window: MainWindow, establishment: Establishment) -> EstablishmentTab:
    window.open_record("establishments", establishment.id)
    return cast("EstablishmentTab", window.pages.current())


def _workspace(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def _in(workspace: Workspace, commune: str) -> Establishment:
    (unit,) = (each for each in workspace.all(AdminUnit) if each.name == commune)
    return workspace.save(Establishment(name=f"Cơ sở ở {commune}", kind="ho_kinh_doanh", commune_id=unit.id))


def test_a_ward_of_a_city_under_the_centre_drops_out_and_a_commune_stays_in(window: MainWindow) -> None:
    workspace = _workspace(window)
    out = _tab(window, _in(workspace, "Phường Thủ Dầu Một")).verdict.words.text()
    assert out.startswith("✕ Không thuộc đối tượng khuyến công")
    assert "235/2025/NĐ-CP" in out
    tab = _tab(window, _in(workspace, "Xã Dầu Tiếng"))
    assert tab.verdict.words.text().startswith("✓")
    assert "✓ Thuộc đối tượng khuyến công" in tab.form._notice.text()


def test_an_establishment_without_a_place_is_not_judged(window: MainWindow) -> None:
    establishment = _workspace(window).save(Establishment(name="Cơ sở 91", kind="ho_kinh_doanh"))
    assert _tab(window, establishment).verdict.words.text().startswith("?")


def test_the_projects_it_was_given_are_listed_and_open(window: MainWindow) -> None:
    workspace = _workspace(window)
    share = workspace.all(ProjectBeneficiary)[0]
    tab = _tab(window, workspace.get(Establishment, share.establishment_id))
    (support,) = eligibility.support_of(workspace, share.establishment_id)
    assert support.project_name in tab.support.words.text()
    tab.support.words.linkActivated.emit(f"projects:{share.project_id}")
    shown = window.pages.current()
    assert shown is not None
    assert shown.current_record() == ("project", share.project_id)
