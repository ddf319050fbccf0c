"""What passes between the core and the broker's process: one JSON object a line.

One rule: passwords travel here, in a pipe, and nowhere else.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.broker.model import Account, BrokerConfig, Client, Refusal, RefusalWhy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# To the broker: {"config": ..., "revision": n, "wait_s": s} any number of times, {"end": true}.
# From it: {"failed": REASON, "detail": ...} and its end, or {"port": n, "revision": n,
# "clients": [...], "refusals": [...]} again and again, {"log": text} in between.


def line(content: Mapping[str, Any]) -> bytes:
    """Return an object as a line."""
    return json.dumps(content).encode() + b"\n"


def config(wanted: BrokerConfig, revision: int, wait_s: float) -> bytes:
    """Return the line that says what to be; `wait_s` is how long to wait for the port."""
    return line({"config": asdict(wanted), "revision": revision, "wait_s": wait_s})


def read_config(content: Mapping[str, Any]) -> BrokerConfig:
    """Read what `config` made."""
    accounts = tuple(
        Account(one["name"], one["password"], tuple(one["read"]), tuple(one["write"]), one["ours"])
        for one in content["accounts"]
    )
    return BrokerConfig(content["bind"], content["port"], accounts)


def status(
    port: int, revision: int, clients: Sequence[Client], refusals: Sequence[Refusal]
) -> bytes:
    """Return the line that says what is true now."""
    told = {"port": port, "revision": revision, "clients": [asdict(one) for one in clients]}
    return line(told | {"refusals": [asdict(one) for one in refusals]})


def read_status(content: Mapping[str, Any]) -> tuple[tuple[Client, ...], tuple[Refusal, ...]]:
    """Read the clients and refusals of what `status` made."""
    clients = tuple(Client(**one) for one in content["clients"])
    refusals = tuple(
        Refusal(one["at_ms"], one["address"], one["name"], RefusalWhy(one["why"]))
        for one in content["refusals"]
    )
    return clients, refusals
