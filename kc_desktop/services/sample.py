"""The sample: two years of a real centre, from what it published about its meeting of 13/4/2023.

What the article tells is kept as it tells it: the sums, the four programmes, the decision, the meeting, the four people
it names. Everything else is a numbered placeholder, and sums it gives only in total are shared out evenly. The file is
marked as a sample, and so is every paper printed from it.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

from kc_desktop.domain import money
from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.meeting import AgendaItem, Attendee, Conclusion, Entry, Meeting, Petition
from kc_desktop.domain.network import Evaluation, RemunerationList, RemunerationRule
from kc_desktop.domain.office import Office, Signer
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.domain.programme import AnnualPlan, Programme, Target, TargetResult
from kc_desktop.domain.project import EstimateLine, Project, ProjectBeneficiary, ProjectStep
from kc_desktop.services import admin_units, collaborator_work, remuneration
from kc_desktop.services.workspace import SAMPLE_SETTING, Workspace

_MILLION = 1_000_000


def write_sample(path: Path) -> None:
    """Write the sample data file. Raises KnownError when something stands at `path` already."""
    told = json.loads(resources.files("resources").joinpath("sample", "sample-2023.json").read_text("utf-8"))
    workspace = Workspace.create(path)
    try:
        with workspace.change("Nạp dữ liệu mẫu 2022–2023", is_start=True):
            _Writer(workspace, told).write()
    except BaseException:
        workspace.close()
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    workspace.close()


class _Writer:
    """Turns what the article tells into records."""

    def __init__(self, workspace: Workspace, told: dict[str, Any]) -> None:
        self._workspace = workspace
        self._told = told
        self._people: dict[str, Person] = {}

    def write(self) -> None:
        """Write everything, in the order the records depend on each other."""
        self._workspace.set_setting(SAMPLE_SETTING, "1", "Đánh dấu dữ liệu mẫu")
        province = admin_units.province_id(self._workspace, self._told["province_code"], date.today())
        self._workspace.save(Office(id=1, province_id=province, **self._told["office"]))
        self._write_people()
        self._write_network()
        self._write_year_2022()
        programmes = self._write_plan_2023()
        self._write_projects_2023(programmes)
        self._write_pay()
        self._write_meeting()
        self._write_work()

    def _save_all(self, make: Callable[[int], Any], number: int) -> list[Any]:
        return [self._workspace.save(make(each)) for each in range(1, number + 1)]

    def _write_people(self) -> None:
        for told in self._told["people"]:
            self._people[told["name"]] = self._workspace.save(Person(**told))
        self._workspace.save(
            Signer(person_id=self._people[self._told["signer"]["name"]].id, **self._told["signer"]["fields"])
        )

    def _write_network(self) -> None:
        told = self._told["appointment"]
        appointment = self._workspace.save(
            Appointment(
                number=told["number"],
                decided_on=date.fromisoformat(told["decided_on"]),
                authority=told["authority"],
                valid_from=date.fromisoformat(told["decided_on"]),
                valid_to=date.fromisoformat(told["valid_to"]),
                note=told["note"],
            )
        )
        number = 0
        for level, label, size in told["levels"]:
            for _ in range(size):
                number += 1
                name = f"Cộng tác viên {number:02d}"
                person = self._workspace.save(
                    Person(name=name, group_code="collaborator", post="Cộng tác viên khuyến công", organisation=label)
                )
                self._people[name] = person
                self._workspace.save(
                    AppointmentMember(appointment_id=appointment.id, person_id=person.id, level=level, area=label)
                )

    def _write_pay(self) -> None:
        """Make a payment list; the article tells of no amount, so its coefficient says that it is for show."""
        told = self._told["remuneration"]
        for level, _label, _size in self._told["appointment"]["levels"]:
            self._workspace.save(
                RemunerationRule(
                    level=level,
                    coefficient=Decimal(told["coefficient"]),
                    citation=told["citation"],
                    valid_from=date.fromisoformat(told["valid_from"]),
                )
            )
        (plan,) = self._workspace.children(AnnualPlan, year=2023)
        remuneration.make_list(self._workspace, RemunerationList(plan_id=plan.id, **told["list"]))

    def _write_work(self) -> None:
        """Write a need with its project, a reminder of reports, an evaluation: placeholders, to show what they are."""
        told = self._told["work"]
        (project,) = self._workspace.children(Project, code=told["lead"]["project"])
        (share,) = self._workspace.children(ProjectBeneficiary, project_id=project.id)
        self._workspace.save(
            Lead(
                person_id=self._people[told["lead"]["person"]].id,
                establishment_id=share.establishment_id,
                project_id=project.id,
                found_on=date.fromisoformat(told["lead"]["found_on"]),
                need=told["lead"]["need"],
                state="project",
            )
        )
        day = date.fromisoformat(told["reminder"]["on"])
        answer_by = date.fromisoformat(told["reminder"]["answer_by"])
        collaborator_work.remind(self._workspace, day.year, told["reminder"]["months"], day, answer_by)
        judged = told["evaluation"]
        self._workspace.save(Evaluation(person_id=self._people[judged["person"]].id, year=day.year, **judged["fields"]))

    def _write_year_2022(self) -> None:
        told = self._told["year_2022"]
        plan = self._workspace.save(AnnualPlan(year=2022, source="KCDP", note=told["note"]))
        self._allocate(plan, told["allocated_million"] * _MILLION, date(2022, 1, 1))
        shares = money.apportion(told["approved_million"], [1] * told["approved_count"])
        self._save_all(
            lambda each: Project(
                code=f"2022-{each:02d}",
                name=f"{told['project_name']} {each:02d}",
                year=2022,
                state="settled",
                implementer=self._told["office"]["name"],
                requested_vnd=shares[each - 1] * _MILLION,
                approved_vnd=shares[each - 1] * _MILLION,
                note=told["project_note"],
            ),
            told["approved_count"],
        )

    def _allocate(self, plan: AnnualPlan, amount_vnd: int, on: date) -> None:
        self._workspace.save(
            FundEntry(
                happened_on=on,
                kind="allocation",
                plan_id=plan.id,
                amount_vnd=amount_vnd,
                payee=self._told["office"]["name"],
                note="Tổng kinh phí khuyến công được giao; ngày ghi sổ là giả định của dữ liệu mẫu.",
            )
        )

    def _write_plan_2023(self) -> list[Programme]:
        told = self._told["year_2023"]
        plan = self._workspace.save(AnnualPlan(year=2023, source="KCDP", note=told["note"]))
        programmes = []
        for ordinal, each in enumerate(told["programmes"], start=1):
            programme = self._workspace.save(
                Programme(
                    year=2023,
                    ordinal=ordinal,
                    name=each["name"],
                    content=each["content"],
                    budget_vnd=each["budget_million"] * _MILLION,
                    description=each["description"],
                )
            )
            programmes.append(programme)
            for place, target in enumerate(each["targets"], start=1):
                self._workspace.save(Target(programme_id=programme.id, ordinal=place, **target))
        self._allocate(plan, sum(each.budget_vnd for each in programmes), date(2023, 1, 1))
        return programmes

    def _write_projects_2023(self, programmes: list[Programme]) -> None:
        told = self._told["year_2023"]
        network = told["network_project"]
        self._workspace.save(
            Project(
                code="2023-01",
                year=2023,
                programme_id=programmes[network["programme"]].id,
                state="received",
                implementer=self._told["office"]["name"],
                **network["fields"],
            )
        )
        for number in range(1, told["machine_projects"]["count"] + 1):
            self._write_machine_project(programmes[0], number)

    def _write_machine_project(self, programme: Programme, number: int) -> None:
        told = self._told["year_2023"]["machine_projects"]
        name = f"Cơ sở {number:02d}"
        representative = self._workspace.save(
            Person(name=f"Người đại diện {number:02d}", group_code="establishment", post="Chủ cơ sở", organisation=name)
        )
        establishment = self._workspace.save(
            Establishment(
                name=name,
                kind="ho_kinh_doanh",
                representative_id=representative.id,
                representative_post="Chủ cơ sở",
                address=told["address"],
                trade=told["trade"],
            )
        )
        support, total = told["support_million"] * _MILLION, told["total_million"] * _MILLION
        is_approved, is_advanced = number <= told["approved_count"], number <= told["advanced_count"]
        project = self._workspace.save(
            Project(
                code=f"2023-{number + 1:02d}",
                name=f"{told['name']} {name}",
                year=2023,
                programme_id=programme.id,
                state="running" if is_advanced else "approved" if is_approved else "received",
                implementer=self._told["office"]["name"],
                requested_vnd=support,
                approved_vnd=support if is_approved else None,
                own_vnd=total - support,
                **told["fields"],
            )
        )
        self._workspace.save(
            ProjectBeneficiary(
                project_id=project.id, establishment_id=establishment.id, support_vnd=support, own_vnd=total - support
            )
        )
        self._write_estimate(project, support, total)
        if is_advanced:
            self._write_advance(project, number)

    def _write_advance(self, project: Project, number: int) -> None:
        told = self._told["year_2023"]["machine_projects"]
        on = date(2023, 5 + number, 15)
        self._workspace.save(
            ProjectStep(project_id=project.id, state="running", happened_on=on, reason=told["placeholder"])
        )
        (plan,) = self._workspace.children(AnnualPlan, year=2023)
        self._workspace.save(
            FundEntry(
                happened_on=on,
                kind="advance",
                plan_id=plan.id,
                programme_id=project.programme_id,
                project_id=project.id,
                amount_vnd=told["advance_million"] * _MILLION,
                document=f"UNC {number:02d}",
                payee=f"Cơ sở {number:02d}",
                note=told["placeholder"],
            )
        )
        (target,) = self._workspace.children(Target, programme_id=project.programme_id or 0)
        self._workspace.save(
            TargetResult(
                target_id=target.id, happened_on=on, quantity=1, project_id=project.id, evidence=told["placeholder"]
            )
        )

    def _write_estimate(self, project: Project, support_vnd: int, total_vnd: int) -> None:
        lines = self._told["year_2023"]["machine_projects"]["estimate"]
        weights = [each["weight"] for each in lines]
        totals = money.apportion(total_vnd, weights)
        supports = money.apportion(support_vnd, weights)
        for ordinal, (told, total, support) in enumerate(zip(lines, totals, supports, strict=True), start=1):
            self._workspace.save(
                EstimateLine(
                    project_id=project.id,
                    ordinal=ordinal,
                    content=told["content"],
                    unit=told["unit"],
                    total_vnd=total,
                    support_vnd=support,
                    own_vnd=total - support,
                )
            )

    def _write_meeting(self) -> None:
        told = self._told["meeting"]
        meeting = self._workspace.save(
            Meeting(
                kind="tong_ket_ctv",
                held_on=date.fromisoformat(told["held_on"]),
                state="held",
                chair_id=self._people[told["chair"]].id,
                secretary_id=self._people[told["secretary"]].id,
                **told["fields"],
            )
        )
        for ordinal, (name, person) in enumerate(self._attending().items(), start=1):
            role = told["roles"].get(name, "collaborator")
            self._workspace.save(
                Attendee(meeting_id=meeting.id, person_id=person.id, role=role, state="present", ordinal=ordinal)
            )
        ordinal = 0
        for place, item in enumerate(told["agenda"], start=1):
            presenter = self._people.get(item["presenter"])
            saved = self._workspace.save(
                AgendaItem(
                    meeting_id=meeting.id,
                    ordinal=place,
                    title=item["title"],
                    presenter_id=presenter.id if presenter else None,
                )
            )
            for entry in item["entries"]:
                ordinal += 1
                speaker = self._people.get(entry["speaker"])
                self._workspace.save(
                    Entry(
                        meeting_id=meeting.id,
                        agenda_item_id=saved.id,
                        ordinal=ordinal,
                        speaker_id=speaker.id if speaker else None,
                        body=entry["body"],
                    )
                )
        for place, body in enumerate(told["conclusions"], start=1):
            self._workspace.save(Conclusion(meeting_id=meeting.id, ordinal=place, body=body))
        for place, petition in enumerate(told["petitions"], start=1):
            self._workspace.save(Petition(meeting_id=meeting.id, ordinal=place, **petition))

    def _attending(self) -> dict[str, Person]:
        roles = self._told["meeting"]["roles"]
        first = {name: self._people[name] for name in roles}
        return first | {name: each for name, each in self._people.items() if each.group_code == "collaborator"}
