"""The meeting editor: one section per file, all of them working on one `Desk`."""
