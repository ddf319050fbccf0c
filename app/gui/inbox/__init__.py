"""Gifts on the Rules page: the new ones, and all that are known."""
