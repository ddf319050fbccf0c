"""One driver to begin from, with its far end, bench, golden bytes and checks."""
