"""How older settings and documents become today's: one function a step, keyed by what it leaves.

One rule: a step is never changed once released; each has a golden file that a test runs through it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Content = dict[str, Any]


class NewerDocumentError(Exception):
    """The document was written by a newer program."""


def name_the_version(content: Content) -> Content:
    """Accept a file written by hand or before versions existed: it means what version 1 means."""
    return content


# By kind of file: {version a step starts from: the step to the next version}.
UPGRADES: dict[str, dict[int, Callable[[Content], Content]]] = {
    "settings": {0: name_the_version},
    "rules": {0: name_the_version},
    "devices": {0: name_the_version},
}


def upgrade(
    content: Content, *, to: int, steps: Mapping[int, Callable[[Content], Content]]
) -> Content:
    """Return `content` at version `to`, its "version" included; `content` itself is not changed.

    Raises NewerDocumentError if it is above `to`, ValueError if a step is missing or its version
    is no number.
    """
    version = content.get("version", 0)
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise ValueError("the version is no number")
    if version > to:
        raise NewerDocumentError(str(version))
    result = dict(content)
    while version < to:
        step = steps.get(version)
        if step is None:
            raise ValueError(f"no way from version {version}")
        result = step(dict(result))
        version += 1
    result["version"] = to
    return result
