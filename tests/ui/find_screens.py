"""Pictures of Tìm nhanh: what was opened last, groups with what was found, a group alone, nothing found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import theme

if TYPE_CHECKING:
    from tests.ui.screens import Photographer

_TYPED = {"find-groups": "kinh phí", "find-names": "ho tran", "find-commands": "bao cao", "find-nothing": "qwz"}


def photograph(photographer: Photographer) -> None:
    """Keep the list under the box over the last tab, and its groups in the dark."""
    window = photographer.window
    for key, record_id in (("projects", 3), ("people", 3), ("meetings", 1)):
        window.open_record(key, record_id)
    box = window.quick_find
    box.begin()
    photographer.keep("find")
    for name, typed in _TYPED.items():
        box.setText(typed)
        box.search_for(typed)
        photographer.keep(name)
    light, dark = (
        each for each in window.actions_.looks.actions() if each.data() in (theme.Look.LIGHT, theme.Look.DARK)
    )
    dark.trigger()
    box.setText(_TYPED["find-groups"])
    box.search_for(_TYPED["find-groups"])
    photographer.keep("find-groups-dark")
    light.trigger()
    box.clear()
    box.hide_suggestions()
