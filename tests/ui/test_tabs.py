"""What the tabs add to a list beside a form: figures, targets, estimates, the ledger, the network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.people import AppointmentMember
from kc_desktop.domain.programme import Target, TargetResult
from kc_desktop.domain.project import EstimateLine, Project, ProjectBeneficiary
from kc_desktop.services import papers, projects
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.overview import figures
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import (
    CTRL,
    Key,
    click,
    click_button,
    in_dialog,
    press,
    replace_text,
    show_active,
    texts,
    type_text,
)
from ui import theme
from ui.dialogs.results import TargetResultsDialog
from ui.dialogs.reverse import ReverseDialog
from ui.models.small_rows import SmallRowsModel, SmallTable
from ui.tabs.base import Tab, Verb
from ui.tabs.collaborators import CollaboratorsTab
from ui.tabs.funding import FundingTab
from ui.tabs.overview import OverviewTab
from ui.tabs.overview_charts import ChartsPanel
from ui.tabs.programmes import ProgrammesTab, ProgrammeTab
from ui.tabs.projects import ProjectTab
from ui.view_state import ViewState
from ui.widgets.bars import FigureButton
from ui.widgets.chart_view import MarkButton


def _show(qtbot: QtBot, tab: Tab, year: int = 2023) -> None:
    qtbot.addWidget(tab)
    tab.resize(1340, 620)
    tab.set_year(year)
    show_active(qtbot, tab)
    QApplication.processEvents()


# Tổng quan


@pytest.fixture
def shown(qtbot: QtBot, workspace: Workspace, state: ViewState) -> OverviewTab:
    tab = OverviewTab(workspace, state)
    _show(qtbot, tab, 2022)
    return tab


def test_the_figures_of_2022_are_those_of_the_centre(shown: OverviewTab) -> None:
    names = [button.accessibleName() for button in shown.buttons() if isinstance(button, FigureButton)]
    assert names[0].startswith("Vốn được giao: 5.978.000.000 đồng")
    assert names[1].startswith("Đã phê duyệt: 5.804.000.000 đồng, 97,09 %")


def _drawn(qtbot: QtBot, tab: OverviewTab, view: str = "programmes") -> ChartsPanel:
    """Wait until the charts of a question stand on the screen."""
    qtbot.waitUntil(lambda: tab.charts is not None)
    charts = tab.charts
    assert charts is not None
    charts.show_view(view)
    qtbot.waitUntil(charts.is_drawn)
    return charts


def test_every_figure_and_number_of_a_chart_opens_the_rows_it_was_counted_from(
    qtbot: QtBot, shown: OverviewTab, workspace: Workspace
) -> None:
    for year, view in (
        (2022, "programmes"),
        (2023, "programmes"),
        (2023, "months"),
        (2023, "states"),
        (2023, "places"),
    ):
        shown.set_year(year)
        _drawn(qtbot, shown, view)
        assert any(isinstance(button, MarkButton) for button in shown.buttons())
        for button in shown.buttons():
            with qtbot.waitSignal(shown.requestOpen) as told:
                button.setFocus()
                press(button, Key.Key_Return)
            key, request = told.args
            assert isinstance(request, ListRequest)
            assert key in ("fund-entries", "projects", "meetings", "programmes")
            assert button.accessibleName()
    assert {figure.key for figure in figures(workspace, 2023)} >= {"allocated", "approved", "disbursed"}


def test_bars_are_opened_by_mouse_and_space_and_the_arrow_keys_walk_between_them(
    qtbot: QtBot, shown: OverviewTab
) -> None:
    shown.set_year(2023)
    (first, second, *_) = _drawn(qtbot, shown).views()[0].picture.buttons
    with qtbot.waitSignal(shown.requestOpen):
        click(first)
    press(first, Key.Key_Down)
    assert shown.focusWidget() is second
    assert (first.focusPolicy(), second.focusPolicy()) == (Qt.FocusPolicy.ClickFocus, Qt.FocusPolicy.StrongFocus)
    with qtbot.waitSignal(shown.requestOpen):
        press(second, Key.Key_Space)
    press(second, Key.Key_Left)
    assert shown.focusWidget() is first


def test_a_chart_is_copied_as_a_picture_and_as_svg_in_the_colours_of_paper(
    qtbot: QtBot, shown: OverviewTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.set_year(2023)
    view = _drawn(qtbot, shown, "states").views()[0]
    with qtbot.waitSignal(shown.statusMessage) as told:
        press(view.picture.buttons[0], Key.Key_C, CTRL)
    assert "Đã chép hình “Đề án theo trạng thái, năm 2023”" in told.args[0]
    data = QApplication.clipboard().mimeData()
    image = data.imageData()
    assert isinstance(image, QImage)
    assert (image.width(), image.pixelColor(1, 1).name()) == (1275, "#ffffff")
    assert any(image.pixelColor(x, image.height() // 2).lightness() < 60 for x in range(image.width()))
    svg = bytes(data.data("image/svg+xml").data()).decode()
    assert "Đề án theo trạng thái, năm 2023" in svg
    assert "font-family: 'Times New Roman'" in svg
    for suffix, begin in ((".png", b"\x89PNG"), (".svg", b"<?xml")):
        path = tmp_path / f"hình{suffix}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        view.save()
        assert path.read_bytes().startswith(begin)
    QApplication.clipboard().clear()


def test_charts_follow_the_look_and_the_room(qtbot: QtBot, shown: OverviewTab) -> None:
    shown.set_year(2023)
    charts = _drawn(qtbot, shown)
    before = charts.views()[0].picture.sizeHint().width()
    shown.resize(640, 620)
    qtbot.waitUntil(lambda: charts.is_drawn() and charts.views()[0].picture.sizeHint().width() < before)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        theme.apply(app, theme.Look.DARK)
        qtbot.waitUntil(
            lambda: charts.is_drawn() and charts.views()[0].grab().toImage().pixelColor(1, 1).lightness() < 90
        )
    finally:
        theme.apply(app, theme.Look.LIGHT)


def test_the_overview_counts_again_when_the_ledger_changes(
    qtbot: QtBot, shown: OverviewTab, workspace: Workspace
) -> None:
    shown.set_year(2023)
    _drawn(qtbot, shown, "months")
    before = [button.accessibleName() for button in shown.buttons()]
    plan = next(each for each in workspace.suggest("annual_plan", "") if "2023" in each[1])[0]
    first = workspace.children(FundEntry, plan_id=plan)[0]
    for kind, amount, month in (("supplement", 1_000_000, 1), ("payment", 7_000_000, 2)):
        workspace.save(replace(first, id=0, kind=kind, amount_vnd=amount, happened_on=date(2023, month, 5)))
        shown.refresh(workspace.last_touched)
    _drawn(qtbot, shown, "months")
    after = [button.accessibleName() for button in shown.buttons()]
    assert before != after
    assert "4.801.000.000" in after[0]
    assert "02/2023, thanh toán trong tháng: 7.000.000 đồng" in after


def test_a_year_without_anything_says_the_first_step(qtbot: QtBot, shown: OverviewTab) -> None:
    shown.set_year(1999)
    for view, words, button, key in (
        ("programmes", "chưa có chương trình", "Đến danh sách chương trình", "programmes"),
        ("months", "chưa tạm ứng, thanh toán", "Đến sổ kinh phí", "fund-entries"),
        ("states", "chưa có đề án", "Đến danh sách đề án", "projects"),
        ("places", "chưa có đề án nào được phê duyệt", "Đến danh sách đề án", "projects"),
    ):
        _drawn(qtbot, shown, view)
        QApplication.processEvents()  # what is laid out is shown in the next turn of the loop
        assert any(words in text for text in texts(shown))
        with qtbot.waitSignal(shown.requestOpen) as told:
            click_button(shown, button)
        assert told.args[0] == key


# Chương trình


@pytest.fixture
def programmes(qtbot: QtBot, workspace: Workspace, state: ViewState) -> ProgrammesTab:
    tab = ProgrammesTab(workspace, state)
    _show(qtbot, tab)
    return tab


def _projects(tab: ProgrammesTab) -> ProjectTab:
    part = tab.show_part("projects")
    QApplication.processEvents()
    assert isinstance(part, ProjectTab)
    return part


def _type_into_cell(section, row: int, name: str, text: str) -> None:  # type: ignore[no-untyped-def]  # a section
    column = next(place for place, field in enumerate(section.model.fields) if field.name == name)
    index = section.model.index(row, column)
    section.view.setCurrentIndex(index)
    section.view.edit(index)
    editor = QApplication.focusWidget()
    assert editor is not None
    press(editor, Key.Key_A, CTRL)
    type_text(editor, text)
    press(editor, Key.Key_Return)
    QApplication.processEvents()  # Qt commits a cell in the next turn of the loop


def test_an_estimate_is_typed_line_by_line_with_live_sums(programmes: ProgrammesTab, workspace: Workspace) -> None:
    tab = _projects(programmes)
    project = workspace.save(Project(name="Đề án thử", year=2023, requested_vnd=300_000_000))
    tab.reload()
    tab.open_record("projects", project.id)
    tab.edit()
    section = tab.estimate
    for row, (content, support, own) in enumerate((("Máy", "200 triệu", "250.000.000"), ("Lắp đặt", "50 triệu", "0"))):
        section.add_button.click()
        press(QApplication.focusWidget(), Key.Key_Escape)  # type: ignore[arg-type]  # the cell's editor
        _type_into_cell(section, row, "content", content)
        _type_into_cell(section, row, "support_vnd", support)
        _type_into_cell(section, row, "own_vnd", own)
    assert section.model.lines[0].record.total_vnd == 450_000_000
    assert section.model.total("total_vnd") == 500_000_000
    last = section.model.rowCount() - 1
    assert section.model.data(section.model.index(last, 0)) == "Cộng"
    revision = workspace.revision
    assert tab.save()
    kept = workspace.children(EstimateLine, project_id=project.id)
    assert [(each.ordinal, each.content, each.total_vnd) for each in kept] == [
        (1, "Máy", 450_000_000),
        (2, "Lắp đặt", 50_000_000),
    ]
    assert workspace.undo_label.startswith("Sửa đề án")
    workspace.undo()
    assert workspace.children(EstimateLine, project_id=project.id) == ()
    assert workspace.revision > revision


def test_an_amount_in_a_cell_that_cannot_be_read_stays_there_and_keeps_the_form_open(
    programmes: ProgrammesTab, workspace: Workspace
) -> None:
    tab = _projects(programmes)
    tab.edit()
    tab.estimate.add_button.click()
    press(QApplication.focusWidget(), Key.Key_Escape)  # type: ignore[arg-type]  # the cell's editor
    row = len(tab.estimate.model.lines) - 1
    _type_into_cell(tab.estimate, row, "content", "Máy")
    _type_into_cell(tab.estimate, row, "support_vnd", "1.5 tỷ")
    before = workspace.revision
    assert not tab.save()
    assert tab.form.is_editing()
    assert f"Dòng {row + 1}" in tab.form._notice.text()
    assert workspace.revision == before
    place = [each.name for each in tab.estimate.model.fields].index("support_vnd")
    assert tab.estimate.model.data(tab.estimate.model.index(row, place)) == "1.5 tỷ"


def test_lines_are_moved_and_taken_away(programmes: ProgrammesTab, workspace: Workspace) -> None:
    tab = _projects(programmes)
    project = workspace.save(Project(name="Đề án thử", year=2023))
    for number in range(3):
        workspace.save(EstimateLine(project_id=project.id, ordinal=number + 1, content=f"Khoản {number}"))
    tab.reload()
    tab.open_record("projects", project.id)
    tab.edit()
    model = tab.estimate.model
    tab.estimate.view.setCurrentIndex(model.index(2, 0))
    tab.estimate._on_up_clicked()
    tab.estimate.view.setCurrentIndex(model.index(0, 0))
    tab.estimate.remove_button.click()
    assert tab.save()
    kept = workspace.children(EstimateLine, project_id=project.id)
    assert [(each.ordinal, each.content) for each in kept] == [(1, "Khoản 2"), (2, "Khoản 1")]


def test_beneficiaries_are_picked_from_the_establishments(programmes: ProgrammesTab, workspace: Workspace) -> None:
    tab = _projects(programmes)
    project = workspace.save(Project(name="Đề án thử", year=2023))
    tab.reload()
    tab.open_record("projects", project.id)
    tab.edit()
    tab.beneficiaries.add_button.click()
    editor = QApplication.focusWidget()
    assert editor is not None
    type_text(editor, "co so 03")
    press(editor, Key.Key_Return)
    assert tab.save()
    (share,) = workspace.children(ProjectBeneficiary, project_id=project.id)
    assert workspace.title_of("establishment", share.establishment_id) == "Cơ sở 03"


def test_the_total_follows_the_amounts_as_they_are_typed(programmes: ProgrammesTab) -> None:
    tab = _projects(programmes)
    tab.new()
    replace_text(tab.form.editor("requested_vnd").control(), "200 triệu")
    replace_text(tab.form.editor("own_vnd").control(), "1,3 tỷ")
    tab.form.editor("name").control().setFocus()
    assert tab.total.words().startswith("1.500.000.000 đồng")
    tab.cancel()


def test_an_estimate_that_does_not_agree_with_the_project_is_said(
    programmes: ProgrammesTab, workspace: Workspace
) -> None:
    tab = _projects(programmes)
    project = workspace.save(Project(name="Đề án thử", year=2023, requested_vnd=5))
    workspace.save(EstimateLine(project_id=project.id, ordinal=1, content="Máy", support_vnd=4, total_vnd=4))
    tab.reload()
    tab.open_record("projects", project.id)
    (sentence,) = projects.estimate_differences(projects.dossier(workspace, project.id))
    assert tab._differences.text() == f"▲ {sentence}"


def test_in_offers_the_papers_of_a_project(qtbot: QtBot, programmes: ProgrammesTab) -> None:
    tab = _projects(programmes)
    assert programmes.can(Verb.PRINT)
    programmes.print_()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names == [f"In {kind.name}" for kind in papers.kinds_for("projects")]
    steps = [action.text() for action in menu.actions() if action.isSeparator()]
    assert steps == ["Lập đề án", "Thẩm định", "Thực hiện", "Nghiệm thu, thanh lý", "Thanh toán, quyết toán"]
    with qtbot.waitSignal(programmes.requestPaper) as told:
        press(menu, Key.Key_Return)
    current = tab.current_record()
    assert current is not None
    assert told.args == ["support-request", current[1]]


def test_results_are_written_down_against_a_target(programmes: ProgrammesTab, workspace: Workspace) -> None:
    tab = programmes.show_part("programmes")
    assert isinstance(tab, ProgrammeTab)
    QApplication.processEvents()
    target = tab.targets.model.lines[0].record
    assert isinstance(target, Target)
    before = sum(each.quantity for each in workspace.children(TargetResult, target_id=target.id))

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, TargetResultsDialog)
        QApplication.processEvents()
        dialog.results.add_button.click()
        editor = dialog.focusWidget()  # the cell's, also where the dialog is not the active window
        assert editor is not None
        press(editor, Key.Key_Escape)
        row = len(dialog.results.model.lines) - 1
        click_button(dialog, "Lưu")
        assert dialog.isVisible()
        assert any("chưa có ngày" in text for text in texts(dialog))
        _type_into_cell(dialog.results, row, "happened_on", "1/10/2023")
        _type_into_cell(dialog.results, row, "quantity", "2")
        click_button(dialog, "Lưu")
        assert not dialog.isVisible()

    in_dialog(act, tab.results_button.click)
    assert sum(each.quantity for each in workspace.children(TargetResult, target_id=target.id)) == before + 2
    columns = tab.targets.model.columnCount()
    done, standing = (tab.targets.model.data(tab.targets.model.index(0, columns - each)) for each in (2, 1))
    assert done == str(before + 2)
    assert standing == f"chậm {target.planned_from - before - 2} cơ sở"  # the plan's year is over


def test_the_parts_of_a_tab_change_by_key_and_are_remembered(
    qtbot: QtBot, programmes: ProgrammesTab, workspace: Workspace, state: ViewState
) -> None:
    press(programmes, Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: programmes.front().key == "projects")
    programmes.remember()
    again = ProgrammesTab(workspace, state)
    qtbot.addWidget(again)
    again.set_year(2023)
    assert again.front().key == "projects"


@pytest.mark.parametrize("cls", [EstimateLine, Target])
def test_a_small_table_is_a_sound_model(qtmodeltester, workspace: Workspace, cls: type) -> None:  # type: ignore[no-untyped-def]  # pytest-qt ships no type for it
    table = (
        SmallTable(cls=EstimateLine, parent_link="project_id", columns=("content", "total_vnd"), summed=("total_vnd",))
        if cls is EstimateLine
        else SmallTable(
            cls=Target, parent_link="programme_id", columns=("name", "planned_to"), extra=(("Đã làm", str),)
        )
    )
    model = SmallRowsModel(workspace, table)
    model.show_records(workspace.all(cls))
    qtmodeltester.check(model)
    model.set_read_only(False)
    model.add(cls())
    model.move(len(model.lines) - 1, -1)
    model.remove(0)
    qtmodeltester.check(model)


# Kinh phí


@pytest.fixture
def ledger(qtbot: QtBot, workspace: Workspace, state: ViewState) -> FundingTab:
    tab = FundingTab(workspace, state)
    _show(qtbot, tab)
    return tab


def test_an_entry_starts_with_the_plan_of_the_year_and_counts_at_once(ledger: FundingTab, workspace: Workspace) -> None:
    before = ledger.strip.texts()
    ledger.new()
    assert workspace.title_of("annual_plan", ledger.form.editor("plan_id").value()).startswith("2023")  # type: ignore[arg-type]  # a link's id
    replace_text(ledger.form.editor("happened_on").control(), "1/9/2023")
    replace_text(ledger.form.editor("amount_vnd").control(), "12,5 triệu")
    assert ledger.save()
    assert ledger.strip.texts() != before
    assert "12.500.000" in ledger.strip.texts()


def test_a_kept_entry_is_locked(ledger: FundingTab) -> None:
    assert not ledger.can(Verb.EDIT)
    assert not ledger.can(Verb.REMOVE)
    ledger.edit()
    assert not ledger.form.is_editing()
    press(ledger.form.editor("document").control(), Key.Key_X)
    assert not ledger.form.is_editing()
    assert "Đảo bút toán" in ledger.form._notice.text()


def test_a_wrong_entry_is_reversed_with_a_reason_and_both_stay(
    qtbot: QtBot, ledger: FundingTab, workspace: Workspace
) -> None:
    wrong = ledger.form.record
    rows = ledger.panel.model.count()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ReverseDialog)
        click_button(dialog, "Đảo bút toán")
        assert dialog.isVisible()
        assert dialog.reason.shown_problem() == "Chưa có lý do."
        type_text(dialog.reason.control(), "Ghi nhầm số tiền")
        click_button(dialog, "Đảo bút toán")
        assert not dialog.isVisible()

    with qtbot.waitSignal(ledger.undoOffered):
        in_dialog(act, ledger.reverse_button.click)
    assert ledger.panel.model.count() == rows + 1
    (reversal,) = workspace.children(FundEntry, reverses_id=wrong.id)
    assert reversal.reason == "Ghi nhầm số tiền"
    assert "Ghi nhầm số tiền" in ledger.form._notice.text()
    assert not ledger.reverse_button.isVisible()
    ledger.open_record("fund-entries", wrong.id)
    assert "đã được đảo" in ledger.form._notice.text()
    assert not ledger.reverse_button.isVisible()


def test_a_year_without_a_plan_says_where_to_make_one(ledger: FundingTab) -> None:
    ledger.set_year(1999)
    assert "chưa có kế hoạch" in ledger.strip.texts()[0]


# Cộng tác viên


def test_the_network_of_2023_has_25_people_by_decision_49(qtbot: QtBot, workspace: Workspace, state: ViewState) -> None:
    tab = CollaboratorsTab(workspace, state)
    _show(qtbot, tab)
    assert tab.front().panel.model.count() == 25
    tab.new()
    decision = tab.front().form.editor("appointment_id").value()
    assert workspace.title_of("appointment", decision) == "49/QĐ-SCT"  # type: ignore[arg-type]  # a link's id
    tab.cancel()
    for key in tab.list_keys():
        assert tab.show_part(key).key == key
    assert workspace.children(AppointmentMember, appointment_id=int(str(decision)))
