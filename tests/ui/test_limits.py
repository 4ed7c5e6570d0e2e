"""Mức hỗ trợ và tạm ứng in the form of a project: every limit, overrides with their reason, refusals in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QDialog, QToolButton
from pytestqt.qtbot import QtBot

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.law import Norm
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import LimitOverride, Project, ProjectBeneficiary
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import click, click_button, in_dialog, show_active
from ui.dialogs.override import OverrideDialog
from ui.widgets.limits import LimitsSection
from ui.widgets.record_form import RecordForm

MILLION = 1_000_000
DAY = date(2023, 3, 1)


@pytest.fixture
def project(workspace: Workspace) -> Project:
    """A project at its ceiling: 300 of 300 million approved, 100 million advanced."""
    norm = workspace.save(
        Norm(
            code="thu-may",
            name="Ứng dụng máy móc thiết bị, chuyển giao công nghệ tiên tiến",
            rate_percent=Decimal(50),
            ceiling_vnd=300 * MILLION,
            per="cơ sở",
            citation="Căn cứ mức",
        )
    )
    made = workspace.save(
        Project(
            name="Đề án thử",
            year=2023,
            content="3",
            norm_id=norm.id,
            state="running",
            requested_vnd=400 * MILLION,
            approved_vnd=300 * MILLION,
            approved_on=DAY,
            own_vnd=600 * MILLION,
        )
    )
    (plan,) = workspace.children(AnnualPlan, year=2023)
    workspace.save(
        FundEntry(happened_on=DAY, kind="advance", plan_id=plan.id, project_id=made.id, amount_vnd=100 * MILLION)
    )
    return made


def _section(qtbot: QtBot, workspace: Workspace, project: Project | None) -> LimitsSection:
    section = LimitsSection(workspace)
    section.resize(560, 420)
    qtbot.addWidget(section)
    section.load(project)
    show_active(qtbot, section)
    return section


def _told(section: LimitsSection) -> str:
    return "\n".join(section.words())


def _allow(workspace: Workspace, project: Project, amount: int) -> LimitOverride:
    return workspace.save(
        LimitOverride(
            project_id=project.id,
            rule="support",
            limit_vnd=300 * MILLION,
            amount_vnd=amount,
            document="12/UBND-KT",
            decided_on=DAY,
            reason="UBND tỉnh cho phép",
        )
    )


def test_every_limit_says_what_is_used_and_left_and_what_is_not_verified(
    qtbot: QtBot, workspace: Workspace, project: Project
) -> None:
    told = _told(_section(qtbot, workspace, project))
    for words in (
        "Mức hỗ trợ: Ứng dụng máy móc thiết bị, chuyển giao công nghệ tiên tiến",
        "chưa kiểm chứng · còn 0 đồng",
        "300.000.000 / 300.000.000 đồng",
        "100.000.000 / 210.000.000 đồng",
        "còn 110.000.000 đồng",
        "Giải ngân",
    ):
        assert words in told


def test_a_project_without_a_norm_or_not_kept_yet_says_what_is_missing(qtbot: QtBot, workspace: Workspace) -> None:
    section = _section(qtbot, workspace, None)
    assert "Lưu đề án" in _told(section)
    assert not section.button.isEnabled()
    kept = workspace.save(Project(name="Đề án không mức", year=2023))
    section.load(kept)
    assert "Chưa chọn “Mức hỗ trợ áp dụng”" in _told(section)


def test_an_override_is_recorded_shown_and_kept_while_it_is_needed(
    qtbot: QtBot, workspace: Workspace, project: Project
) -> None:
    section = _section(qtbot, workspace, project)
    changes: list[object] = []
    section.changed.connect(changes.append)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, OverrideDialog)
        click_button(dialog, "Ghi lần vượt mức")
        assert "Chưa có" in dialog.fields["reason"].shown_problem()
        for name, value in (("amount_vnd", 300 * MILLION), ("document", "12/UBND-KT"), ("reason", "Tỉnh cho phép")):
            dialog.fields[name].set_value(value)
        dialog.fields["decided_on"].set_value(DAY)
        click_button(dialog, "Ghi lần vượt mức")
        assert "lớn hơn mức tối đa" in dialog.fields["amount_vnd"].shown_problem()
        dialog.fields["amount_vnd"].set_value(400 * MILLION)
        click_button(dialog, "Ghi lần vượt mức")
        assert not dialog.isVisible()

    in_dialog(fill, lambda: click(section.button))
    sentence = "Vượt mức đến 400.000.000 đồng theo 12/UBND-KT ngày 01/03/2023: Tỉnh cho phép"
    assert sentence in _told(section)
    assert changes == [frozenset({"limit_override"})]
    (kept,) = workspace.all(LimitOverride)
    assert (kept.rule, kept.limit_vnd) == ("support", 300 * MILLION)
    raised = workspace.save(replace(project, approved_vnd=400 * MILLION))
    section.load(raised)
    assert "▲ vượt 100.000.000 đồng" in _told(section)
    assert sentence in _told(section)
    click(section.findChildren(QToolButton)[-1])
    assert "Chưa bỏ được lần vượt mức" in _told(section)
    section.load(workspace.save(project))
    click(section.findChildren(QToolButton)[-1])
    assert workspace.all(LimitOverride) == ()
    assert "Vượt mức đến" not in _told(section)


def test_an_amount_over_its_limit_is_told_at_its_field_in_the_form(
    qtbot: QtBot, workspace: Workspace, project: Project
) -> None:
    form = RecordForm(workspace, Project)
    qtbot.addWidget(form)
    section = LimitsSection(workspace, form)
    form.add_section("Mức hỗ trợ và tạm ứng", section)
    form.resize(700, 600)
    show_active(qtbot, form)
    form.show_record(project)
    assert form.begin_edit()
    editor = form.editor("approved_vnd")
    editor.set_value(350 * MILLION)
    form._on_edited()
    assert not form.save()
    assert "quá mức tối đa 300.000.000 đồng" in editor.shown_problem()
    assert form.is_editing()
    _allow(workspace, project, 350 * MILLION)
    assert form.save()
    assert workspace.get(Project, project.id).approved_vnd == 350 * MILLION
    assert "▲ vượt 50.000.000 đồng" in _told(section)


def test_the_same_support_twice_is_a_warning_under_the_limits(
    qtbot: QtBot, workspace: Workspace, project: Project
) -> None:
    establishment = workspace.save(Establishment(name="Cơ sở 31"))
    other = workspace.save(replace(project, id=0, name="Đề án khác"))
    for each in (project, other):
        workspace.save(ProjectBeneficiary(project_id=each.id, establishment_id=establishment.id))
    told = _told(_section(qtbot, workspace, project))
    assert "▲ Cơ sở 31 đã được hỗ trợ cho cùng nội dung ở đề án Đề án khác" in told


def test_a_file_that_is_only_read_offers_no_override(qtbot: QtBot, workspace: Workspace, project: Project) -> None:
    _allow(workspace, project, 400 * MILLION)
    beside = workspace.second()
    try:
        section = _section(qtbot, beside, beside.get(Project, project.id))
        assert not section.button.isEnabled()
        assert not any(each.isEnabled() for each in section.findChildren(QToolButton))
    finally:
        beside.close()
