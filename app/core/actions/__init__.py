"""DO: one file each, found by their `key`. To add one, drop its file here and its test beside."""
