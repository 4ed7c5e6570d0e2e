"""Build the program people get: the folder by PyInstaller, the installer by NSIS, checked and measured.

    python resources/installer/build.py                  on Windows: dist/KC-Desktop-Setup-<version>.exe
    python resources/installer/build.py --folder DIST    on any system, from a folder built before

On Windows run it with the project's environment (`py tests\\setup.py check` makes it); NSIS 3.08 or newer has to be
installed. On Linux `python -m tests.windows` builds the folder under Wine and calls this. Standard library only.
`--sign COMMAND` signs both programs, the uninstaller and the installer; "%1" in it stands for the file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "KC-Desktop"
TRAILER_MARK = b"KC-Desktop\0update\n"
"""The running program looks for this at the end of an installer (kc_desktop/services/update.py)."""
_MOST_CHANGES = 40_000
PROGRAMS = (f"{NAME}.exe", "kc-desktop-cli.exe")
INSTALLER_LIMIT_MB = 30.0
FOLDER_LIMIT_MB = 95.0
_X86_64 = 0x8664
NEEDED = (
    "_internal/resources/fonts/Tinos-Regular.ttf",
    "_internal/resources/fonts/LICENSE-Tinos.txt",
    "_internal/resources/icons/app.svg",
    "_internal/resources/sample/sample-2023.json",
    "_internal/resources/CHANGELOG.md",
    "_internal/resources/help/it.md",
    "_internal/docx/templates/default.docx",
    "_internal/PySide6/plugins/platforms/qwindows.dll",
    "_internal/sqlite3.dll",
    "_internal/LICENSE",
    "_internal/licenses/LGPL-3.txt",
    "_internal/licenses/reportlab/LICENSE",
)
_NOT_SHIPPED = re.compile(
    r"(^|/)(tests?|pytest|_pytest|hypothesis|pdfplumber|pypdfium2\w*)(/|\.|$)|(^|/)(icuuc|mscms|bcryptprimitives|opengl32sw)\.dll$"
    r"|\.(ts|nsi|kcdb)$",
    re.IGNORECASE,
)


class BuildError(Exception):
    """What keeps the build from being what people should get."""


def version() -> str:
    """Return the program's version from the one place that holds it."""
    text = (ROOT / "kc_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([\d.]+)"', text, re.MULTILINE)
    if found is None:
        raise BuildError("kc_desktop/__init__.py: no __version__")
    return found[1]


def size_mb(path: Path) -> float:
    """Return the size of a file, or of all files in a folder, in MB (10^6 bytes)."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(each.stat().st_size for each in files if each.is_file()) / 1e6


def file_list(folder: Path) -> list[str]:
    """Return the names of all files in a folder, sorted."""
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def check_folder(folder: Path) -> None:
    """Refuse a folder that is not what a Windows PC needs. Raises BuildError with everything found."""
    names = file_list(folder)
    found = [f"missing: {each}" for each in (*PROGRAMS, *NEEDED) if each not in names]
    found += [f"does not belong there: {each}" for each in names if _NOT_SHIPPED.search(each)]
    for name in names:
        if name.lower().endswith((".exe", ".dll", ".pyd")):
            found += [f"{name}: {each}" for each in _problems_of_binary((folder / name).read_bytes())]
    size = size_mb(folder)
    if size > FOLDER_LIMIT_MB:
        found.append(f"{size:.1f} MB, more than {FOLDER_LIMIT_MB} MB")
    print(f"{folder.name}: {len(names)} files, {size:.1f} MB installed (limit {FOLDER_LIMIT_MB:.0f} MB)", flush=True)
    if found:
        raise BuildError("\n".join(found))


def _problems_of_binary(data: bytes) -> list[str]:
    if b"Wine builtin DLL" in data[:256] or b"Wine placeholder DLL" in data[:256]:
        return ["from Wine"]
    (header,) = struct.unpack_from("<I", data, 0x3C)
    (machine,) = struct.unpack_from("<H", data, header + 4)
    return [] if machine == _X86_64 else ["not for 64-bit Windows"]


def build_folder(distribution: Path, work: Path) -> Path:
    """Build the program's folder with the PyInstaller of this Python, and return it."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(distribution), "--workpath", str(work), str(ROOT / "build.spec")]
    subprocess.run(command, cwd=ROOT, check=True)
    return distribution / NAME


def build_installer(folder: Path, target: Path, sign: str = "", version_number: str = "") -> None:
    """Make the installer of a folder. Raises BuildError when it comes out too large."""
    compiler, languages = _nsis()
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("Vietnamese.nsh", "Vietnamese.nlf"):
            # NSIS's Vietnamese is decomposed Unicode up to 3.11: accents fall apart in the dialogs
            text = (languages / name).read_text(encoding="utf-8-sig")
            (Path(scratch) / name).write_text(unicodedata.normalize("NFC", text), encoding="utf-8-sig")
        given = {
            "VERSION": version_number or version(),
            "FOLDER": str(folder.resolve()),
            "ICON": str(ROOT / "resources" / "icons" / "app.ico"),
            "LANGUAGES": scratch,
            "TARGET": str(target.resolve()),
        } | ({"SIGN": sign} if sign else {})
        if (languages.parent.parent / "Stubs" / "lzma_solid-amd64-unicode").exists():
            given["ARCHITECTURE"] = "amd64-unicode"  # only Debian's NSIS has it; it also runs where Wine has no 32 bits
        target.parent.mkdir(parents=True, exist_ok=True)
        script = str(Path(__file__).resolve().parent / "installer.nsi")
        flags = [f"-D{name}={value}" for name, value in given.items()]
        subprocess.run([compiler, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *flags, script], check=True)
    append_trailer(target, given["VERSION"], (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    if sign:
        _sign(target, sign)
    size = size_mb(target)
    print(f"{target.name}: {size:.1f} MB (limit {INSTALLER_LIMIT_MB:.0f} MB)", flush=True)
    if size > INSTALLER_LIMIT_MB:
        raise BuildError(f"{target.name}: {size:.1f} MB, more than {INSTALLER_LIMIT_MB} MB")


def append_trailer(target: Path, version_number: str, changes: str) -> None:
    """Append to an installer what it installs, for the program it replaces: before signing, which covers it then.

    NSIS reads no further than its own data, so that what follows does no harm.
    """
    told = json.dumps({"version": version_number, "changes": changes[:_MOST_CHANGES]}, ensure_ascii=False).encode()
    with target.open("ab") as stream:
        stream.write(TRAILER_MARK + struct.pack("<I", len(told)) + told)


def _nsis() -> tuple[str, Path]:
    """Return NSIS's compiler and the folder of its languages. Raises BuildError with where to get it."""
    program_files = Path(os.environ.get("PROGRAMFILES(X86)", "C:/Program Files (x86)")) / "NSIS"
    for compiler, home in (
        (shutil.which("makensis"), Path("/usr/share/nsis")),
        (str(program_files / "makensis.exe"), program_files),
    ):
        languages = home / "Contrib" / "Language files"
        if compiler and Path(compiler).exists() and languages.is_dir():
            return compiler, languages
    raise BuildError("NSIS is missing: on Windows install it from nsis.sourceforge.io, on Debian the package nsis.")


def write_checksums(target: Path) -> Path:
    """Write the installer's SHA-256 beside it, in the form `sha256sum -c` and certutil's users know."""
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    sums = target.with_name(target.name + ".sha256")
    sums.write_text(f"{digest}  {target.name}\n", encoding="ascii", newline="\n")
    return sums


def sign_programs(folder: Path, sign: str) -> None:
    """Sign both programs before they are packed."""
    for name in PROGRAMS:
        _sign(folder / name, sign)


def _sign(file: Path, sign: str) -> None:
    subprocess.run(sign.replace("%1", str(file)), shell=True, check=True)


def main() -> int:
    """Build what the arguments ask for and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, help="a folder built before; without it PyInstaller builds one")
    parser.add_argument("--to", type=Path, default=ROOT / "dist", help="where the installer goes")
    parser.add_argument("--sign", default="", help='command that signs a file, e.g. signtool sign /fd SHA256 "%%1"')
    given = parser.parse_args()
    try:
        if given.folder is None and sys.platform != "win32":
            raise BuildError("Here the Windows program is built under Wine: python -m tests.windows build")
        folder = given.folder or build_folder(given.to, ROOT / "build")
        check_folder(folder)
        if given.sign:
            sign_programs(folder, given.sign)
        target = given.to / f"{NAME}-Setup-{version()}.exe"
        build_installer(folder, target, given.sign)
        print(write_checksums(target).read_text(encoding="ascii"), end="")
    except (BuildError, subprocess.CalledProcessError) as error:
        print(f"build: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
