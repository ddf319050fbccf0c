"""The gifts that came with the program, and what gifts are called here. Rule: read once."""

from __future__ import annotations

import json
import logging
from functools import cache
from typing import TYPE_CHECKING

from app import paths
from app.core.giftlist import GiftKind
from app.gui.text import language_code, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

log = logging.getLogger(__name__)
# What TikTok calls gifts, by language and id.
_heard: dict[str, dict[int, str]] = {}


@cache
def shipped() -> tuple[GiftKind, ...]:
    """Return the gifts that came with the program, all their names with them.

    None of them if the file cannot be read; no other names if only those cannot.
    """
    folder = paths.resources() / "gifts"
    names = {language: table.items() for language, table in _tables().items()}
    also: dict[int, tuple[str, ...]] = {}
    for table in names.values():
        for gift_id, name in table:
            also[gift_id] = (*also.get(gift_id, ()), name)
    try:
        data = json.loads((folder / "starter.json").read_text(encoding="utf-8"))
        return tuple(
            GiftKind(
                int(raw["id"]), str(raw["name"]), int(raw["coins"]), raw.get("combo"),
                also.get(int(raw["id"]), ()),
            )
            for raw in data["gifts"]
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return ()


@cache
def _tables() -> dict[str, Mapping[int, str]]:
    found: dict[str, Mapping[int, str]] = {}
    for path in sorted((paths.resources() / "gifts").glob("names.*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            found[str(data["language"])] = {int(one): str(n) for one, n in data["names"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.info("no names from %s: %s", path.name, type(error).__name__)
    return found


@cache
def _by_english() -> dict[str, int]:
    """Return the id of the first gift of each English name; those of one name share the rest."""
    return {kind.name.strip().casefold(): kind.id for kind in reversed(shipped())}


def hear(kinds: Iterable[GiftKind]) -> None:
    """Take TikTok's own names of gifts; they are used where the program has none."""
    for kind in kinds:
        for language, name in kind.local:
            _heard.setdefault(language, {})[kind.id] = name


def local_name(name: str, gift_id: int = 0) -> str:
    """Return what a gift of this name is called in the language in force, else the name itself.

    The id, if it is known, leads to the name that TikTok has for it.
    """
    told = tr(name)
    if told != name:
        return told
    language = language_code()
    ours = _tables().get(language, {}).get(_by_english().get(name.strip().casefold(), 0))
    return ours or _heard.get(language, {}).get(gift_id) or name
