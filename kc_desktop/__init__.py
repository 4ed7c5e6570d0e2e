"""KC Desktop: the work of an office that promotes rural industry, kept, counted and printed (khuyến công)."""

__version__ = "0.1.0"
