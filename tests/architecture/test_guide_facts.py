"""The page for IT staff tells the truth: its paths, switches and codes are those of the program and the installer."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import platformdirs.windows
import pytest

from kc_desktop import commands, logs, paths
from kc_desktop.services import guide, papers
from kc_desktop.storage import backup_files, places
from resources.installer import build
from tests.architecture.sources import ROOT
from ui import view_state
from ui.closing import close_when_asked

_SCRIPT = (ROOT / "resources" / "installer" / "installer.nsi").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page() -> str:
    found = guide.page_named("it")
    assert found is not None
    return found.text


def _row(page: str, start: str) -> list[str]:
    (line,) = [each for each in page.splitlines() if each.startswith(f"| {start}")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def _defined(name: str) -> str:
    found = re.search(rf'^!define {name} "?([^"\n;]+?)"?( ;.*)?$', _SCRIPT, re.MULTILINE)
    assert found is not None, name
    return found[1]


@pytest.fixture
def carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a program that carries its data with itself."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / build.PROGRAMS[0]))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (tmp_path / paths._PORTABLE_MARK).touch()
    return tmp_path


def test_the_folder_of_the_program_is_the_installers(page: str) -> None:
    folder = re.search(r'^InstallDir "([^"]+)"', _SCRIPT, re.MULTILINE)
    assert folder is not None
    told = folder[1].replace("$LOCALAPPDATA", "%LOCALAPPDATA%").replace("${PRODUCT}", _defined("PRODUCT"))
    assert f"`{told}\\`" in _row(page, "Chương trình")
    assert f'"{told}\\Uninstall.exe" /S' in page


def test_the_places_of_an_installed_program_are_those_of_the_code(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    local = r"C:\Users\kt\AppData\Local"
    monkeypatch.setattr(platformdirs.windows, "get_win_folder", lambda _name: local)
    windows = platformdirs.windows.Windows(paths._NAME, appauthor=False)
    log_folder = windows.user_log_dir.replace(local, "%LOCALAPPDATA%").replace("/", "\\")
    data_folder = windows.user_data_dir.replace(local, "%LOCALAPPDATA%").replace("/", "\\")
    assert f"`{log_folder}\\kc-desktop.log`, `crash.log`" in _row(page, "Nhật ký lỗi")
    assert f"`{data_folder}\\{paths._SAMPLE_NAME}`" in _row(page, "Dữ liệu mẫu")
    assert f"`{data_folder}\\{view_state.settings_file().name}`" in _row(page, "Thiết lập")
    assert _defined("SETTINGS").replace("$LOCALAPPDATA", "%LOCALAPPDATA%") == data_folder
    assert f"(`{data_folder}`)" in page, "what /SETTINGS removes"


def test_the_places_of_a_carried_program_are_those_of_the_code(page: str, carried: Path) -> None:
    settings, log_folder, sample = view_state.settings_file(), paths.log_folder(), paths.sample_file()
    for start, path in (
        ("Thiết lập", settings),
        ("Nhật ký lỗi", log_folder / "kc-desktop.log"),
        ("Nhật ký lỗi", log_folder / "crash.log"),
        ("Dữ liệu mẫu", sample),
    ):
        told = str(path.relative_to(carried)).replace("/", "\\")
        assert f"`{told}`" in _row(page, start)[-1]
    assert f"`{paths._PORTABLE_MARK}`" in page
    assert "`data\\`" in _row(page, "Tệp dữ liệu")[-1]


def test_the_logs_are_as_large_and_as_many_as_told(page: str, tmp_path: Path) -> None:
    logs.stop()
    logs.start(tmp_path)
    logs.log.info("Thử")
    logs.stop()
    assert {each.name for each in tmp_path.iterdir()} == {"kc-desktop.log", "crash.log"}
    assert logs._MAX_BYTES // 1024 == 500
    assert logs._KEPT_FILES == 3
    assert "tối đa bốn tệp 500 KB" in page


@pytest.mark.skipif(sys.platform != "linux", reason="the places of Linux")
def test_the_places_on_linux_are_those_of_the_code(page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable)
    monkeypatch.setenv("HOME", str(tmp_path))
    for path, ending in (
        (view_state.settings_file(), ""),
        (paths.log_folder(), "/"),
        (paths.sample_file().parent, "/"),
    ):
        assert f"`~/{path.relative_to(tmp_path)}{ending}`" in page


def test_the_switches_are_those_of_the_installer(page: str) -> None:
    known = set(re.findall(r'GetOptions\} \$\w "(/\w+)"', _SCRIPT)) | {"/S", "/D"}
    told = set(re.findall(r"`(/[A-Z]+)", page))
    assert told == known


def test_the_exit_codes_are_those_of_the_installer(page: str) -> None:
    (line,) = re.findall(r"^; Exit codes: (.+)$", _SCRIPT, re.MULTILINE)
    codes = re.findall(r"(\d) ", line)
    assert [row.split("|")[1].strip() for row in page.splitlines() if re.match(r"\| \d", row)] == codes
    assert "vẫn đang mở" in _row(page, f"{_defined('EXIT_RUNNING')} ")[0]
    assert "Windows quá cũ" in _row(page, f"{_defined('EXIT_OLD_WINDOWS')} ")[0]


def test_what_a_pc_needs_is_what_the_installer_asks_for(page: str) -> None:
    assert "RequestExecutionLevel user" in _SCRIPT
    assert "AtLeastWin10" in _SCRIPT
    assert "RunningX64" in _SCRIPT
    assert "Windows 10 hoặc 11, bản **64 bit**" in page
    assert f"Không quá {build.FOLDER_LIMIT_MB:.0f} MB" in page


def test_the_event_that_asks_programs_to_close_is_one_of_the_session() -> None:
    name = _defined("CLOSE_EVENT")
    assert name.startswith("Local\\"), "a global one would close the programs of other accounts"
    source = (ROOT / "ui" / "closing.py").read_text(encoding="utf-8")
    assert name.replace("\\", "\\\\") in source
    assert close_when_asked.__doc__


def test_every_cloud_and_share_the_program_knows_is_on_the_page(page: str) -> None:
    for name in set(places._CLOUD_FOLDERS.values()) - {"Nextcloud"}:
        assert name in page


def test_the_commands_and_the_checksum_are_those_there_are(page: str) -> None:
    told = set(re.findall(r"kc-desktop-cli ([a-z][a-z-]+)", page))
    assert told <= set(commands.COMMANDS)
    assert {"self-test", "check"} <= told
    assert "certutil -hashfile" in page
    assert ".sha256" in page
    assert 'target.name + ".sha256"' in (ROOT / "resources" / "installer" / "build.py").read_text(encoding="utf-8")


def test_backups_lie_and_are_kept_as_told(page: str) -> None:
    folder = backup_files.default_folder(Path("D:/Khuyến công.kcdb"))
    assert folder.name == "Sao lưu Khuyến công"
    assert "`Sao lưu <tên tệp>`" in _row(page, "Bản sao lưu")[0]
    example = re.search(r"`<tên tệp>( – sao lưu [^`]+)`", page)
    assert example is not None
    assert backup_files.is_backup(Path(f"Khuyến công{example[1]}"))
    kept = (backup_files.KEPT_DAYS, backup_files.KEPT_WEEKS, backup_files.KEPT_MONTHS)
    assert "{} ngày, {} tuần, {} tháng gần nhất".format(*kept) in page


def test_every_paper_is_on_the_page_of_papers() -> None:
    found = guide.page_named("giay-to")
    assert found is not None
    assert [each.name for each in papers.all_kinds() if each.name not in found.text] == []


@pytest.mark.parametrize("page_name", [each.name for each in guide.pages()])
def test_every_menu_the_guide_leads_to_is_there(page_name: str) -> None:
    """Words in bold that follow a menu in bold are entries of it: "**Tệp**, **Sao lưu ngay**"."""
    found = guide.page_named(page_name)
    assert found is not None
    source = (ROOT / "ui" / "menus.py").read_text(encoding="utf-8")
    menus = {each.replace("&", "") for each in re.findall(r'addMenu\("([^"]+)"\)', source)}
    for menu, entry in re.findall(r"\*\*([^*]+)\*\*, \*\*([^*]+)\*\*", found.text):
        if menu in menus:
            assert re.search(rf'_make\("{re.escape(entry)}…?"', source), f"{menu}, {entry}"


def test_no_page_is_left_out_of_the_build() -> None:
    spec = (ROOT / "build.spec").read_text(encoding="utf-8")
    assert '"help"' in spec
    assert "_internal/resources/help/it.md" in build.NEEDED
