"""Drivers to begin from: `python -m tests.drivers.begin` copies them under a name of your own."""
