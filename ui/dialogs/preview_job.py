"""A paper as the preview needs it, and the thread it is made on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from kc_desktop.services import papers
from kc_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the preview needs to know of a paper. `render` takes a suffix and runs on a worker thread."""

    title: str
    render: Callable[[str], bytes]
    pdf_name: str
    word_name: str
    problems: tuple[str, ...] = ()


class Job:
    """Work done beside the window, on a thread of its own. It owns no Qt object, so it may outlive the window."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        self._work = work
        self._result = b""
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="kc-paper", daemon=True)
        self._thread.start()

    def is_done_within(self, seconds: float) -> bool:
        """Wait at most so long and return whether the work is over."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> bytes:
        """Return what was made. Raises what the work raised."""
        if self._failure is not None:
            raise self._failure
        return self._result

    def _run(self) -> None:
        try:
            self._result = self._work()
        except BaseException as failure:  # handed over to the window's thread by result()
            self._failure = failure


def paper_of(workspace: Workspace, key: str, record_id: int) -> Paper:
    """Return one kind of paper about one record. Raises KnownError when the record is gone."""
    return Paper(
        title=papers.name_of(key),
        render=partial(_render_apart, workspace, key, record_id),
        pdf_name=papers.file_name(workspace, key, record_id, ".pdf"),
        word_name=papers.file_name(workspace, key, record_id, ".docx"),
        problems=papers.problems(workspace, key, record_id),
    )


def _render_apart(workspace: Workspace, key: str, record_id: int, suffix: str) -> bytes:
    """Render through a reader of its own: a workspace belongs to one thread."""
    with closing(workspace.second()) as reader:
        return papers.render(reader, key, record_id, suffix)
