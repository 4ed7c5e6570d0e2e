"""Click through the installer as a person would, taking a picture of every page to look at."""

from __future__ import annotations

from tests.windows.display import grab, press, take_picture, wait_for_window
from tests.windows.installed import TITLE, Pc
from tests.windows.wine import WindowsTestError


def photograph(pc: Pc) -> None:
    """Install by the wizard, open the program from its last page, remove by the wizard; pictures in `scratch`."""
    pictures = pc.scratch / "pictures"

    seen = b""

    def picture(name: str) -> None:
        nonlocal seen
        seen = take_picture(pc.windows.display, pictures / f"{name}.png", unlike=seen)

    setup = pc.windows.start(pc.installer)
    wait_for_window(pc.windows.display, TITLE)
    for name in ("1-language", "2-welcome", "3-folder"):
        picture(name)
        press(pc.windows.display, "Return")
    while not (pc.folder / "Uninstall.exe").exists():
        if setup.poll() is not None:
            raise WindowsTestError("the wizard does not install")
        grab(pc.windows.display, pictures / "4-installing.png")
    picture("5-finish")
    press(pc.windows.display, "Return")
    setup.wait(timeout=60)
    wait_for_window(pc.windows.display, TITLE)
    picture("6-first-start")
    pc.windows.stop()
    pc.windows.start(pc.folder / "Uninstall.exe")
    wait_for_window(pc.windows.display, TITLE)
    for name in ("7-remove", "8-settings", "9-removed"):
        picture(name)
        press(pc.windows.display, "Return")
    print(f"pictures: {pictures}", flush=True)
