"""The catalogue: keys that stay, and an import that stays cheap."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kc_desktop.documents import catalogue
from kc_desktop.errors import KnownError
from tests.documents.every_kind import MADE_FROM


def test_keys_names_and_records_are_those_of_the_catalogue() -> None:
    assert {(kind.key, kind.record) for kind in catalogue.KINDS} == {
        ("invitation", "meetings"),
        ("meeting-minutes", "meetings"),
        ("working-minutes", "meetings"),
        ("minutes-excerpt", "meetings"),
        ("agenda-excerpt", "meetings"),
        ("attendance-sheet", "meetings"),
        ("meeting-programme", "meetings"),
        ("conclusion-notice", "meetings"),
        ("petition-answers", "meetings"),
        ("petition-answers-year", "meetings"),
        ("support-request", "projects"),
        ("project-proposal", "projects"),
        ("estimate", "projects"),
        ("appraisal-form", "projects"),
        ("progress-report", "projects"),
        ("double-support-evidence", "projects"),
        ("completion-report", "projects"),
        ("acceptance-minutes", "projects"),
        ("contract-liquidation", "projects"),
        ("payment-request", "projects"),
        ("settlement-detail", "projects"),
        ("voucher-list", "projects"),
        ("appointment-submission", "appointments"),
        ("appointment-list", "appointments"),
        ("collaborator-directory", "appointments"),
        ("remuneration-list", "remuneration-lists"),
        ("report-reminder", "report-reminders"),
        ("evaluation-sheet", "evaluations"),
        ("reward-proposal", "evaluations"),
        ("annual-plan", "plans"),
        ("project-summary-table", "plans"),
        ("funding-report", "plans"),
        ("results-report", "plans"),
        ("annual-report", "plans"),
        ("reconciliation", "plans"),
        ("outgoing-register", "register"),
    }
    assert len({kind.name for kind in catalogue.KINDS}) == len(catalogue.KINDS)


def test_the_papers_of_a_project_stand_by_the_steps_of_its_life() -> None:
    steps = [kind.step for kind in catalogue.KINDS if kind.record == catalogue.PROJECTS]
    assert all(steps)
    runs = [step for step, before in zip(steps, ["", *steps], strict=False) if step != before]
    assert runs == ["Lập đề án", "Thẩm định", "Thực hiện", "Nghiệm thu, thanh lý", "Thanh toán, quyết toán"]


@pytest.mark.parametrize("kind", catalogue.KINDS, ids=[kind.key for kind in catalogue.KINDS])
def test_a_paper_carries_the_key_of_its_kind_and_the_sample_mark(kind: catalogue.PaperKind) -> None:
    made_from = {record: make() for record, make in MADE_FROM.items()}
    paper = kind.build(made_from.pop(kind.record))
    assert paper.key == kind.key
    assert paper.is_sample
    for wrong in made_from.values():
        with pytest.raises(TypeError):
            kind.build(wrong)


def test_an_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(KnownError, match="meeting-minutes"):
        catalogue.kind("khong-co")
    assert catalogue.kind("estimate").name == "Dự toán kinh phí"


def test_a_key_may_name_a_period_or_one_part_of_the_record_and_nothing_else() -> None:
    assert catalogue.kind("invitation:31").key == catalogue.kind("invitation").key == "invitation"
    assert (catalogue.part_of("invitation:31"), catalogue.part_of("invitation")) == (31, 0)
    assert catalogue.key_of("invitation", 31) == "invitation:31"
    assert catalogue.key_of("invitation", 0) == "invitation"
    assert catalogue.part_of("funding-report:q2") == 0
    for wrong in ("invitation:", "invitation:0", "invitation:-1", "invitation:q2", "invitation:3:1", "estimate:3"):
        with pytest.raises(KnownError, match="invitation:SỐ"):
            catalogue.kind(wrong)
    with pytest.raises(KnownError):
        catalogue.kind("invitation:" + "9" * 19)


def test_importing_the_catalogue_loads_no_renderer() -> None:
    code = (
        "import sys, kc_desktop.documents.catalogue;"
        "print([name for name in ('reportlab', 'docx', 'lxml', 'PIL') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_renderers_loads_no_library_before_something_is_printed() -> None:
    code = (
        "import sys, kc_desktop.documents.pdf, kc_desktop.documents.word;"
        "print([name for name in ('reportlab', 'docx', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
