"""A project's form: what of the money is for which year, what is management, and what was done of each line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.law import LegalFigure
from kc_desktop.domain.people import AdminUnit
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import EstimateLine, ProgressReport, Project, ProjectBeneficiary, YearShare
from kc_desktop.services import admin_units, lifecycle
from kc_desktop.services.workspace import Workspace
from tests.services.projects_at_work import install_law, project
from tests.ui.helpers import Key, click, in_dialog, press, replace_text, show_active
from ui.dialogs.project_step import ProjectStepDialog
from ui.tabs.projects import ESTIMATE, MONEY, WORK, ProjectTab
from ui.view_state import ViewState
from ui.widgets.small_table import SmallTableSection

MILLION = 1_000_000
HORIZONTAL = Qt.Orientation.Horizontal


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, state: ViewState) -> ProjectTab:
    """The projects of 2024 with an approved one of two lines on show."""
    install_law(workspace)
    kept = project(workspace, approved_vnd=200 * MILLION, state="running")
    for place, support in enumerate((150, 50), start=1):
        workspace.save(
            EstimateLine(
                project_id=kept.id,
                ordinal=place,
                content=f"Máy {place:02d}",
                quantity=Decimal(2),
                total_vnd=support * MILLION,
                support_vnd=support * MILLION,
            )
        )
    made = ProjectTab(workspace, state)
    qtbot.addWidget(made)
    made.resize(1340, 620)
    made.set_year(2024)
    show_active(qtbot, made)
    made.open_record("projects", kept.id)
    QApplication.processEvents()
    return made


def _put(section: SmallTableSection, row: int, column: str, text: str) -> None:
    """Type into a cell as a person does."""
    place = [each.name for each in section.model.fields].index(column)
    section.view.setCurrentIndex(section.model.index(row, place))
    section.view.setFocus()
    press(section.view, Key.Key_F2)
    focused = QApplication.focusWidget()
    assert focused is not None
    replace_text(focused, text)
    press(focused, Key.Key_Return)
    QApplication.processEvents()


def test_the_money_of_each_year_is_asked_of_projects_of_several_years_only(tab: ProjectTab) -> None:
    tab.form.show_page(MONEY)
    assert not tab.year_shares.isVisible()
    tab.edit()
    replace_text(tab.form.editor("end_year").control(), "2025")
    tab.form.editor("end_year").settle()
    assert tab.year_shares.isVisible()
    assert tab.year_shares.words() == "Tính vào năm 2024: 200.000.000 đồng, phần còn lại vào các năm đã ghi."
    click(tab.year_shares.add_button)
    press(QApplication.focusWidget() or tab, Key.Key_Escape)
    _put(tab.year_shares, 0, "year", "2025")
    _put(tab.year_shares, 0, "support_vnd", "80 triệu")
    assert tab.year_shares.words().startswith("Tính vào năm 2024: 120.000.000 đồng")
    _put(tab.year_shares, 0, "support_vnd", "300 triệu")
    assert tab.year_shares.words().startswith("▲ Các năm cộng được 300.000.000 đồng")
    _put(tab.year_shares, 0, "support_vnd", "80 triệu")
    _put(tab.year_shares, 0, "year", "2027")
    assert "năm 2027 nằm ngoài" in tab.year_shares.words()
    _put(tab.year_shares, 0, "year", "2025")
    assert tab.save()
    (share,) = tab.workspace.all(YearShare)
    assert (share.year, share.support_vnd) == (2025, 80 * MILLION)
    assert tab.year_shares.isVisible()


def test_what_was_done_is_written_beside_the_estimate_and_both_can_change_at_once(tab: ProjectTab) -> None:
    tab.edit()
    tab.form.show_page(ESTIMATE)
    _put(tab.estimate, 0, "content", "Máy ép")
    tab.form.show_page(WORK)
    _put(tab.work_done, 0, "done_quantity", "1,5")
    _put(tab.work_done, 0, "done_support_vnd", "140 triệu")
    assert not tab.work_done.add_button.isVisible()
    assert tab.save()
    first, second = tab.workspace.children(EstimateLine, project_id=_record(tab).id)
    assert (first.content, first.done_quantity, first.done_support_vnd) == ("Máy ép", Decimal("1.5"), 140 * MILLION)
    assert second.done_vnd is None
    assert [line.record.content for line in tab.work_done.model.lines] == ["Máy ép", "Máy 02"]


def test_work_of_a_line_taken_out_of_the_estimate_is_not_written_anywhere(tab: ProjectTab) -> None:
    tab.edit()
    tab.form.show_page(WORK)
    _put(tab.work_done, 1, "done_support_vnd", "50 triệu")
    tab.form.show_page(ESTIMATE)
    tab.estimate.view.setCurrentIndex(tab.estimate.model.index(1, 0))
    click(tab.estimate.remove_button)
    assert tab.save()
    assert [each.content for each in tab.workspace.children(EstimateLine, project_id=_record(tab).id)] == ["Máy 01"]


def _record(tab: ProjectTab) -> Project:
    record = tab.form.record
    assert isinstance(record, Project)
    return record


def test_a_beneficiary_who_is_not_eligible_is_told_where_the_money_is_decided(tab: ProjectTab) -> None:
    workspace = tab.workspace
    admin_units.install_communes(workspace, "79")
    ward = next(each for each in workspace.children(AdminUnit, parent_code="79") if each.kind == "phuong")
    (share,) = workspace.children(ProjectBeneficiary, project_id=_record(tab).id)
    place = workspace.get(Establishment, share.establishment_id)
    workspace.save(replace(place, commune_id=ward.id, kind="ho_kinh_doanh"))
    workspace.save(replace(workspace.get(Project, _record(tab).id), state="appraising", approved_vnd=None))
    tab.refresh(frozenset())
    assert any("▲" in each and "không thuộc đối tượng khuyến công" in each for each in tab.limits.words())
    said: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectStepDialog)
        said.append(dialog.warning())
        dialog.reject()

    in_dialog(act, lambda: click(tab.life.next_button))
    assert "không thuộc đối tượng khuyến công" in said[0]


def test_a_long_refusal_can_be_read_whole_in_the_dialog(tab: ProjectTab) -> None:
    tab.workspace.save(LegalFigure(code="advance-cap", name="Mức tạm ứng tối đa", value=Decimal(70), unit="%"))
    project = tab.workspace.get(Project, _record(tab).id)
    verdict = next(each for each in lifecycle.steps_for(tab.workspace, project.id) if each.step == "advance")
    dialog = ProjectStepDialog(tab.workspace, project, verdict, 2024, tab)
    dialog.show()
    QApplication.processEvents()
    before = dialog.height()
    dialog.editors["happened_on"].set_value(date(2024, 4, 1))
    dialog.editors["amount_vnd"].set_value(199 * MILLION)
    tab.workspace.save(AnnualPlan(year=2024, source="KCDP"))
    dialog.to_ledger.setChecked(True)
    click(dialog.ok)
    QApplication.processEvents()
    (label,) = [each for each in dialog.editors["amount_vnd"].findChildren(QLabel) if "quá mức tối đa" in each.text()]
    assert dialog.height() > before
    assert label.height() >= label.heightForWidth(label.width())
    dialog.reject()


def test_what_was_verified_on_the_spot_stands_against_what_was_reported(tab: ProjectTab) -> None:
    for month, reported, verified in (("2024-05", "60", "57.5"), ("2024-06", "80", "80"), ("2024-07", "90", None)):
        tab.workspace.save(
            ProgressReport(
                project_id=_record(tab).id,
                month=month,
                reported_percent=Decimal(reported),
                verified_percent=None if verified is None else Decimal(verified),
            )
        )
    tab.reload()
    model = tab.progress.model
    place = next(at for at in range(model.columnCount()) if "Thực tế" in str(model.headerData(at, HORIZONTAL)))
    assert [model.data(model.index(row, place)) for row in range(3)] == ["thấp hơn 2,5 %", "khớp", ""]
