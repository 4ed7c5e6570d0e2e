"""Pictures of meetings: every part of one, a new one, a council's, what was closed off."""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from kc_desktop.domain.meeting import Attendee, Conclusion, Entry, Meeting, Petition, Task
from kc_desktop.services import attachments, councils, finalising, follow_up, meeting_plans, meetings
from kc_desktop.services.workspace import Workspace
from tests.ui import council_parts
from ui.meeting.extra_parts import COUNCIL, FILES, PARTIES
from ui.tabs.meetings import MeetingsTab

if TYPE_CHECKING:
    from tests.ui.screens import Photographer


def photograph(photographer: Photographer) -> None:
    """Keep the parts of a meeting in its year, then those that only councils and working sessions have."""
    _meetings(photographer)
    _councils(photographer)


def _meetings(photographer: Photographer) -> None:
    tab = photographer.tab(4)
    assert isinstance(tab, MeetingsTab)
    made = _two_meetings(tab.workspace)
    photographer.window.refresh()
    tab.open_record("meetings", made.id)
    for place, name in enumerate(("info", "agenda", "attendance", "minutes", "outcome")):
        tab.editor.show_part(place)
        photographer.keep(f"meeting-{name}")
    tab.editor.show_part(3)
    tab.editor.minutes.phrase_button.click()
    photographer.keep("meeting-phrases")
    tab.editor.minutes.pickers["body"].hide()
    tab.new()
    tab.form.editor("held_on").set_value(date(2024, 4, 12))
    photographer.keep("meeting-new")
    photographer.modal("meeting-template", tab.template_button.click)
    photographer.modal("meeting-copy", tab.copy_button.click)
    tab.cancel()
    for key in ("meeting-templates", "phrases"):
        photographer.window.open_catalogue(key)
        photographer.keep(key)
        photographer.window.pages.close_current()


def _two_meetings(workspace: Workspace) -> Meeting:
    """Make a council's meeting with everything in it, and another in the same room at the same time."""
    template = next(each for each in meeting_plans.templates(workspace) if each.kind == "tham_dinh")
    head = Meeting(title="", held_on=date(2023, 5, 10), starts_at="8:00", ends_at="9:30", place="Phòng họp 2")
    before = meeting_plans.from_template(workspace, template.id, head)
    late = date(2023, 5, 20)
    for body in ("Rà soát dự toán các đề án đã trình", "Khảo sát lại cơ sở 03"):
        meetings.add(workspace, Task(meeting_id=before.id, body=body, due_on=late))
    made = meeting_plans.copy(workspace, before.id, meeting_plans.head_of_copy(before, date(2023, 6, 15)))
    made = workspace.save(dataclasses.replace(made, quorum_percent=67))
    ids = [each.id for each in workspace.children(Attendee, meeting_id=made.id)]
    meetings.set_council_role(workspace, ids, "Ủy viên")
    meetings.set_attendance(workspace, ids[:2], "present")
    follow_up.carry(workspace, made.id)
    meetings.add(workspace, Conclusion(meeting_id=made.id, body="Thống nhất thông qua 02 đề án."))
    meetings.add(workspace, Petition(meeting_id=made.id, body="Đề nghị gửi tài liệu trước 03 ngày", due_on=late))
    meetings.add(workspace, Entry(meeting_id=made.id, body="Thông qua chương trình.", said_at="08:05"))
    workspace.save(dataclasses.replace(before, id=0, title="Giao ban tuần 24", held_on=made.held_on))
    return made


def _councils(photographer: Photographer) -> None:
    tab = photographer.tab(4)
    assert isinstance(tab, MeetingsTab)
    workspace, editor = tab.workspace, tab.editor
    made, session = council_parts.council(workspace), council_parts.working(workspace)
    council_parts.decided(workspace, made)
    councils.make_parties(workspace, session.id)
    photographer.window.refresh()
    tab.open_record("meetings", session.id)
    editor.show_part(PARTIES)
    photographer.keep("meeting-parties")
    tab.open_record("meetings", made.id)
    editor.show_part(COUNCIL)
    photographer.keep("meeting-council")
    photographer.modal("pick-projects", editor.extra.council.agenda_button.click)
    photographer.modal("write-back", editor.extra.council.write_button.click)
    photographer.modal("finalise", editor.finalise_button.click)
    finalising.finalise(workspace, made.id, on=date(2023, 6, 21))
    attachments.attach(workspace, "meeting", made.id, [photographer.sample])
    tab.refresh(frozenset())
    editor.show_part(FILES)
    photographer.keep("meeting-files")
    finalising.reopen(workspace, made.id, "Bổ sung ý kiến", on=date(2023, 6, 25))
    meetings.add(workspace, Conclusion(meeting_id=made.id, body="Gửi trích biên bản cho từng đơn vị."))
    tab.refresh(frozenset())
    photographer.modal("versions", partial(editor.lock_label.linkActivated.emit, "versions"))
