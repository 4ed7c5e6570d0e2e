"""The name of a saved view of a list: for a new one, or another for one there is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kc_desktop.services import saved_views
from kc_desktop.services.lists import title_of
from kc_desktop.services.saved_views import SavedView
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey


class ViewNameDialog(AskDialog):
    """Asks for a name; a view that has none yet is new."""

    def __init__(self, workspace: Workspace, key: str, view: SavedView, parent: QWidget | None = None) -> None:
        title = "Đổi tên cách xem" if view.name else "Lưu cách xem"
        super().__init__(title, "Đổi tên" if view.name else "Lưu", parent)
        self._workspace = workspace
        self._key = key
        self._view = view
        HelpKey(self, "list-filters")
        if not view.name:
            self.say(
                f"Phần đang tìm, đang lọc, thứ tự, nhóm và các cột của danh sách {title_of(key)} được lưu dưới tên này "
                "và đứng thành một thẻ trên danh sách. “Quý này”, “30 ngày tới” luôn tính theo ngày mở xem."
            )
        self.ask_line("&Tên *", "name", "Chờ nghiệm thu quý này", view.name)
        self.finish("name")

    def act(self) -> object:
        """Keep the view, or its new name; return the name. Raises FieldError for one that is taken."""
        name = self.text_of("name")
        if self._view.name:
            return saved_views.rename(self._workspace, self._key, self._view.name, name)
        view = SavedView(name=name, request=self._view.request, columns=self._view.columns)
        return saved_views.save(self._workspace, self._key, view)
