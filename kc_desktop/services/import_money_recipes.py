"""What a row of a table of projects, or of the ledger, becomes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Record, describe
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.programme import CONTENTS, AnnualPlan, Programme
from kc_desktop.domain.project import Project, ProjectBeneficiary
from kc_desktop.domain.text import clean_line, marked_key, search_key
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import validation
from kc_desktop.services.import_columns import CONTENT_WORDS
from kc_desktop.services.import_plans import Draft, Plan
from kc_desktop.services.import_recipes import Establishments, RowFacts
from kc_desktop.services.workspace import Workspace

_YEAR: Final = re.compile(r"\bnam (\d{4})\b")
_GROUP_ORDINAL: Final = re.compile(r"^(?:[IVX]{1,5}|[A-H]|\d{1,2})[.)/]?\s+", re.IGNORECASE)
_SOURCE_WORDS: Final = tuple(
    (code, re.compile(rf"\b(?:{short}|(?:khuyen cong|nguon(?: von| kinh phi)?) {level})\b"))
    for code, short, level in (("KCQG", "kcqg", "quoc gia"), ("KCDP", "kcdp", "dia phuong"))
)


def year_in(titles: tuple[str, ...]) -> int | None:
    """Return the one year the lines over a table name; None for none, or several."""
    years = {int(each) for line in titles for each in _YEAR.findall(search_key(line))}
    return years.pop() if len(years) == 1 else None


def source_in(titles: tuple[str, ...]) -> str:
    """Return the source of money the lines over a table name; "" for none, or both."""
    words = search_key(" ".join(titles))
    found = [code for code, said in _SOURCE_WORDS if said.search(words)]
    return found[0] if len(found) == 1 else ""


class Programmes:
    """Finds programmes by how a workbook names them."""

    def __init__(self, workspace: Workspace) -> None:
        self._by_name: defaultdict[tuple[str, int], list[Programme]] = defaultdict(list)
        for each in workspace.all(Programme):
            self._by_name[marked_key(each.name), each.year].append(each)

    def find(self, name: str, year: int, source: str) -> Programme | None:
        """Return the year's programme of this name and source; None when there is none, or more than one."""
        found = [each for each in self._by_name.get((marked_key(name), year), ()) if source in ("", each.source)]
        return found[0] if len(found) == 1 else None

    def required(self, name: str, year: int, source: str) -> Programme:
        """Return the programme of this name. Raises FieldError when there is none, or more than one."""
        found = self.find(name, year, source)
        if found is None:
            raise FieldError(
                "programme_id",
                f"Chưa có chương trình “{name[:80]}” năm {year}.",
                "Thêm chương trình ở thẻ Chương trình, hoặc ghi đúng tên đã có.",
            )
        return found


class Projects:
    """Rows of projects with their support, grouped by content or programme.

    With `over_limit`, why approving all of them is refused, support not yet approved is kept as asked for.
    """

    def __init__(self, workspace: Workspace, plan: Plan, over_limit: str = "") -> None:
        self._plan = plan
        self._over_limit = over_limit
        self._establishments = Establishments(workspace, plan)
        self._programmes = Programmes(workspace)
        self._by_code: dict[str, Project] = {}
        self._by_name: defaultdict[tuple[str, int], dict[int, Project]] = defaultdict(dict)
        self._shares: defaultdict[int, dict[int, ProjectBeneficiary]] = defaultdict(dict)
        for share in workspace.all(ProjectBeneficiary):
            self._shares[share.project_id][share.establishment_id] = share
        for each in workspace.all(Project):
            self._put(each)

    def _put(self, project: Project) -> None:
        self._by_name[marked_key(project.name), project.year][project.id] = project
        if project.code:
            self._by_code[search_key(project.code)] = project

    def title(self, facts: RowFacts) -> str:
        """Return the project's name."""
        return clean_line(str(facts.values.get("name", "")))

    def judge(self, facts: RowFacts, draft: Draft) -> None:
        """Stage the beneficiary, the project and the share of it."""
        values = {name: value for name, value in facts.values.items() if name in _PROJECT_FIELDS}
        values["year"] = values.get("year") or year_in(facts.titles)
        values["source"] = values.get("source") or source_in(facts.titles)
        if not values["year"]:
            raise FieldError("year", "Chưa có Năm thực hiện.", "Thêm cột Năm, hoặc ghi năm ở tên bảng.")
        _hold_total(facts, draft)
        establishment = self._establishment(facts, draft)
        kept = self._find(self.title(facts), values, establishment)
        self._sort(facts, values, kept, draft)
        self._support(facts, values, kept, draft)
        project = self._plan.stage(draft, kept, Project, values)
        draft.after.append(lambda: self._put(project))
        if establishment is not None:
            self._share(project, establishment, facts, draft)

    def _support(self, facts: RowFacts, values: dict[str, Any], kept: Project | None, draft: Draft) -> None:
        """Say what the support of a row is: approved where a day or a number of approval is told, else asked for."""
        support = facts.values.get("support_vnd")
        is_approved = any(facts.values.get(each) for each in ("approved_on", "approval_number"))
        if is_approved and self._over_limit and (kept is None or kept.approved_vnd != support):
            draft.readings.append(f"Số hỗ trợ ghi ở Hỗ trợ đề nghị, chưa ghi là được duyệt: {self._over_limit}")
            is_approved = False
        values["approved_vnd" if is_approved else "requested_vnd"] = support
        if is_approved and (kept is None or kept.state == "draft"):
            values["state"] = "approved"

    def _establishment(self, facts: RowFacts, draft: Draft) -> Establishment | None:
        said = {"name": clean_line(str(facts.values.get("beneficiary", ""))), "tax_code": facts.values.get("tax_code")}
        if not said["name"]:
            return None
        return self._establishments.establishment(said, draft, is_main=False)

    def _share(self, project: Project, establishment: Establishment, facts: RowFacts, draft: Draft) -> None:
        kept = self._shares[project.id].get(establishment.id)
        said: dict[str, Any] = {name: facts.values.get(name) for name in ("support_vnd", "own_vnd")}
        said |= {"project_id": project.id, "establishment_id": establishment.id}
        share = self._plan.stage(draft, kept, ProjectBeneficiary, said, is_main=False)
        draft.after.append(lambda: self._shares[project.id].update({establishment.id: share}))

    def _find(self, name: str, values: dict[str, Any], establishment: Establishment | None) -> Project | None:
        """Return the project a row is about: by its code, else by name, year and beneficiary."""
        by_code = self._by_code.get(search_key(str(values.get("code", "")))) if values.get("code") else None
        if by_code is not None:
            return by_code
        same = [
            each
            for each in self._by_name.get((marked_key(name), values["year"]), {}).values()
            if values["source"] in ("", each.source) and not (values.get("code") and each.code)
        ]
        if establishment is not None:
            own = [each for each in same if establishment.id in self._shares[each.id]]
            same = own or [each for each in same if not self._shares[each.id]]
        if len(same) > 1:
            raise KnownError(
                f"Có {len(same)} đề án năm {values['year']} cùng tên “{name[:80]}”.",
                "Ghi thêm Mã đề án hoặc Đơn vị thụ hưởng để phân biệt.",
            )
        return same[0] if same else None

    def _sort(self, facts: RowFacts, values: dict[str, Any], kept: Project | None, draft: Draft) -> None:
        """Say which programme and content a project is of: by its columns, else by the heading of its group."""
        year, source = values["year"], values["source"]
        named = clean_line(str(facts.values.get("programme", "")))
        group = _GROUP_ORDINAL.sub("", facts.group)
        if named:
            programme: Programme | None = self._programmes.required(named, year, source)
        else:
            programme = self._programmes.find(group, year, source) if group else None
        said = clean_line(str(facts.values.get("content_of", "")))
        content = _content(said or named or group) or (programme.content if programme is not None else "")
        if programme is not None and (named or kept is None or kept.programme_id is None):
            values["programme_id"] = programme.id
        if content and (said or kept is None or not kept.content):
            values["content"] = content
            if not said:
                draft.readings.append(f"Nội dung hoạt động theo nhóm “{(named or group)[:60]}”: {content}.")
        if said and not content:
            raise FieldError(
                "content", f"Không rõ nội dung hoạt động “{said[:60]}”.", "Ghi số của nội dung, từ 1 đến 9."
            )


_PROJECT_FIELDS: Final = frozenset(each.name for each in describe(Project).fields)


def _content(words: str) -> str:
    key = search_key(words)
    if not key:
        return ""
    exact = [code for code, label in CONTENTS if code and key in (code, search_key(label))]
    if exact:
        return exact[0]
    found = {code for code, said in CONTENT_WORDS if any(search_key(each) in key for each in said)}
    return found.pop() if len(found) == 1 else ""


def _hold_total(facts: RowFacts, draft: Draft) -> None:
    """Refuse a row whose total is not the sum of its parts, where it gives them all; one rounded to its unit is told.

    The total itself is kept nowhere: it is always the sum.
    """
    total, support, own = (facts.values.get(each) for each in ("total_vnd", "support_vnd", "own_vnd"))
    if total is None or support is None or own is None:
        return
    added = support + own + (facts.values.get("other_vnd") or 0)
    if total == added:
        return
    said = f"Tổng kinh phí ghi {format_vnd(total)} đồng, các phần cộng lại {format_vnd(added)} đồng"
    step = next((each for each in (facts.unit, facts.unit // 10) if each and total % each == 0), 0)
    if 2 * abs(total - added) > step or step == 1:
        raise FieldError("total_vnd", f"{said}.", "Sửa một trong các số cho khớp.")
    draft.readings.append(f"{said}: đã làm tròn trong bảng.")


class FundEntries:
    """Rows of the ledger. An entry that stands in it already is the same; none is ever changed.

    `refused` are entries that the limits refuse beside the rows before them, with the reasons.
    """

    def __init__(self, workspace: Workspace, plan: Plan, refused: Mapping[Record, KnownError] | None = None) -> None:
        self._workspace, self._plan = workspace, plan
        self._refused = {
            _entry_key(each): error for each, error in (refused or {}).items() if isinstance(each, FundEntry)
        }
        self._plans = workspace.all(AnnualPlan)
        self._programmes = Programmes(workspace)
        self._projects: defaultdict[str, list[Project]] = defaultdict(list)
        for project in workspace.all(Project):
            for key in {marked_key(project.name), marked_key(project.code)} - {""}:
                self._projects[key].append(project)
        self._known: dict[tuple[Any, ...], FundEntry] = {}
        entries = workspace.all(FundEntry)
        reversed_ids = {each.reverses_id for each in entries}
        for each in entries:
            if each.id not in reversed_ids and each.reverses_id is None:
                self._known.setdefault(_entry_key(each), each)

    def title(self, facts: RowFacts) -> str:
        """Return the amount and the voucher of the entry."""
        amount = facts.values.get("amount_vnd")
        words = f"{format_vnd(amount)} đồng" if isinstance(amount, int) else ""
        return f"{clean_line(str(facts.values.get('document', '')))} {words}".strip()

    def judge(self, facts: RowFacts, draft: Draft) -> None:
        """Stage the entry."""
        values = {name: facts.values[name] for name in _ENTRY_FIELDS if facts.values.get(name)}
        kind = facts.values.get("entry_kind")
        if not kind:
            raise FieldError("kind", "Chưa có Loại bút toán.", "Thêm cột Loại: Giao vốn, Tạm ứng, Thanh toán…")
        if kind == "reversal":
            raise FieldError(
                "kind", "Đảo bút toán không nhập từ bảng được.", "Chọn bút toán ở thẻ Kinh phí rồi bấm Đảo."
            )
        plan = self._plan_of(facts, values.get("happened_on"))
        values |= {"kind": kind, "plan_id": plan.id}
        named = clean_line(str(facts.values.get("programme", "")))
        if named:
            values["programme_id"] = self._programmes.required(named, plan.year, plan.source).id
        project = self._project(facts, plan)
        if project is not None:
            values["project_id"] = project.id
            if not named and project.programme_id:
                values["programme_id"] = project.programme_id
        entry = validation.checked(FundEntry(**values))
        kept = self._known.get(_entry_key(entry))
        if kept is None:
            if _entry_key(entry) in self._refused:
                raise self._refused[_entry_key(entry)]
            with self._workspace.reading() as connection:
                validation.check_against_file(connection, entry)
        staged = self._plan.stage(draft, kept, FundEntry, {} if kept is not None else values)
        draft.after.append(lambda: self._known.update({_entry_key(staged): staged}))

    def _plan_of(self, facts: RowFacts, day: date | None) -> AnnualPlan:
        year = facts.values.get("plan_year") or (day.year if day else None) or year_in(facts.titles)
        source = facts.values.get("source") or source_in(facts.titles)
        found = [each for each in self._plans if each.year == year and source in ("", each.source)]
        if len(found) != 1:
            several = f"Năm {year} có {len(found)} nguồn kinh phí." if found else f"Chưa có kế hoạch năm {year or ''}."
            raise FieldError("plan_id", several.replace(" .", "."), "Thêm kế hoạch năm đó, hoặc ghi cột Năm và Nguồn.")
        return found[0]

    def _project(self, facts: RowFacts, plan: AnnualPlan) -> Project | None:
        named = clean_line(str(facts.values.get("project", "")))
        if not named:
            return None
        same = self._projects.get(marked_key(named), [])
        found = [each for each in same if each.source == plan.source]
        found = [each for each in found if each.year == plan.year] or found
        if len(found) != 1:
            said = "Có nhiều đề án tên" if found else "Chưa có đề án"
            raise FieldError("project_id", f"{said} “{named[:80]}”.", "Ghi mã đề án, hoặc đúng tên đề án đã có.")
        return found[0]


_ENTRY_FIELDS: Final = ("happened_on", "amount_vnd", "document", "payee", "treasury_code")


def _entry_key(entry: FundEntry) -> tuple[Any, ...]:
    """What makes two entries one and the same."""
    return (
        *(entry.happened_on, entry.kind, entry.plan_id, entry.project_id, entry.amount_vnd),
        *(search_key(entry.document), search_key(entry.payee)),
    )
