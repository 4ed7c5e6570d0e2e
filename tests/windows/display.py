"""See and touch what Windows programs under Wine show on our own X display."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.windows.wine import WindowsTestError

_MOST_GRABS = 20
_LOOK_EVERY_S = 0.02
_GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(["grab", "-platform", "xcb"])
sys.exit(not app.primaryScreen().grabWindow(0).save(sys.argv[1]))
"""


def on_display(display: str) -> dict[str, str]:
    """Return the environment of a Linux program on this display."""
    return os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}


def wait_for_window(display: str, title: str, timeout_s: float = 240) -> str:
    """Wait until a window with these words in its title is seen, and return X's number of it."""
    ends, tick = time.monotonic() + timeout_s, threading.Event()
    command = ["xdotool", "search", "--onlyvisible", "--name", title]  # its own --sync looks twice a second only
    while time.monotonic() < ends:
        found = subprocess.run(
            command, env=on_display(display), capture_output=True, text=True, timeout=20, check=False
        )
        if found.stdout.split():
            return found.stdout.split()[0]
        tick.wait(_LOOK_EVERY_S)
    raise WindowsTestError(f"no window “{title}” after {timeout_s:.0f} s")


def press(display: str, *keys: str) -> None:
    """Press keys in the window that has the keyboard."""
    subprocess.run(["xdotool", "key", *keys], env=on_display(display), check=True, timeout=20)


def grab(display: str, target: Path) -> bytes:
    """Save what is on the display now as a picture and return it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-c", _GRAB, str(target)], env=on_display(display), check=True, timeout=60)
    return target.read_bytes()


def take_picture(display: str, target: Path, unlike: bytes = b"") -> bytes:
    """Save what is on the display, once it stands still and is another picture than `unlike`, and return it."""
    before = b""
    for _ in range(_MOST_GRABS):
        now = grab(display, target)
        if now == before != unlike:
            return now
        before = now
    raise WindowsTestError(f"{target.stem}: nothing new is seen")
