"""Quy định, mức và thời hạn: what is in force, what is not verified, who cites a basis; communes on demand."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTableView

from kc_desktop.domain.law import LegalBasis, LegalFigure, Norm, PaperBasis
from kc_desktop.domain.people import AdminUnit
from kc_desktop.services import law, lists, record_history
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import all_widgets
from tests.ui.test_words import _ENGLISH, _says
from ui.main_window import MainWindow
from ui.tabs.admin_units import AdminUnitTab
from ui.tabs.law import CitingSection, LawListTab, LawTab
from ui.widgets.choice_editors import ChoiceEdit

_NOT_VERIFIED = "▲ Chưa kiểm chứng"


def _law(window: MainWindow, key: str) -> LawListTab:
    window.actions_.law.trigger()
    tab = window.pages.current()
    assert isinstance(tab, LawTab)
    part = tab.show_part(key)
    assert isinstance(part, LawListTab)
    return part


def _workspace(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def _cells(table: QTableView, header: str) -> list[str]:
    model = table.model()
    section = next(
        each for each in range(model.columnCount()) if model.headerData(each, Qt.Orientation.Horizontal) == header
    )
    return [str(model.index(row, section).data() or "") for row in range(model.rowCount())]


def test_the_menu_opens_one_page_with_every_list_of_law(window: MainWindow) -> None:
    window.actions_.law.trigger()
    tab = window.pages.current()
    assert isinstance(tab, LawTab)
    assert tab.list_keys() == lists.LAW_LISTS
    assert window.pages.tabText(window.pages.currentIndex()) == "Quy định, mức và thời hạn"
    window.actions_.law.trigger()
    assert window.pages.current() is tab


@pytest.mark.parametrize("key", lists.LAW_LISTS)
def test_every_list_shows_rows_and_a_form_in_vietnamese(window: MainWindow, key: str) -> None:
    part = _law(window, key)
    assert part.panel.model.rowCount()
    assert part.form.record is not None
    part.new()
    said = [text for widget in all_widgets(part) for text in _says(widget)]
    assert [text for text in said if _ENGLISH.search(text)] == []
    part.cancel()


def test_only_what_is_in_force_is_shown_until_all_is_asked_for(window: MainWindow) -> None:
    part = _law(window, "norms")
    kept = _workspace(window).all(Norm)
    holding = [each for each in kept if each.valid_to is None or each.valid_to >= date.today()]
    assert part.panel.model.rowCount() == len(holding)
    part.in_force_box.setChecked(False)
    assert part.panel.model.count() == len(kept)
    part.in_force_box.setChecked(True)
    assert part.panel.model.count() == len(holding)


def test_the_filter_stays_while_one_searches(window: MainWindow) -> None:
    part = _law(window, "norms")
    part.panel.search.setText("máy móc thiết bị")
    assert part.panel.model.rowCount() == 4  # the norm and the one for a line, national and local
    part.panel.search.clear()
    part.in_force_box.setChecked(False)
    part.panel.search.setText("máy móc thiết bị")
    assert part.panel.model.rowCount() == 5


def test_what_is_not_verified_says_so_in_the_list_and_over_the_form(window: MainWindow) -> None:
    part = _law(window, "norms")
    said = _cells(part.panel.table, "Kiểm chứng")
    assert _NOT_VERIFIED in said
    assert "Đã kiểm chứng" in said
    unverified = next(each for each in _workspace(window).all(Norm) if law.certainty_words(each))
    part.open_record("norms", unverified.id)
    assert part.form._notice.text().startswith(_NOT_VERIFIED)
    verified = next(each for each in _workspace(window).all(Norm) if not law.certainty_words(each))
    part.open_record("norms", verified.id)
    assert part.form._notice.text() == ""


def test_the_office_changes_a_figure_and_its_history_tells(window: MainWindow) -> None:
    workspace = _workspace(window)
    cap = law.figure(workspace, "advance-cap", date(2023, 4, 13))
    assert cap is not None
    part = _law(window, "legal-figures")
    part.open_record("legal-figures", cap.id)
    part.edit()
    certainty = part.form.editor("certainty")
    assert isinstance(certainty, ChoiceEdit)
    certainty.set_value("confirmed")
    certainty.edited.emit()
    assert part.save()
    assert workspace.get(LegalFigure, cap.id).certainty == "confirmed"
    assert record_history.life(workspace, "legal_figure", cap.id)[0].fields == (
        ("Kiểm chứng", "Chưa kiểm chứng", "Đã kiểm chứng"),
    )
    assert part.form._notice.text() == ""


def test_a_new_figure_is_of_a_kind_the_program_counts_with_picked_by_its_name(window: MainWindow) -> None:
    part = _law(window, "legal-figures")
    part.new()
    kind = part.form.editor("code")
    assert isinstance(kind, ChoiceEdit)
    labels = {kind.combo.itemText(row) for row in range(kind.combo.count())}
    assert "Mức tạm ứng tối đa, trên kinh phí khuyến công hỗ trợ theo hợp đồng" in labels
    codes = {kind.combo.itemData(row) for row in range(kind.combo.count())}
    assert codes == {each.code for each in _workspace(window).all(LegalFigure)}
    part.cancel()


def test_a_basis_says_which_papers_cite_it_and_can_be_cited_by_more(window: MainWindow) -> None:
    workspace = _workspace(window)
    basis = next(each for each in workspace.all(LegalBasis) if each.code == "30/2020/NĐ-CP")
    part = _law(window, "legal-bases")
    part.open_record("legal-bases", basis.id)
    part.edit()
    (section,) = part.form.findChildren(CitingSection)
    source, place = section._rows["project-proposal"]
    assert source.currentText() == "Không viện dẫn"
    assert [source.itemText(row) for row in range(source.count())] == [
        "Không viện dẫn",
        "Mọi nguồn",
        "Chỉ khuyến công địa phương",
        "Chỉ khuyến công quốc gia",
    ]
    _choose(source, 2)
    assert not place.isHidden()
    place.setValue(7)
    assert part.form.is_dirty()
    half_chosen = section.draft()
    section.load(basis)
    assert section.draft() == ""
    section.resume(half_chosen)
    assert part.save()
    (row,) = workspace.children(PaperBasis, legal_basis_id=basis.id)
    assert (row.kind, row.ordinal) == ("project-proposal/KCDP", 7)
    workspace.undo()
    assert workspace.children(PaperBasis, legal_basis_id=basis.id) == ()


def _choose(combo: QComboBox, index: int) -> None:
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_a_row_out_of_force_can_be_opened_from_elsewhere(window: MainWindow) -> None:
    old = next(each for each in _workspace(window).all(Norm) if each.valid_to is not None)
    window.open_request("norms", ListRequest(filters=(("id", old.id),)))
    part = _law(window, "norms")
    part.open_record("norms", old.id)
    assert part.current_record() == ("norm", old.id)


def test_nothing_of_the_law_is_changed_in_a_file_for_reading_only(window: MainWindow) -> None:
    second = Workspace.open(_workspace(window).path)
    assert second.is_read_only
    part = LawListTab(second, window.state, "norms", window)
    part.set_year(0)
    assert not part.add_button.isEnabled()
    part.edit()
    assert not part.form.is_editing()
    part.deleteLater()
    second.close()


def test_the_communes_of_another_province_come_by_a_button(window: MainWindow) -> None:
    workspace = _workspace(window)
    window.open_catalogue("admin-units")
    tab = window.pages.current()
    assert isinstance(tab, AdminUnitTab)
    province = next(each for each in workspace.all(AdminUnit) if each.code == "04")
    tab.open_record("admin-units", province.id)
    assert not tab.communes_button.isHidden()
    tab.communes_button.click()
    communes = [each for each in workspace.all(AdminUnit) if each.parent_code == "04"]
    assert len(communes) == 56
    tab.open_record("admin-units", communes[0].id)
    assert tab.communes_button.isHidden()
    tab.panel.search.setText("thục phán")
    assert _cells(tab.panel.table, "Thuộc") == ["Tỉnh Cao Bằng"]
    workspace.undo()
    assert not [each for each in workspace.all(AdminUnit) if each.parent_code == "04"]


def test_a_changed_norm_is_what_counts_from_then_on(window: MainWindow) -> None:
    workspace = _workspace(window)
    norm = law.in_force(workspace, Norm, "may-moc", date(2023, 4, 13), "KCDP")
    assert norm is not None
    workspace.save(dataclasses.replace(norm, ceiling_vnd=250_000_000))
    again = law.in_force(workspace, Norm, "may-moc", date(2023, 4, 13), "KCDP")
    assert again is not None
    assert again.ceiling_vnd == 250_000_000
