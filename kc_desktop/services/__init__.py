"""Use cases: the only thing the window calls."""
