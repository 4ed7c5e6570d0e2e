"""The Windows program, built and tried on Linux under Wine: `python -m tests.windows`."""
