"""Click through the installer as a person would, taking a picture of every page to look at."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.windows.display import grab, press, take_picture, wait_for_window
from tests.windows.installed import TITLE, Pc
from tests.windows.wine import WindowsTestError

LANGUAGES = {"Vietnamese": ("t", "1066"), "English": ("e", "1033")}
"""The key that chooses a language in the wizard's first window, and Windows' number of it."""

NOT_WRITABLE = ("C", "colon", "backslash", *"a" * 256)  # a longer name than any disk takes
KEY = r"HKCU\Software\KCDesktop"
EXIT_CANCELLED = 1
_MOST_PAGES = 10


class _Person:
    """Somebody at the keyboard of this PC who looks at every page before pressing Enter."""

    def __init__(self, pc: Pc, language: str) -> None:
        self.language_key, self.language_number = LANGUAGES[language]
        self._display = pc.windows.display
        self._folder = pc.scratch / "pictures" / language
        self._seen = b""
        self._count = 0

    def look(self, name: str) -> None:
        """Wait until something new is on show and keep a picture of it."""
        self._count += 1
        self._seen = take_picture(self._display, self._picture(name), unlike=self._seen)

    def glance(self, name: str) -> None:
        """Keep a picture of what is on show at this moment."""
        grab(self._display, self._picture(name))

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        press(self._display, *keys)

    def enter_until_ended(self, program: subprocess.Popen[bytes], *names: str) -> None:
        """Look at each page and press Enter, until the program ends."""
        for each in range(_MOST_PAGES):
            if program.poll() is not None:
                return
            self.look(names[min(each, len(names) - 1)])
            self.press("Return")
            try:
                program.wait(timeout=2)
            except subprocess.TimeoutExpired:
                continue
        raise WindowsTestError(f"{self._picture(names[-1])}: the wizard does not end")

    def _picture(self, name: str) -> Path:
        return self._folder / f"{self._count:02d}-{name}.png"


def walk(pc: Pc, language: str) -> None:
    """Install by the wizard, open the program, install over it while it is open, remove it and its settings.

    Pictures land in `scratch`. Raises WindowsTestError at the first page that does not come or does not go on.
    """
    person = _Person(pc, language)
    _give_up(pc, person)
    setup = _go_to_folder(pc, person)
    person.look("folder")
    person.press("Return")
    while not (pc.folder / "Uninstall.exe").exists():
        if setup.poll() is not None:
            raise WindowsTestError("the wizard does not install")
        person.glance("installing")
    person.enter_until_ended(setup, "finish")
    if person.language_number not in pc.windows.run("reg", "query", KEY, "/v", "Language"):
        raise WindowsTestError(f"the wizard did not speak {language}")
    wait_for_window(pc.windows.display, TITLE)
    person.look("first-start")
    _update_while_open(pc, person)
    _remove(pc, person)


def _go_to_folder(pc: Pc, person: _Person) -> subprocess.Popen[bytes]:
    pc.windows.wait()
    setup = pc.windows.start(pc.installer)
    wait_for_window(pc.windows.display, "KC Desktop")
    person.look("language")
    person.press(person.language_key, "Return")
    person.look("welcome")
    person.press("Return")
    return setup


def _give_up(pc: Pc, person: _Person) -> None:
    """Choose a folder that cannot be written to, be told so, and cancel."""
    setup = _go_to_folder(pc, person)
    person.look("folder")
    person.press("ctrl+a", *NOT_WRITABLE, "Return")
    person.look("not-writable")
    person.press("Return")
    person.look("folder-again")
    person.press("Escape")
    person.look("give-up")
    person.press("Return")
    if setup.wait(timeout=120) != EXIT_CANCELLED:
        raise WindowsTestError(f"a wizard given up ends with {setup.returncode}")


def _update_while_open(pc: Pc, person: _Person) -> None:
    """Let the program that is open be asked to close, and come back."""
    before = (pc.folder / "Uninstall.exe").stat().st_mtime_ns
    setup = pc.windows.start(pc.installer)
    person.look("update-welcome")
    person.press("Return")
    person.look("update-ask-to-close")
    person.press("Return")
    while (pc.folder / "Uninstall.exe").stat().st_mtime_ns == before:
        if setup.poll() is not None:
            raise WindowsTestError("the wizard does not update")
        person.glance("update-installing")
    person.enter_until_ended(setup, "update-finish")
    wait_for_window(pc.windows.display, TITLE)
    pc.windows.ask_to_close("KC-Desktop.exe")


def _remove(pc: Pc, person: _Person) -> None:
    """Remove the program by its wizard, settings and all."""
    pc.windows.start(pc.windows.own_path(pc.folder / "Uninstall.exe"))
    wait_for_window(pc.windows.display, TITLE)
    person.look("remove")
    person.press("Return")
    person.look("remove-settings")
    person.press("Left", "Return")  # yes; no is what Enter alone would choose
    person.look("removed")
    person.press("Return")
    pc.windows.wait()
    if (pc.windows.local_app_data / "KCDesktop").exists():
        raise WindowsTestError("the settings are left although they were to go")


def photograph(pc: Pc) -> None:
    """Walk through the wizard in each of its languages."""
    for language in LANGUAGES:
        walk(pc, language)
    print(f"pictures: {pc.scratch / 'pictures'}", flush=True)
