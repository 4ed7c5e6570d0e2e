"""The program talks to nobody: not a single socket is opened while it does all it can."""

from __future__ import annotations

import os
import subprocess
import sys

_WATCHED = """
import runpy, sys
sys.addaudithook(lambda event, _: event.startswith("socket.") and sys.exit(f"socket: {event}"))
sys.argv[0] = "kc-desktop"
runpy.run_module("kc_desktop", run_name="__main__")
"""


def _watched(*arguments: str, program: str = _WATCHED) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program, *arguments],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def test_the_self_test_with_every_paper_and_the_window_opens_no_socket() -> None:
    done = _watched("self-test")
    assert done.returncode == 0, done.stderr


def test_the_watch_sees_a_socket_when_there_is_one() -> None:
    done = _watched(program=_WATCHED.replace("runpy.run_module", "__import__('socket').socket() or runpy.run_module"))
    assert "socket: socket.__new__" in done.stderr


def test_no_module_of_qt_that_can_talk_is_used() -> None:
    talk = {"PySide6.QtNetwork", "PySide6.QtDBus", "ssl", "http.client", "urllib.request", "smtplib"}
    program = "import sys, ui.app, kc_desktop.__main__, kc_desktop.services.papers; print(*sys.modules)"
    loaded = set(_watched(program=program).stdout.split())
    assert "ui.main_window" in loaded
    assert not loaded & talk
