"""How older settings and documents become today's: one function a step, keyed by where it starts.

One rule: a step is never changed once released; a golden file of every version is run through them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

Content = dict[str, Any]
Steps = Mapping[int, Callable[[Content], Content]]

# {version a step starts from: what makes it the next version}. Those of the rules are in app.core.
SETTINGS: Final[Steps] = {}
DEVICES: Final[Steps] = {1: lambda content: content}  # 2 adds groups, scenes, budgets, power


class NewerDocumentError(Exception):
    """The document was written by a newer program."""


def upgrade(content: Content, *, to: int, steps: Steps) -> Content:
    """Return `content` at version `to`, its "version" included; `content` itself is not changed.

    Without a version it was written by hand and means version 1. Raises NewerDocumentError if it is
    above `to`, ValueError if it is no version or a step is missing.
    """
    version = content.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ValueError("the version is no number")
    if version > to:
        raise NewerDocumentError(str(version))
    result = dict(content)
    for number in range(version, to):
        step = steps.get(number)
        if step is None:
            raise ValueError(f"no way from version {number}")
        result = step(dict(result))
    result["version"] = to
    return result
