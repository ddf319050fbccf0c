"""One file per page, found by a folder scan. Rule: a page names its key, title, icon and order."""
