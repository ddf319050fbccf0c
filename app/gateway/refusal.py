"""A request that cannot be done. One rule: it carries a code that every face can put into words."""

from __future__ import annotations


class RefusedError(Exception):
    """A request cannot be done; `code` and `values` tell the user why."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
