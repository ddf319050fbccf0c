"""Reads the gifts known before any stream told of them, and their names in other languages.

One rule: a broken or missing seed costs names and prices, never a gift.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from app.core.giftlist import GiftKind

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)


class SeedGift(BaseModel):
    """One gift as written in the file; `combo` is null when nobody has seen it sent."""

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    coins: int
    combo: bool | None = None


class SeedFile(BaseModel):
    """The file `resources/gifts/starter.json`."""

    model_config = ConfigDict(frozen=True)

    version: int = 1
    gifts: tuple[SeedGift, ...] = ()


class NamesFile(BaseModel):
    """A file `names.<language>.json` beside it: names by id, our own translation."""

    model_config = ConfigDict(frozen=True)

    version: int = 1
    language: str
    names: dict[int, str] = {}


def read_gifts(path: Path) -> tuple[GiftKind, ...]:
    """Return the gifts of a file with their names in other languages.

    None, and a warning in the log, when it cannot be read.
    """
    try:
        seed = SeedFile.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        log.warning("no gifts from %s: %s", path.name, type(error).__name__)
        return ()
    also = read_names(path.parent)
    return tuple(
        GiftKind(gift.id, gift.name, gift.coins, gift.combo, also.get(gift.id, ()))
        for gift in seed.gifts
    )


def read_names(folder: Path) -> dict[int, tuple[str, ...]]:
    """Return what gifts are called in other languages, by id."""
    found: dict[int, tuple[str, ...]] = {}
    for path in sorted(folder.glob("names.*.json")):
        try:
            names = NamesFile.model_validate_json(path.read_bytes()).names
        except (OSError, ValidationError) as error:
            log.warning("no names from %s: %s", path.name, type(error).__name__)
            continue
        for gift_id, name in names.items():
            found[gift_id] = (*found.get(gift_id, ()), name)
    return found
