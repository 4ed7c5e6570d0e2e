"""Folders of clouds and of other computers are known by their names and by what the system says of them."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from kc_desktop.storage import places
from kc_desktop.storage.places import Kind, Place, System

_MOUNTS = r"""
overlay / overlay rw,relatime 0 0
/dev/sda2 /home ext4 rw,relatime 0 0
//may-chu/chung /mnt/Phòng\040KT\0431 cifs rw,vers=3.0 0 0
may-chu:/du-lieu /srv/nfs nfs4 rw 0 0
can-bo@may-chu:/ /home/kt/xa fuse.sshfs rw 0 0
/dev/sdb1 /home/kt/xa/usb vfat rw 0 0
gdrive: /home/kt/may fuse.rclone rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
"""
_CLOUD_HOME = r"D:\Đồng bộ của Sở"


def _pc(**environment: str) -> System:
    def drive_type(root: str) -> int:
        return 4 if root.upper() == "Z:\\" else 3

    return System(environment=environment, mounts=lambda: _MOUNTS, drive_type=drive_type)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (r"C:\Users\Phòng KT\OneDrive\Tài liệu\a.kcdb", "OneDrive"),
        (r"C:\Users\kt\OneDrive - Sở Công Thương\a.kcdb", "OneDrive"),
        (r"C:\Users\kt\ONEDRIVE\a.kcdb", "OneDrive"),
        (r"D:\Đồng bộ của Sở\Khuyến công\a.kcdb", "OneDrive"),
        (r"d:\đồng bộ của sở\a.kcdb", "OneDrive"),
        (r"C:\Users\kt\Dropbox\a.kcdb", "Dropbox"),
        (r"C:\Users\kt\Dropbox (Cá nhân)\a.kcdb", "Dropbox"),
        (r"G:\Drive của tôi\a.kcdb", "Google Drive"),
        (unicodedata.normalize("NFD", r"G:\Drive của tôi\a.kcdb"), "Google Drive"),
        (r"G:\My Drive\a.kcdb", "Google Drive"),
        (r"C:\Users\kt\iCloudDrive\a.kcdb", "iCloud"),
    ],
)
def test_a_folder_of_a_cloud_is_known_by_its_name_or_by_windows_own_word(path: str, name: str) -> None:
    system = _pc(OneDriveCommercial=_CLOUD_HOME)
    assert places.judge(PureWindowsPath(path), system) == Place(kind=Kind.CLOUD, name=name)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (r"\\may-chu\Khuyến công\a.kcdb", r"\\may-chu\Khuyến công"),
        (r"\\?\UNC\may-chu\chung\a.kcdb", r"\\may-chu\chung"),
        (r"Z:\Khuyến công\a.kcdb", "Z:"),
        (r"\\?\Z:\a.kcdb", "Z:"),
    ],
)
def test_a_share_of_windows_is_known_by_its_path_or_its_drive(path: str, name: str) -> None:
    assert places.judge(PureWindowsPath(path), _pc()) == Place(kind=Kind.NETWORK, name=name)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/mnt/Phòng KT#1/a.kcdb", Place(kind=Kind.NETWORK, name="//may-chu/chung")),
        ("/srv/nfs/2026/a.kcdb", Place(kind=Kind.NETWORK, name="may-chu:/du-lieu")),
        ("/home/kt/xa/a.kcdb", Place(kind=Kind.NETWORK, name="can-bo@may-chu:/")),
        ("/home/kt/may/a.kcdb", Place(kind=Kind.CLOUD, name="rclone")),
        ("/run/user/1000/gvfs/google-drive:host=gmail.com/a.kcdb", Place(kind=Kind.CLOUD, name="Google Drive")),
        ("/run/user/1000/gvfs/smb-share:server=m/a.kcdb", Place(kind=Kind.NETWORK, name="gvfsd-fuse")),
        ("/home/kt/xa/usb/a.kcdb", None),
        ("/home/kt/Tài liệu/a.kcdb", None),
        ("/srv/nfs2/a.kcdb", None),
    ],
)
def test_a_mount_of_linux_is_known_by_its_file_system(path: str, place: Place | None) -> None:
    assert places.judge(PurePosixPath(path), _pc()) == place


@pytest.mark.parametrize(
    "folder", ["Temp1_ho so.zip", "7zO4B1C", "Rar$DIa1234.5678", r"INetCache\Content.Outlook\ABC123"]
)
def test_a_folder_made_for_a_letter_or_an_archive_is_known_by_its_name(folder: str) -> None:
    path = PureWindowsPath(r"C:\Users\kt\AppData\Local\Temp") / folder / "a.kcdb"
    found = places.judge(path, _pc())
    assert found is not None
    assert found.kind is Kind.PASSING


@pytest.mark.parametrize(
    "path",
    [
        PureWindowsPath(r"C:\Users\Phòng KT\Documents\OneDrive.kcdb"),
        PureWindowsPath(r"D:\Đồng bộ của Sở khác\a.kcdb"),
        PureWindowsPath(r"E:\Khuyến công\Drive cũ\a.kcdb"),
        PurePosixPath("/home/kt/Dropbox.kcdb"),
    ],
)
def test_a_disk_of_the_pc_is_a_good_place_whatever_the_file_is_called(path: PurePath) -> None:
    assert places.judge(path, _pc(OneDrive=_CLOUD_HOME, OneDriveConsumer="")) is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_into_a_cloud_is_judged_by_where_it_leads(tmp_path: Path) -> None:
    cloud = tmp_path / "OneDrive"
    cloud.mkdir()
    (tmp_path / "Dữ liệu").symlink_to(cloud)
    assert places.place_of(tmp_path / "Dữ liệu" / "a.kcdb") == Place(kind=Kind.CLOUD, name="OneDrive")


def test_this_pc_answers_for_a_folder_of_its_own(tmp_path: Path) -> None:
    assert places.place_of(tmp_path / "a.kcdb") is None
