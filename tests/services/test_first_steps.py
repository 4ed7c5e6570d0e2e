"""What a new file needs first: signers who are people of the directory, plans opened once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kc_desktop.domain.office import Office, Signer
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import first_steps
from kc_desktop.services.workspace import Workspace


@pytest.fixture
def new(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "mới.kcdb", Office(id=1, name="Trung tâm Khuyến công"))


def test_the_first_signer_signs_by_default_and_is_in_the_directory(new: Workspace) -> None:
    first_steps.add_signer(new, name=" Đại biểu 07 ", post="Giám đốc")
    first_steps.add_signer(new, name="Đại biểu 08", post="Phó Giám đốc", authority="KT.", authority_post="GIÁM ĐỐC")
    assert [each.is_default for each in new.all(Signer)] == [True, False]
    (first, _second) = new.all(Person)
    assert (first.name, first.organisation, first.group_code) == ("Đại biểu 07", "Trung tâm Khuyến công", "staff")
    assert first_steps.signers_in_words(new) == ("Đại biểu 07 – Giám đốc", "Đại biểu 08 – KT. Phó Giám đốc")
    new.close()


def test_somebody_of_the_directory_is_not_entered_twice(new: Workspace) -> None:
    known = new.save(Person(name="Đại biểu 07", post="Giám đốc"))
    signer = first_steps.add_signer(new, name="đại biểu 07", post="Giám đốc")
    assert signer.person_id == known.id
    assert len(new.all(Person)) == 1
    new.close()


def test_a_signer_is_added_and_taken_back_as_one_step(new: Workspace) -> None:
    first_steps.add_signer(new, name="Đại biểu 07", post="Giám đốc")
    new.undo()
    assert new.all(Signer) == ()
    assert new.all(Person) == ()
    new.close()


@pytest.mark.parametrize(("name", "post", "field"), [("", "Giám đốc", "name"), ("Đại biểu 07", " ", "post")])
def test_a_signer_has_a_name_and_a_post(new: Workspace, name: str, post: str, field: str) -> None:
    with pytest.raises(FieldError) as told:
        first_steps.add_signer(new, name=name, post=post)
    assert told.value.field == field
    assert new.all(Person) == ()
    new.close()


def test_a_plan_is_opened_once_for_a_source_and_a_year(new: Workspace) -> None:
    assert first_steps.suggested_year(new, date(2026, 11, 23)) == 2026
    assert first_steps.open_plans(new, 2027, ("KCDP",)) == 1
    assert first_steps.open_plans(new, 2027, ("KCDP", "KCQG")) == 1
    assert first_steps.open_plans(new, 2027, ("KCDP", "KCQG")) == 0
    assert sorted((each.year, each.source) for each in new.all(AnnualPlan)) == [(2027, "KCDP"), (2027, "KCQG")]
    assert first_steps.suggested_year(new, date(2026, 11, 23)) == 2027
    assert first_steps.sources_without_plan(new, 2027) == ()
    new.close()


def test_a_year_that_cannot_be_is_refused(new: Workspace) -> None:
    with pytest.raises(KnownError):
        first_steps.open_plans(new, 20, ("KCDP",))
    assert new.all(AnnualPlan) == ()
    new.close()
