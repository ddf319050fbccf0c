"""The file of our own broker: whether it runs, for whom, and who may log in.

One rule: passwords are not in here; they are kept as every secret is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.store.documents import Document, model_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.core.notices import Notice

VERSION = 1


class SavedAccount(BaseModel):
    """Who may log in under `name`: the client behind these devices, or another program."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=60)
    kind: Literal["device", "program"] = "device"
    devices: tuple[str, ...] = ()


class BrokerFile(BaseModel):
    """The broker's settings. `port` 0: none was needed yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    on: bool = False
    reach: Literal["computer", "home"] = "computer"
    port: int = Field(default=0, ge=0, le=65_535)
    accounts: tuple[SavedAccount, ...] = ()

    @field_validator("accounts")
    @classmethod
    def _unique(cls, accounts: tuple[SavedAccount, ...]) -> tuple[SavedAccount, ...]:
        if len({one.name for one in accounts}) < len(accounts):
            raise ValueError("two accounts have the same name")
        return accounts


def broker_document(path: Path, on_notice: Callable[[Notice], None]) -> Document[BrokerFile]:
    """Return the document of the broker at `path`."""
    return Document(path, model_format(VERSION, BrokerFile, BrokerFile), on_notice)
