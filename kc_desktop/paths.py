"""Where the program keeps what is the user's own: logs, the sample. Data files stay where the user puts them."""

from __future__ import annotations

from pathlib import Path

_NAME = "KCDesktop"


def log_folder() -> Path:
    """Return the folder of the logs; it exists afterwards."""
    import platformdirs

    return Path(platformdirs.user_log_dir(_NAME, appauthor=False, ensure_exists=True))


def sample_file() -> Path:
    """Return where the sample data lies that a newcomer tries the window on; its folder exists afterwards."""
    import platformdirs

    return Path(platformdirs.user_data_dir(_NAME, appauthor=False, ensure_exists=True)) / "Dữ liệu mẫu.kcdb"


def documents_folder() -> Path:
    """Return the folder new data files are offered in: the user's documents, else the home folder."""
    import platformdirs

    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()
