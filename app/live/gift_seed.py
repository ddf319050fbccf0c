"""Reads the gifts the program knows before any stream told it: the seed file in resources.

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


def read_gifts(path: Path) -> tuple[GiftKind, ...]:
    """Return the gifts of a file; none, and a warning in the log, when it cannot be read."""
    try:
        seed = SeedFile.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        log.warning("no gifts from %s: %s", path.name, type(error).__name__)
        return ()
    return tuple(GiftKind(gift.id, gift.name, gift.coins, gift.combo) for gift in seed.gifts)
