"""Work on the worker thread: its outcome comes back, it can be stopped, and the program waits for it at the end."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from kc_desktop.errors import KnownError
from kc_desktop.services import lists
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui.jobs import Job, JobRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    assert qtbot is not None
    made = JobRunner()
    yield made
    made.close()


def test_a_job_reads_with_a_connection_of_its_own_off_the_gui_thread(
    runner: JobRunner, qtbot: QtBot, workspace: Workspace
) -> None:
    here = QThread.currentThread()
    second = workspace.path

    def work(_job: Job) -> tuple[bool, int]:
        opened = Workspace.open(second)
        try:
            return QThread.currentThread() is here, lists.count(opened, "people", ListRequest())
        finally:
            opened.close()

    job = runner.submit("Đếm người", work)
    with qtbot.waitSignal(job.succeeded) as told:
        pass
    assert told.args == [(False, lists.count(workspace, "people", ListRequest()))]


def test_jobs_run_one_after_another_in_order(runner: JobRunner, qtbot: QtBot) -> None:
    done: list[int] = []

    def work(number: int, _job: Job) -> None:
        done.append(number)

    jobs = [runner.submit(f"Việc {number}", partial(work, number)) for number in range(5)]
    with qtbot.waitSignals([job.finished for job in jobs]):
        pass
    assert done == [0, 1, 2, 3, 4]
    qtbot.waitUntil(lambda: not runner.is_busy())


def test_progress_is_told_and_a_job_can_be_stopped(runner: JobRunner, qtbot: QtBot) -> None:
    waiting = threading.Event()
    steps: list[int] = []

    def work(job: Job) -> None:
        for number in range(1000):
            job.report(number, 1000)
            steps.append(number)
            if number == 3:
                waiting.wait(10)

    job = runner.submit("Việc dài", work)
    with qtbot.waitSignal(job.progressed, check_params_cb=lambda done, _total: done == 3):
        pass
    with qtbot.assertNotEmitted(job.succeeded), qtbot.waitSignal(job.finished):
        job.cancel()
        waiting.set()
    assert steps == [0, 1, 2, 3]


def test_a_known_error_comes_back_as_it_is(runner: JobRunner, qtbot: QtBot) -> None:
    def work(_job: Job) -> None:
        raise KnownError("Đĩa đầy.", "Xóa bớt tệp.")

    job = runner.submit("Ghi", work)
    with qtbot.waitSignal(job.failed) as told:
        pass
    assert isinstance(told.args[0], KnownError)


def test_a_mistake_of_the_program_is_logged_and_told(
    runner: JobRunner, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_job: Job) -> int:
        return 1 // 0

    job = runner.submit("Chia", work)
    with qtbot.waitSignal(job.failed) as told:
        pass
    assert isinstance(told.args[0], ZeroDivisionError)
    assert "Chia" in caplog.text


def test_closing_waits_for_the_running_job_and_takes_no_more(runner: JobRunner, qtbot: QtBot) -> None:
    started, ended = threading.Event(), threading.Event()

    def work(_job: Job) -> None:
        started.set()
        ended.set()

    runner.submit("Việc", work)
    qtbot.waitUntil(started.is_set)
    runner.close()
    assert ended.is_set()
    ran: list[int] = []
    late = runner.submit("Muộn", lambda _job: ran.append(1))
    with qtbot.assertNotEmitted(late.finished, wait=50):
        pass
    assert ran == []


def test_the_cycle_collector_keeps_off_the_worker_thread(runner: JobRunner, qtbot: QtBot) -> None:
    was_on = []

    def work(_job: Job) -> None:
        was_on.append(gc.isenabled())

    job = runner.submit("Đếm", work)
    with qtbot.waitSignal(job.finished):
        pass
    assert was_on == [False]
    qtbot.waitUntil(gc.isenabled)
