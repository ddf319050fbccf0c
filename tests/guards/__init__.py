"""A pytest plug-in that keeps every test honest: no surprise in the log, nothing left running, no network."""
