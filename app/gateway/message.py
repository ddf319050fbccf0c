"""The bases of every message of the control channel.

One rule: unknown fields are refused, so a typo is an error and not a silence.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Message(BaseModel):
    """Base of all messages and of what is in them."""

    # Each process reads and writes half of them: what it never needs is never built.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Request(Message):
    """Base of requests; the core answers each with one Reply carrying the same `id`."""

    id: int = 0
